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
        let reason = reason(of: cell, line.absences[index])
        func append(_ cells: [Cell]) {
          let blankCount = Self.columns.count - start.count - cells.count - reason.count
          table.append(start + cells + Array(repeating: .none, count: blankCount) + reason)
        }
        switch cell {
        case .holds(let claim): append(cells(of: claim))
        case .range(let low, let high):
          for claim in [low, high] { append(cells(of: claim)) }
        case .conflict(let claims), .retracted(let claims, _, _):
          for claim in claims { append(cells(of: claim)) }
        case .derived(let derived): append(cells(of: derived))
        case .notReported, .notYetKnown, .notDerivable:
          append(Array(repeating: .none, count: 5) + [entity])
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

  /// Why there is no figure, and what is recorded in its place.
  private func reason(of cell: FactAnswer, _ absence: ReportedOtherwise?) -> [Cell] {
    if let absence { return [.text(absence.reason.rawValue), .text(absence.fact.words)] }
    if case .notDerivable(let reason) = cell { return [.text(reason), .none] }
    return [.none, .none]
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
    return cells(of: derived.figure) + [
      .list(operands), .list(filings.map { .text($0) }), entity, .none, Cell(decimal: derived.low),
      Cell(decimal: derived.high), Cell(derived.vintage?.published), Cell(derived.vintage?.filing),
    ]
  }

  private func cells(of figure: Figure) -> [Cell] {
    // A dash has no value here: its status says that it is one.
    [Cell(figure.value), Cell(figure.decimals), Cell(figure.qualifier?.rawValue)]
  }

  static let columns = [
    "statement", "label", "depth", "concept", "dimensions", "unit", "period", "status", "value",
    "decimals", "qualifier", "sequence", "filing", "entity", "published", "low", "high", "vintage",
    "vintageFiling", "reason", "reported",
  ].map { Table.Column($0) }
}
