import Facts
import Ledger
import XLSX

/// Finds the figures of a statement that are sums of others above them, and the formulas that say so.
struct StatementFormulas {
  /// A cell of a statement, by its line and column.
  struct Place: Hashable {
    let line: Int
    let column: Int
  }

  /// The numbers that cells show, as they are shown; those of other cells are texts.
  let shown: [Place: Amount]

  private let statement: StatementAnswer
  private let ties: [CheckAnswer.Result]

  /// The first cell of each claim.
  private var places: [UInt64: Place] = [:]

  init(_ statement: StatementAnswer, _ ties: [CheckAnswer.Result]) {
    (self.statement, self.ties) = (statement, ties)
    var shown: [Place: Amount] = [:]
    for (row, line) in statement.lines.enumerated() {
      let layout = FigureLayout(line.definition, statement.definition)
      for (column, cell) in line.cells.enumerated() {
        let place = Place(line: row, column: column)
        if case .holds(let claim) = cell, places[claim.sequence] == nil {
          places[claim.sequence] = place
        }
        if let value = cell.figure?.value { shown[place] = layout.number(of: value) }
      }
    }
    self.shown = shown
  }

  /// The ties whose total a claim is.
  func ties(of sequence: UInt64) -> [CheckAnswer.Result] {
    ties.filter { $0.total.claim?.sequence == sequence }
  }

  /// The formula of a cell; `nil` if it is no sum of cells above it, or they give another figure than the one that is
  /// reported.
  ///
  /// - Parameter name: The name of a cell on the sheet, `B12`.
  func formula(of place: Place, name: (Place) -> String) -> String? {
    guard case .holds(let claim) = statement.lines[place.line].cells[place.column],
      let reported = shown[place],
      SheetCell.significantDigitCount(of: reported.description) <= SheetCell.digitCountMax
    else { return nil }
    let sums = ties(of: claim.sequence).compactMap { terms(of: $0, at: place) }
    // Of several sums the one of the most figures says the most.
    guard
      let terms = sums.filter({ Self.sum($0, shown) == reported.fixedPoint })
        .max(by: { $0.count < $1.count })
    else { return nil }
    let plus = Self.list(terms.filter { !$0.isSubtracted }.map(\.place), name)
    let minus = Self.list(terms.filter(\.isSubtracted).map(\.place), name)
    let formula = (plus ?? "") + (minus.map { "-\($0)" } ?? "")
    let numbers = ([reported] + terms.compactMap { shown[$0.place] })
    // Binary fractions add up to the decimal sum only once they are rounded.
    let places = numbers.map(\.fractionDigitCount).max() ?? 0
    return places > 0 ? "ROUND(\(formula),\(places))" : formula
  }

  /// A cell that is added to a total or subtracted from it.
  private struct Term {
    let place: Place
    let isSubtracted: Bool
  }

  /// The cells that a tie adds up; `nil` if one is not shown above the total, or it is no plain sum.
  private func terms(of tie: CheckAnswer.Result, at total: Place) -> [Term]? {
    guard [.foot, .crossFoot, .rollForward].contains(tie.check.kind), tie.status == .agrees,
      tie.check.multiplier.isEmpty, tie.check.divisor.isEmpty, !tie.parts.isEmpty
    else { return nil }
    let totalLine = statement.lines[total.line].definition
    let layout = FigureLayout(totalLine, statement.definition)
    var terms: [Term] = []
    for part in tie.parts {
      guard part.factors.isEmpty, abs(part.operand.weight) == 1, part.operand.constant == nil,
        let claim = part.claim, let place = places[claim.sequence], place.line < total.line
      else { return nil }
      let own = FigureLayout(statement.lines[place.line].definition, statement.definition)
      guard own.scale == layout.scale, !terms.contains(where: { $0.place == place }) else {
        return nil
      }
      let isNegated = own.isNegated != layout.isNegated
      // A dash adds nothing, and is no number on the sheet.
      guard let number = shown[place] else {
        guard claim.figure.value == nil else { return nil }
        continue
      }
      guard SheetCell.significantDigitCount(of: number.description) <= SheetCell.digitCountMax
      else { return nil }
      terms.append(Term(place: place, isSubtracted: (part.operand.weight < 0) != isNegated))
    }
    return terms.isEmpty ? nil : terms
  }

  /// The exact sum in units of 10^-19; `nil` if it is too large.
  private static func sum(_ terms: [Term], _ shown: [Place: Amount]) -> Int128? {
    var sum: Int128 = 0
    for term in terms {
      guard let number = shown[term.place]?.fixedPoint else { return nil }
      let (next, isTooLarge) = sum.addingReportingOverflow(term.isSubtracted ? -number : number)
      guard !isTooLarge else { return nil }
      sum = next
    }
    return sum
  }

  /// The sum of cells, those below each other as a range; `nil` for none.
  private static func list(_ places: [Place], _ name: (Place) -> String) -> String? {
    let places = places.sorted { ($0.column, $0.line) < ($1.column, $1.line) }
    var runs: [(first: Place, last: Place)] = []
    for place in places {
      if let run = runs.last, run.last.column == place.column, run.last.line + 1 == place.line {
        runs[runs.count - 1].last = place
      } else {
        runs.append((place, place))
      }
    }
    let texts = runs.map { run in
      run.first == run.last ? name(run.first) : "\(name(run.first)):\(name(run.last))"
    }
    guard places.count > 1 else { return texts.first }
    return "SUM(\(texts.joined(separator: ",")))"
  }
}

extension Amount {
  /// The same number without zeros at the end of its fraction: of thousands, few have any digits there.
  fileprivate var shortened: Amount {
    var (mantissa, count) = (mantissa, fractionDigitCount)
    while count > 0, mantissa % 10 == 0 { (mantissa, count) = (mantissa / 10, count - 1) }
    return Amount(mantissa: mantissa, fractionDigitCount: count)
  }
}

extension FigureLayout {
  /// The number that a line shows of a value, in the line's scale and with its sign, exactly; `nil` if that has too many
  /// digits.
  func number(of value: Amount) -> Amount? {
    value.scaled(byPowerOfTen: -scale).map { (isNegated ? $0.negated : $0).shortened }
  }

  /// The code of the format by which a spreadsheet shows such numbers as the statement prints them.
  ///
  /// - Parameters:
  ///   - marks: What stands before the digits.
  ///   - hasCurrencySign: Whether the currency's sign stands at the left.
  func numberFormat(marks: String, hasCurrencySign: Bool) -> String {
    let digits = SheetStyle.numberFormat(places: places)
    let mark = marks.isEmpty ? "" : "\"\(marks)\""
    let currency = hasCurrencySign ? "\"$\"* " : ""
    return "\(currency)\(mark)\(digits)_);\(currency)\(mark)(\(digits))"
  }
}
