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

  /// Rows that wait for the widths of the columns.
  private var sample: [Line] = []

  /// How many characters each column takes; empty until the sample is complete.
  private var widths: [Int] = []
  private var scratch = Line()

  /// A format for a table of its own.
  ///
  /// - Precondition: Its widths come from at least one row.
  public init(_ head: TableHead) {
    precondition(head.sampleRowCount > 0, "widths come from at least one row")
    columns = head.columns
    sampleRowCount = head.sampleRowCount
  }

  /// Appends nothing: the names of the columns wait for their widths.
  public mutating func begin(_ bytes: inout [UInt8]) {}

  /// Appends a line, or keeps it until the widths are known.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    scratch.set(row.cells, columns)
    if !widths.isEmpty { return write(scratch, to: &bytes) }
    sample.append(scratch)
    if sample.count == sampleRowCount { writeSample(to: &bytes) }
  }

  /// Appends what was kept, and the lines of the notes.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {
    if widths.isEmpty { writeSample(to: &bytes) }
    Self.append(.notes(notes), to: &bytes)
    let items = notes.compactMap(\.item)
    guard !items.isEmpty else { return }
    Self.append(.lines([""]), to: &bytes)
    Self.append(.items(items), to: &bytes)
  }

  private mutating func writeSample(to bytes: inout [UInt8]) {
    var titles = Line()
    titles.set(columns.map { .text($0.title.replacing("\n", with: " ")) }, columns)
    widths = columns.indices.map { index in
      sample.reduce(titles.widths[index]) { max($0, $1.widths[index]) }
    }
    var rules = Line()
    rules.set(widths.map { .text(String(repeating: "-", count: $0)) }, columns)
    for line in [titles, rules] + sample { write(line, to: &bytes) }
    sample = []
  }

  private func write(_ line: Line, to bytes: inout [UInt8]) {
    var start = 0
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.appendBlanks(2) }
      let blanks = widths[index] - line.widths[index]
      if column.alignment == .right { bytes.appendBlanks(blanks) }
      bytes.append(contentsOf: line.bytes[start..<line.ends[index]])
      if column.alignment == .left { bytes.appendBlanks(blanks) }
      start = line.ends[index]
    }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends what the document shows as text.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) {
    for block in document.text { append(block, to: &bytes) }
  }

  /// A table as text.
  static func text(of table: Table) -> String {
    var bytes: [UInt8] = []
    append(table, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the document shows as text.
  static func text(of document: some Document) -> String {
    var bytes: [UInt8] = []
    write(document, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ table: Table, to bytes: inout [UInt8]) {
    var head = table.head
    head.sampleRowCount = .max
    var format = TextFormat(head)
    for row in table.rows { format.append(row, to: &bytes) }
    format.end([], to: &bytes)
  }

  private static func append(_ block: Block, to bytes: inout [UInt8]) {
    var lines: [String] = []
    switch block {
    case .heading(let text, _), .caption(let text), .notice(let text): lines = [text]
    case .lines(let texts): lines = texts
    case .items(let items):
      let width = items.reduce(0) { max($0, $1.name.count) }
      lines = items.map { "\($0.name.padded(to: width))  \($0.text)".trimmedAtEnd }
    case .chart: return
    case .table(let table): return append(table, to: &bytes)
    }
    for line in lines { bytes.append(contentsOf: (line + "\n").utf8) }
  }
}

/// The texts of a row, one behind the other.
private struct Line {
  var bytes: [UInt8] = []

  /// Where each text ends in `bytes`.
  var ends: [Int] = []

  /// How many characters each text has.
  var widths: [Int] = []

  mutating func set(_ cells: [Cell], _ columns: [TableHead.Column]) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    widths.removeAll(keepingCapacity: true)
    for (cell, column) in zip(cells, columns) {
      let start = bytes.count
      cell.appendText(to: &bytes, isGrouped: column.isGrouped)
      ends.append(bytes.count)
      widths.append(Self.width(of: bytes[start...]))
    }
  }

  /// How many characters a text has; of ASCII without carriage returns, as many as bytes.
  private static func width(of text: ArraySlice<UInt8>) -> Int {
    if text.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.count }
    return String(decoding: text, as: UTF8.self).count
  }
}

extension [UInt8] {
  fileprivate mutating func appendBlanks(_ count: Int) {
    if count > 0 { append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }
}
