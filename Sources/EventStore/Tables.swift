import Facts
import LMDB
import Merkle
import Platform

/// The tables of a ledger file.
///
/// `log` and `symbols` are the truth; every other can be made again from them.
struct Tables: Sendable {
  let log: Table<LogTable>
  let symbols: Table<SymbolTable>
  let facts: Table<FactTable>
  let filings: Table<FilingTable>
  let definitions: Table<DefinitionTable>
  let batches: Table<BatchTable>
  let tiles: Table<TileTable>
  let meta: Table<MetaTable>

  /// Whether rows are linked: not in the formats before this one.
  var isLinked = true

  /// The names of all tables.
  static let names: Set<String> = [
    LogTable.name, SymbolTable.name, FactTable.name, FilingTable.name, DefinitionTable.name,
    BatchTable.name, TileTable.name, MetaTable.name,
  ]

  /// Opens the tables; `nil` if one is missing and not to be created: then the file is no ledger.
  static func open(in environment: Environment, isCreating: Bool) throws -> Tables? {
    do {
      let opened = try environment.openTables(
        isCreating: isCreating,
        LogTable.self,
        SymbolTable.self,
        FactTable.self,
        FilingTable.self,
        DefinitionTable.self,
        BatchTable.self,
        TileTable.self,
        MetaTable.self
      )
      return Tables(
        log: opened.0,
        symbols: opened.1,
        facts: opened.2,
        filings: opened.3,
        definitions: opened.4,
        batches: opened.5,
        tiles: opened.6,
        meta: opened.7
      )
    } catch  where error.isTableMissing {
      return nil
    }
  }
}

/// Sequence to record (see ``Record``).
enum LogTable: TableSchema {
  typealias Key = UInt64
  static let name = "log"
}

/// The dictionary, both ways: 0 and an id to a text, 1 and a text to an id.
enum SymbolTable: TableSchema {
  typealias Key = ByteKey
  static let name = "symbols"
}

/// Every claim, correction and withdrawal, in the order in which facts are asked for.
enum FactTable: TableSchema {
  typealias Key = FactTableKey
  static let name = "facts"
}

/// A filing's name to ``FilingRecord``.
enum FilingTable: TableSchema {
  typealias Key = ByteKey
  static let name = "filings"
}

/// Every definition (see ``DefinitionKey``), to what is looked up without reading its event.
enum DefinitionTable: TableSchema {
  typealias Key = ByteKey
  static let name = "definitions"
}

/// The sequence of every batch event, to its recorded time and count.
enum BatchTable: TableSchema {
  typealias Key = UInt64
  static let name = "batches"
}

/// The hashes of a level of the Merkle tree, 16 in a row: only the last row of a level has fewer.
///
/// A tile is 16 such rows. In one row its 8,192 bytes would take three pages; seven rows of 512 bytes
/// fill one, and an append writes again no more than the row that it lengthens.
enum TileTable: TableSchema {
  typealias Key = TileKey
  static let name = "tiles"

  /// How many hashes a row has.
  static let rowHashCount = 16

  /// How many rows a tile has.
  static let tileRowCount = MerkleTile.capacity / rowHashCount

  /// How many rows the tree over the first `size` events has.
  static func rowCount(size: UInt64) -> Int {
    (0..<8).reduce(0) { count, level in
      count + (Int(size >> (8 * level)) + rowHashCount - 1) / rowHashCount
    }
  }
}

/// Names to texts: the format's version.
enum MetaTable: TableSchema {
  typealias Key = ByteKey
  static let name = "meta"
}

/// A row of the `tiles` table.
///
/// The rows of the leaves come last: nearly all are added there, and a table that grows at its end has
/// full pages.
struct TileKey: TableKey {
  /// Which level, from 0 at the leaves to 7.
  let level: Int

  /// Which row of the level, counted from 0.
  let row: UInt64

  func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = InlineArray<9, UInt8> { byte in
      byte == 0
        ? UInt8(truncatingIfNeeded: 7 - level)
        : UInt8(truncatingIfNeeded: row >> UInt64(64 - 8 * byte))
    }
    return try body(bytes.span)
  }

  init(level: Int, row: UInt64) {
    self.level = level
    self.row = row
  }

  /// The row with the hash numbered `index` of its level.
  init(level: Int, hash index: UInt64) {
    self.init(level: level, row: index / UInt64(TileTable.rowHashCount))
  }

  /// Whether these are the bytes of this key.
  func isEncoded(as bytes: Span<UInt8>) -> Bool {
    bytes.count == 9 && bytes[0] == UInt8(truncatingIfNeeded: 7 - level)
      && bytes.bigEndian(UInt64.self, at: 1) == row
  }
}

/// The keys of the tables whose keys hold texts.
///
/// LMDB's keys have at most 511 bytes. A text that does not fit is cut and made unique by its hash.
enum TextKey {
  private static let byteCountMax = 480

  static func symbol(_ id: SymbolID) -> ByteKey {
    var bytes: [UInt8] = [0]
    bytes.append(bigEndian: id.rawValue)
    return ByteKey(bytes)
  }

  static func symbol(_ text: String) -> ByteKey { ByteKey([1] + fitting(text)) }

  static func filing(_ name: String) -> ByteKey { ByteKey([0] + fitting(name)) }

  static func meta(_ name: String) -> ByteKey { ByteKey(Array(name.utf8)) }

  private static func fitting(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count >= byteCountMax else { return bytes }
    return bytes.prefix(byteCountMax - 32) + Digest.bytes(of: bytes)
  }
}
