import EventStore
public import Facts

extension Ledger {
  /// Applies batches of the ledger that this one follows, all or none; they are durable when it
  /// returns.
  ///
  /// - Parameters:
  ///   - batches: Whole batches, each with its batch event first, as the other ledger exports them.
  ///   - head: How many events both ledgers hold before them.
  ///   - rootBefore: The root over those events, in hexadecimal.
  ///   - rootAfter: The root over those events and the batches, in hexadecimal.
  ///   - waits: Whether to wait for another process that writes.
  /// - Returns: ``AppendResult/conflict(head:)`` if this ledger holds more or
  ///   fewer events, as after the same call a second time.
  /// - Throws: ``LedgerError`` if a root differs, if a batch is not whole, or if an event does not fit.
  ///   Then nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*: what is recorded is not read again.
  public func apply(
    _ batches: any DraftSource,
    at head: UInt64,
    rootBefore: String,
    rootAfter: String,
    waits: Bool = true
  ) throws -> AppendResult {
    try translating {
      AppendResult(
        try store.apply(
          batches,
          at: head,
          rootBefore: rootBefore,
          rootAfter: rootAfter,
          waits: waits
        )
      )
    }
  }
}
