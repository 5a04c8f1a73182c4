/// GitHub-flavoured Markdown.
public struct MarkdownFormat: TableFormat {
  /// `markdown`.
  public static let name = "markdown"

  /// `md`.
  public static let otherNames = ["md"]

  /// People read it.
  public static let isForReading = true

  private let columns: [TableHead.Column]

  /// A format for a table of its own.
  public init(_ head: TableHead) { columns = head.columns }

  /// Appends the names of the columns, and the rule that tells their sides.
  public mutating func begin(_ bytes: inout [UInt8]) {
    append(Table.Row(columns.map { .text($0.title) }), to: &bytes)
    let rules = columns.map { $0.alignment == .right ? "---:" : "---" }
    bytes.append(contentsOf: "| \(rules.joined(separator: " | ")) |\n".utf8)
  }

  /// Appends a line; headings and totals are strong, and first cells stand in.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    let isStrong = row.role == .heading || row.role == .total
    bytes.append(UInt8(ascii: "|"))
    for (index, cell) in row.cells.enumerated() {
      bytes.append(UInt8(ascii: " "))
      if index == 0 { for _ in 0..<row.depth { bytes.append(contentsOf: "&emsp;".utf8) } }
      let start = bytes.count
      Self.append(cell, columns[index], to: &bytes)
      if isStrong, bytes.count > start {
        bytes.insert(contentsOf: "**".utf8, at: start)
        bytes.append(contentsOf: "**".utf8)
      }
      bytes.append(contentsOf: " |".utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(_ cell: Cell, _ column: TableHead.Column, to bytes: inout [UInt8]) {
    if case .link(let text, let address) = cell {
      let target = address.replacing("<", with: "%3C").replacing(">", with: "%3E")
        .replacing("|", with: "%7C")
      bytes.append(contentsOf: "[\(text.markdownText)](<\(target)>)".utf8)
    } else {
      let start = bytes.count
      cell.appendText(to: &bytes, isGrouped: column.isGrouped)
      bytes.escape(from: start, for: .markdown)
    }
  }

  /// Appends the named texts; lines have no place, for a table of its own is pasted among other text.
  ///
  /// - Throws: Nothing: no temporary file is needed.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) throws {
    let items = notes.compactMap(\.item)
    guard !items.isEmpty else { return }
    bytes.append(UInt8(ascii: "\n"))
    try Self.append(.items(items), to: &bytes)
  }

  /// Appends what the document shows in Markdown, a blank line between its parts.
  ///
  /// - Throws: Nothing: no temporary file is needed.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) throws {
    var isFirst = true
    for block in document.markdown {
      let start = bytes.count
      if !isFirst { bytes.append(UInt8(ascii: "\n")) }
      let contentStart = bytes.count
      try append(block, to: &bytes)
      if bytes.count == contentStart { bytes.removeSubrange(start...) } else { isFirst = false }
    }
  }

  private static func append(_ block: Block, to bytes: inout [UInt8]) throws {
    var text = ""
    switch block {
    case .heading(let heading, let level):
      text = "\(String(repeating: "#", count: level)) \(heading.markdownText)\n"
    case .caption(let caption): text = caption.markdownText + "\n"
    case .lines(let lines): for line in lines { text += "- \(line.markdownText)\n" }
    case .styled(let lines): return try append(.lines(lines.map(\.text)), to: &bytes)
    case .notice(let notice): text = "**\(notice.markdownText)**\n"
    case .items(let items):
      for item in items {
        let name = item.name.isEmpty ? "" : "\(item.name.markdownText): "
        text += "- \(name)\(item.text.markdownText)\n"
      }
    case .chart: return
    case .table(let table): return try table.write(as: .markdown, to: &bytes)
    }
    bytes.append(contentsOf: text.utf8)
  }
}
