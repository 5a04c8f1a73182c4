/// Writes a table as an element of a page.
struct HTMLTable {
  private let columns: [TableHead.Column]
  private let hasCaptions: Bool
  private var rowCount = 0

  /// Longer tables, but for statements, are parts under headings of their own, between which a reader can jump.
  private static let partRowCount = 100

  /// - Parameter hasCaptions: Whether the first cell of each row names it.
  init(_ columns: [TableHead.Column], hasCaptions: Bool) {
    self.columns = columns
    self.hasCaptions = hasCaptions
  }

  /// Tables with more columns are printed small, across the sheet.
  private static let narrowColumnCountMax = 8

  func begin(_ bytes: inout [UInt8]) {
    let isWide = columns.count > Self.narrowColumnCountMax
    bytes.append(contentsOf: "<table\(isWide ? " class=\"wide\"" : "")>\n<thead><tr>".utf8)
    for column in columns {
      // An empty heading would name nothing.
      let tag = column.title.isEmpty ? "td" : "th scope=\"col\""
      let title = column.title.split(separator: "\n").map { Self.unbroken(String($0)).htmlText }
      bytes.append(contentsOf: "<\(tag)\(column.htmlClass)>".utf8)
      bytes.append(contentsOf: title.joined(separator: "<br>").utf8)
      bytes.append(contentsOf: (column.title.isEmpty ? "</td>" : "</th>").utf8)
    }
    bytes.append(contentsOf: "</tr></thead>\n<tbody>\n".utf8)
  }

  /// A date, whose month and day stay on one line: `Sept. 30, 2004`.
  private static func unbroken(_ title: String) -> String {
    guard let date = title.wholeMatch(of: /([A-Z][a-z]+\.?) (\d{1,2}, \d{4})/) else { return title }
    return "\(date.1)\u{A0}\(date.2)"
  }

  mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    if !hasCaptions, rowCount > 0, rowCount.isMultiple(of: Self.partRowCount) {
      end(&bytes)
      let first = rowCount + 1
      let heading = "<h2 class=\"part\" id=\"row-\(first)\">Rows from \(first)</h2>\n"
      bytes.append(contentsOf: heading.utf8)
      begin(&bytes)
    }
    rowCount += 1
    switch row.role {
    case .plain: bytes.append(contentsOf: "<tr>".utf8)
    case .heading: bytes.append(contentsOf: "<tr class=\"heading\">".utf8)
    case .subtotal: bytes.append(contentsOf: "<tr class=\"subtotal\">".utf8)
    case .total: bytes.append(contentsOf: "<tr class=\"total\">".utf8)
    }
    if row.role == .heading {
      let padding = Self.padding(row.depth)
      bytes.append(contentsOf: "<th scope=\"row\"\(padding) colspan=\"\(columns.count)\">".utf8)
      append(text: row.cells[0], columns[0], to: &bytes)
      bytes.append(contentsOf: "</th>".utf8)
    } else {
      for (index, cell) in row.cells.enumerated() {
        // An empty caption would name nothing.
        let isCaption = hasCaptions && index == 0 && cell != .none && cell != .text("")
        append(cell, columns[index], isCaption: isCaption, row.depth, to: &bytes)
      }
    }
    bytes.append(contentsOf: "</tr>\n".utf8)
  }

  func end(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: "</tbody>\n</table>\n".utf8)
  }

  private static func padding(_ depth: Int) -> String {
    " style=\"padding-left: \(Double(depth) * 1.5 + 0.5)rem\""
  }

  private func append(
    _ cell: Cell,
    _ column: TableHead.Column,
    isCaption: Bool,
    _ depth: Int,
    to bytes: inout [UInt8]
  ) {
    if isCaption {
      bytes.append(contentsOf: "<th scope=\"row\"\(Self.padding(depth))>".utf8)
    } else {
      bytes.append(contentsOf: "<td\(column.htmlClass)".utf8)
      if column.alignment == .left {
        // A browser would break dates and identifiers after their hyphens, and long texts after each word.
        bytes.append(
          contentsOf: (cell.isOneWord ? " class=\"word\"" : cell.isLong ? " class=\"long\"" : "")
            .utf8
        )
      }
      if case .printed(_, let evidence) = cell, !evidence.isEmpty {
        bytes.append(contentsOf: " title=\"\(evidence.htmlText)\"".utf8)
      }
      bytes.append(UInt8(ascii: ">"))
    }
    append(text: cell, column, to: &bytes)
    bytes.append(contentsOf: (isCaption ? "</th>" : "</td>").utf8)
  }

  private func append(text cell: Cell, _ column: TableHead.Column, to bytes: inout [UInt8]) {
    if case .link(_, let address) = cell {
      bytes.append(contentsOf: "<a href=\"\(address.htmlText)\">".utf8)
    }
    let start = bytes.count
    cell.appendText(to: &bytes, isGrouped: column.isGrouped)
    bytes.escape(from: start, for: .html)
    if case .link = cell { bytes.append(contentsOf: "</a>".utf8) }
  }
}

extension Cell {
  /// Whether its text is a date or an identifier, short and without blanks.
  fileprivate var isOneWord: Bool {
    switch self {
    case .time, .period: true
    case .text(let text):
      text.utf8.contains(UInt8(ascii: "-")) && text.utf8.count <= 24 && !text.contains(" ")
    case .none, .figure, .count, .dimensions, .list, .link, .printed: false
    }
  }

  /// Whether it is a text of several lines in a narrow column.
  fileprivate var isLong: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.count > 24
  }
}

extension TableHead.Column {
  /// What shows its texts at the right.
  fileprivate var htmlClass: String { alignment == .right ? " class=\"figure\"" : "" }
}
