import Facts
import JSON
public import Ledger

/// Every step by which a later filing changed a figure beyond rounding.
public struct RestatementsReport: Document {
  private let changes: [FactChange]

  /// A report of `changes`, in the order in which they are listed.
  public init(_ changes: [FactChange]) { self.changes = changes }

  /// One row a step.
  public var rows: Table { table(isGrouped: false) }

  private func table(isGrouped: Bool) -> Table {
    Table(
      changes,
      title: "Restatements",
      schema: "assay.restatements/2",
      isGrouped: isGrouped
    )
  }

  /// How many facts were restated, how often, and by which filing last.
  public var notes: [Note] {
    let factCount = Set(changes.map(\.fact)).count
    let latest = changes.map(\.toFiling.published.timestamp).max()
      .map { PublishedTime($0).description }
    return [
      Note(
        "factCount",
        .integer(factCount),
        line: changes.isEmpty
          ? "no fact was restated"
          : "\(counted(factCount, "fact", "facts")) restated, \(counted(changes.count, "time", "times"))"
      ),
      Note(
        "latestPublished",
        latest.map { .string($0) } ?? .null,
        line: latest.map { "latest published: \($0)" }
      ),
    ]
  }

  /// The steps, their digits grouped.
  public var page: [Block] {
    [
      .heading(rows.head.title, level: 1),
      changes.isEmpty ? .lines([]) : .table(table(isGrouped: true)), .notes(notes),
    ]
  }
}
