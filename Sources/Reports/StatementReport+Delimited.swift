import Facts
import Projections

extension StatementReport {
  /// One row for each line and column; for a conflict, one for each of its claims.
  func delimited(_ format: ReportFormat) -> String {
    var table = Table(title: statement.definition.title, columns: Self.delimitedColumns)
    for line in statement.lines {
      for (cell, column) in zip(line.cells, statement.columns) {
        let start = [
          statement.definition.statement, line.definition.label, String(line.definition.depth),
          line.concept ?? "", line.definition.dimensions.text,
          line.definition.unit ?? statement.definition.unit,
          line.period(in: column).description, cell.status,
        ]
        let rows = cell.answer.rows
        for row in rows { table.append(start + fields(of: row)) }
        if rows.isEmpty { table.append(start + ["", "", "", "", ""]) }
      }
    }
    return table.rendered(as: format)
  }

  private func fields(of row: FactRow) -> [String] {
    [
      row.figure.value?.description ?? "", row.figure.decimals.map { String($0) } ?? "",
      row.figure.qualifier?.rawValue ?? "", String(row.sequence), filing(of: row),
    ]
  }

  private static let delimitedColumns = [
    "statement", "label", "depth", "concept", "dimensions", "unit", "period", "status", "value",
    "decimals", "qualifier", "sequence", "filing",
  ].map { Table.Column($0) }
}
