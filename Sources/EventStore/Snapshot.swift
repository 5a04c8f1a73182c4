public import Facts
import LMDB
import Merkle
import Platform

/// The ledger as of one moment, whatever is appended meanwhile.
///
/// Keep it short: until it ends, the file cannot reuse pages.
public struct Snapshot: ~Copyable, ~Escapable {
  let transaction: ReadTransaction
  let tables: Tables
  let cache: StoreCache

  /// When a question that is still being answered ends with ``TimeLimitExceeded``; `nil` for never.
  let end: ContinuousClock.Instant?

  /// Whether anything but claims was ever amended, or a filing retracted figures.
  let hasAmendments: Bool

  /// How many events the ledger holds.
  public let head: UInt64

  @_lifetime(copy transaction)
  init(
    _ transaction: consuming ReadTransaction,
    _ tables: Tables,
    _ cache: StoreCache,
    until end: ContinuousClock.Instant? = nil
  ) throws {
    let head = try transaction.head(tables)
    let hasAmendments = try cache.amended.value(head) { try transaction.hasAmendments(tables) }
    self.hasAmendments = hasAmendments ?? false
    self.head = head
    self.end = end
    self.cache = cache
    self.tables = tables
    self.transaction = transaction
  }
}

extension Snapshot: FactSource {
  /// Looks the text up in the dictionary.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func symbol(_ text: String) throws -> SymbolID? {
    try cache.symbols.value(ExactText(text)) {
      guard let symbol = try transaction.symbol(text, tables) else {
        try proveMissing(text)
        return nil
      }
      guard try ExactText(self.text(symbol)) == ExactText(text) else {
        throw DamagedLedger(
          "\"\(text)\" leads to the symbol of another text",
          table: SymbolTable.name
        )
      }
      return symbol
    }
  }

  /// Looks the symbol up in the dictionary.
  ///
  /// - Throws: ``DamagedLedger`` if the dictionary lacks the symbol, ``LMDBError`` if the file
  ///   cannot be read.
  public func text(_ symbol: SymbolID) throws -> String {
    let text = try cache.texts.value(symbol) { try transaction.text(symbol, tables) }
    guard let text else { throw DamagedLedger(symbol.missingMessage) }
    return text
  }

  /// Reads the rows in place, along the pages of the `facts` table.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func appendRows(
    from start: FactRow.Place,
    through end: FactID,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    try checkTime()
    let start = FactTableKey(start)
    var cursor = try transaction.linkedCursor(over: tables.facts, from: start, tables)
    return try cursor.appendRows(from: start, through: end, limit, to: &rows)
  }

  /// Reads the rows in place, with one cursor.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func appendRows(
    of stretches: [FactStretch],
    limit: Int,
    to rows: inout [FactRow],
    ends: inout [Int]
  ) throws {
    try checkTime()
    let end = try transaction.linkEnds(tables)[FactTable.self]
    var cursor = LinkedCursor(try transaction.cursor(over: tables.facts), end: end)
    let starts = stretches.map { FactTableKey(fact: $0.first) }
    let places = try cursor.find(starts)
    for index in stretches.indices {
      try cursor.moveBefore(starts[index], index, of: places)
      _ = try cursor.appendRows(
        from: starts[index],
        through: stretches[index].last,
        limit,
        to: &rows
      )
      ends.append(rows.count)
    }
  }

  /// Reads the rows in place, backward along the pages of the `facts` table.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func appendRows(
    backwardFrom end: FactRow.Place,
    head: UInt64,
    repeats: Bool,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    try checkTime()
    let end = FactTableKey(end)
    var cursor = try BackwardLinkedCursor(
      transaction.cursor(over: tables.facts, from: end),
      end: transaction.linkEnds(tables)[FactTable.self],
      from: end
    )
    let reader = BackwardReader(before: end, head: head, repeats: repeats)
    return try reader.read(from: &cursor, limit: limit, to: &rows)
  }

  /// Finds the row by halves.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func lastRow(atOrBefore fact: FactID) throws -> FactRow? {
    let key = FactTableKey(fact: fact, published: .max, sequence: .max)
    guard let entry = try transaction.lastLinkedEntry(atOrBefore: key, in: tables.facts, tables)
    else { return nil }
    let row = try FactRow(entry)
    guard row.fact <= fact else {
      throw DamagedLedger("a row of facts is out of its place", table: FactTable.name)
    }
    return row
  }

  /// Collects the names from the keys of the `definitions` table.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func definitionNames(
    ofType type: String,
    entity: String?,
    before head: UInt64
  ) throws -> [String] {
    var names: [String] = []
    try transaction.forEachDefinition(ofType: type, entity: entity, tables) {
      short,
      sequence,
      isRetirement in
      guard sequence < head, let name = try short ?? definedName(at: sequence) else { return true }
      // Rows of one name follow each other, the newest last.
      if isRetirement {
        if names.last == name { names.removeLast() }
      } else if names.last != name {
        names.append(name)
      }
      return true
    }
    // Keys of names that were cut are not in the order of the names.
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Collects the names from the keys of the `definitions` table, once for each number of events.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func conceptNames(before head: UInt64) throws -> ConceptNames {
    let head = min(head, self.head)
    let names = try cache.conceptNames.value(head) {
      ConceptNames(try definitionNames(ofType: "concept", entity: nil, before: head))
    }
    return names ?? ConceptNames([])
  }

  /// The name that the event at `sequence` defines or retires.
  private func definedName(at sequence: UInt64) throws -> String? {
    try cachedEvent(at: sequence)?.definedOrRetired?.name
  }
}

