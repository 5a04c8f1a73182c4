import JSON

/// Writes a table row by row, in memory that does not grow with the number of rows.
///
/// Aligned text takes the widths of its columns from the first rows: later texts that are wider
/// are not cut, but stand out of line.
public struct TableWriter {
  private let title: String
  private let columns: [Table.Column]
  private let format: ReportFormat
  private let sampleRowCount: Int
  private var sample: [[String]] = []
  private var widths: [Int] = []
  private var hasStarted = false
  private var rowCount = 0

  /// A writer that has written nothing yet.
  ///
  /// - Parameters:
  ///   - title: The title of an HTML page, and the schema of JSON.
  ///   - sampleRowCount: How many rows aligned text takes its widths from; more than 0.
  public init(
    title: String,
    columns: [Table.Column],
    format: ReportFormat,
    sampleRowCount: Int = 500
  ) {
    precondition(sampleRowCount > 0, "widths come from at least one row")
    self.title = title
    self.columns = columns
    self.format = format
    self.sampleRowCount = sampleRowCount
  }

  /// Appends a row to `bytes`, after what comes before the first; aligned text may hold it back.
  ///
  /// - Precondition: `row` has a text for each column.
  public mutating func append(_ row: [String], to bytes: inout [UInt8]) {
    precondition(row.count == columns.count, "a row has a text for each column")
    if format == .text, !hasStarted {
      sample.append(row)
      if sample.count == sampleRowCount { startText(&bytes) }
      return
    }
    start(&bytes)
    write(row, &bytes)
  }

  /// Appends what comes after the last row.
  public mutating func finish(to bytes: inout [UInt8]) {
    if format == .text, !hasStarted { startText(&bytes) }
    start(&bytes)
    switch format {
    case .text, .csv, .tsv, .jsonl, .markdown: break
    case .json: bytes.append(contentsOf: "\n]}\n".utf8)
    case .html: bytes.append(contentsOf: "</tbody>\n</table>\n\(HTMLPage.end)".utf8)
    }
  }

  private mutating func startText(_ bytes: inout [UInt8]) {
    widths = columns.indices.map { index in
      sample.reduce(columns[index].title.count) { max($0, $1[index].count) }
    }
    start(&bytes)
    for row in sample { write(row, &bytes) }
    sample = []
  }

  private mutating func start(_ bytes: inout [UInt8]) {
    guard !hasStarted else { return }
    hasStarted = true
    let titles = columns.map(\.title)
    switch format {
    case .text:
      write(titles, &bytes)
      write(widths.map { String(repeating: "-", count: $0) }, &bytes)
    case .csv, .tsv: write(titles, &bytes)
    case .json:
      bytes.append(contentsOf: #"{"schema":"#.utf8)
      bytes.appendJSONString(title)
      bytes.append(contentsOf: #","rows":["#.utf8)
    case .jsonl: break
    case .markdown:
      write(titles, &bytes)
      write(columns.map { $0.alignment == .right ? "---:" : "---" }, isRule: true, &bytes)
    case .html:
      bytes.append(contentsOf: HTMLPage.start(title: title).utf8)
      bytes.append(contentsOf: "<h2>\(title.htmlText)</h2>\n<table>\n<thead><tr>".utf8)
      for column in columns {
        let tag = column.alignment == .right ? #"<th class="figure">"# : "<th>"
        bytes.append(contentsOf: "\(tag)\(column.title.htmlText)</th>".utf8)
      }
      bytes.append(contentsOf: "</tr></thead>\n<tbody>\n".utf8)
    }
    rowCount = 0
  }

  private mutating func write(_ row: [String], isRule: Bool = false, _ bytes: inout [UInt8]) {
    defer { rowCount += 1 }
    switch format {
    case .text: bytes.append(contentsOf: aligned(row).utf8)
    case .csv: bytes.append(contentsOf: row.map(\.csvField).joined(separator: ",").utf8)
    case .tsv: bytes.append(contentsOf: row.map(\.tsvField).joined(separator: "\t").utf8)
    case .json, .jsonl:
      if format == .json { bytes.append(contentsOf: (rowCount == 0 ? "\n" : ",\n").utf8) }
      let members = zip(columns, row).map { (key: $0.title, value: JSONValue.string($1)) }
      JSONValue.object(members).append(to: &bytes)
    case .markdown:
      let cells = isRule ? row : row.map(\.markdownText)
      bytes.append(contentsOf: "| \(cells.joined(separator: " | ")) |".utf8)
    case .html:
      bytes.append(contentsOf: "<tr>".utf8)
      for (column, cell) in zip(columns, row) {
        let tag = column.alignment == .right ? #"<td class="figure">"# : "<td>"
        bytes.append(contentsOf: "\(tag)\(cell.htmlText)</td>".utf8)
      }
      bytes.append(contentsOf: "</tr>".utf8)
    }
    if format != .json { bytes.append(UInt8(ascii: "\n")) }
  }

  private func aligned(_ row: [String]) -> String {
    let cells = row.indices.map { index in
      columns[index].alignment == .right
        ? row[index].rightAligned(in: widths[index]) : row[index].padded(to: widths[index])
    }
    return cells.joined(separator: "  ").trimmedAtEnd
  }
}
