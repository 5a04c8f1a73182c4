import Facts
import LMDB
import Merkle
import Platform

/// Writes every table but the log again, of what a pass over the log made.
///
/// Each is emptied and filled from its start to its end, which LMDB does fastest.
struct Rebuilder {
  private let tables: Tables
  private let texts: [String]
  private let filings: FilingTally
  private let made: TablesFromLog

  /// The tree over all events.
  private let tree: MerkleFrontier

  /// The tiles of the tree above the leaves, those that are not full among them.
  private let upperTiles: [MerkleTile]

  /// - Precondition: The verifier is one for a rebuild, and has read the log.
  init(_ verifier: Verifier) {
    guard let made = verifier.made else { preconditionFailure("not for a rebuild") }
    tables = verifier.tables
    texts = verifier.pass.texts
    filings = verifier.filings
    self.made = made
    tree = verifier.tree
    upperTiles = made.upperTiles + verifier.tree.openTiles.filter { $0.place.level > 0 }
  }

  /// Empties and fills the tables.
  func write(to transaction: inout WriteTransaction) throws {
    // The rows are sorted while the other tables are written.
    let (rows, symbolCount) = (made.rows, texts.count)
    var order: [UInt32] = []
    var ends = LinkEnds()
    try SharedParts<[UInt32]>.run(
      partCount: 2,
      threadCountMax: 2,
      help: { parts in
        guard let part = parts.nextPart() else { return }
        parts.put(.success(rows.indexesInOrder(symbolCount: symbolCount)), for: part)
      },
      work: { part in
        guard part == 0 else { return rows.indexesInOrder(symbolCount: symbolCount) }
        ends = try writeOthers(to: &transaction)
        return []
      },
      join: { order = $0 }
    )
    ends[FactTable.self] = try writeFacts(in: order, to: &transaction)
    try transaction.set(ends.encode().span, for: LinkEnds.key, in: tables.meta)
    try transaction.set(RecordedRoot(tree).encode().span, for: RecordedRoot.key, in: tables.meta)
  }

  private func writeOthers(to transaction: inout WriteTransaction) throws -> LinkEnds {
    var ends = LinkEnds()
    ends[SymbolTable.self] = try writeSymbols(to: &transaction)
    let keyed = filings.records.map { (key: TextKey.filing($0.name), value: $0.record.encode()) }
    ends[FilingTable.self] = try transaction.fillLinked(tables.filings, keyed)
    let definitions = made.definitions.map { (key: $0.key, value: $0.value) }
    ends[DefinitionTable.self] = try transaction.fillLinked(tables.definitions, definitions)
    try transaction.clear(tables.batches)
    for (sequence, value) in made.batches {
      try transaction.append(value.span, for: sequence, to: tables.batches)
    }
    try writeTiles(to: &transaction)
    return ends
  }

  private func writeSymbols(to transaction: inout WriteTransaction) throws -> UInt64 {
    var rows: [(key: ByteKey, value: [UInt8])] = []
    for (number, text) in texts.enumerated() {
      let symbol = SymbolID(rawValue: UInt32(number))
      rows.append((TextKey.symbol(symbol), Array(text.utf8)))
      var value: [UInt8] = []
      value.append(littleEndian: symbol.rawValue)
      rows.append((TextKey.symbol(text), value))
    }
    return try transaction.fillLinked(tables.symbols, rows)
  }

  /// Writes the rows of facts; returns the hash of the last key.
  private func writeFacts(
    in order: [UInt32],
    to transaction: inout WriteTransaction
  ) throws -> UInt64 {
    let rows = made.rows
    var before: UInt64 = 0
    var batch: [FactRow] = []
    try transaction.fill(tables.facts) { append in
      // Rows lie anywhere in memory: fetched some at a time, they are waited for together.
      for start in stride(from: 0, to: order.count, by: Self.batchCount) {
        batch.removeAll(keepingCapacity: true)
        for index in order[start..<min(order.count, start + Self.batchCount)] {
          batch.append(rows[Int(index)])
        }
        for row in batch {
          let words = FactTableValue.words(row)
          var value: InlineArray<4, UInt64> = [
            words.0.littleEndian, words.1.littleEndian, (words.2 ?? 0).littleEndian, 0,
          ]
          let count = words.2 == nil ? 2 : 3
          let key = FactTableKey(row)
          let hash = key.withKeyBytes { RowLink.hash($0) }
          let link = value.span.extracting(0..<count).withBytes { RowLink(key: hash, value: $0) }
          value[count] = UInt64(link.after(before)).littleEndian
          let byteCount = 8 * count + RowLink.byteCount
          try value.span.withBytes { try append($0.extracting(0..<byteCount), key) }
          before = hash
        }
      }
    }
    return before
  }

