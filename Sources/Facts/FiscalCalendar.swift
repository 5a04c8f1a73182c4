/// An entity's fiscal years: where they end, which lengths their parts have, and what a period is
/// called in them.
///
/// Fiscal years of 52 or 53 weeks end some days off the same day of other years, so every comparison
/// of days allows for ``slackDayCount``.
public struct FiscalCalendar: Hashable, Sendable {
  /// When fiscal years end.
  public let yearEnd: FiscalYearEnd

  /// Whether the entity's year end is known, and not assumed to be that of the calendar year.
  public let isKnown: Bool

  /// How many days a fiscal period of 52 or 53 weeks can end off its nominal end.
  public static let slackDayCount = 10

  /// The calendar of an entity.
  ///
  /// - Parameter yearEnd: When its fiscal years end; `nil` if unknown: calendar years are assumed.
  public init(yearEnd: FiscalYearEnd?) {
    self.yearEnd = yearEnd ?? .calendarYear
    isKnown = yearEnd != nil
  }

  /// The parts of a fiscal year, and the year itself.
  public enum Part: Sendable, CaseIterable {
    case quarter, half, nineMonths, year

    /// How many months it has.
    public var monthCount: Int {
      switch self {
      case .quarter: 3
      case .half: 6
      case .nineMonths: 9
      case .year: 12
      }
    }

    /// How many days it can have, in calendars of months and of weeks.
    public var dayCounts: ClosedRange<Int> {
      switch self {
      case .quarter: 80...100
      case .half: 170...192
      case .nineMonths: 260...285
      case .year: 350...380
      }
    }

    /// The part that has so many days; `nil` if none has.
    public init?(dayCount: Int) {
      guard let part = Self.allCases.first(where: { $0.dayCounts.contains(dayCount) }) else {
        return nil
      }
      self = part
    }
  }

  /// Whether the same fiscal period can end on both days: they are at most ``slackDayCount`` apart.
  public static func isNear(_ day: CivilDate, _ other: CivilDate) -> Bool {
    (day.dayNumber - other.dayNumber).magnitude <= UInt32(slackDayCount)
  }

  /// The last end of a fiscal year before the period that ends on `date`; `nil` before year 1.
  ///
  /// A year that ends on `date` is not before it, even if its nominal end is.
  public func lastYearEnd(before date: CivilDate) -> CivilDate? {
    yearEnd.latest(before: date.advanced(byDays: -Self.slackDayCount))
  }

  /// Whether a fiscal year ends on `date`.
  public func isYearEnd(_ date: CivilDate) -> Bool {
    yearEnd.latest(before: date.advanced(byDays: Self.slackDayCount + 1))
      .map { Self.isNear($0, date) } ?? false
  }

  /// The period from the start of a fiscal year until `end`.
  public func yearToDate(endingOn end: CivilDate) -> Period {
    .duration(start: lastYearEnd(before: end)?.advanced(byDays: 1) ?? end, end: end)
  }

  /// Which quarter of its fiscal year ends on `end`, from 1 to 4; `nil` before year 1.
  public func quarter(endingOn end: CivilDate) -> Int? {
    guard let before = lastYearEnd(before: end) else { return nil }
    let days = Int(end.dayNumber - before.dayNumber)
    return max(1, min(4, (days + 45) / 91))
  }

  /// What issuers print above the date of a column: `Third Quarter Ended`; empty for an instant.
  ///
  /// - Parameter isYearToDate: Whether the column is about the year to date: its first quarter is
  ///   three months.
  public func heading(of period: Period, isYearToDate: Bool) -> String {
    guard period.dayCount > 0 else { return "" }
    switch Part(dayCount: period.dayCount) {
    case .quarter where !isYearToDate:
      guard let quarter = quarter(endingOn: period.end) else { return "Quarter Ended" }
      return "\(["First", "Second", "Third", "Fourth"][quarter - 1]) Quarter Ended"
    case .quarter: return "Three Months Ended"
    case .half: return "Six Months Ended"
    case .nineMonths: return "Nine Months Ended"
    case .year: return isYearEnd(period.end) ? "Year Ended" : "Twelve Months Ended"
    case nil: return "\(period.dayCount) Days Ended"
    }
  }
}

extension FiscalCalendar {
  /// Whether a date is a reporting date: it has at least a third as many figures as the date that has
  /// most.
  ///
  /// A headline or two of a later date, as press releases give them, make no statement.
  public static func isReportingDate(figureCount: Int, most: Int) -> Bool {
    figureCount * 3 >= most
  }
}
