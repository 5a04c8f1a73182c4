import Facts
import Projections

extension StatementReport {
  /// Title, header, table, legend and receipt.
  var markdown: String {
    let definition = statement.definition
    var text = "# \(statement.entity.name.markdownText)\n\n"
    text += "## \(definition.title.markdownText)\n\n"
    if let caption = definition.caption { text += caption.markdownText + "\n\n" }
    text += header.map { "- \($0.markdownText)\n" }.joined() + "\n"
    if let notice { text += "**\(notice.markdownText)**\n\n" }
    let rows = definition.layout == .list ? markdownList : markdownTable
    text += rows.map { "| \($0.joined(separator: " | ")) |\n" }.joined() + "\n"
    text += Self.items(legend)
    text += Self.items(receipt.lines)
    return text.last == "\n" ? String(text.dropLast()) : text
  }

  private static func items(_ pairs: [(name: String, text: String)]) -> String {
    guard !pairs.isEmpty else { return "" }
    let items = pairs.map { name, text in
      "- \(name.isEmpty ? "" : "\(name.markdownText): ")\(text.markdownText)\n"
    }
    return items.joined() + "\n"
  }

  private var markdownList: [[String]] {
    let columns = Self.listColumns
    return [columns.map(\.title), columns.map { $0.alignment == .right ? "---:" : "---" }]
      + listedFigures.map { $0.texts.map(\.markdownText) }
  }

  private var markdownTable: [[String]] {
    var rows = [[""] + statement.columns.map(\.label.markdownText)]
    rows.append(["---"] + statement.columns.map { _ in "---:" })
    for line in statement.lines {
      let isStrong = line.isHeading || line.definition.isTotal
      let indent = String(repeating: "&emsp;", count: line.definition.depth)
      let label = line.definition.label.markdownText
      let cells = line.cells.map { PrintedCell($0, line, statement.definition) }
      let texts =
        line.isHeading ? statement.columns.map { _ in "" } : cells.map(\.text.markdownText)
      rows.append(
        [indent + (isStrong ? label.strong : label)] + texts.map { isStrong ? $0.strong : $0 }
      )
    }
    return rows
  }
}

extension String {
  fileprivate var strong: String { isEmpty ? "" : "**\(self)**" }
}
