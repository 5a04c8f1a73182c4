public import Facts

/// The periods that a label names, for one entity.
public struct PeriodChoice: Hashable, Sendable {
  /// The period itself.
  public let period: Period

  /// Whether it was named, and not written as days: then the balance at its end is meant, too, and a
  /// period that differs by a few days where a series has no other.
  private let isNamed: Bool

  /// How well a fact's period fits.
  public enum Fit: Hashable, Sendable {
    /// It is the one that is meant.
    case exact

    /// It is off by some days, as data sets give it: it is meant if no other of its series is.
    case near
  }

  /// The periods that `label` names in `calendar`; `nil` if no calendar has them.
  public init?(_ label: PeriodLabel, in calendar: FiscalCalendar) {
    guard let period = calendar.period(label) else { return nil }
    self.period = period
    if case .exact = label { isNamed = false } else { isNamed = true }
  }

  /// How a fact's period fits; `nil` if it does not.
  public func fit(_ other: Period) -> Fit? {
    if other == period { return .exact }
    guard isNamed else { return nil }
    guard let start = other.start, let own = period.start else {
      if other.end == period.end { return .exact }
      return FiscalCalendar.isNear(other.end, period.end) && other.end.isEndOfMonth ? .near : nil
    }
    return FiscalCalendar.isNear(start, own) && FiscalCalendar.isNear(other.end, period.end)
      ? .near : nil
  }
}
