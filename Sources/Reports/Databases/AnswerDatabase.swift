import SQLite

/// An answer as a SQLite database: a table with the columns of its CSV, and `about` with its receipt.
public enum AnswerDatabase {
  /// Writes the database of an answer.
  ///
  /// Counts are integers; everything else is a text, figures as exact decimals, and what is empty in CSV is null.
  ///
  /// - Parameters:
  ///   - answer: The answer, with its receipt.
  ///   - table: The name of the table.
  ///   - body: Takes the bytes of the file, in order.
  /// - Throws: `SQLiteFailure` and `FileFailure` if there is no room; what `body` throws.
  /// - Complexity: O(*r*) for *r* rows.
  public static func write(
    _ answer: ReceiptedAnswer,
    table: String,
    to body: (_ bytes: [UInt8]) throws -> Void
  ) throws {
    let database = try SpooledDatabase()
    let receipt = answer.receipt
    try database.addAbout([
      ("query", receipt.query), ("head", "\(receipt.head)"), ("root", receipt.root),
      ("factsChecksum", receipt.factsChecksum), ("signature", receipt.signature),
    ])
    try add(answer.rows, named: table, to: database.file)
    try database.finish(body)
  }

  private static func add(_ table: Table, named name: String, to file: SQLiteFile) throws {
    try file.createTable(name, table.head.columns.map { ($0.key, "ANY") })
    let rows = try file.rows(of: name, columnCount: table.head.columns.count)
    for row in table.rows { try rows.append(row.cells.map(value)) }
  }

  private static func value(of cell: Cell) -> SQLiteValue {
    if case .count(let count) = cell { return .integer(Int64(count)) }
    var bytes: [UInt8] = []
    cell.appendText(to: &bytes, isGrouped: false)
    return bytes.isEmpty ? .null : .text(String(decoding: bytes, as: UTF8.self))
  }
}
