import JSON

/// One JSON object a line.
public struct JSONLinesFormat: TableFormat {
  /// `jsonl`.
  public static let name = "jsonl"

  /// `ndjson`.
  public static let otherNames = ["ndjson"]

  /// Programs read it.
  public static let isForReading = false

  private let row: JSONRow

  /// A format for a table of its own.
  public init(_ head: TableHead) { row = JSONRow(head) }

  /// Appends nothing.
  public mutating func begin(_ bytes: inout [UInt8]) {}

  /// Appends an object and a line feed.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    self.row.append(row.cells, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends nothing: notes have no place among the rows.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {}

  /// Appends the records of the document, or its rows.
  ///
  /// - Throws: Nothing: no temporary file is needed.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) throws {
    guard let records = document.records else {
      return try document.rows.write(as: .jsonl, to: &bytes)
    }
    for record in records {
      record.append(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