extension Snapshot {
  /// The event at `sequence`; `nil` beyond the head.
  ///
  /// - Throws: ``DamagedLedger`` if there is no record, it does not decode, or makes another line than
  ///   that of its leaf, ``LMDBError`` if the file cannot be read.
  public func event(at sequence: UInt64) throws -> Event? {
    guard let event = try transaction.event(at: sequence, tables, text: { try text($0) }) else {
      guard sequence >= head else { throw DamagedLedger.missingEvent(at: sequence) }
      return nil
    }
    if cache.isProving { try prove(event.canonicalLine.span, at: sequence) }
    return event
  }

  /// The event at `sequence`, where it is one that is asked for often: a definition or a filing.
  func cachedEvent(at sequence: UInt64) throws -> Event? {
    try cache.events.value(sequence) { try event(at: sequence) }
  }

  /// Calls `body` with each event from `start` on, in order, until it returns `false`.
  ///
  /// - Throws: ``DamagedLedger`` if an event is missing or does not decode, ``LMDBError`` if the
  ///   file cannot be read. What `body` throws ends the reading.
  public func forEachEvent(
    from start: UInt64 = 0,
    _ body: (UInt64, Event) throws -> Bool
  ) throws {
    var cursor = try transaction.cursor(over: tables.log, from: start)
    var sequence = start
    while let entry = try cursor.next() {
      guard UInt64(keyBytes: entry.key) == sequence else {
        throw DamagedLedger.missingEvent(at: sequence)
      }
      try checkTime(after: sequence)
      let event = try Event(record: entry.value, sequence: sequence) { try text($0) }
      try prove(event.canonicalLine.span, at: sequence)
      guard try body(sequence, event) else { return }
      sequence += 1
    }
    guard sequence >= head else { throw DamagedLedger.missingEvent(at: sequence) }
  }

