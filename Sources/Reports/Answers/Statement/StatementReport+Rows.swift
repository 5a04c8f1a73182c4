import Facts
import Ledger

extension StatementReport {
  /// One row for each line and column; for a range or a conflict, one for each of its claims.
  public var rows: Table {
    var table = Table(head(Self.columns))
    for line in statement.lines {
      for (index, (cell, column)) in zip(line.cells, statement.columns).enumerated() {
        let start: [Cell] = [
          .text(statement.definition.statement), .text(line.definition.label),
          .count(line.definition.depth), Cell(line.concept(ofCell: index)),
          .dimensions(line.definition.dimensions),
          .text(line.definition.unit ?? statement.definition.unit),
          .period(line.period(in: column)), .text(cell.status),
        ]
        switch cell {
        case .holds(let claim): table.append(start + cells(of: claim))
        case .range(let low, let high):
          for claim in [low, high] { table.append(start + cells(of: claim)) }
        case .conflict(let claims), .retracted(let claims, _, _):
          for claim in claims { table.append(start + cells(of: claim)) }
        case .derived(let derived): table.append(start + cells(of: derived) + [entity, .none])
        case .notReported, .notYetKnown, .notDerivable:
          let blanks = repeatElement(Cell.none, count: Self.columns.count - start.count - 2)
          table.append(start + blanks + [entity, .none])
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

  private var entity: Cell { .text(statement.entity.entity) }

  private func cells(of claim: ReportedFigure) -> [Cell] {
    cells(of: claim.figure) + [
      Cell(claim.sequence), .text(claim.filing), entity, Cell(claim.published),
    ]
  }

  /// The derived figure, with the events it is added up from and their filings.
  private func cells(of derived: DerivedFigure) -> [Cell] {
    let operands = derived.operands.map { operand in
      Cell.text((operand.isSubtracted ? "-" : "+") + String(operand.claim.sequence))
    }
    var filings: [String] = []
    for name in derived.operands.map(\.claim.filing) where !filings.contains(name) {
      filings.append(name)
    }
    return cells(of: derived.figure) + [.list(operands), .list(filings.map { .text($0) })]
  }

  private func cells(of figure: Figure) -> [Cell] {
    // A dash has no value here: its status says that it is one.
    [Cell(figure.value), Cell(figure.decimals), Cell(figure.qualifier?.rawValue)]
  }

  private static let columns = [
    "statement", "label", "depth", "concept", "dimensions", "unit", "period", "status", "value",
    "decimals", "qualifier", "sequence", "filing", "entity", "published",
  ].map { Table.Column($0) }
}
