import Facts
import Ledger

extension StatementReport {
  /// A chart for each line with figures in more than one column, the oldest column first.
  public var charts: [Chart] {
    let columns = statement.columns.sorted { $0.period.end < $1.period.end }
    guard columns.count > 1, statement.definition.layout != .list else { return [] }
    let order = columns.compactMap { statement.columns.firstIndex(of: $0) }
    return statement.lines.enumerated().compactMap { index, line in
      guard !line.isHeading else { return nil }
      let values = order.map { line.cells[$0].figure?.value }
      guard values.compactMap(\.self).count > 1 else { return nil }
      return Chart(
        caption(of: index),
        unit: line.definition.unit ?? statement.definition.unit,
        .bars(
          columns: columns.map { label(of: $0.period, among: columns) },
          series: [.init(line.definition.label, values)]
        )
      )
    }
  }

  /// The end of a period; where others are longer or shorter, with its months.
  private func label(of period: Period, among columns: [StatementColumn]) -> String {
    // Days of quarters and weeks differ a little.
    let months = { (period: Period) in (period.dayCount + 15) / 30 }
    let isMixed = Set(columns.map { months($0.period) }).count > 1
    return period.end.description + (isMixed ? ", \(months(period)) months" : "")
  }

  /// The caption of a line, behind those of the headings above it; of a line with dimensions, behind what they say,
  /// since captions of several operating units are alike.
  private func caption(of index: Int) -> String {
    var captions = [statement.lines[index].definition.label]
    var depth = statement.lines[index].definition.depth
    for line in statement.lines[..<index].reversed() where line.isHeading {
      guard line.definition.depth < depth else { continue }
      captions.insert(line.definition.label, at: 0)
      depth = line.definition.depth
    }
    let dimensions = statement.lines[index].definition.dimensions.pairs.map { String($0.value) }
    return (dimensions + captions).joined(separator: ": ")
  }
}
