public import Facts
import LMDB
import Merkle
import Platform

// The whole log, for a fold in memory.

extension Snapshot {
  /// Calls `body` with the events from event 0 on, before `end`, in order and in the form that a fold
  /// in memory needs, and with the sequence of the first of them.
  ///
  /// - Throws: ``DamagedLedger`` if an event is missing or does not decode, ``LMDBError`` if the
  ///   file cannot be read. What `body` throws ends the reading.
  public func forEachRecord(
    before end: UInt64,
    _ body: (UInt64, LogRecord) throws -> Void
  ) throws {
    var cursor = try transaction.cursor(over: tables.log)
    var sequence: UInt64 = 0
    var claims: [FactRow] = []
    claims.reserveCapacity(Self.claimCountMax)
    var sum = LogSum()
    while sequence < end, let entry = try cursor.next() {
      guard UInt64(keyBytes: entry.key) == sequence else {
        throw DamagedLedger.missingEvent(at: sequence)
      }
      try checkTime(after: sequence)
      sum.add(entry.value)
      if let row = ClaimRecord.row(entry.value, sequence: sequence) {
        claims.append(row)
        sequence += 1
        guard claims.count == Self.claimCountMax else { continue }
        try body(sequence - UInt64(claims.count), .claims(claims))
        claims.removeAll(keepingCapacity: true)
        continue
      }
      if !claims.isEmpty {
        try body(sequence - UInt64(claims.count), .claims(claims))
        claims.removeAll(keepingCapacity: true)
      }
      let event = try Event(record: entry.value, sequence: sequence) { try text($0) }
      if case .amendment(let amendment) = event {
        let target: UInt64 = entry.value.littleEndian(at: 1)
        try body(sequence, .amendment(amendment, target: target))
      } else if case .layout(let layout) = event {
        try body(sequence, .layout(layout, hash: MerkleHash.leaf(entry.value).hexadecimal))
      } else {
        try body(sequence, .other(event))
      }
      sequence += 1
    }
    if !claims.isEmpty { try body(sequence - UInt64(claims.count), .claims(claims)) }
    guard sequence >= min(end, head) else {
      throw DamagedLedger.missingEvent(at: sequence)
    }
    try prove(&sum, before: sequence)
  }

  /// Checks that the sum over the first events is that of the log, and none of them damaged.
  ///
  /// - Parameter sum: Of the events before `end`; it becomes that of the batch that these end in.
  /// - Throws: ``DamagedLedger`` if it is not.
  private func prove(_ sum: inout LogSum, before end: UInt64) throws {
    guard end > 0 else { return }
    let (first, batch) = try batch(of: end - 1)
    var sequence = end
    var cursor = try transaction.cursor(over: tables.log, from: end)
    while sequence <= first + UInt64(batch.count), let entry = try cursor.next() {
      sum.add(entry.value)
      sequence += 1
    }
    guard let row = try transaction.value(for: first, in: tables.batches),
      LogSum(batch: row) == sum
    else {
      throw DamagedLedger(
        "the sum over its records is not the one that was recorded",
        table: LogTable.name
      )
    }
  }

  /// How many claims a fold gets at a time: few enough for the processor's first cache.
  private static let claimCountMax = 256
}
