import Facts
import Ledger
import Platform
import Synchronization

/// Appends the batches of many clients: all that wait when the disk is free are written with one sync.
///
/// A client that lost its answer asks again under the same key, and gets that answer: the key is part of the
/// batch event, so that it is remembered as long as what it recorded.
final class AppendQueue: Sendable {
  /// What a client sent.
  struct Order: Sendable {
    let drafts: SpooledDrafts

    /// How many events the ledger must hold; `nil` for any number.
    let expectedHead: UInt64?

    /// Who sent it: the name of a token.
    let by: String

    /// `nil` where the client cannot ask again.
    let request: Batch.Request?

    var options: Ledger.AppendOptions {
      let now = Timestamp(microseconds: ThisProcess.timeInMicroseconds)
      var options = Ledger.AppendOptions(by: by, time: now)
      options.expectedHead = expectedHead
      options.request = request
      options.waits = false
      return options
    }
  }

  /// What became of an order.
  struct Outcome: Sendable {
    let result: Ledger.AppendResult

    /// Whether an earlier request of the same key recorded it.
    var isRepeated = false
  }

  /// How many of the newest batches are searched for a key.
  static let rememberedBatchCount = 10_000

  /// For how long another process that writes is waited for.
  private static let patience = Duration.seconds(10)

  private final class Waiting: Sendable {
    let order: Order
    let outcome = Mutex<Result<Outcome, any Error>?>(nil)

    init(_ order: Order) { self.order = order }
  }

  private let ledger: Ledger
  private let waiting = Mutex<[Waiting]>([])

  /// Held by who writes, for all that wait.
  private let known = Mutex(RecordedRequests())

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// Appends an order; its events are durable when this returns.
  ///
  /// - Throws: `LedgerError` with the events that do not fit, or if the machine fails; ``Problem`` 422 if the key
  ///   was used for something else. Nothing was written then.
  func append(_ order: Order) throws -> Outcome {
    let own = Waiting(order)
    waiting.withLock { $0.append(own) }
    return try known.withLock { known in
      while true {
        // Who had the turn before may have written this one, too.
        if let outcome = own.outcome.withLock({ $0 }) { return try outcome.get() }
        let all = waiting.withLock { waiting in
          defer { waiting.removeAll() }
          return waiting
        }
        write(all, &known)
      }
    }
  }

  /// Checks an order and writes nothing.
  ///
  /// - Throws: As ``append(_:)``.
  func check(_ order: Order) throws -> Outcome {
    var options = order.options
    options.isDryRun = true
    let deadline = ContinuousClock.now + Self.patience
    while true {
      do {
        return Outcome(result: try ledger.append(order.drafts, options))
      } catch let error as LedgerError where error.code == .busy && ContinuousClock.now < deadline {
        ThisProcess.sleep(microseconds: Self.pauseMicroseconds)
      }
    }
  }

  /// How long it takes until the disk is asked for again.
  private static let pauseMicroseconds: UInt32 = 3000

  private func write(_ all: [Waiting], _ known: inout RecordedRequests) {
    do {
      try known.update(from: ledger)
    } catch {
      for one in all { one.outcome.withLock { $0 = .failure(error) } }
      return
    }
    var (group, keys): ([Waiting], Set<RecordedRequests.Name>) = ([], [])
    for one in all {
      if let outcome = known.outcome(of: one.order) {
        one.outcome.withLock { $0 = outcome }
      } else if let name = RecordedRequests.Name(one.order), !keys.insert(name).inserted {
        // The same key twice at once: the second gets the answer to the first in the next turn.
        waiting.withLock { $0.append(one) }
      } else {
        group.append(one)
      }
    }
    for (one, result) in zip(group, append(group)) {
      one.outcome.withLock { $0 = result.map { Outcome(result: $0) } }
    }
  }

  /// Appends a group; as long as another process writes, again and again until patience ends.
  private func append(_ group: [Waiting]) -> [Result<Ledger.AppendResult, any Error>] {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let results = ledger.append(group: group.map { ($0.order.drafts, $0.order.options) })
      guard case .failure(let error as LedgerError)? = results.first, error.code == .busy,
        ContinuousClock.now < deadline
      else { return results }
      ThisProcess.sleep(microseconds: Self.pauseMicroseconds)
    }
  }
}
