public import Facts

/// The periods that a label names, for one entity.
public struct PeriodChoice: Hashable, Sendable {
  /// The period itself.
  public let period: Period

  /// Whether the period was named, as `2004Q3`, and not written as days.
  ///
  /// A name includes the balance at the period's end and, in a series without a fact of exactly this period,
  /// one that differs by a few days.
  private let isNamed: Bool

  /// How well a fact's period fits.
  public enum Fit: Hashable, Sendable {
    /// It is the period of the label.
    case exact

    /// It differs by a few days, as periods of data sets do: it counts if no other fact of its series has
    /// the exact period.
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
