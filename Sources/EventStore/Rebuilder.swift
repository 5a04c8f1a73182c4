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

  /// The tiles of the tree above the leaves, those that are not full among them.
  private let upperTiles: [MerkleTile]

  /// - Precondition: The verifier is one for a rebuild, and has read the log.
  init(_ verifier: Verifier) {
    guard let made = verifier.made else { preconditionFailure("not for a rebuild") }
    tables = verifier.tables
    texts = verifier.pass.texts
    filings = verifier.filings
    self.made = made
    upperTiles = made.upperTiles + verifier.tree.openTiles.filter { $0.place.level > 0 }
  }

  /// Empties and fills the tables.
  func write(to transaction: inout WriteTransaction) throws {
    // The rows are sorted while the other tables are written.
    let (rows, symbolCount) = (made.rows, texts.count)
    var order: [UInt32] = []
    try SharedParts<[UInt32]>.run(
      partCount: 2,
      threadCountMax: 2,
      help: { parts in
        guard let part = parts.nextPart() else { return }
        parts.put(.success(rows.indexesInOrder(symbolCount: symbolCount)), for: part)
      },
      work: { part in
        guard part == 0 else { return rows.indexesInOrder(symbolCount: symbolCount) }
        try writeOthers(to: &transaction)
        return []
      },
      join: { order = $0 }
    )
    try writeFacts(in: order, to: &transaction)
  }

  private func writeOthers(to transaction: inout WriteTransaction) throws {
    try writeSymbols(to: &transaction)
    try transaction.clear(tables.filings)
    let keyed = filings.records.map { (key: TextKey.filing($0.name), value: $0.record.encode()) }
    for (key, value) in keyed.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
      try transaction.append(value.span, for: key, to: tables.filings)
    }
    try transaction.clear(tables.definitions)
    for (_, key, value) in made.definitions.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
      try transaction.append(value.span, for: key, to: tables.definitions)
    }
    try transaction.clear(tables.batches)
    for (sequence, value) in made.batches {
      try transaction.append(value.span, for: sequence, to: tables.batches)
    }
    try writeTiles(to: &transaction)
  }

  private func writeSymbols(to transaction: inout WriteTransaction) throws {
    try transaction.clear(tables.symbols)
    var numbers: [(key: ByteKey, number: UInt32)] = []
    for (number, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      let symbol = SymbolID(rawValue: UInt32(number))
      try transaction.append(bytes.span, for: TextKey.symbol(symbol), to: tables.symbols)
      numbers.append((TextKey.symbol(text), symbol.rawValue))
    }
    for (key, number) in numbers.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
      var value: [UInt8] = []
      value.append(littleEndian: number)
      try transaction.append(value.span, for: key, to: tables.symbols)
    }
  }

  private func writeFacts(
    in order: [UInt32],
    to transaction: inout WriteTransaction
  ) throws {
    let rows = made.rows
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
          let value: InlineArray<3, UInt64> = [
            words.0.littleEndian, words.1.littleEndian, (words.2 ?? 0).littleEndian,
          ]
          let count = words.2 == nil ? 2 : 3
          try value.span.extracting(0..<count).withBytes { try append($0, FactTableKey(row)) }
        }
      }
    }
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
