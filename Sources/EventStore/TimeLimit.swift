/// A question took longer than whoever asked it wanted to wait.
public struct TimeLimitExceeded: Error, Hashable, Sendable {
  /// The error.
  public init() {}
}

extension Snapshot {
  /// Ends a question that has taken too long.
  ///
  /// Whatever reads many rows calls it, again and again.
  ///
  /// - Throws: ``TimeLimitExceeded``.
  /// - Complexity: O(1); a look at the clock if there is a limit.
  public func checkTime() throws {
    guard let end, ContinuousClock.now >= end else { return }
    throw TimeLimitExceeded()
  }

  /// Ends a walk over many events that has taken too long.
  ///
  /// - Parameter count: How many it has seen: it looks at the clock at every 256th.
  func checkTime(after count: UInt64) throws {
    if count & 255 == 0 { try checkTime() }
  }
}
