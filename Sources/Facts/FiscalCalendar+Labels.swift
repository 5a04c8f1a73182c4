extension FiscalCalendar {
  /// What a filer calls its fiscal years.
  ///
  /// The number is the calendar year of the day seven days before the year's end, and an offset: a year
  /// to 2024-02-03 is fiscal 2023 for one filer, a year to 2024-01-31 fiscal 2024 for another.
  public struct YearNumbers: Hashable, Sendable {
    /// A document that names the year of a period.
    public struct Statement: Hashable, Sendable {
      /// The last day of the period that the document is about.
      public let end: CivilDate

      /// The number of the fiscal year that the document gives it.
      public let year: Int

      /// Whether it is an annual report, whose period is the year.
      public let isAnnual: Bool

      /// A document about the period that ends on `end`.
      public init(end: CivilDate, year: Int, isAnnual: Bool) {
        (self.end, self.year, self.isAnnual) = (end, year, isAnnual)
      }
    }

    /// What documents state, in any order; of years that are not of one mind, most decide.
    var statements: [Statement] = []

    /// Numbers by the rule alone.
    public init() {}

    /// Numbers as documents state them.
    public init(_ statements: [Statement]) { self.statements = statements }
  }

  /// The number of the fiscal year that ends on `end`.
  ///
  /// - Returns: The number, and whether it is assumed because no document states one.
  public func number(ofYearEnding end: CivilDate) -> (year: Int, isAssumed: Bool) {
    let rule = Self.ruleNumber(ofYearEnding: end)
    for isAnnual in [true, false] {
      if let offset = offset(ofYearEnding: end, isAnnual: isAnnual) {
        return (rule + offset, false)
      }
    }
    // Nobody calls a calendar year by another number.
    let nominal = end.advanced(byDays: -7).components
    return (rule, !(nominal.month == 12 && nominal.day >= 20))
  }

  private static func ruleNumber(ofYearEnding end: CivilDate) -> Int {
    end.advanced(byDays: -7).components.year
  }

  /// How far the filer's numbers are off the rule; `nil` if no document of the kind states one.
  ///
  /// A change of the fiscal year can change it: then documents of the same stretch of years decide, if
  /// there are any.
  private func offset(ofYearEnding end: CivilDate, isAnnual: Bool) -> Int? {
    var votes: [(end: CivilDate, offset: Int)] = []
    for statement in numbers.statements where statement.isAnnual == isAnnual {
      guard
        let yearEnd = isAnnual ? statement.end : firstYearEnd(onOrAfter: statement.end)
      else { continue }
      let offset = statement.year - Self.ruleNumber(ofYearEnding: yearEnd)
      if (-1...1).contains(offset) { votes.append((yearEnd, offset)) }
    }
    let stretch = stretch(of: end)
    let own = votes.filter { self.stretch(of: $0.end) == stretch }
    if !own.isEmpty { votes = own }
    var counts: [Int: (count: Int, newest: CivilDate)] = [:]
    for vote in votes {
      let known = counts[vote.offset] ?? (0, vote.end)
      counts[vote.offset] = (known.count + 1, max(known.newest, vote.end))
    }
    return counts.max {
      ($0.value.count, $0.value.newest, $0.key) < ($1.value.count, $1.value.newest, $1.key)
    }?.key
  }

  private func firstYearEnd(onOrAfter date: CivilDate) -> CivilDate? {
    let next = lastYearEnd(before: date).flatMap { end(ofYears: 1, after: $0) }
    let known = yearEnds.first { $0.advanced(byDays: Self.slackDayCount) >= date }
    guard let known, let next else { return known ?? next }
    return min(known, next)
  }

  /// In which stretch of years without a change of the year's end a day is.
  private func stretch(of date: CivilDate) -> Int {
    var count = 0
    for (end, next) in zip(yearEnds, yearEnds.dropFirst()) where next <= date {
      if !Self.isYears(dayCount: Int(next.dayNumber - end.dayNumber)) { count += 1 }
    }
    return count
  }
}

