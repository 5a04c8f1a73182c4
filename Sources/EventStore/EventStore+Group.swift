import Facts
import LMDB

extension EventStore {
  /// Appends several batches of different clients, each all or none, and syncs the disk once for all of them.
  ///
  /// They are recorded in their order, each after what the one before it recorded. One that is refused
  /// leaves the others as they are.
  ///
  /// - Parameter group: None of them a dry run or with an expected root; ``Append/waits`` is that of the first.
  /// - Returns: For each what became of it, or why nothing of it was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*; twice that, with one sync more, for each that is
  ///   refused.
  public func append(group: [Append]) -> [Result<AppendResult, any Error>] {
    var outcomes: [Result<AppendResult, any Error>] = []
    while outcomes.count < group.count {
      let rest = group[outcomes.count...]
      do {
        outcomes += try together(rest).map { .success($0) }
      } catch let refused as RefusedInGroup {
        // Those before it were whole; what they wrote went with the transaction.
        if refused.index > 0 { outcomes += append(group: Array(rest.prefix(refused.index))) }
        outcomes.append(.failure(refused.error))
      } catch {
        outcomes += rest.map { _ in .failure(error) }
      }
    }
    return outcomes
  }

  /// Appends all of a group in one transaction.
  ///
  /// - Throws: ``RefusedInGroup`` with the first that does not fit; `LMDBError` if the machine fails. Then
  ///   nothing was written.
  private func together(_ group: ArraySlice<Append>) throws -> [AppendResult] {
    try write(waits: group.first?.waits ?? true) { transaction in
      var appender = try Appender(tables, in: transaction)
      let start = appender.head
      var results: [AppendResult] = []
      for (index, append) in group.enumerated() {
        let first = appender.head
        guard append.expectedHead.map({ $0 == first }) ?? true else {
          results.append(.conflict(head: first))
          continue
        }
        let skipped: Int
        do {
          skipped = try appender.record(append, in: &transaction)
        } catch let error as ImplausibleClock {
          throw RefusedInGroup(index: index, error: error)
        }
        guard appender.refusals.count == 0 else {
          throw RefusedInGroup(index: index, error: appender.refusals)
        }
        results.append(
          appender.head > first
            ? .appended(from: first, head: appender.head, skipped: skipped)
            : .nothingNew(head: first, skipped: skipped)
        )
      }
      guard appender.head > start else { return (results, isKept: false) }
      try appender.finish(in: &transaction)
      return (results, isKept: true)
    }
  }
}

/// One of a group does not fit the ledger.
private struct RefusedInGroup: Error {
  let index: Int
  let error: any Error
}
