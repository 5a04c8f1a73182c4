import Facts
import JSON
public import Ledger

/// What changed between two days of knowledge, over all facts.
public struct DiffReport: Document {
  private let difference: KnownDifference

  /// A report of `difference`.
  public init(_ difference: KnownDifference) { self.difference = difference }

  /// One row a fact whose figure is another.
  public var rows: Table { table(isGrouped: false) }

  private func table(isGrouped: Bool) -> Table {
    Table(
      difference.changes,
      title: "Figures that changed",
      schema: "assay.diff/2",
      isGrouped: isGrouped
    )
  }

  /// How many facts changed, did not, and became known, and the latest filing compared.
  public var notes: [Note] {
    let latest = difference.latestPublished.map { PublishedTime($0).description }
    return [
      Note(
        "changedFactCount",
        .integer(difference.changes.count),
        line: "\(difference.changes.count) facts changed, \(difference.sameFactCount) did not, "
          + "\(difference.newFactCount) became known"
      ),
      Note("sameFactCount", .integer(difference.sameFactCount)),
      Note("newFactCount", .integer(difference.newFactCount)),
      Note(
        "latestPublished",
        latest.map { .string($0) } ?? .null,
        line: latest.map { "latest published: \($0)" }
      ),
    ]
  }

  /// The changes, or that there is none.
  public var text: [Block] { blocks(rows) }

  /// The changes, their digits grouped.
  public var page: [Block] {
    [.heading(rows.head.title, level: 1)] + blocks(table(isGrouped: true))
  }

  private func blocks(_ table: Table) -> [Block] {
    [table.rows.isEmpty ? .lines(["no change"]) : .table(table), .notes(notes)]
  }
}
