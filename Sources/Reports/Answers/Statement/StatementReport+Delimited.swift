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
        switch cell.answer {
        case .holds(let row): table.append(start + fields(of: row))
        case .conflict(let rows): for row in rows { table.append(start + fields(of: row)) }
        case .derived(let derivation): table.append(start + fields(of: derivation))
        case .notReported, .notYetKnown, .notDerivable:
          table.append(start + ["", "", "", "", ""])
        }
      }
    }
    return table.rendered(as: format)
  }

  private func fields(of row: FactRow) -> [String] {
    fields(of: row.figure) + [String(row.sequence), filing(of: row)]
  }

  /// The derived figure, with the events it is added up from and their filings.
  private func fields(of derivation: Derivation) -> [String] {
    let operands = derivation.operands.map { operand in
      (operand.isSubtracted ? "-" : "+") + String(operand.row.sequence)
    }
    var filings: [String] = []
    for name in derivation.operands.map({ filing(of: $0.row) }) where !filings.contains(name) {
      filings.append(name)
    }
    return fields(of: derivation.figure) + [
      operands.joined(separator: " "), filings.joined(separator: " "),
    ]
  }

  private func fields(of figure: Figure) -> [String] {
    [
      figure.value?.description ?? "", figure.decimals.map { String($0) } ?? "",
      figure.qualifier?.rawValue ?? "",
    ]
  }

  private static let delimitedColumns = [
    "statement", "label", "depth", "concept", "dimensions", "unit", "period", "status", "value",
    "decimals", "qualifier", "sequence", "filing",
  ].map { Table.Column($0) }
}
