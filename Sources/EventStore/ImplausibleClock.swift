public import Facts
import LMDB

/// A clock that is not believed: a batch would be recorded so far ahead that every later one, recorded no
/// earlier, would be hidden from questions about the time between.
public struct ImplausibleClock: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the clock says.
  public var time: Timestamp

  /// When the last batch was recorded; `nil` if the time is outside of the calendar.
  public var lastRecorded: Timestamp?

  /// How far ahead of the last batch a time is believed, in days: two years.
  public static let dayCountMax: Int32 = 731

  /// What is wrong, without what to do.
  public var problem: String {
    guard let lastRecorded else {
      return "the clock is outside of the years 1970 to 9999"
    }
    return "the clock says \(time), more than two years after the last batch, which was recorded "
      + "\(lastRecorded)"
  }

  /// What is wrong, and what to do.
  public var description: String { "\(problem); set the clock, or say that it is right" }
}

extension Appender {
  /// Checks the time of a new batch against the last one's.
  ///
  /// - Parameter isAccepted: Whether somebody has said that the clock is right.
  /// - Throws: ``ImplausibleClock``.
  func checkClock(
    _ time: Timestamp,
    isAccepted: Bool,
    in transaction: borrowing WriteTransaction
  ) throws {
    // Before days are counted, which are fewer than such a time may have.
    let first = Timestamp("1970-01-01T00:00:00Z") ?? time
    let last = Timestamp("9999-12-31T23:59:59.999999Z") ?? time
    guard (first...last).contains(time) else { throw ImplausibleClock(time: time) }
    let recorded = try lastRecorded(in: transaction)
    guard !isAccepted, head > 0, recorded >= first else { return }
    let limit = recorded.day.advanced(byDays: Int(ImplausibleClock.dayCountMax))
    guard time.day <= limit else { throw ImplausibleClock(time: time, lastRecorded: recorded) }
  }
}
