import Facts
import TestSupport
import Testing

/// Calendars of every kind, made from their rule, and what filings report of them.
private struct RandomCalendar {
  /// The ends of fiscal years, in order, and the ends of their quarters.
  private(set) var years: [[CivilDate]] = []
  private(set) var isOfWeeks: Bool

  init(_ generator: inout SeededGenerator) throws {
    isOfWeeks = generator.below(2) == 0
    let month = 1 + generator.below(12)
    let weekday = Int32(generator.below(7))
    let isLast = generator.below(2) == 0
    for year in 2008...2016 {
      let end = try Self.end(year, month, isOfWeeks ? weekday : nil, isLast: isLast)
      let before = try Self.end(year - 1, month, isOfWeeks ? weekday : nil, isLast: isLast)
      let quarters = try (1...3).map { quarter in
        isOfWeeks
          ? before.advanced(byDays: 91 * quarter)
          : try #require(end.advanced(byMonths: 3 * quarter - 12))
      }
      years.append([before] + quarters + [end])
    }
  }

  private static func end(
    _ year: Int,
    _ month: Int,
    _ weekday: Int32?,
    isLast: Bool
  ) throws -> CivilDate {
    let count = CivilDate.dayCount(year: year, month: month)
    let last = try #require(CivilDate(year: year, month: month, day: count))
    guard let weekday else { return last }
    let days = (0...6).map { last.advanced(byDays: isLast ? -$0 : 3 - $0) }
    return try #require(days.first { $0.dayNumber % 7 == weekday })
  }

  /// The days from the end of one part of a year to that of another.
  func period(_ year: Int, _ first: Int, _ last: Int) -> Period {
    .duration(start: years[year][first].advanced(byDays: 1), end: years[year][last])
  }

  /// What quarterly and annual reports give, now and then without one.
  func reported(_ generator: inout SeededGenerator) -> [Period] {
    var periods: [Period] = []
    for year in years.indices {
      for quarter in 1...4 where generator.below(6) > 0 {
        if quarter < 4 { periods.append(period(year, quarter - 1, quarter)) }
        periods.append(period(year, 0, quarter))
        // The same of the year before.
        if year > 0 { periods.append(period(year - 1, 0, quarter)) }
      }
    }
    return periods.shuffled(using: &generator)
  }
}

@Suite("A fiscal calendar of random reports") struct CalendarModelTests {
  @Test("finds the year and the quarter of every reported period: 1,000 calendars")
  func findsReportedPeriods() throws {
    var generator = SeededGenerator(seed: 445)
    for index in 0..<1000 {
      let model = try RandomCalendar(&generator)
      let reported = model.reported(&generator)
      // A year end that somebody states wrongly changes nothing.
      let stated = FiscalYearEnd(["12-31", "06-30", "02-29"][generator.below(3)])
      let calendar = FiscalCalendar(
        reported: reported,
        stated: generator.below(2) == 0 ? nil : stated
      )
      for year in model.years.indices {
        let number = calendar.number(ofYearEnding: model.years[year][4]).year
        for (label, period) in [
          ("FY\(number)", model.period(year, 0, 4)), ("\(number)Q1", model.period(year, 0, 1)),
          ("\(number)Q2", model.period(year, 1, 2)), ("\(number)H1", model.period(year, 0, 2)),
          ("\(number)Q3", model.period(year, 2, 3)), ("\(number)-9M", model.period(year, 0, 3)),
        ] where reported.contains(period) {
          let found = calendar.period(try #require(PeriodLabel(label)))
          #expect(found == period, "calendar \(index): \(label)")
        }
        // A year that is over is one, and the year to date begins with it.
        for quarter in 1...4 where reported.contains(model.period(year, 0, quarter)) {
          let end = model.years[year][quarter]
          #expect(calendar.yearToDate(endingOn: end) == model.period(year, 0, quarter))
          #expect(calendar.quarter(endingOn: end) == quarter)
          #expect(calendar.isYearEnd(end) == (quarter == 4))
        }
      }
    }
  }
}
