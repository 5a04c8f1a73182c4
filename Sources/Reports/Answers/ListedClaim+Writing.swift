import Facts
import Ledger
import Platform

extension ListedClaim {
  /// The columns for programs, which outside programs rely on.
  static let columns: [TableHead.Column] = [
    "sequence", "type", "entity", "concept", "dimensions", "period", "unit", "value", "decimals",
    "qualifier", "filing", "published", "recorded", "line", "column", "text", "status",
  ].map { .init($0) }

  /// One cell for each of ``columns``: the value in full units.
  var cells: [Cell] {
    let (fact, figure, source) = (claim.fact, claim.figure, claim.source)
    return [
      .count(Int(clamping: sequence)), .text(claim.kind), .text(fact.entity), .text(fact.concept),
      .dimensions(fact.dimensions), .period(fact.period), .text(fact.unit), .figure(figure),
      Cell(figure.decimals), Cell(figure.qualifier?.rawValue), .text(claim.filing),
      .text(published.description), .text(recorded.description), Cell(source?.place?.line),
      Cell(source?.place?.column), Cell(source?.text), .text(status.rawValue),
    ]
  }

  /// The columns of tables made for reading.
  static let readableColumns: [TableHead.Column] = [
    .init("entity"), .init("concept"), .init("dimensions"), .init("period"),
    .init("value", .right, isGrouped: true), .init("unit"), .init("decimals", .right),
    .init("filing"), .init("published"), .init("status"),
  ]

  /// A row with a cell for each of ``readableColumns``.
  var readableRow: Table.Row {
    let (fact, figure) = (claim.fact, claim.figure)
    let cells: [Cell] = [
      .text(fact.entity), .text(fact.concept), .dimensions(fact.dimensions),
      .period(fact.period), .figure(figure), .text(fact.unit), Cell(figure.decimals),
      .text(claim.filing), .time(published), .text(status.rawValue),
    ]
    let styles = status.style.map { [cells.count - 1: $0] }
    return Table.Row(cells, styles: styles ?? [:])
  }
}