  private static let batchCount = 256

  private func writeTiles(to transaction: inout WriteTransaction) throws {
    let sorted = upperTiles.sorted {
      ($1.place.level, $0.place.index) < ($0.place.level, $1.place.index)
    }
    let leaves = made.leaves
    try transaction.fill(tables.tiles) { append in
      for tile in sorted {
        for (key, row) in tile.rows() { try append(row.span, key) }
      }
      for start in stride(from: 0, to: leaves.count, by: TileTable.rowHashCount) {
        let end = min(leaves.count, start + TileTable.rowHashCount)
        let key = TileKey(level: 0, hash: UInt64(start))
        try leaves.span.extracting(start..<end).withBytes { try append($0, key) }
      }
    }
  }
}

extension WriteTransaction {
  /// Empties a linked table and fills it with rows in the order of their keys; returns the hash of the
  /// last key.
  fileprivate mutating func fillLinked<Schema: LinkedTable>(
    _ table: Table<Schema>,
    _ rows: [(key: ByteKey, value: [UInt8])]
  ) throws -> UInt64 where Schema.Key == ByteKey {
    var before: UInt64 = 0
    var bytes: [UInt8] = []
    try fill(table) { append in
      for (key, value) in rows.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
        let hash = RowLink.hash(key.bytes.span)
        let link = RowLink(key: hash, value: value.span).after(before)
        bytes.replace(with: value.span, link: link)
        try append(bytes.span, key)
        before = hash
      }
    }
    return before
  }
}

extension ByteKey {
  fileprivate func isOrdered(before other: ByteKey) -> Bool {
    bytes.lexicographicallyPrecedes(other.bytes)
  }
}

extension EventStore {
  /// Makes every derived table again from the log, in one transaction: others read the old ones until
  /// the new ones are in place, and an interruption leaves the old ones.
  ///
  /// The log is verified before, as ``verify(path:checkpoint:progress:)`` does it, and what was made
  /// is compared with it before it is kept.
  ///
  /// - Parameters:
  ///   - checkpoint: Tells the log from the tree where they disagree.
  ///   - waits: Whether to wait for another writer.
  /// - Returns: How many events the log holds, and the root over them, in hexadecimal.
  /// - Throws: ``DamagedLedger`` if the log is damaged, or it or the tree is: where they disagree, one
  ///   of them is, and only a checkpoint tells which, because made again from a damaged log, the tree
  ///   would prove the damage; ``DivergentHistory`` if the checkpoint is not of its past; ``LMDBError``.
  ///   Then nothing was changed.
  /// - Complexity: O(*n*), on every core, with about two hundred bytes of memory for each event.
  public func rebuild(
    checkpoint: Verification.TreeHead? = nil,
    waits: Bool = true
  ) throws -> (head: UInt64, root: String) {
    try checkPages()
    return try write(waits: waits) { transaction in
      let purpose = LogPass.Purpose.rebuild(trustedBefore: checkpoint?.size ?? 0)
      var verifier = try Verifier(tables, for: purpose, in: transaction)
      try verifier.checkLog(
        of: environment,
        snapshot: transaction.snapshotID,
        in: transaction
      )
      try checkpoint?.check(isPastOf: verifier.head) { size in
        var tree = MerkleFrontier()
        tree.append(verifier.made?.leaves.prefix(Int(size)) ?? [])
        return tree.root
      }
      try Rebuilder(verifier).write(to: &transaction)
      try verifier.checkDerived(of: environment, snapshot: nil, in: transaction)
      return ((verifier.head, verifier.tree.root.hexadecimal), isKept: true)
    }
  }

  /// Writes the newest state to a new file, without free pages: see `Environment.copy(to:)`.
  ///
  /// - Throws: ``DamagedLedger`` if a page of the file is damaged, ``LMDBError`` if the copy cannot
  ///   be written.
  public func copy(to path: String) throws {
    try checkPages()
    try environment.copy(to: path)
  }
}
