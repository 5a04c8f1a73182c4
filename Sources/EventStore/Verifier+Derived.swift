import Facts
import LMDB
import Merkle
import Platform

// The tables that are made from the log, compared with what the log makes, both ways.

extension Verifier {
  /// Compares every derived table with what the log makes of it; of ``made``, as it was written.
  ///
  /// - Parameters:
  ///   - snapshot: Which snapshot of `environment` the transaction sees; `nil` if it is none, because
  ///     the transaction has changed it.
  mutating func checkDerived(
    of environment: Environment,
    snapshot: Int?,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    if let made {
      for (sequence, key, value) in made.definitions {
        try checkDefinition(key, value, at: sequence, in: transaction)
      }
      for (sequence, value) in made.batches {
        try checkBatch(value, at: sequence, in: transaction)
      }
      guard try transaction.checkedTexts(tables) == pass.texts else {
        throw DamagedLedger("its texts are not those of the log", table: SymbolTable.name)
      }
      try checkLeaves(made.leaves, in: transaction)
      for tile in made.upperTiles { try checkTile(tile, in: transaction) }
      try checkTree(in: transaction)
    }
    try checkCount(definitionCount, of: tables.definitions, in: transaction)
    try checkCount(batchCount, of: tables.batches, in: transaction)
    for (name, record) in filings.records {
      let key = TextKey.filing(name)
      let row = try transaction.value(for: key, in: tables.filings)?.withoutLink()?.copied()
      guard row == record.encode() else {
        var damage = DamagedLedger(
          "its row is missing or another",
          sequence: record.sequence,
          table: FilingTable.name
        )
        damage.filing = name
        throw damage
      }
    }
    try checkCount(filings.records.count, of: tables.filings, in: transaction)
    try transaction.checkLinks(of: tables.definitions, tables)
    try transaction.checkLinks(of: tables.filings, tables)
    try checkFacts(of: environment, snapshot: snapshot, in: transaction)
  }

  private func checkCount<Schema>(
    _ count: Int,
    of table: Table<Schema>,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let found = try transaction.entryCount(of: table)
    guard found == count else {
      throw DamagedLedger(
        "it has \(found) rows, and the log makes \(count)",
        table: Schema.name
      )
    }
  }

  func checkDefinition(
    _ key: ByteKey,
    _ value: [UInt8],
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let row = try transaction.value(for: key, in: tables.definitions)?.withoutLink()
    guard row?.copied() == value else {
      throw otherRow(sequence, table: DefinitionTable.name)
    }
  }

  func checkBatch(
    _ value: [UInt8],
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard try transaction.value(for: sequence, in: tables.batches)?.copied() == value else {
      throw otherRow(sequence, table: BatchTable.name)
    }
  }

  private func otherRow(_ sequence: UInt64, table: String) -> DamagedLedger {
    DamagedLedger("its row is missing or another", sequence: sequence, table: table)
  }
}

// The tree. Its leaves are compared with the lines, one by one, while the log is read.

extension Verifier {
  func checkTile(
    _ tile: MerkleTile,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard try transaction.hashes(at: tile.place, tables) == tile.hashes else {
      throw DamagedLedger(
        "tile \(tile.place.index) of level \(tile.place.level) is not that of the tree",
        table: TileTable.name
      )
    }
  }

  /// Checks what is left when all full tiles are checked.
  func checkTree(in transaction: borrowing some Transaction & ~Copyable & ~Escapable) throws {
    for tile in tree.openTiles { try checkTile(tile, in: transaction) }
    guard try transaction.entryCount(of: tables.tiles) == TileTable.rowCount(size: head) else {
      throw DamagedLedger("it has more tiles than the tree", table: TileTable.name)
    }
  }

  private func checkLeaves(
    _ leaves: [MerkleHash],
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    var cursor = try transaction.cursor(over: tables.tiles, from: TileKey(level: 0, row: 0))
    for start in stride(from: 0, to: leaves.count, by: TileTable.rowHashCount) {
      let end = min(leaves.count, start + TileTable.rowHashCount)
      guard let entry = try cursor.next(),
        TileKey(level: 0, hash: UInt64(start)).isEncoded(as: entry.key),
        entry.value.count == (end - start) * MerkleHash.byteCount,
        (start..<end).allSatisfy({ entry.value.hash($0 - start) == leaves[$0] })
      else {
        throw DamagedLedger.leafTile(start / MerkleTile.capacity)
      }
    }
  }
}

// The index of facts.

extension Verifier {
  /// Finds, for each row of facts, the event that makes it, and no event without its row.
  private func checkFacts(
    of environment: Environment,
    snapshot: Int?,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let total = try transaction.entryCount(of: tables.facts)
    let walk = FactWalk(tables, rowHash: pass.rowHash, rowCount: total)
    var sum: RowSum?
    do {
      sum = try walk.sum(in: environment, snapshot: snapshot, transaction) {
        progress(.facts, $0, total)
      }
    } catch let damage as DamagedLedger where damage == .brokenLink(FactTable.name) {}
    guard sum == rowSum else { throw try factDamage(in: transaction) }
    progress(.facts, total, total)
  }