  /// The sequence of the claim or correction that the amendment at `sequence` names; `nil` if the
  /// event is no amendment.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func target(at sequence: UInt64) throws -> UInt64? {
    guard let row = try transaction.factRow(at: sequence, tables) else {
      // No row: it must be an event that has none.
      _ = try event(at: sequence)
      return nil
    }
    return row.change.target
  }

  /// The leaf hash (RFC 6962 §2.1) of the event at `sequence`, in hexadecimal.
  ///
  /// - Throws: ``DamagedLedger`` if the event has no leaf hash, ``LMDBError`` if the file cannot be
  ///   read.
  public func leafHash(at sequence: UInt64) throws -> String {
    guard sequence < head, let hash = try transaction.leafHash(at: sequence, tables) else {
      throw DamagedLedger("the event has no leaf hash", sequence: sequence)
    }
    try proveLeaf(at: sequence)
    return hash.hexadecimal
  }

  /// The sequence of the event with this leaf hash, in hexadecimal; `nil` if there is none.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  /// - Complexity: O(*n*): it looks at every leaf hash.
  public func sequence(ofLeaf hexadecimal: String) throws -> UInt64? {
    guard let hash = MerkleHash(hexadecimal: hexadecimal) else { return nil }
    return try transaction.sequence(ofLeaf: hash, before: head, tables)
  }

  /// The root of the Merkle tree over the first `size` events, in hexadecimal.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  /// - Complexity: O(log *size*).
  public func root(at size: UInt64) throws -> String {
    guard size > 0 else { return MerkleHash.empty.description }
    if size == head { return try headRoot() }
    let root = try cache.roots.value(size) { try provenRoot(at: size).description }
    return root ?? MerkleHash.empty.description
  }

  /// Calls `body` with every symbol and its text, in the order of their numbers.
  ///
  /// - Throws: ``DamagedLedger`` if a row is damaged or missing, ``LMDBError`` if the file cannot be read.
  ///   What `body` throws ends the reading.
  public func forEachSymbol(_ body: (SymbolID, String) throws -> Void) throws {
    let start = TextKey.symbol(SymbolID(rawValue: 0))
    var cursor = try transaction.linkedCursor(over: tables.symbols, from: start, tables)
    while let entry = try cursor.next(), entry.key.count == 5, entry.key[0] == 0 {
      try checkTime(after: UInt64(entry.key.bigEndian(UInt32.self, at: 1)))
      let symbol = SymbolID(rawValue: entry.key.bigEndian(at: 1))
      try body(symbol, String(decoding: entry.value.copied(), as: UTF8.self))
    }
  }

  /// The names of all filings, sorted by their bytes.
  ///
  /// - Throws: ``DamagedLedger`` if an entry of the `filings` table is damaged, ``LMDBError`` if
  ///   the file cannot be read.
  public func filingNames() throws -> [String] {
    var names: [String] = []
    try forEachFiling { filing, _ in names.append(filing.filing) }
    return names
  }

  /// Calls `body` with every filing as it was recorded, and the sequence of its event, sorted by the bytes of their
  /// names.
  ///
  /// - Throws: ``DamagedLedger`` if an entry of the `filings` table is damaged, ``LMDBError`` if
  ///   the file cannot be read. What `body` throws ends the walk.
  public func forEachFiling(_ body: (Filing, _ sequence: UInt64) throws -> Void) throws {
    var cursor = try transaction.linkedCursor(over: tables.filings, from: ByteKey([0]), tables)
    var count: UInt64 = 0
    while let entry = try cursor.next() {
      try checkTime(after: count)
      guard let record = FilingRecord(entry.value),
        case .filing(let filing) = try event(at: record.sequence)
      else { throw DamagedLedger("an entry of filings is damaged") }
      try body(filing, record.sequence)
      count += 1
    }
  }
}

extension LinkedCursor<FactTable> {
  /// Appends the next rows, all after `start`, through those of `end`; returns whether there may be
  /// more.
  @_lifetime(self: copy self)
  fileprivate mutating func appendRows(
    from start: FactTableKey,
    through end: FactID,
    _ limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    let last = FactTableKey(fact: end).factWords
    var count = 0
    var bound = start
    while let entry = try next() {
      // A walk that does not advance would have no end.
      guard let key = FactTableKey(keyBytes: entry.key), !bound.isAfter(key),
        let row = FactTableValue.decode(key, entry.value)
      else { throw DamagedLedger.undecodableFact }
      guard !key.factWords.isAfter(last) else { return false }
      rows.append(row)
      bound = key
      count += 1
      guard count < limit else { return true }
    }
    return false
  }
}

extension FactRow {
  /// Decodes an entry of the `facts` table.
  ///
  /// - Throws: ``DamagedLedger`` if it is no row.
  init(_ entry: borrowing Entry) throws {
    guard let key = FactTableKey(keyBytes: entry.key),
      let row = FactTableValue.decode(key, entry.value)
    else { throw DamagedLedger.undecodableFact }
    self = row
  }
}
