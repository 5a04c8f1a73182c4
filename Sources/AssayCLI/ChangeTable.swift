import Facts
import Ledger
import Projections
import Reports

extension [FactChange] {
  /// One row for each change.
  func table(title: String) -> Reports.Table {
    var table = Reports.Table(
      title: title,
      columns: [
        .init("entity"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
        .init("then", .right), .init("now", .right), .init("change", .right),
        .init("percent", .right), .init("from"), .init("to"), .init("published"),
        .init("sequence", .right),
      ]
    )
    for change in self {
      table.append([
        change.fact.entity, change.fact.concept, change.fact.dimensions.text,
        change.fact.period.description, change.fact.unit,
        change.change.from.value?.description ?? "nil",
        change.change.to.value?.description ?? "nil",
        change.change.difference?.description ?? "", change.change.percent,
        change.fromFiling.filing, change.toFiling.filing,
        change.toFiling.published.description, String(change.sequence),
      ])
    }
    return table
  }
}
