import Platform
import SQLite

/// A SQLite database in the folder for temporary files (`TMPDIR`), which is gone when this is.
final class SpooledDatabase {
  let file: SQLiteFile
  private let path: String
  private let leftover: Leftover

  private static let partByteCount = 1 << 20

  /// - Throws: `SQLiteFailure` if it cannot be made there.
  init() throws {
    path = FileSystem.temporaryPath(for: "\(FileSystem.temporaryFolder)/database")
    leftover = Leftover(path)
    file = try SQLiteFile(creating: path)
  }

  deinit { FileSystem.remove(path) }

  /// Adds the table `about`, of names and values.
  func addAbout(_ values: [(name: String, value: String?)]) throws {
    try file.createTable("about", [("name", "TEXT PRIMARY KEY"), ("value", "TEXT")])
    let rows = try file.rows(of: "about", columnCount: 2)
    for (name, value) in values {
      try rows.append([.text(name), value.map { .text($0) } ?? .null])
    }
  }

  /// Closes the database, and gives its bytes, a part at a time.
  func finish(_ body: (_ bytes: [UInt8]) throws -> Void) throws {
    try file.close()
    let written = try RandomAccessFile(path)
    var start = 0
    while start < written.byteCount {
      let end = min(written.byteCount, start + Self.partByteCount)
      try body(written.bytes(at: start..<end))
      start = end
    }
  }
}
