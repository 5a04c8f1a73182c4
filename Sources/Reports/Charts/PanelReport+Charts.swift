import Facts
import Ledger

extension PanelReport {
  /// For each measure, the figures of each entity over the periods.
  public var charts: [Chart] {
    let ends = Set(panel.rows.map(\.period.end)).sorted()
    var entities: [EntityDefinition] = []
    for row in panel.rows where !entities.contains(where: { $0.entity == row.entity.entity }) {
      entities.append(row.entity)
    }
    return panel.measures.enumerated().compactMap { index, measure in
      let series = entities.map { entity in
        let rows = panel.rows.filter { $0.entity.entity == entity.entity }
        return Chart.Series(
          entity.name,
          ends.map { end in rows.first { $0.period.end == end }?.cells[index].known.amount }
        )
      }
      let unit = panel.rows.lazy.compactMap { $0.cells[index].known.unit }.first
      guard let unit else { return nil }
      return Chart(
        measure.name,
        unit: unit,
        .bars(columns: ends.map(\.description), series: series)
      )
    }
  }
}