  /// The first event whose row is not that of the table, or else is too much.
  private func factDamage(
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws -> DamagedLedger {
    for sequence in 0..<head {
      guard let row = try transaction.factRow(at: sequence, tables) else { continue }
      let key = FactTableKey(row)
      let value = try transaction.value(for: key, in: tables.facts)?.withoutLink()?.copied()
      guard value == FactTableValue.encode(row) else {
        return otherRow(sequence, table: FactTable.name)
      }
    }
    var first: UInt64?
    var cursor = try transaction.cursor(over: tables.facts)
    while let entry = try cursor.next() {
      let sequence: UInt64 = entry.key.bigEndian(at: FactTableKey.byteCount - 8)
      let row = sequence < head ? try transaction.factRow(at: sequence, tables) : nil
      guard let value = entry.value.withoutLink() else {
        return .brokenLink(FactTable.name)
      }
      let found = pass.rowHash.of(Entry(key: entry.key, value: value))
      guard row.map({ pass.rowHash.of($0) }) != found else { continue }
      first = min(first ?? sequence, sequence)
    }
    guard first != nil else { return .brokenLink(FactTable.name) }
    return DamagedLedger(
      "it has a row that the log does not make",
      sequence: first,
      table: FactTable.name
    )
  }

  /// The filing of an event; `nil` if it has none, or if damage hides it.
  func filing(
    of sequence: UInt64?,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) -> String? {
    guard let sequence,
      let found = try? transaction.value(for: sequence, in: tables.log)?.copied(),
      let first = found.first
    else { return nil }
    if first == Record.claim, found.count >= ClaimRecord.byteCountMin {
      let symbol: UInt32 = found.span.littleEndian(at: 8)
      let texts = pass.texts
      return texts.indices.contains(Int(symbol)) ? texts[Int(symbol)] : nil
    }
    if case .filing(let filing) = try? Event(
      record: found.span,
      sequence: sequence,
      text: { _ in "" }
    ) {
      return filing.filing
    }
    guard first == Record.amendment, found.count > 9 else { return nil }
    let target: UInt64 = found.span.littleEndian(at: 1)
    return target < sequence ? filing(of: target, in: transaction) : nil
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The dictionary: texts to numbers from 0 on, and each back to its number.
  ///
  /// - Throws: ``DamagedLedger``.
  borrowing func checkedTexts(_ tables: Tables) throws -> [String] {
    let texts = try texts(tables)
    for (number, text) in texts.enumerated() {
      let row = try value(for: TextKey.symbol(text), in: tables.symbols)?.withoutLink()
      guard row?.count == 4, row?.littleEndian(UInt32.self, at: 0) == UInt32(number) else {
        throw Self.damagedSymbols("the text of symbol \(number) leads to another number")
      }
    }
    let count = try entryCount(of: tables.symbols)
    guard count == 2 * texts.count else {
      throw Self.damagedSymbols("it has \(count) rows for \(texts.count) symbols")
    }
    try checkLinks(of: tables.symbols, tables)
    return texts
  }

  /// The texts of the symbols, by their numbers.
  ///
  /// - Throws: ``DamagedLedger`` if one is missing.
  borrowing func texts(_ tables: Tables) throws -> [String] {
    var texts: [String] = []
    var cursor = try cursor(over: tables.symbols)
    while let entry = try cursor.next(), entry.key[0] == 0 {
      guard entry.key.count == 5, entry.key.bigEndian(UInt32.self, at: 1) == UInt32(texts.count)
      else {
        throw Self.damagedSymbols("symbol \(texts.count) is missing")
      }
      guard let value = entry.value.withoutLink(),
        let text = String(validating: value.copied(), as: UTF8.self)
      else {
        throw Self.damagedSymbols("the text of symbol \(texts.count) is no UTF-8")
      }
      texts.append(text)
    }
    return texts
  }

  private static func damagedSymbols(_ message: String) -> DamagedLedger {
    DamagedLedger(message, table: SymbolTable.name)
  }
}

/// What the log makes of the filings table.
struct FilingTally {
  private(set) var records: [(name: String, record: FilingRecord)] = []
  private var entities: [String] = []
  private var indexes: [ExactText: Int] = [:]
  private var indexesOfSymbols: [SymbolID: Int] = [:]

  /// Adds a filing, in place of one of this name; returns the sequence of that one's event.
  mutating func add(_ filing: Filing, _ record: FilingRecord) -> UInt64? {
    let name = filing.filing
    if let index = indexes[ExactText(name)] {
      let previous = records[index].record
      records[index].record = record
      records[index].record.claimCount = previous.claimCount
      entities[index] = filing.entity
      return previous.sequence
    }
    indexes[ExactText(name)] = records.count
    records.append((name, record))
    entities.append(filing.entity)
    return nil
  }

  /// The sequence of the newest event that records the filing; `nil` if there is none.
  func sequence(of name: String) -> UInt64? {
    indexes[ExactText(name)].map { records[$0].record.sequence }
  }

  /// The entity of a filing; `nil` if there is no such filing.
  func entity(of name: String) -> String? { indexes[ExactText(name)].map { entities[$0] } }

  /// Counts more claims of a filing; returns its published time, `nil` if there is no such filing.
  mutating func count(
    _ filing: SymbolID,
    _ claimCount: UInt64,
    text: (SymbolID) -> String
  ) -> Timestamp? {
    guard let index = indexesOfSymbols[filing] ?? indexes[ExactText(text(filing))] else {
      return nil
    }
    indexesOfSymbols[filing] = index
    records[index].record.claimCount += claimCount
    return records[index].record.published
  }
}
