/// Comma-separated values, RFC 4180, but lines end in a single line feed.
public struct CSVFormat: TableFormat {
  /// `csv`.
  public static let name = "csv"

  /// None.
  public static let otherNames: [String] = []

  /// Programs read it.
  public static let isForReading = false

  private let head: TableHead

  /// A format for a table of its own.
  public init(_ head: TableHead) { self.head = head }

  /// Appends the names of the columns.
  public mutating func begin(_ bytes: inout [UInt8]) {
    append(Table.Row(head.columns.map { .text($0.key) }), to: &bytes)
  }

  /// Appends a line.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    for (index, cell) in row.cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let start = bytes.count
      cell.appendText(to: &bytes, isGrouped: false)
      if cell.isText { bytes.disarmFormula(from: start) }
      bytes.quoteForCSV(from: start)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends nothing: notes have no place among the rows.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {}
}
