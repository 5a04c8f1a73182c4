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
    var table = Table(
      TableHead(
        title: "Restatements",
        shape: .init("assay.restatements/2"),
        columns: Table.changeColumns(isGrouped: isGrouped) + [.init("notice")]
      )
    )
    for change in changes {
      let cells = Table.cells(of: change)
      table.append(
        cells + [Cell(change.notice?.rawValue)],
        change.notice?.style,
        at: cells.count
      )
    }
    return table
  }

  private var silentCount: Int { changes.count { $0.notice == .silent } }

  private static let silence =
    "silent: the later filing is no amendment, no footnote of it in the ledger speaks of a restatement, and no split of "
    + "the shares explains the step"

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
        "silentCount",
        .integer(silentCount),
        line: silentCount == 0
          ? nil : "\(silentCount) of the \(counted(changes.count, "step", "steps")) silent"
      ),
      Note(
        "latestPublished",
        latest.map { .string($0) } ?? .null,
        line: latest.map { "latest published: \($0)" }
      ),
    ]
  }

  /// The steps with what a reader needs to judge them, as wide as a page.
  private var readable: Table {
    let hasSeveral = Set(changes.map(\.fact.entity)).count > 1
    let columns: [Table.Column] = [
      .init("entity"), .init("concept"), .init("period"), .init("unit"), .init("then", .right),
      .init("now", .right), .init("change", .right), .init("percent", .right, title: "%"),
      .init("notice"), .init("to", title: "restated by"), .init("published"),
    ]
    var table = Table(
      TableHead(title: "Restatements", columns: Array(columns.dropFirst(hasSeveral ? 0 : 1)))
    )
    for change in changes {
      let dimensions = change.fact.dimensions
      let exact = Table.cells(of: change)
      let cells: [Cell] = [
        .text(change.fact.entity),
        .text(change.fact.concept + (dimensions.isEmpty ? "" : " [\(dimensions.text)]")),
        .period(change.fact.period), .text(change.fact.unit), .text(change.from.inWords),
        .text(change.to.inWords), .text(change.change?.difference?.grouped ?? ""),
        exact[Table.percentColumn], Cell(change.notice?.rawValue),
        .text(change.toFiling.filing), .time(change.toFiling.published),
      ]
      table.append(Array(cells.dropFirst(hasSeveral ? 0 : 1)))
    }
    return table
  }

  /// The steps for reading.
  public var page: [Block] {
    [
      .heading(rows.head.title, level: 1),
      changes.isEmpty ? .lines([]) : .table(readable),
      .lines(silentCount == 0 ? [] : [Self.silence]), .notes(notes),
    ]
  }
}
