import Facts
import Ledger

/// Signs that statements print beside or instead of a figure, each explained below when used.
enum Legend: String, CaseIterable {
  case notReported = "n/r"

  /// Reported, and part of another line that is printed.
  case contained = "incl."
  case notYetKnown = "n/y/k"
  case notDerivable = "n/d"
  case conflict
  case retracted
  case derived = "="

  /// Derived, from figures that belonged together at an earlier moment.
  case vintage = "@"

  /// Above a total, the total less the lines that add to it.
  case leftOut = "Not listed here"
  case otherConcept = "†"
  case approximately = "~"
  case moreThan = ">"
  case lessThan = "<"
  case atLeast = ">="
  case atMost = "<="
  case range = "a-b"

  /// Not zero, and printed as zero because of the scale alone.
  case belowScale = "^"

  /// Reported in fewer digits than are printed: `6.1 million` printed as `6,100` thousand.
  case rounded = "*"

  /// What the sign means.
  var explanation: String {
    switch self {
    case .notReported: "not reported"
    case .contained: "reported, and contained in another line above the same total"
    case .notYetKnown: "not yet known at the date asked for"
    case .notDerivable: "not reported, and not derivable from other periods"
    case .conflict: "one filing contradicts itself"
    case .retracted: "taken back by a later filing"
    case .derived: "not reported, derived from other periods"
    case .vintage:
      "derived as of an earlier moment: later filings restated some of the figures, and not the others"
    case .leftOut: "the total below less the lines above it: derived, and no figure of the filer"
    case .otherConcept: "reported under the same caption as another concept"
    case .approximately: "approximately"
    case .moreThan: "more than"
    case .lessThan: "less than"
    case .atLeast: "the lower end of a range"
    case .atMost: "the upper end of a range"
    case .range: "a range: no single figure is reported"
    case .belowScale: "not zero: less than half of the last digit that is printed"
    case .rounded: "reported in fewer digits than printed here"
    }
  }
}

extension StatementReport {
  /// What is printed under the table: each sign used, in a fixed order, with what contradicts what,
  /// what is derived from what and what cannot be.
  public var legend: [(name: String, text: String)] {
    guard statement.definition.layout == .columns else { return [] }
    var used: Set<Legend> = []
    var details: [Legend: [String]] = [:]
    var absences: [ReportedOtherwise] = []
    // Whether nothing is known in place of a cell that is not reported.
    var isNothingElse = false
    if statement.lines.contains(where: \.isResidual) { used.insert(.leftOut) }
    for line in statement.lines {
      for (index, (cell, column)) in zip(line.cells, statement.columns).enumerated() {
        if let concept = line.otherConcepts[index] {
          used.insert(.otherConcept)
          details[.otherConcept, default: []]
            .append("\(line.definition.label), \(column.label): \(concept)")
        }
        let signs = PrintedCell(at: index, of: line, statement.definition).legends
        used.formUnion(signs)
        if let absence = line.absences[index] {
          if absence.reason != .contained { absences.append(absence) }
        } else if cell == .notReported {
          isNothingElse = true
        }
        guard let sign = signs.first, let detail = detail(of: cell, line, column) else { continue }
        if details[sign]?.contains(detail) != true { details[sign, default: []].append(detail) }
      }
    }
    details[.notReported] = absences.isEmpty ? nil : ReportedOtherwise.grouped(absences)
    return Legend.allCases.filter(used.contains).flatMap { sign in
      let explanation =
        sign != .notReported || absences.isEmpty
        ? sign.explanation : isNothingElse ? Self.partlyOtherwise : Self.otherwise
      return [(sign.rawValue, explanation)] + (details[sign] ?? []).map { ("", $0) }
    }
  }

  private static let otherwise = "not reported as it is asked for here, but otherwise:"
  private static let partlyOtherwise =
    "not reported; some of it is, otherwise than it is asked for here:"

  /// What a sign alone does not say.
  private func detail(
    of cell: FactAnswer,
    _ line: StatementAnswer.Line,
    _ column: StatementColumn
  ) -> String? {
    switch cell {
    case .conflict(let claims): conflictText(claims, line, column)
    case .retracted(let claims, let filing, let published):
      conflictText(claims, line, column)
        + ", taken back by \(filing), published \(published.published)"
    // What is left out is added up from the lines above.
    case .derived where line.isResidual: nil
    case .derived(let derived):
      column.label + (derived.vintage.map { ", \($0.text)" } ?? "") + ": \(derived.periods)"
        + (derived.halfWidth.map { ", within \($0) \(unit(of: line))" } ?? "")
    case .notDerivable(let reason): reason
    case .holds, .range, .notReported, .notYetKnown: nil
    }
  }

  private func unit(of line: StatementAnswer.Line) -> String {
    line.definition.unit ?? statement.definition.unit
  }

  private func conflictText(
    _ claims: [ReportedFigure],
    _ line: StatementAnswer.Line,
    _ column: StatementColumn
  ) -> String {
    let figures = claims.map { claim in
      PrintedCell(claim.figure, line.definition, statement.definition).text
    }
    let filing = claims.first?.filing ?? ""
    return "\(line.definition.label), \(column.label): \(figures.joined(separator: " or "))"
      + " in \(filing)"
  }
}

extension DerivedFigure.Vintage {
  /// The moment and the filing: `as of 2014-04-23 (0000080424-14-000030)`.
  var text: String { "as of \(published.published) (\(filing))" }
}

extension DerivedFigure {
  /// The periods it adds up: `2004-01-01/2004-09-30 - 2004-07-01/2004-09-30`.
  ///
  /// Those that are added come first.
  fileprivate var periods: String {
    let sorted = operands.filter { !$0.isSubtracted } + operands.filter(\.isSubtracted)
    return sorted.enumerated().map { index, operand in
      let sign = operand.isSubtracted ? "- " : index == 0 ? "" : "+ "
      return sign + operand.claim.period.description
    }.joined(separator: " ")
  }
}
