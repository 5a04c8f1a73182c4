import EventStore
public import Facts

extension Ledger.View {
  /// The newest batches that the ledger holds, the newest first, with the sequences of their batch events.
  ///
  /// - Parameters:
  ///   - start: Batches that begin before it are left out.
  ///   - countMax: How many are given at most.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*b* log *n*), for *b* batches.
  public func newestBatches(
    from start: UInt64,
    countMax: Int
  ) throws -> [(first: UInt64, batch: Batch)] {
    try ledger.translating { try snapshot.newestBatches(from: start, countMax: countMax) }
  }

  /// Calls `body` with each event from `start` on that counts and its recorded time, in order, until
  /// it returns `false`.
  ///
  /// The view lasts as long as `body` takes for all of them.
  ///
  /// - Throws: ``LedgerError``; what `body` throws.
  /// - Complexity: O(log *n* + *k*), for *k* events.
  public func forEachEvent(
    from start: UInt64,
    _ body: (UInt64, Event, Timestamp) throws -> Bool
  ) throws {
    try ledger.translating {
      guard start < head else { return }
      var recorded = try snapshot.recorded(at: start)
      try snapshot.forEachEvent(from: start) { sequence, event in
        guard sequence < head else { return false }
        if case .batch(let batch) = event { recorded = batch.recorded }
        return try body(sequence, event, recorded)
      }
    }
  }
}
