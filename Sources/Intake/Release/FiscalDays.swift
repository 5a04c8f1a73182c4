public import Facts

/// What is known of the days with which a company's fiscal periods end: by it, months of a fiscal year of 52
/// or 53 weeks are counted back.
///
/// Such a company prints "Three Months Ended" above 13 or 14 weeks, and only another day tells which. A
/// period is never guessed: 14 weeks taken for 13 would be another fact.
public struct FiscalDays: Hashable, Sendable {
  /// Days with which periods end, or before which they begin.
  private var ends: Set<CivilDate> = []

  /// When fiscal years end, as far as month and day can express it.
  private var yearEnd: FiscalYearEnd?

  /// Whether periods are known to end within months.
  private var isOfWeeks = false

  /// Nothing is known.
  public init() {}

  /// What a profile names, and what a ledger knows.
  ///
  /// - Parameters:
  ///   - ends: Days with which periods end.
  ///   - calendar: The fiscal calendar of the periods that the ledger holds.
  public init(_ ends: [CivilDate], _ calendar: FiscalCalendar? = nil) {
    self.ends = Set(ends + (calendar?.knownDays ?? []))
    yearEnd = calendar?.isKnown == true ? calendar?.yearEnd : nil
    isOfWeeks = calendar?.isOfWeeks == true || ends.contains { !$0.isEndOfMonth }
  }

  private static let weekDayCount = 7
  private static let quarterDayCount = 13 * weekDayCount

  /// The period of this length that ends with `end`.
  ///
  /// - Parameters:
  ///   - length: How long it is; `nil` for an instant.
  ///   - others: The days with which the columns beside it end.
  func period(
    _ length: PeriodWords.Length?,
    through end: CivilDate,
    beside others: [CivilDate]
  ) throws(ColumnHeadings.Unreadable) -> Period {
    switch length {
    case nil: return .instant(end)
    case .weeks(let count)?:
      return .duration(start: end.advanced(byDays: 1 - count * Self.weekDayCount), end: end)
    case .months(let count)?:
      if !isOfWeeks, others.allSatisfy(\.isEndOfMonth),
        let period = Period(months: count, through: end)
      {
        return period
      }
      return .duration(start: try start(ofMonths: count, through: end), end: end)
    }
  }

  /// The first day of so many months that end with `end`, in a year of weeks.
  private func start(
    ofMonths count: Int,
    through end: CivilDate
  ) throws(ColumnHeadings.Unreadable) -> CivilDate {
    guard count % 3 == 0 else {
      throw .init(reason: "\(count) months cannot be counted back from \(end), which ends no month")
    }
    let quarters = count / 3
    let short = end.advanced(byDays: -quarters * Self.quarterDayCount)
    let long = short.advanced(byDays: -Self.weekDayCount)
    let known = [short, long].filter(ends.contains)
    if known.count == 1 { return known[0].advanced(byDays: 1) }
    // Quarters of which all together have thirteen weeks each, have each thirteen.
    let isEven = ends.contains { day in
      let days = Int(end.dayNumber - day.dayNumber)
      return days >= quarters * Self.quarterDayCount && days % Self.quarterDayCount == 0
        && days <= 8 * Self.quarterDayCount
    }
    if isEven { return short.advanced(byDays: 1) }
    if let yearEnd, let start = ruled(yearEnd, short, long) { return start.advanced(byDays: 1) }
    throw .init(
      reason:
        "\(count) months that end on \(end) are \(quarters * 13) or \(quarters * 13 + 1) weeks, and "
        + "no known day tells which: give \(short) or \(long) in \"periodEnds\" of the profile"
    )
  }

  /// The end of a fiscal year that is one of two days by both rules by which years of weeks end.
  private func ruled(_ yearEnd: FiscalYearEnd, _ short: CivilDate, _ long: CivilDate) -> CivilDate?
  {
    let found = [short.components.year, long.components.year + 1].lazy.compactMap { year in
      yearEnd.date(inYear: year)
    }.first { FiscalCalendar.isNear($0, short) }
    guard let nominal = found else { return nil }
    let week = Int32(Self.weekDayCount)
    func back(_ day: CivilDate) -> Int32 {
      ((day.dayNumber - short.dayNumber) % week + week) % week
    }
    let nearest = nominal.advanced(
      byDays: back(nominal) <= 3 ? -Int(back(nominal)) : Self.weekDayCount - Int(back(nominal))
    )
    let (year, month, day) = nominal.components
    let monthEnd = nominal.advanced(byDays: CivilDate.dayCount(year: year, month: month) - day)
    let last = monthEnd.advanced(byDays: -Int(back(monthEnd)))
    return nearest == last && (nearest == short || nearest == long) ? nearest : nil
  }
}
