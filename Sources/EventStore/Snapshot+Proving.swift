public import Facts
import LMDB
import Merkle

// What is printed is proven first: the row of an index against its record, and the line that the record
// makes against its leaf. So a damaged byte of an index, of the dictionary or of the log is an error, and
// never another figure.

extension Snapshot {
  /// Checks a row against its record, and the record against its leaf.
  ///
  /// - Throws: ``DamagedLedger`` if they differ, ``LMDBError`` if the file cannot be read.
  /// - Complexity: O(1) for a row that was proven before, else O(log *n*) and a hash of its line.
  public func prove(_ row: FactRow) throws {
    guard var proven = try cache.proven.value(row.sequence, { try provenRow(at: row.sequence) })
    else { throw Self.unproven("no event makes its row", row.sequence, FactTable.name) }
    // Where its filing's time was corrected, a row has the right one.
    if hasAmendments { proven.published = row.published }
    guard proven == row else {
      throw Self.unproven("its row is not what its record makes", row.sequence, FactTable.name)
    }
  }

  /// The row that the log makes of an event, whose line is that of its leaf; `nil` if it makes none.
  private func provenRow(at sequence: UInt64) throws -> FactRow? {
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

  /// Checks that the line which the record of an event makes is that of its leaf.
  ///
  /// - Throws: ``DamagedLedger`` if not, ``LMDBError`` if the file cannot be read.
  func proveLine(at sequence: UInt64) throws {
    guard try event(at: sequence) != nil else {
      throw Self.unproven("the event is missing", sequence, LogTable.name)
    }
  }

  /// Checks that a line is that of a leaf.
  ///
  /// - Throws: ``DamagedLedger`` if not, ``LMDBError`` if the file cannot be read.
  func prove(_ line: Span<UInt8>, at sequence: UInt64) throws {
    guard try transaction.leafHash(at: sequence, tables) == .leaf(line) else {
      throw Self.unproven("the event is not the one in the Merkle tree", sequence, LogTable.name)
    }
  }

  private static func unproven(
    _ message: String,
    _ sequence: UInt64,
    _ table: String
  ) -> DamagedLedger {
    DamagedLedger(message, sequence: sequence, table: table)
  }
}
