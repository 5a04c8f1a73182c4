/// Tab-separated values; tabs, line ends and backslashes in texts are `\t`, `\n`, `\r`, `\\`.
public struct TSVFormat: TableFormat {
  /// `tsv`.
  public static let name = "tsv"

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
      if index > 0 { bytes.append(UInt8(ascii: "\t")) }
      let start = bytes.count
      cell.appendText(to: &bytes, isGrouped: false)
      if cell.isText { bytes.disarmFormula(from: start) }
      bytes.escape(from: start, for: .tsv)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends nothing: notes have no place among the rows.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {}
}
