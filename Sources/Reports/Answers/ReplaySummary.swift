/// How many events a fold of the log has read, and how fast.
public struct ReplaySummary: Hashable, Sendable, CustomStringConvertible {
  private let eventCount: UInt64
  private let microseconds: Int64

  /// A summary of a fold of `eventCount` events that took `duration`.
  public init(eventCount: UInt64, duration: Duration) {
    self.eventCount = eventCount
    microseconds = max(1, Int64(duration / .microseconds(1)))
  }

  /// The summary in a line.
  public var description: String {
    let rate = eventCount * 1_000_000 / UInt64(microseconds)
    return "folded \(eventCount) events in \(microseconds) microseconds: \(rate) events/s"
  }
}
