import Facts
import Projections

extension StatementReport {
  /// One row for each line and column; for a conflict, one for each of its claims.
  public var rows: Table {
    var table = Table(head(Self.columns))
    for line in statement.lines {
      for (cell, column) in zip(line.cells, statement.columns) {
        let start: [Cell] = [
          .text(statement.definition.statement), .text(line.definition.label),
          .count(line.definition.depth), Cell(line.concept),
          .dimensions(line.definition.dimensions),
          .text(line.definition.unit ?? statement.definition.unit),
          .period(line.period(in: column)), .text(cell.status),
        ]
        switch cell.answer {
        case .holds(let row): table.append(start + cells(of: row))
        case .conflict(let rows): for row in rows { table.append(start + cells(of: row)) }
        case .derived(let derivation): table.append(start + cells(of: derivation))
        case .notReported, .notYetKnown, .notDerivable:
          table.append(start + repeatElement(.none, count: Self.columns.count - start.count))
        }
      }
    }
    return table
  }

  /// The title of a page, and how JSON would write the rows.
  func head(_ columns: [Table.Column]) -> TableHead {
    TableHead(
      title: "\(statement.entity.name): \(statement.definition.title)",
      shape: .init("assay.statement/1"),
      columns: columns
    )
  }

  private func cells(of row: FactRow) -> [Cell] {
    cells(of: row.figure) + [Cell(row.sequence), .text(filing(of: row))]
  }

  /// The derived figure, with the events it is added up from and their filings.
  private func cells(of derivation: Derivation) -> [Cell] {
    let operands = derivation.operands.map { operand in
      Cell.text((operand.isSubtracted ? "-" : "+") + String(operand.row.sequence))
    }
    var filings: [String] = []
    for name in derivation.operands.map({ filing(of: $0.row) }) where !filings.contains(name) {
      filings.append(name)
    }
    return cells(of: derivation.figure) + [.list(operands), .list(filings.map { .text($0) })]
  }

  private func cells(of figure: Figure) -> [Cell] {
    // A dash has no value here: its status says that it is one.
    [Cell(figure.value), Cell(figure.decimals), Cell(figure.qualifier?.rawValue)]
  }

  private static let columns = [
    "statement", "label", "depth", "concept", "dimensions", "unit", "period", "status", "value",
    "decimals", "qualifier", "sequence", "filing",
  ].map { Table.Column($0) }
}
