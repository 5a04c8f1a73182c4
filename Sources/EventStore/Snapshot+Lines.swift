import Facts
import LMDB
import Merkle
import Platform

extension Snapshot {
  /// Calls `body` with the canonical line, without line feed, of each event from `start` to before
  /// `end`, in order.
  ///
  /// - Throws: ``DamagedLedger`` if an event is missing, does not decode or is not that of its leaf,
  ///   ``LMDBError`` if the file cannot be read. What `body` throws ends the reading.
  public func forEachLine(
    from start: UInt64 = 0,
    before end: UInt64,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    var line = LeafBuffer()
    var lines = ClaimLines(symbolCount: try transaction.symbolCount(tables))
    var leaves = ProvenLeaves()
    try forEachRecord(from: start, before: end) { record, sequence in
      line.removeAll()
      try append(record, at: sequence, to: &line, &lines)
      try leaves.check(line.hash, at: sequence, in: self)
      try body(line.bytes)
    }
  }

  /// The canonical lines of the events from `start` to before `end`, in order, each with its line feed.
  ///
  /// - Throws: ``DamagedLedger`` if an event is missing or does not decode, ``LMDBError`` if the
  ///   file cannot be read.
  public func lines(from start: UInt64, before end: UInt64) throws -> [UInt8] {
    var bytes = LeafBuffer()
    var lines = ClaimLines(symbolCount: try transaction.symbolCount(tables))
    var leaves = ProvenLeaves()
    try forEachRecord(from: start, before: end) { record, sequence in
      let start = bytes.bytes.count
      try append(record, at: sequence, to: &bytes, &lines)
      let leaf = MerkleHash.leaf(bytes.bytes.extracting(start..<bytes.bytes.count))
      try leaves.check(leaf, at: sequence, in: self)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes.bytes.copied()
  }

  private func append(
    _ record: Span<UInt8>,
    at sequence: UInt64,
    to line: inout LeafBuffer,
    _ lines: inout ClaimLines
  ) throws {
    if let row = ClaimRecord.row(record, sequence: sequence) {
      try lines.append(record, row, to: &line) { try text($0) }
    } else if let text = Record.canonicalLine(record) {
      line.append(text.span)
    } else {
      throw DamagedLedger.undecodableRecord(at: sequence)
    }
  }

  private func forEachRecord(
    from start: UInt64,
    before end: UInt64,
    _ body: (Span<UInt8>, _ sequence: UInt64) throws -> Void
  ) throws {
    var cursor = try transaction.cursor(over: tables.log, from: start)
    var sequence = start
    while sequence < end, let entry = try cursor.next() {
      guard UInt64(keyBytes: entry.key) == sequence else {
        throw DamagedLedger.missingEvent(at: sequence)
      }
      try checkTime(after: sequence)
      try body(entry.value, sequence)
      sequence += 1
    }
    guard sequence >= end else { throw DamagedLedger.missingEvent(at: sequence) }
  }
}
