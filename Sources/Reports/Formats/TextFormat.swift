import Platform

/// Plain text: tables in aligned columns.
public struct TextFormat: TableFormat {
  /// `text`.
  public static let name = "text"

  /// `txt`.
  public static let otherNames = ["txt"]

  /// People read it.
  public static let isForReading = true

  private let columns: [TableHead.Column]
  private let sampleRowCount: Int
  private let screen: Screen

  /// Rows that wait for the widths of the columns.
  private var sample: [TextLine] = []

  /// Where the columns stand; `nil` until the sample is complete.
  private var grid: TextGrid?
  private var scratch = TextLine()

  /// A format for a table of its own.
  ///
  /// - Precondition: Its widths come from at least one row.
  public init(_ head: TableHead) {
    precondition(head.sampleRowCount > 0, "widths come from at least one row")
    columns = head.columns
    sampleRowCount = head.sampleRowCount
    screen = head.screen
  }

  /// Appends nothing: the names of the columns wait for their widths.
  public mutating func begin(_ bytes: inout [UInt8]) {}

  /// Appends a line, or keeps it until the widths are known.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    scratch.set(row.cells, columns)
    if screen.isStyled { scratch.styles = Self.styles(of: row) }
    if let grid { return scratch.write(in: grid, columns, to: &bytes) }
    sample.append(scratch)
    if sample.count == sampleRowCount { writeSample(to: &bytes) }
  }

  /// The styles of a row's cells: those that it names, and that of a heading.
  private static func styles(of row: Table.Row) -> [Int: TextStyle] {
    row.role == .heading ? row.styles.merging([0: .title]) { style, _ in style } : row.styles
  }

  /// Appends what was kept, and the lines of the notes.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {
    if grid == nil { writeSample(to: &bytes) }
    Self.append(.notes(notes), to: &bytes, on: screen)
    let items = notes.compactMap(\.item)
    guard !items.isEmpty else { return }
    Self.append(.lines([""]), to: &bytes, on: screen)
    Self.append(.items(items), to: &bytes, on: screen)
  }

  private mutating func writeSample(to bytes: inout [UInt8]) {
    var titles = TextLine()
    titles.set(columns.map { .text($0.title.replacing("\n", with: " ")) }, columns)
    if screen.isStyled {
      titles.styles = Dictionary(uniqueKeysWithValues: columns.indices.map { ($0, .title) })
    }
    let widths = columns.indices.map { index in
      sample.reduce(titles.widths[index]) { max($0, $1.widths[index]) }
    }
    let isNarrow = screen.columnCount != nil
    let leastWidths = columns.indices.map { index in
      guard isNarrow, columns[index].alignment == .left else { return widths[index] }
      return (sample + [titles]).reduce(0) { max($0, $1.leastWidth(index)) }
    }
    let grid = TextGrid(widths, leastWidths, columnCount: screen.columnCount)
    self.grid = grid
    var rules = TextLine()
    rules.set(grid.widths.map { .text(String(repeating: "-", count: $0)) }, columns)
    for line in [titles, rules] + sample { line.write(in: grid, columns, to: &bytes) }
    sample = []
  }

  /// Appends what the document shows as text.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) {
    write(document, to: &bytes, on: .none)
  }

  /// Appends what the document shows as text on a screen.
  static func write(_ document: some Document, to bytes: inout [UInt8], on screen: Screen) {
    for block in document.text { append(block, to: &bytes, on: screen) }
  }

  /// A table as text.
  static func text(of table: Table) -> String {
    var bytes: [UInt8] = []
    append(table, to: &bytes, on: .none)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the document shows as text.
  static func text(of document: some Document) -> String {
    var bytes: [UInt8] = []
    write(document, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ table: Table, to bytes: inout [UInt8], on screen: Screen) {
    var head = table.head
    head.sampleRowCount = .max
    head.screen = screen
    var format = TextFormat(head)
    for row in table.rows { format.append(row, to: &bytes) }
    format.end([], to: &bytes)
  }

  private static func append(_ block: Block, to bytes: inout [UInt8], on screen: Screen) {
    var lines: [StyledText] = []
    switch block {
    case .heading(let text, _): lines = [StyledText(text, .title)]
    case .caption(let text): lines = [StyledText(text)]
    case .notice(let text): lines = [StyledText(text, .alarm)]
    case .lines(let texts): lines = .init(texts)
    case .styled(let texts): lines = texts
    case .items(let items):
      let width = items.reduce(0) { max($0, $1.name.count) }
      lines = .init(items.map { "\($0.name.padded(to: width))  \($0.text)".trimmedAtEnd })
    case .chart: return
    case .table(let table): return append(table, to: &bytes, on: screen)
    }
    for line in lines {
      line.append(to: &bytes, on: screen)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
