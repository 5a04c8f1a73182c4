#if Server
import Replication

/// Tries again what cannot be reached, at longer and longer intervals.
struct Attempts {
  private let interval: Duration
  private let end: ContinuousClock.Instant?
  private var pause: Duration

  /// How long to wait at most.
  private static let pauseMax = Duration.seconds(4)

  /// - Parameters:
  ///   - interval: How long to wait at first.
  ///   - limit: After how long to give up; `nil` for never.
  init(every interval: Duration, for limit: Duration?) {
    (self.interval, pause) = (interval, interval)
    end = limit.map { ContinuousClock.now.advanced(by: $0) }
  }

  /// It was reached.
  mutating func succeeded() { pause = interval }

  /// Waits, and says why the first time.
  ///
  /// - Throws: The error itself if trying again does not help, or if it is over.
  mutating func failed(_ error: ReplicationError) async throws {
    guard error.code == .unreachable, end.map({ ContinuousClock.now < $0 }) ?? true else {
      throw error
    }
    if pause == interval { AssayReplicate.note("\(error)") }
    pause = min(pause * 2, end == nil ? Self.pauseMax : .seconds(1))
    try await Task.sleep(for: pause)
  }
}
#endif
