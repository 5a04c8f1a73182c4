import EventStore
public import Facts

extension Ledger.View {
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
