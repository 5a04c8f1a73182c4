import CSQLite

/// A value of a column.
public enum SQLiteValue: Hashable, Sendable {
  /// Nothing.
  case null

  /// A whole number.
  case integer(Int64)

  /// A text, without a zero byte.
  case text(String)
}

/// A new database that is written once: tables, rows, views, and then closed.
///
/// It is not protected against a power cut while it is written: copy the closed file to where it should be. For
/// one thread.
@safe
public final class SQLiteFile {
  private let path: String

  // Open until ``close()`` or the end of this object, and used by nobody else.
  private var connection: OpaquePointer?

  /// Makes an empty database, and begins to write.
  ///
  /// - Parameter path: Where there is no file.
  /// - Throws: ``SQLiteFailure`` if it cannot be made there.
  public init(creating path: String) throws(SQLiteFailure) {
    self.path = path
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE
    let code = unsafe sqlite3_open_v2(path, &connection, flags, nil)
    guard code == SQLITE_OK else {
      let failure = unsafe SQLiteFailure(code, connection, path: path)
      unsafe sqlite3_close(connection)
      unsafe connection = nil
      throw failure
    }
    try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
  }

  deinit { unsafe sqlite3_close_v2(connection) }

  /// Runs statements.
  ///
  /// - Throws: ``SQLiteFailure``.
  public func execute(_ text: String) throws(SQLiteFailure) {
    try check(unsafe sqlite3_exec(connection, text, nil, nil, nil))
  }

  /// Makes a table of strict types.
  ///
  /// - Parameter columns: Their names, with what SQLite calls a column's definition: `INTEGER PRIMARY KEY`.
  /// - Throws: ``SQLiteFailure``.
  public func createTable(
    _ name: String,
    _ columns: [(name: String, definition: String)]
  ) throws(SQLiteFailure) {
    let list = columns.map { "\(Self.quoted($0.name)) \($0.definition)" }.joined(separator: ", ")
    try execute("CREATE TABLE \(Self.quoted(name)) (\(list)) STRICT")
  }

  /// What adds rows to a table.
  ///
  /// - Throws: ``SQLiteFailure`` if there is no table of that name with so many columns.
  public func rows(
    of table: String,
    columnCount: Int
  ) throws(SQLiteFailure) -> SQLiteRows {
    let places = Array(repeating: "?", count: columnCount).joined(separator: ", ")
    var statement: OpaquePointer?
    let text = "INSERT INTO \(Self.quoted(table)) VALUES (\(places))"
    try check(unsafe sqlite3_prepare_v2(connection, text, -1, &statement, nil))
    guard let statement = unsafe statement else {
      throw unsafe SQLiteFailure(SQLITE_MISUSE, connection, path: path)
    }
    return unsafe SQLiteRows(statement, of: self)
  }

  /// Ends the writing, and closes the file.
  ///
  /// - Throws: ``SQLiteFailure``.
  public func close() throws(SQLiteFailure) {
    try execute("COMMIT")
    try check(unsafe sqlite3_close(connection))
    unsafe connection = nil
  }

  fileprivate func check(_ code: CInt, orExpected expected: CInt = SQLITE_OK) throws(SQLiteFailure)
  {
    guard code == SQLITE_OK || code == expected else {
      throw unsafe SQLiteFailure(code, connection, path: path)
    }
  }

  /// A name as SQL writes it, whatever is in it.
  public static func quoted(_ name: String) -> String {
    "\"\(name.replacing("\"", with: "\"\""))\""
  }
}

/// Adds rows to a table, for as long as its database is open.
@safe
public final class SQLiteRows {
  // Alive until the end of this object.
  private let statement: OpaquePointer
  private let file: SQLiteFile

  fileprivate init(_ statement: OpaquePointer, of file: SQLiteFile) {
    unsafe self.statement = statement
    self.file = file
  }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Adds a row.
  ///
  /// - Parameter values: One for each column.
  /// - Throws: ``SQLiteFailure`` if a value is not of its column's type.
  public func append(_ values: [SQLiteValue]) throws(SQLiteFailure) {
    for (index, value) in values.enumerated() {
      let place = CInt(index + 1)
      let code =
        switch value {
        case .null: unsafe sqlite3_bind_null(statement, place)
        case .integer(let number): unsafe sqlite3_bind_int64(statement, place, number)
        case .text(let text): bind(text, at: place)
        }
      try file.check(code)
    }
    try file.check(unsafe sqlite3_step(statement), orExpected: SQLITE_DONE)
    try file.check(unsafe sqlite3_reset(statement))
  }

  private func bind(_ text: String, at place: CInt) -> CInt {
    var text = text
    return text.withUTF8 { bytes in
      // SQLite copies the bytes, which is what this address says.
      let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      return unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
        unsafe sqlite3_bind_text(statement, place, bytes.baseAddress, CInt(bytes.count), copies)
      }
    }
  }
}
