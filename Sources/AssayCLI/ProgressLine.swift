import Reports
import Synchronization

/// A line on standard error that tells how far work has come which takes longer than a second.
///
/// Nothing is written where no person watches standard error.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var next: ContinuousClock.Instant
  }

  private let work: String
  private let noun: String
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// The line; `nil` where nobody watches.
  ///
  /// - Parameters:
  ///   - work: What is being done: `append`.
  ///   - noun: What is counted: `events`.
  init?(_ work: String, _ noun: String) {
    guard Console.isErrorTerminal else { return nil }
    (self.work, self.noun) = (work, noun)
    state = Mutex(State(next: start + .seconds(1)))
  }

  /// Tells that so much is done; ten times a second at most.
  ///
  /// - Parameter total: How much there is; `nil` where that is not known yet.
  func show(_ done: Int, of total: Int?, _ stage: String? = nil) {
    let now = ContinuousClock.now
    state.withLock { state in
      guard now >= state.next else { return }
      (state.isShown, state.next) = (true, now + .milliseconds(100))
      let work = stage.map { "\(self.work): \($0)" } ?? self.work
      Console.progress(
        WorkProgress(work, noun, done: done, of: total, after: now - start).text
      )
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isShown { Console.progress("") }
      state.isShown = false
    }
  }
}
