import EventStore
public import Facts
import Projections

extension Ledger {
  /// The ledger at one moment: every question about it is a method of its view.
  ///
  /// A view sees the events that count and the filings that were public at its moment, whatever is
  /// appended meanwhile, so that several answers of one view belong together. It is made by
  /// `read(at:_:)` and cannot outlive that call. Keep the call short: until it ends, the
  /// file cannot reuse pages. Take the answers out of it, and write them afterwards.
  public struct View: ~Copyable, ~Escapable {
    let snapshot: Snapshot
    let ledger: Ledger

    /// How many events count, from the first; 0 in an empty ledger.
    public let head: UInt64

    /// The last moment whose filings count; `nil` for all.
    public let knownAt: Timestamp?

    @_lifetime(copy snapshot)
    init(_ snapshot: consuming Snapshot, of ledger: Ledger, at times: Times) throws {
      head = try snapshot.head(recordedAt: times.recordedAt)
      knownAt = times.knownAt?.timestamp
      self.snapshot = snapshot
      self.ledger = ledger
    }

    /// How many events the ledger holds, those that do not count among them.
    public var heldEventCount: UInt64 { snapshot.head }

    /// The root of the Merkle tree over the events that count, in hexadecimal.
    ///
    /// - Throws: ``LedgerError``.
    /// - Complexity: O(log *n*).
    public var root: String {
      get throws { try ledger.translating { try snapshot.root(at: head) } }
    }

    /// The bounds of a query.
    ///
    /// - Throws: ``LedgerError`` if the ledger is empty.
    func vantage() throws -> Vantage {
      guard head > 0 else { throw Snapshot.emptyLedger }
      return Vantage(knownAt: knownAt, head: head)
    }
  }

  /// Calls `body` with the ledger as of one moment, for any number of questions.
  ///
  ///     let (head, answer) = try ledger.read { view in
  ///       (view.head, try view.statement(.init("balance-sheet", entity: "hecla")))
  ///     }
  ///
  /// - Parameters:
  ///   - times: What was public and what was recorded at that moment; by default everything.
  ///   - duration: How long the questions may take together; `nil` for as long as they take.
  ///   - body: Asks, and returns the answers.
  /// - Throws: ``LedgerError`` if the ledger does not hold as many events as `times` names, if the questions take
  ///   too long, or if the machine fails; what `body` throws.
  /// - Complexity: O(1), without `body`.
  public func read<Result>(
    at times: Times = Times(),
    within duration: Duration? = nil,
    _ body: (borrowing View) throws -> Result
  ) throws -> Result {
    try translating {
      try store.read(until: duration.map { ContinuousClock.now + $0 }) { snapshot in
        try body(View(snapshot, of: self, at: times))
      }
    }
  }
}
