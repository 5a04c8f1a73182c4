import Facts
import JSON
public import Ledger

/// What changed between two days of knowledge, and what became known, over all facts.
public struct DiffReport: Document {
  private let difference: KnownDifference

  /// A report of `difference`.
  public init(_ difference: KnownDifference) { self.difference = difference }

  /// One row a fact whose figure is another, then one a fact that became known.
  public var rows: Table { table(changed + added, Self.columns(isGrouped: false)) }

  private static let title = "Figures that changed or became known"

  private static func columns(isGrouped: Bool) -> [Table.Column] {
    [.init("what")] + Table.changeColumns(isGrouped: isGrouped)
  }

  private func table(_ rows: [[Cell]], _ columns: [Table.Column]) -> Table {
    var table = Table(
      TableHead(title: Self.title, shape: .init("assay.diff/3"), columns: columns)
    )
    for row in rows { table.append(row) }
    return table
  }

  private var changed: [[Cell]] {
    difference.changes.map { [.text("changed")] + Table.cells(of: $0) }
  }

  private var added: [[Cell]] {
    difference.newFacts.map { new in
      [
        .text("became known"), .text(new.fact.entity), .text(new.fact.concept),
        .dimensions(new.fact.dimensions), .period(new.fact.period), .text(new.fact.unit), .none,
        .none, .none, .text(new.figure.value == nil ? "nil" : "value"), .figure(new.figure),
        Cell(new.figure.qualifier?.rawValue), .none, .none, .none, .text(new.filing.filing),
        .time(new.filing.published), Cell(new.sequence),
      ]
    }
  }

  /// How many facts changed, did not, and became known, and the latest filing compared.
  public var notes: [Note] {
    let latest = difference.latestPublished.map { PublishedTime($0).description }
    return [
      Note(
        "changedFactCount",
        .integer(difference.changes.count),
        line:
          "\(counted(difference.changes.count, "fact", "facts")) changed, \(difference.sameFactCount) did not, "
          + "\(difference.newFacts.count) became known"
      ),
      Note("sameFactCount", .integer(difference.sameFactCount)),
      Note("newFactCount", .integer(difference.newFacts.count)),
      Note(
        "latestPublished",
        latest.map { .string($0) } ?? .null,
        line: latest.map { "latest published: \($0)" }
      ),
    ]
  }

  /// The changes, or that there is none; then what became known.
  public var text: [Block] {
    [changesBlock(isGrouped: false)] + addedBlocks + [.notes(notes)]
  }

  /// As text, the digits grouped.
  public var page: [Block] {
    [.heading(Self.title, level: 1), changesBlock(isGrouped: true)] + addedBlocks
      + [.notes(notes)]
  }

  private func changesBlock(isGrouped: Bool) -> Block {
    guard !changed.isEmpty else { return .lines(["no change"]) }
    return .table(
      Table(difference.changes, title: Self.title, schema: "", isGrouped: isGrouped)
    )
  }

  /// The facts that became known, for reading.
  private var addedBlocks: [Block] {
    guard !difference.newFacts.isEmpty else { return [] }
    var table = Table(
      TableHead(
        title: "Became known",
        columns: [
          .init("entity"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
          .init("value", .right, isGrouped: true), .init("filing"), .init("published"),
          .init("sequence", .right),
        ]
      )
    )
    for new in difference.newFacts {
      table.append([
        .text(new.fact.entity), .text(new.fact.concept), .dimensions(new.fact.dimensions),
        .period(new.fact.period), .text(new.fact.unit), .figure(new.figure),
        .text(new.filing.filing), .time(new.filing.published), Cell(new.sequence),
      ])
    }
    return [.lines(["", "became known:"]), .table(table)]
  }
}
