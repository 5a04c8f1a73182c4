import Facts
import Ledger

extension StatementReport {
  /// Title, header, table, legend and receipt.
  public var markdown: [Block] {
    var blocks = titles
    blocks.append(.lines(header))
    if let notice { blocks.append(.notice(notice)) }
    blocks.append(.table(readable))
    let notes = footnotes + partialNotes
    if !notes.isEmpty { blocks.append(.lines(notes)) }
    return blocks + [.items(legend), .items(receipt.lines)]
  }

  /// As Markdown; each figure names its event and filing.
  public var page: [Block] { markdown }

  private var titles: [Block] {
    let definition = statement.definition
    return [.heading(statement.entity.name, level: 1), .heading(definition.title, level: 2)]
      + (definition.caption.map { [.caption($0)] } ?? [])
  }

  private var readable: Table {
    statement.definition.layout == .list ? listing : lineTable
  }

  /// A row for each figure found, for layouts without columns.
  private var listing: Table {
    var table = Table(head(Self.listColumns))
    for figure in listedFigures { table.append(figure.texts) }
    return table
  }

  static let listColumns: [Table.Column] = [
    .init("Caption"), .init("Period"), .init("Figure", .right), .init("Unit"), .init("Filing"),
  ]

  /// A row for each line, a column for each of the statement's.
  private var lineTable: Table {
    let columns = statement.columns.map { column in
      let lines = [column.heading, column.date].filter { !$0.isEmpty }
      return Table.Column(column.label, .right, title: lines.joined(separator: "\n"))
    }
    var table = Table(head([Table.Column("")] + columns))
    table.hasCaptions = true
    for line in statement.lines {
      let definition = line.definition
      let cells = line.cells.indices.map { index in
        let printed = PrintedCell(at: index, of: line, statement.definition).text
        return Cell.printed(printed, evidence: evidence(for: line.cells[index]))
      }
      let blanks = line.isHeading ? statement.columns.map { _ in Cell.none } : []
      table.append(
        Table.Row(
          [.text(definition.label)] + cells + blanks,
          role: line.isHeading
            ? .heading : definition.isTotal ? .total : definition.isSubtotal ? .subtotal : .plain,
          depth: definition.depth
        )
      )
    }
    return table
  }

  /// The events that a figure rests on.
  private func evidence(for cell: FactAnswer) -> String {
    if case .notYetKnown(let claim) = cell {
      return "first published \(claim.published.published), filing \(claim.filing)"
    }
    return cell.claims.map { "event \($0.sequence), filing \($0.filing)" }
      .joined(separator: "; ")
  }
}
