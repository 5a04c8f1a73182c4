import LMDB
import Platform
import TestSupport

/// The tables of a ledger, with keys and values as the bytes that are stored: tests change them behind the
/// store's back.
enum StoredTables {
  enum Facts: TableSchema {
    typealias Key = ByteKey
    static let name = "facts"
  }

  enum Definitions: TableSchema {
    typealias Key = ByteKey
    static let name = "definitions"
  }

  enum Symbols: TableSchema {
    typealias Key = ByteKey
    static let name = "symbols"
  }

  enum Filings: TableSchema {
    typealias Key = ByteKey
    static let name = "filings"
  }

  enum Log: TableSchema {
    typealias Key = ByteKey
    static let name = "log"
  }

  enum Tiles: TableSchema {
    typealias Key = ByteKey
    static let name = "tiles"
  }
}

/// A row as it is stored.
typealias StoredRow = (key: [UInt8], value: [UInt8])

extension TemporaryFolder {
  /// The rows of a table of the ledger `test.assay`.
  func rows<Schema: TableSchema>(_ schema: Schema.Type) throws -> [StoredRow]
  where Schema.Key == ByteKey {
    let environment = try Environment(path: self("test.assay"), access: .readOnly)
    let table = try environment.openTables(isCreating: false, Schema.self)
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(over: table)
    var rows: [StoredRow] = []
    while let entry = try cursor.next() { rows.append((entry.key.copied(), entry.value.copied())) }
    return rows
  }

  /// Puts other rows in the place of all rows of a table.
  func replace<Schema: TableSchema>(_ schema: Schema.Type, with rows: [StoredRow]) throws
  where Schema.Key == ByteKey {
    let environment = try Environment(path: self("test.assay"), access: .readWrite)
    let table = try environment.openTables(isCreating: false, Schema.self)
    var transaction = try environment.beginWrite()
    try transaction.clear(table)
    for (key, value) in rows { try transaction.set(value.span, for: ByteKey(key), in: table) }
    try transaction.commit()
  }

  /// Gives the value of a key of a table other bytes; an empty one where there is none.
  func change<Schema: TableSchema>(
    _ key: ByteKey,
    in schema: Schema.Type,
    _ change: (inout [UInt8]) -> Void
  ) throws where Schema.Key == ByteKey {
    let environment = try Environment(path: self("test.assay"), access: .readWrite)
    let table = try environment.openTables(schema)
    var bytes: [UInt8] = []
    do {
      let transaction = try environment.beginRead()
      bytes = try transaction.value(for: key, in: table)?.copied() ?? []
    }
    change(&bytes)
    var transaction = try environment.beginWrite()
    try transaction.set(bytes.span, for: key, in: table)
    try transaction.commit()
  }
}
