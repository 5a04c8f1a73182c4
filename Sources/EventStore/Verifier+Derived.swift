import Facts
import LMDB

// The tables that are made from the log, compared with what the log makes, both ways.

extension Verifier {
  mutating func checkDerived(in transaction: borrowing some Transaction & ~Copyable & ~Escapable)
    throws
  {
    try checkCount(definitionCount, of: tables.definitions, in: transaction)
    try checkCount(batchCount, of: tables.batches, in: transaction)
    for (name, record) in filings.records {
      let row = try transaction.value(for: TextKey.filing(name), in: tables.filings)?.copied()
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
    try checkFacts(in: transaction)
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

  /// Finds, for each row of facts, the event that makes it, and no event without its row.
  private mutating func checkFacts(
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    var cursor = try transaction.cursor(over: tables.facts)
    var firstOther: UInt64?
    var count = 0
    let total = try transaction.entryCount(of: tables.facts)
    while let entry = try cursor.next() {
      count += 1
      if count % Int(Self.progressInterval) == 0 { progress(.facts, count, total) }
      guard let hash = RowHash.of(entry) else {
        throw DamagedLedger("a row is of no form", table: FactTable.name)
      }
      let sequence: UInt64 = entry.key.bigEndian(at: FactTableKey.byteCount - 8)
      if sequence < head, rowHashes[Int(sequence)] == hash {
        rowHashes[Int(sequence)] = 0
      } else {
        firstOther = min(firstOther ?? sequence, sequence)
      }
    }
    if let missing = rowHashes.firstIndex(where: { $0 != 0 }) {
      throw DamagedLedger(
        "its row is missing or another",
        sequence: UInt64(missing),
        table: FactTable.name
      )
    }
    if let firstOther {
      throw DamagedLedger(
        "it has a row that the log does not make",
        sequence: firstOther,
        table: FactTable.name
      )
    }
    progress(.facts, count, total)
  }

  /// The filing of an event, as far as it can be told of a damaged ledger.
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
      guard try symbol(text, tables)?.rawValue == UInt32(number) else {
        throw Self.damagedSymbols("the text of symbol \(number) leads to another number")
      }
    }
    let count = try entryCount(of: tables.symbols)
    guard count == 2 * texts.count else {
      throw Self.damagedSymbols("it has \(count) rows for \(texts.count) symbols")
    }
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
      guard let text = String(validating: entry.value.copied(), as: UTF8.self) else {
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
  private var indexes: [ExactText: Int] = [:]
  private var indexesOfSymbols: [SymbolID: Int] = [:]

  /// Adds a filing; `false` if there is one of this name.
  mutating func add(_ name: String, _ record: FilingRecord) -> Bool {
    guard indexes.updateValue(records.count, forKey: ExactText(name)) == nil else { return false }
    records.append((name, record))
    return true
  }

  /// Counts one more claim of a filing; returns its published time, `nil` if there is no such filing.
  mutating func count(_ filing: SymbolID, text: (SymbolID) -> String) -> Timestamp? {
    guard let index = indexesOfSymbols[filing] ?? indexes[ExactText(text(filing))] else {
      return nil
    }
    indexesOfSymbols[filing] = index
    records[index].record.claimCount += 1
    return records[index].record.published
  }
}

/// A hash of a row of facts, key and value, with a secret of this process: 0 for none.
///
/// One in 2^64 damaged rows has the hash of the right one.
enum RowHash {
  static func of(_ row: FactRow) -> UInt64 {
    let value = FactTableValue.words(row)
    return hash(FactTableKey(row).words, value.0, value.1, value.2)
  }

  /// `nil` for a key or a value of another length.
  static func of(_ entry: borrowing Entry) -> UInt64? {
    let value = entry.value
    guard entry.key.count == FactTableKey.byteCount, value.count == 16 || value.count == 24 else {
      return nil
    }
    var key = InlineArray<5, UInt64>(repeating: 0)
    for index in key.indices { key[index] = entry.key.bigEndian(UInt64.self, at: 8 * index) }
    let first = value.littleEndian(UInt64.self, at: 0)
    let second = value.littleEndian(UInt64.self, at: 8)
    let third = value.count == 24 ? value.littleEndian(UInt64.self, at: 16) : nil
    return hash(key, first, second, third)
  }

  private static func hash(
    _ key: InlineArray<5, UInt64>,
    _ first: UInt64,
    _ second: UInt64,
    _ third: UInt64?
  ) -> UInt64 {
    var hasher = Hasher()
    for index in key.indices { hasher.combine(key[index]) }
    hasher.combine(first)
    hasher.combine(second)
    hasher.combine(third)
    return max(1, UInt64(bitPattern: Int64(hasher.finalize())))
  }
}
