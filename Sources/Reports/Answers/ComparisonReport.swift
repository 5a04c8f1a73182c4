import Facts
import JSON
public import Ledger
import Platform

/// A statement as it was known at two moments: then, now, change and filing of each cell.
public struct ComparisonReport: Document, Sendable {
  private let comparison: StatementComparison
  private let listsChangesOnly: Bool

  /// A report of `comparison`.
  ///
  /// - Parameters:
  ///   - comparison: The statement then and now.
  ///   - listsChangesOnly: Whether lines whose answer is the same are left out.
  public init(_ comparison: StatementComparison, listsChangesOnly: Bool = false) {
    self.comparison = comparison
    self.listsChangesOnly = listsChangesOnly
  }

  /// One row for each line and column, with statuses and exact values.
  public var rows: Table {
    var table = Table(head(Self.columns))
    for cell in cells {
      table.append([
        .text(cell.line.definition.label), Cell(cell.line.concept),
        .dimensions(cell.line.definition.dimensions), .period(cell.period), .text(cell.unit),
        .text(cell.then.kind), Cell(cell.then.figure?.value),
        Cell(cell.then.figure?.qualifier?.rawValue), .text(cell.now.kind),
        Cell(cell.now.figure?.value), Cell(cell.now.figure?.qualifier?.rawValue),
        Cell(cell.change?.difference), Cell(cell.filing), Cell(cell.then.vintage?.published),
        Cell(cell.now.vintage?.published),
      ])
    }
    return table
  }

  /// The moments compared, and what both answers rest on.
  public var notes: [Note] {
    let (then, now) = (comparison.then, comparison.now)
    let moments = [then, now].map { answer in
      answer.knownAt.map { PublishedTime($0).description }
    }
    let latest = now.latestFiling?.published.description
    return [
      Note("statement", .string(now.definition.statement)),
      Note("entity", .string(now.entity.entity)),
      Note("asOf", .string(now.asOf.description)),
      Note("thenKnownAt", .of(moments[0]), line: "then: known at \(moments[0] ?? "everything")"),
      Note("nowKnownAt", .of(moments[1]), line: "now: known at \(moments[1] ?? "everything")"),
      Note("head", .integer(Int(now.head))),
      Note("root", .string(now.root)),
      Note("latestPublished", .of(latest), line: "latest published: \(latest ?? "nothing")"),
    ]
  }

  /// Whose and which statement, the cells in words, and the notes.
  public var text: [Block] {
    [.heading(title, level: 1), .lines(header + [""])] + table + [.notes(notes)]
  }

  /// The title, and the cells in words.
  public var markdown: [Block] { page.dropLast() }

  /// The title, the cells in words, and the notes.
  public var page: [Block] {
    [.heading(title, level: 1), .lines(header)] + table + [.notes(notes)]
  }

  /// The reporting date, and how figures are written.
  private var header: [String] {
    ["as of \(comparison.now.asOf)", "figures in full units"]
  }

  /// The cells in words, or that nothing changed.
  private var table: [Block] {
    readable.rows.isEmpty ? [.lines(["no change"])] : [.table(readable)]
  }
}

extension ComparisonReport {
  /// One line and column of both statements.
  private struct ComparedCell {
    let line: StatementAnswer.Line
    let period: Period
    let unit: String
    let then: FactAnswer
    let now: FactAnswer
    let filing: String?

    /// The step from one figure to the other; `nil` where one of the two has none.
    var change: Change? {
      guard let before = then.figure, let after = now.figure else { return nil }
      return Change(from: before, to: after)
    }

    /// The step in words.
    var changeText: String {
      guard let change else {
        if then.claims.isEmpty != now.claims.isEmpty {
          return now.claims.isEmpty ? "no longer known" : "became known"
        }
        // A range or a conflict among them, or nothing in both.
        let isSame = then.claims.map(\.sequence) == now.claims.map(\.sequence)
        return isSame && then.kind == now.kind || now.claims.isEmpty ? "no change" : "changed"
      }
      if change.isNone { return "no change" }
      // A number that was a bound, or became one.
      return change.difference?.isZero == true ? "changed" : change.described
    }
  }

  private var cells: [ComparedCell] {
    let (then, now) = (comparison.then, comparison.now)
    var cells: [ComparedCell] = []
    for (old, new) in zip(then.lines, now.lines) {
      for (index, pair) in zip(old.cells, new.cells).enumerated() {
        cells.append(
          ComparedCell(
            line: new,
            period: now.columns[index].period,
            unit: new.definition.unit ?? now.definition.unit,
            then: pair.0,
            now: pair.1,
            filing: pair.1.claims.last?.filing
          )
        )
      }
    }
    return listsChangesOnly ? cells.filter { $0.changeText != "no change" } : cells
  }

  /// The cells in words, as the table of a page.
  public var inWords: Table { readable }

  /// For each row of ``inWords``, whether the answer is not what it was.
  public var areChanged: [Bool] { cells.map { $0.changeText != "no change" } }

  private var readable: Table {
    var table = Table(head(Self.readableColumns))
    for cell in cells {
      let cells: [Cell] = [
        .text(cell.line.definition.label), .period(cell.period), .text(cell.unit),
        .text(cell.then.inWords), .text(cell.now.inWords), .text(cell.changeText),
        Cell(cell.filing),
      ]
      let isStep = cell.change.map { !$0.isNone } == true
      table.append(cells, isStep ? .change : nil, at: cells.count - 2)
    }
    return table
  }

  private var title: String {
    let now = comparison.now
    return "\(now.entity.name): \(now.definition.title), then and now"
  }

  private func head(_ columns: [Table.Column]) -> TableHead {
    TableHead(title: title, shape: .init("assay.comparison/2"), columns: columns)
  }

  private static let columns: [Table.Column] = [
    .init("label"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
    .init("thenStatus"), .init("then", .right), .init("thenQualifier"), .init("nowStatus"),
    .init("now", .right), .init("nowQualifier"),
    .init("change", .right), .init("filing"), .init("thenVintage"), .init("nowVintage"),
  ]

  private static let readableColumns: [Table.Column] = [
    .init("label"), .init("period"), .init("unit"), .init("then", .right), .init("now", .right),
    .init("change", .right), .init("filing"),
  ]
}

extension FactAnswer {
  /// The value in full units for reading, or why there is none.
  var inWords: String {
    switch self {
    case .holds(let claim): claim.figure.grouped
    case .range(let low, let high):
      low.figure.rangeEnd == .figure
        ? "\(low.figure.grouped), \(high.figure.grouped)"
        : [low, high].map { $0.figure.value?.grouped ?? "- -" }.joined(separator: " to ")
    case .conflict(let claims):
      "conflict: " + claims.map(\.figure.grouped).joined(separator: " or ")
    case .retracted(let claims, let filing, _):
      "retracted: " + claims.map(\.figure.grouped).joined(separator: ", ") + " by \(filing)"
    case .notReported: "not reported"
    case .notYetKnown: "not yet known"
    case .derived(let derived):
      "= \(derived.figure.grouped)"
        + (derived.vintage.map { " as of \($0.published.published)" } ?? "")
    case .notDerivable: "not derivable"
    }
  }
}
