/// How much of a ledger one request may go through.
public struct SiteLimits: Hashable, Sendable {
  /// How many events a ledger may hold for a question about all of its entities at once: it is walked whole.
  public var wholeLedgerEventCount: UInt64 = 1_000_000

  /// How many events a page of the log looks at, whether they are of the type asked for or not.
  public var scannedEventCount = 50_000

  /// How long one answer may take, once it is its turn.
  public var answerDuration: Duration = .seconds(10)

  /// The usual ones.
  public init() {}
}
