import Facts
import Projections

extension StatementReport {
  /// A page with header, table, legend and receipt; each figure names its event and filing.
  var html: String {
    let definition = statement.definition
    var html = HTMLPage.start(title: "\(statement.entity.name): \(definition.title)")
    html += "<h1>\(statement.entity.name.htmlText)</h1>\n"
    html += "<h2>\(definition.title.htmlText)</h2>\n"
    if let caption = definition.caption { html += HTMLPage.caption(caption) }
    html += "<p>\(header.map(\.htmlText).joined(separator: "<br>\n"))</p>\n"
    if let notice { html += HTMLPage.notice(notice) }
    html += "<table>\n\(definition.layout == .list ? htmlList : htmlTable)</table>\n"
    html += HTMLPage.definitions(legend)
    html += HTMLPage.definitions(receipt.lines)
    return html + HTMLPage.end
  }

  private var htmlList: String {
    var html = "<thead><tr>"
    for column in Self.listColumns {
      html += "<th\(column.alignment.htmlClass)>\(column.title.htmlText)</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for figure in listedFigures {
      html += "<tr>"
      for (column, text) in zip(Self.listColumns, figure.texts) {
        html += "<td\(column.alignment.htmlClass)>\(text.htmlText)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n"
  }

  private var htmlTable: String {
    var html = "<thead><tr><td></td>"
    for column in statement.columns {
      let lines = [column.heading, column.date].filter { !$0.isEmpty }.map(\.htmlText)
      html += "<th class=\"figure\">\(lines.joined(separator: "<br>"))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for line in statement.lines {
      let cells = line.cells.map { PrintedCell($0, line, statement.definition) }
      html += row(of: line, cells)
    }
    return html + "</tbody>\n"
  }

  private func row(of line: Statement.Line, _ printed: [PrintedCell]) -> String {
    let definition = line.definition
    let padding = "style=\"padding-left: \(Double(definition.depth) * 1.5 + 0.5)rem\""
    if line.isHeading {
      return "<tr class=\"heading\"><th \(padding) colspan=\"\(statement.columns.count + 1)\">"
        + "\(definition.label.htmlText)</th></tr>\n"
    }
    let kind = definition.isTotal ? "total" : definition.isSubtotal ? "subtotal" : ""
    var html = kind.isEmpty ? "<tr>" : "<tr class=\"\(kind)\">"
    html += "<th scope=\"row\" \(padding)>\(definition.label.htmlText)</th>"
    for (cell, printed) in zip(line.cells, printed) {
      html += "<td class=\"figure\"\(evidence(for: cell))>\(printed.text.htmlText)</td>"
    }
    return html + "</tr>\n"
  }

  /// Which events a figure rests on, shown when the pointer rests on it.
  private func evidence(for cell: Statement.Cell) -> String {
    var events = cell.answer.rows.map { "event \($0.sequence), filing \(filing(of: $0))" }
    if case .notYetKnown(let row) = cell.answer {
      events = ["first published \(row.published.published), filing \(filing(of: row))"]
    }
    guard !events.isEmpty else { return "" }
    return " title=\"\(events.joined(separator: "; ").htmlText)\""
  }
}

extension Table.Alignment {
  fileprivate var htmlClass: String { self == .right ? " class=\"figure\"" : "" }
}
