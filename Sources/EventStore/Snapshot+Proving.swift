public import Facts
import LMDB
import Merkle
import Platform
import Synchronization

// What is printed is proven first: the row of an index against its record, and the line that the record
// makes against its leaf. So a damaged byte of an index, of the dictionary or of the log is an error, and
// never another figure.

extension Snapshot {
  /// Checks a row against its record, and the record against its leaf.
  ///
  /// - Throws: ``DamagedLedger`` if they differ, ``LMDBError`` if the file cannot be read.
  /// - Complexity: O(1) for a row that was proven before, else O(log *n*) and a hash of its line.
  public func prove(_ row: FactRow) throws {
    guard cache.isProving else { return }
    guard var proven = try cache.proven.row(at: row.sequence, { try provenRow(at: row.sequence) })
    else { throw Self.unproven("no event makes its row", row.sequence, FactTable.name) }
    // Where its filing's time was corrected, a row has the right one.
    if row.published != proven.published, try isCorrected(row.filing, to: row.published) {
      proven.published = row.published
    }
    guard proven == row else {
      throw Self.unproven("its row is not what its record makes", row.sequence, FactTable.name)
    }
  }

  /// Checks a figure that a fold of the log gave against the record of its event, and that against its
  /// leaf.
  ///
  /// - Throws: ``DamagedLedger`` if they differ, ``LMDBError`` if the file cannot be read.
  /// - Complexity: O(log *n*).
  public func prove(_ figure: Figure, of period: Period, at sequence: UInt64) throws {
    guard cache.isProving else { return }
    let row = try cache.proven.row(at: sequence) { try provenRow(at: sequence) }
    guard row?.figure == figure, row?.fact.period == period else {
      throw Self.unproven("its figure is not what its record makes", sequence, LogTable.name)
    }
  }

  /// The row that the log makes of an event, whose line is that of its leaf; `nil` if it makes none.
  private func provenRow(at sequence: UInt64) throws -> FactRow? {
    if let record = try transaction.value(for: sequence, in: tables.log),
      let row = ClaimRecord.row(record, sequence: sequence)
    {
      try proveClaim(record, row)
      return row
    }
    try proveLine(at: sequence)
    guard let row = try transaction.factRow(at: sequence, tables) else { return nil }
    // A correction has all but its figure from what it names.
    var target = row.change.target
    while let next = target {
      try proveLine(at: next)
      target = try transaction.factRow(at: next, tables)?.change.target
    }
    return row
  }

  /// Proves the claims of several rows side by side, so that ``prove(_:)`` of each finds it proven: the rows of
  /// a statement lie all over the log and the leaves, and the memory fetches the pages of many at once.
  ///
  /// What is no claim, or is missing, is left to ``prove(_:)``. It is worth the bench's rows "statement at the
  /// head" and "at a random known-at" of a million events.
  ///
  /// - Throws: ``DamagedLedger`` if a line is not that of its leaf, ``LMDBError`` if the file cannot be read.
  /// - Complexity: O(*k* log *n*) for *k* rows that were not proven before.
  public func proveTogether(_ rows: [FactRow]) throws {
    guard cache.isProving, case let sequences = cache.proven.missing(of: rows), sequences.count > 1
    else { return }
    var log = try transaction.cursor(over: tables.log)
    let records = try log.find(sequences)
    var tiles = try transaction.cursor(over: tables.tiles)
    let leaves = try tiles.find(sequences.map { TileKey(level: 0, hash: $0) })
    var proven: [FactRow] = []
    proven.reserveCapacity(sequences.count)
    var line = LeafBuffer()
    for (index, sequence) in sequences.enumerated() {
      try log.moveBefore(index, of: records)
      guard let record = try log.next(), UInt64(keyBytes: record.key) == sequence,
        let row = ClaimRecord.row(record.value, sequence: sequence)
      else { continue }
      line.removeAll()
      try append(record.value, row, to: &line)
      try tiles.moveBefore(index, of: leaves)
      let offset = Int(sequence % UInt64(TileTable.rowHashCount))
      guard let hashes = try tiles.next(),
        TileKey(level: 0, hash: sequence).isEncoded(as: hashes.key),
        hashes.value.count >= (offset + 1) * MerkleHash.byteCount,
        hashes.value.hash(offset) == line.hash
      else { throw DamagedLedger.foreignLeaf(at: sequence) }
      try proveLeaf(at: sequence)
      proven.append(row)
    }
    cache.proven.keep(proven)
  }

  /// Checks that the line which the record of a claim makes is that of its leaf.
  private func proveClaim(_ record: Span<UInt8>, _ row: FactRow) throws {
    var line = LeafBuffer()
    try append(record, row, to: &line)
    guard try transaction.leafHash(at: row.sequence, tables) == line.hash else {
      throw DamagedLedger.foreignLeaf(at: row.sequence)
    }
    try proveLeaf(at: row.sequence)
  }

  /// Appends the line which the record of a claim makes.
  private func append(_ record: Span<UInt8>, _ row: FactRow, to line: inout LeafBuffer) throws {
    let isMade: Void? = try cache.lines.withLockIfAvailable { lines in
      try lines.append(record, row, to: &line) { try text($0) }
    }
    guard isMade == nil else { return }
    var lines = RecentLines()
    try lines.append(record, row, to: &line) { try text($0) }
  }

  /// Checks that the line which the record of an event makes is that of its leaf.
  ///
  /// - Throws: ``DamagedLedger`` if not, ``LMDBError`` if the file cannot be read.
  func proveLine(at sequence: UInt64) throws {
    guard try event(at: sequence) != nil else {
      throw DamagedLedger.missingEvent(at: sequence)
    }
  }

  /// Checks that a line is that of a leaf, and that the leaf leads to the root over all events.
  ///
  /// - Throws: ``DamagedLedger`` if not, ``LMDBError`` if the file cannot be read.
  func prove(_ line: Span<UInt8>, at sequence: UInt64) throws {
    guard try transaction.leafHash(at: sequence, tables) == .leaf(line) else {
      throw DamagedLedger.foreignLeaf(at: sequence)
    }
    try proveLeaf(at: sequence)
  }

  private static func unproven(
    _ message: String,
    _ sequence: UInt64,
    _ table: String
  ) -> DamagedLedger {
    DamagedLedger(message, sequence: sequence, table: table)
  }
}

extension Snapshot {
  /// Checks that the dictionary lacks a text: the texts beside its place have their numbers.
  ///
  /// A key that is damaged is found so, where the text would else be unknown.
  ///
  /// - Throws: ``DamagedLedger`` if one of them has not, ``LMDBError`` if the file cannot be read.
  func proveMissing(_ text: String) throws {
    var cursor = try transaction.cursor(over: tables.symbols, from: TextKey.symbol(text))
    if let entry = try cursor.next() { try proveSymbol(entry) }
    cursor = try transaction.cursor(over: tables.symbols, from: TextKey.symbol(text))
    if let entry = try cursor.previous() { try proveSymbol(entry) }
  }

  private func proveSymbol(_ entry: borrowing Entry) throws {
    guard entry.key.count > 0, entry.key[0] == 1, entry.value.count == 4 else { return }
    let text = try self.text(SymbolID(rawValue: entry.value.littleEndian(at: 0)))
    guard TextKey.symbol(text).bytes.elementsEqual(entry.key.copied()) else {
      throw DamagedLedger("a text leads to the symbol of another", table: SymbolTable.name)
    }
  }
}