extension FiscalCalendar {
  /// The days that a label means, for this entity.
  ///
  /// A part of a year begins and ends where reported periods do, if one does near the day that counting
  /// gives: the third quarter of a year of weeks is the one that was reported.
  ///
  /// - Returns: `nil` if no calendar has such days.
  public func period(_ label: PeriodLabel) -> Period? {
    switch label {
    case .exact(let period): return period
    case .calendar(let part, let year):
      guard let first = CivilDate(year: year, month: 1, day: 1),
        let start = first.advanced(byMonths: part.firstMonth),
        let next = first.advanced(byMonths: part.firstMonth + part.monthCount)
      else { return nil }
      return duration(
        after: boundary(near: start.advanced(byDays: -1), within: Self.slackDayCount),
        through: boundary(near: next.advanced(byDays: -1), within: Self.slackDayCount)
      )
    case .fiscal(let part, let year):
      guard let end = end(ofYearNumbered: year) else { return nil }
      guard
        let start = evening(ofMonth: part.firstMonth, ofYearEnding: end),
        let last = evening(ofMonth: part.firstMonth + part.monthCount, ofYearEnding: end)
      else { return nil }
      return duration(after: start, through: last)
    }
  }

  /// Whether a label's year has its number by the rule alone, because no document states it.
  public func isAssumed(_ label: PeriodLabel) -> Bool {
    guard case .fiscal(_, let year) = label, let end = end(ofYearNumbered: year) else {
      return false
    }
    return number(ofYearEnding: end).isAssumed
  }

  private func duration(after evening: CivilDate, through end: CivilDate) -> Period? {
    evening < end ? .duration(start: evening.advanced(byDays: 1), end: end) : nil
  }

  private func end(ofYearNumbered year: Int) -> CivilDate? {
    for wantsTransition in [false, true] {
      for (index, end) in yearEnds.enumerated().reversed()
      where isTransition(index) == wantsTransition && number(ofYearEnding: end).year == year {
        return end
      }
    }
    guard let first = yearEnds.first, let last = yearEnds.last else {
      return [year - 1, year, year + 1].lazy.compactMap { yearEnd.date(inYear: $0) }
        .first { number(ofYearEnding: $0).year == year }
    }
    let near = number(ofYearEnding: first).year > year ? first : last
    // Known years can have a gap between them: count from the nearest that is before.
    let before = yearEnds.last { number(ofYearEnding: $0).year < year } ?? near
    return end(ofYears: year - number(ofYearEnding: before).year, after: before)
  }

  /// Whether the stretch that ends with a known year end is no whole year.
  private func isTransition(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    return !Self.isYears(
      dayCount: Int(yearEnds[index].dayNumber - yearEnds[index - 1].dayNumber)
    )
  }

  /// The evening on which so many months of the fiscal year that ends on `end` are over.
  private func evening(ofMonth month: Int, ofYearEnding end: CivilDate) -> CivilDate? {
    guard month < 12 else { return end }
    let start = self.end(ofYears: -1, after: end)
    guard month > 0 else {
      // A transition period begins where the year before it ended.
      if let index = yearEnds.firstIndex(of: end), isTransition(index) {
        return yearEnds[index - 1]
      }
      return start.map { boundary(near: $0, within: Self.slackDayCount) }
    }
    let counted =
      weekRule != nil
      ? start?.advanced(byDays: month / 3 * Self.quarterOfWeeksDayCount)
      : end.advanced(byMonths: month - 12)
    // Quarters of twelve and sixteen weeks end up to three weeks off.
    return counted.map { boundary(near: $0, within: 24) }
  }

  /// The boundary nearest to `date`, if there is one within so many days; else `date`.
  func boundary(near date: CivilDate, within dayCount: Int) -> CivilDate {
    let distance = { (day: CivilDate) in (day.dayNumber - date.dayNumber).magnitude }
    guard let nearest = boundaries.min(by: { distance($0) < distance($1) }),
      distance(nearest) <= UInt32(dayCount)
    else { return date }
    return nearest
  }
}
