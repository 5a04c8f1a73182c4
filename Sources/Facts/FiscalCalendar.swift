/// An entity's fiscal years: where they end, which lengths their parts have, and what a period is
/// called in them.
///
/// It is derived from the periods that the entity's filings report (``init(reported:stated:)``), or
/// from a stated year end alone. Fiscal years of 52 or 53 weeks end some days off the same day of other
/// years, so every comparison of days allows for ``slackDayCount``.
public struct FiscalCalendar: Hashable, Sendable {
  /// When fiscal years end, as far as month and day can express it.
  public let yearEnd: FiscalYearEnd

  /// Whether the entity's year end is known, and not assumed to be that of the calendar year.
  public let isKnown: Bool

  /// The ends of fiscal years that follow from reported periods, in order.
  ///
  /// Two that are less than a year apart have a transition period between them.
  public let yearEnds: [CivilDate]

  /// The days at whose ends reported periods of a month or more begin or are over, in order, one for
  /// each group of near ones.
  let boundaries: [CivilDate]

  /// How years of whole weeks end; `nil` if they end with months.
  let weekRule: WeekRule?

  /// The days at whose ends reported periods of a month or more begin or are over, and the ends of years.
  public var knownDays: [CivilDate] { boundaries + yearEnds }

  /// Whether fiscal years are known to be of whole weeks, and to end within months.
  public var isOfWeeks: Bool { weekRule != nil }

  /// What the filer calls its years; a calendar that lacks it numbers them by the rule alone.
  public var numbers = YearNumbers()

  /// How many days a fiscal period of 52 or 53 weeks can end off its nominal end.
  public static let slackDayCount = 10

  /// The calendar of an entity of which only the year end is known.
  ///
  /// - Parameter yearEnd: When its fiscal years end; `nil` if unknown: calendar years are assumed.
  public init(yearEnd: FiscalYearEnd?) {
    self.init(reported: [], stated: yearEnd)
  }

  /// The calendar that reported periods make.
  ///
  /// - Parameters:
  ///   - durations: The durations that filings report, in any order.
  ///   - stated: The year end that a document states of the entity. It decides only where the
  ///     durations leave open which of several days is the year's end.
  /// - Complexity: O(*n* log *n*) for *n* durations, and O(*e*²) for *e* days at which years may end.
  public init(reported durations: [Period], stated: FiscalYearEnd?) {
    let search = FiscalYearSearch(durations, stated: stated)
    boundaries = search.boundaries
    yearEnds = search.yearEnds
    weekRule = WeekRule(boundaries: boundaries, yearEnds: yearEnds)
    yearEnd = yearEnds.last.map(FiscalYearEnd.init(endOf:)) ?? stated ?? .calendarYear
    isKnown = !yearEnds.isEmpty || stated != nil
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

  /// Whether a period of so many days is a whole number of years, as both calendars of months and of
  /// weeks have them.
  static func isYears(dayCount: Int) -> Bool {
    let years = max(1, (dayCount * 4 + 730) / 1461)
    return (dayCount - (years * 1461 + 2) / 4).magnitude <= UInt(slackDayCount)
  }
}

// Where years end.
extension FiscalCalendar {
  /// The last end of a fiscal year before the period that ends on `date`; `nil` before year 1.
  ///
  /// A year that ends on `date` is not before it, even if its nominal end is.
  public func lastYearEnd(before date: CivilDate) -> CivilDate? {
    let limit = date.advanced(byDays: -Self.slackDayCount)
    guard let first = yearEnds.first else { return yearEnd.latest(before: limit) }
    let known = yearEnds.last { $0 < limit }
    var end = known ?? first
    // Years that nobody reported follow those that are known, until the next that is.
    while end >= limit {
      guard let earlier = self.end(ofYears: -1, after: end) else { return nil }
      end = earlier
    }
    while let later = self.end(ofYears: 1, after: end), later < limit, later > end {
      end = later
    }
    return end
  }

  /// Whether a fiscal year ends on `date`.
  public func isYearEnd(_ date: CivilDate) -> Bool {
    lastYearEnd(before: date.advanced(byDays: 2 * Self.slackDayCount + 1))
      .map { Self.isNear($0, date) } ?? false
  }

  /// The end of the fiscal year that many years after one that ends on `end`, as the rule has it.
  func end(ofYears count: Int, after end: CivilDate) -> CivilDate? {
    if let weekRule {
      return end.advanced(byMonths: 12 * count).map { weekRule.yearEnd(near: $0) }
    }
    return FiscalYearEnd(endOf: end).date(inYear: end.components.year + count)
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

  /// The evening before the quarter that ends on `end` begins: where a reported period begins or is
  /// over, else as many weeks or months before as a quarter has.
  public func quarterStart(endingOn end: CivilDate) -> CivilDate? {
    let lengths = Self.quarterDayCounts
    let reported = boundaries.last { lengths.contains(Int(end.dayNumber - $0.dayNumber)) }
    if let reported { return reported }
    return weekRule != nil
      ? end.advanced(byDays: -Self.quarterOfWeeksDayCount) : end.advanced(byMonths: -3)
  }

  /// The day that a reported period really begins after or ends with, where a data set gives the end of
  /// the month.
  ///
  /// - Returns: A near day within a month with which reported periods end; else `day`.
  public func exactDay(for day: CivilDate) -> CivilDate {
    guard day.isEndOfMonth else { return day }
    let near = boundary(near: day, within: Self.slackDayCount)
    return near.isEndOfMonth ? day : near
  }

  /// Whether a reported period has the days that it really had, and not those of a data set's months.
  public func isExact(_ period: Period) -> Bool {
    guard exactDay(for: period.end) == period.end else { return false }
    guard let evening = period.start?.advanced(byDays: -1) else { return true }
    return exactDay(for: evening) == evening
  }

  /// How many days a quarter can have, of which quarters of twelve and sixteen weeks are some.
  public static let quarterDayCounts = 80...122

  /// Thirteen weeks.
  static let quarterOfWeeksDayCount = 91
}

// What periods are called.
extension FiscalCalendar {
  /// What issuers print above the date of a column: `Third Quarter Ended`; empty for an instant.
  ///
  /// - Parameters:
  ///   - period: What the column is about.
  ///   - isYearToDate: Whether the column is about the year to date: its first quarter is
  ///     three months.
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
    case nil: return "\(count(of: period)) Ended"
    }
  }

  /// `Five Months`, `36 Weeks`, `71 Days`.
  private func count(of period: Period) -> String {
    let words = [
      "", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    ]
    if let months = period.monthCount, 2..<words.count ~= months {
      return "\(words[months]) Months"
    }
    let days = period.dayCount
    return weekRule != nil && days.isMultiple(of: 7) ? "\(days / 7) Weeks" : "\(days) Days"
  }

  /// Whether a date is a reporting date: it has at least a third as many figures as the date that has
  /// most.
  ///
  /// A headline or two of a later date, as press releases give them, make no statement.
  public static func isReportingDate(figureCount: Int, most: Int) -> Bool {
    figureCount * 3 >= most
  }
}

extension Period {
  /// How many whole calendar months a duration has; `nil` if it begins or ends within one.
  var monthCount: Int? {
    guard let start, start.components.day == 1 else { return nil }
    let (first, next) = (start.components, end.advanced(byDays: 1).components)
    guard next.day == 1 else { return nil }
    return (next.year - first.year) * 12 + next.month - first.month
  }
}
