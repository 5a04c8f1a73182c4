import CSQLite

/// A failure of SQLite: what it says, and of which file.
public struct SQLiteFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the database.
  public let path: String

  /// SQLite's own words.
  public let message: String

  /// The file and what SQLite says.
  public var description: String { "\(path): SQLite: \(message)" }

  init(_ code: CInt, _ connection: OpaquePointer?, path: String) {
    self.path = path
    // The text lives until the next call, and is copied here.
    let text = unsafe connection == nil ? sqlite3_errstr(code) : sqlite3_errmsg(connection)
    message = unsafe text.map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
