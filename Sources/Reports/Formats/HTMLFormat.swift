/// A page that needs no other file.
public struct HTMLFormat: TableFormat {
  /// `html`.
  public static let name = "html"

  /// `htm`.
  public static let otherNames = ["htm"]

  /// People read it.
  public static let isForReading = true

  private let title: String
  private var table: HTMLTable

  /// A format for a table of its own.
  public init(_ head: TableHead) {
    title = head.title
    table = HTMLTable(head.columns, hasCaptions: false)
  }

  /// Appends the head of the page, and of the table.
  public mutating func begin(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: HTMLPage.start(title: title).utf8)
    bytes.append(contentsOf: "<h1>\(title.htmlText)</h1>\n".utf8)
    table.begin(&bytes)
  }

  /// Appends a row of the table.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    table.append(row, to: &bytes)
  }

  /// Appends the ends of the table and of the page, between them the notes.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {
    table.end(&bytes)
    Self.append(.notes(notes), to: &bytes)
    Self.append(.items(notes.compactMap(\.item)), to: &bytes)
    bytes.append(contentsOf: HTMLPage.end.utf8)
  }

  /// Appends what the document shows on a page.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: HTMLPage.start(title: document.pageTitle).utf8)
    for block in document.page { append(block, to: &bytes) }
    bytes.append(contentsOf: HTMLPage.end.utf8)
  }

  private static func append(_ block: Block, to bytes: inout [UInt8]) {
    var html = ""
    switch block {
    case .heading(let text, let level): html = "<h\(level)>\(text.htmlText)</h\(level)>\n"
    case .caption(let text): html = HTMLPage.caption(text)
    case .lines(let lines):
      if !lines.isEmpty { html = "<p>\(lines.map(\.htmlText).joined(separator: "<br>\n"))</p>\n" }
    case .styled(let lines): return append(.lines(lines.map(\.text)), to: &bytes)
    case .notice(let text): html = HTMLPage.notice(text)
    case .chart(let chart): html = HTMLPage.figure(chart.svg)
    case .items(let items): html = HTMLPage.definitions(items)
    case .table(let table):
      var html = HTMLTable(table.head.columns, hasCaptions: table.hasCaptions)
      html.begin(&bytes)
      for row in table.rows { html.append(row, to: &bytes) }
      return html.end(&bytes)
    }
    bytes.append(contentsOf: html.utf8)
  }
}
