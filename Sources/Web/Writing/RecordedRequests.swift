import Facts
import Ledger

/// The requests that the newest batches answer, by who made them and under which key.
struct RecordedRequests {
  /// Who made a request, and what they call it.
  struct Name: Hashable {
    private let by: String
    private let key: String

    /// - Returns: `nil` for an order without a key.
    init?(_ order: AppendQueue.Order) {
      guard let request = order.request else { return nil }
      (by, key) = (order.by, request.key)
    }

    init?(_ batch: Batch) {
      guard let request = batch.request else { return nil }
      (by, key) = (batch.by, request.key)
    }
  }

  private struct Entry {
    let first: UInt64
    let batch: Batch

    /// How many batches were read before it.
    let index: Int
  }

  private var entries: [Name: Entry] = [:]

  /// How many events were looked at, and how many batches.
  private var (head, batchCount) = (UInt64(0), 0)

  /// Reads the batches that were recorded since the last time, whoever recorded them.
  ///
  /// - Throws: `LedgerError`.
  /// - Complexity: O(*b* log *n*), for *b* batches, at most ``AppendQueue/rememberedBatchCount``.
  mutating func update(from ledger: Ledger) throws {
    let countMax = AppendQueue.rememberedBatchCount
    let (start, batches) = try ledger.read { view in
      (view.head, try view.newestBatches(from: head, countMax: countMax))
    }
    head = start
    for (first, batch) in batches.reversed() {
      if let name = Name(batch) {
        entries[name] = Entry(first: first, batch: batch, index: batchCount)
      }
      batchCount += 1
    }
    if entries.count > 2 * countMax {
      let oldest = batchCount - countMax
      entries = entries.filter { $0.value.index >= oldest }
    }
  }

  /// What became of an order that was made before; `nil` if it was not.
  func outcome(
    of order: AppendQueue.Order
  ) -> Result<AppendQueue.Outcome, any Error>? {
    guard let entry = Name(order).flatMap({ entries[$0] }) else { return nil }
    guard entry.batch.request == order.request else {
      return .failure(
        Problem(
          422,
          "the key was used for other events, which are recorded from \(entry.first) on",
          code: "key-used",
          remedy: "give each request a key of its own"
        )
      )
    }
    let head = entry.first + 1 + UInt64(entry.batch.count)
    let result = Ledger.AppendResult.appended(from: entry.first, head: head, skipped: 0)
    return .success(AppendQueue.Outcome(result: result, isRepeated: true))
  }
}
