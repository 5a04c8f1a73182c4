import Facts
public import Ledger
import Projections

/// Then, now, change and filing, for each line and column of a statement.
public struct ComparisonReport: Sendable {
  private var table: Table
  private let footer: String

  /// A report of `comparison`.
  public init(_ comparison: StatementComparison) {
    let (then, now) = (comparison.then, comparison.now)
    table = Table(
      title: "assay.comparison/1",
      columns: [
        .init("label"), .init("period"), .init("unit"), .init("then", .right),
        .init("now", .right), .init("change", .right), .init("filing"),
      ]
    )
    for (old, new) in zip(then.statement.lines, now.statement.lines) {
      for (index, cells) in zip(old.cells, new.cells).enumerated() {
        table.append([
          new.definition.label, now.statement.columns[index].period.description,
          new.definition.unit ?? now.statement.definition.unit, cells.0.answer.shown,
          cells.1.answer.shown, Self.change(from: cells.0.answer, to: cells.1.answer),
          cells.1.answer.rows.last.map { now.filingNames[$0.filing] ?? "" } ?? "",
        ])
      }
    }
    let bounds = [then, now].map { answer in
      answer.statement.vantage.knownAt.map { PublishedTime($0).description } ?? "everything"
    }
    footer = """
      then: known at \(bounds[0])
      now: known at \(bounds[1])
      head \(now.head)  root \(now.root)
      latest published: \(now.latestFiling?.published.description ?? "nothing")

      """
  }

  private static func change(from old: Answer, to new: Answer) -> String {
    guard let before = old.shownFigure, let after = new.shownFigure else {
      return old.rows.isEmpty == new.rows.isEmpty ? "no change" : "became known"
    }
    if before.value == nil, after.value == nil { return "no change" }
    return Change(from: before, to: after).described
  }

  /// Writes the comparison.
  public func rendered(as format: ReportFormat) -> String {
    table.rendered(as: format) + (format == .text ? footer : "")
  }
}

extension Answer {
  /// The figure to compare; of contradicting ones the last.
  fileprivate var shownFigure: Figure? { figure ?? rows.last?.figure }

  /// The value in full units, or which of the other answers it is.
  fileprivate var shown: String {
    switch self {
    case .holds(let row): row.figure.grouped
    case .conflict: "conflict"
    case .notReported: "not reported"
    case .notYetKnown: "not yet known"
    case .derived(let derivation): "= \(derivation.figure.grouped)"
    case .notDerivable: "not derivable"
    }
  }
}
