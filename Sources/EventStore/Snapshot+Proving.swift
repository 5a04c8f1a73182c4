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

  /// Checks that the line which the record of a claim makes is that of its leaf.
  private func proveClaim(_ record: Span<UInt8>, _ row: FactRow) throws {
    var line = LeafBuffer()
    let isMade: Void? = try cache.lines.withLockIfAvailable { lines in
      try lines.append(record, row, to: &line) { try text($0) }
    }
    if isMade == nil {
      var lines = RecentLines()
      try lines.append(record, row, to: &line) { try text($0) }
    }
    guard try transaction.leafHash(at: row.sequence, tables) == line.hash else {
      throw DamagedLedger.foreignLeaf(at: row.sequence)
    }
    try proveLeaf(at: row.sequence)
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
