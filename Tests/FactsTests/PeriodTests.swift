import Facts
import Testing

@Suite("A period") struct PeriodTests {
  @Test(
    "is the end of a day, or all days between two",
    arguments: [
      ("2004-09-30", nil, "2004-09-30", 0),
      ("2004-07-01/2004-09-30", "2004-07-01", "2004-09-30", 92),
      ("2004-01-01/2004-12-31", "2004-01-01", "2004-12-31", 366),
      ("2004-09-30/2004-09-30", "2004-09-30", "2004-09-30", 1),
      ("1999-12-31/2000-01-01", "1999-12-31", "2000-01-01", 2),
    ] as [(String, String?, String, Int)]
  )
  func isEndOfDayOrAllDaysBetweenTwo(text: String, start: String?, end: String, dayCount: Int)
    throws
  {
    let period = try #require(Period(text))
    #expect(period.start?.description == start)
    #expect(period.end.description == end)
    #expect(period.dayCount == dayCount)
    #expect(period.description == text)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "/", "2004", "2004Q3", "2004-09-31", "2004-09-30/", "/2004-09-30",
      "2004-09-30/2004-07-01", "2004-07-01/2004-09-30/", "2004-07-01//2004-09-30",
      "2004-07-01/2004-09-30/2004-12-31", "2004-07-01 / 2004-09-30", "2004-07-01–2004-09-30",
      "2004-07-01/P3M",
    ]
  )
  func isNothingElse(text: String) { #expect(Period(text) == nil) }

  @Test(
    "is typed in short, counted in fiscal years",
    arguments: [
      // fiscal year end, shorthand, period
      ("12-31", "2004Q1", "2004-01-01/2004-03-31"), ("12-31", "2004Q2", "2004-04-01/2004-06-30"),
      ("12-31", "2004Q3", "2004-07-01/2004-09-30"), ("12-31", "2004Q4", "2004-10-01/2004-12-31"),
      ("12-31", "2004-Q3", "2004-07-01/2004-09-30"), ("12-31", "2004q3", "2004-07-01/2004-09-30"),
      ("12-31", "2004-3M", "2004-01-01/2004-03-31"), ("12-31", "2004-6M", "2004-01-01/2004-06-30"),
      ("12-31", "2004-9M", "2004-01-01/2004-09-30"), ("12-31", "2004-12M", "2004-01-01/2004-12-31"),
      ("12-31", "2004H1", "2004-01-01/2004-06-30"), ("12-31", "2004-H2", "2004-07-01/2004-12-31"),
      ("12-31", "FY2003", "2003-01-01/2003-12-31"), ("12-31", "fy2003", "2003-01-01/2003-12-31"),
      ("12-31", "2003FY", "2003-01-01/2003-12-31"), ("12-31", "2004-09-30", "2004-09-30"),
      ("12-31", "2004-07-01/2004-09-30", "2004-07-01/2004-09-30"),
      ("09-30", "FY2004", "2003-10-01/2004-09-30"), ("09-30", "2004Q1", "2003-10-01/2003-12-31"),
      ("09-30", "2004Q2", "2004-01-01/2004-03-31"), ("09-30", "2004-9M", "2003-10-01/2004-06-30"),
      ("09-30", "2004H2", "2004-04-01/2004-09-30"),
      ("06-30", "FY2004", "2003-07-01/2004-06-30"), ("06-30", "2004Q3", "2004-01-01/2004-03-31"),
      ("01-31", "FY2004", "2003-02-01/2004-01-31"), ("01-31", "2004Q4", "2003-11-01/2004-01-31"),
      ("02-29", "FY2004", "2003-03-01/2004-02-29"), ("02-29", "FY2005", "2004-03-01/2005-02-28"),
      ("02-29", "2005Q1", "2004-03-01/2004-05-31"),
      ("06-15", "FY2004", "2003-06-16/2004-06-15"), ("06-15", "2004Q1", "2003-06-16/2003-09-15"),
    ]
  )
  func isTypedInShortCountedInFiscalYears(yearEnd: String, text: String, period: String) throws {
    let end = try #require(FiscalYearEnd(yearEnd))
    #expect(Period(shorthand: text, fiscalYearEnd: end)?.description == period)
  }

  @Test(
    "is not typed as",
    arguments: [
      "", "2004", "Q3", "2004Q", "2004Q5", "2004Q0", "2004-13M", "2004-4M", "FY", "FY04", "FY20045",
      "04Q3", "FYQ3", "Q32004", "CY", "CY2004-13M", "2004-13", "2004 09", "FY CY 2004",
      "Q3 Q3 2004",
      "2004 2005", "FY2004FY2005", "Assets", "0000Q3", "2004H3", "2004Q33", "FY2oo4",
      "FY99999999999999999999",
    ]
  )
  func noShorthand(text: String) { #expect(Period(shorthand: text) == nil) }

  @Test("of a fiscal quarter begins where the one before ended, whenever the year ends")
  func quartersTile() throws {
    for end in try FiscalYearEndTests.all() {
      var previous: CivilDate?
      for year in 2003...2009 {
        for quarter in 1...4 {
          let text = "\(year)Q\(quarter)"
          let period = try #require(Period(shorthand: text, fiscalYearEnd: end))
          if let previous {
            #expect(period.start == previous.advanced(byDays: 1), "\(text) of years to \(end)")
          }
          previous = period.end
        }
        // A year that ends in the first days of January has the number of the year before.
        let endYear = end.month == 1 && end.day <= 7 ? year + 1 : year
        #expect(previous == end.date(inYear: endYear))
        let whole = try #require(Period(shorthand: "FY\(year)", fiscalYearEnd: end))
        let first = try #require(Period(shorthand: "\(year)Q1", fiscalYearEnd: end))
        #expect((whole.start, whole.end) == (first.start, previous))
      }
    }
  }
}

@Suite("A fiscal year end") struct FiscalYearEndTests {
  /// Every month with days 1 to 31.
  static func all() throws -> [FiscalYearEnd] {
    try (1...12).flatMap { month in
      try (1...31).map { day in
        let text = (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
        let end = try #require(FiscalYearEnd(text))
        #expect(end.description == text)
        #expect((end.month, end.day) == (month, day))
        return end
      }
    }
  }

  @Test(
    "is not read from anything else",
    arguments: [
      "", "12", "12-", "1-31", "12-1", "00-31", "13-01", "12-00", "12-32", "12/31", "1a-31",
    ]
  )
  func isNotReadFromAnythingElse(text: String) { #expect(FiscalYearEnd(text) == nil) }

  @Test("before a day is the latest one: every day of five years, every month and day")
  func beforeDayIsLatestOne() throws {
    let first = try #require(CivilDate("2002-12-31"))
    for end in try Self.all() {
      var latest: CivilDate?
      for count in 0..<(5 * 365) {
        let day = first.advanced(byDays: count)
        if let latest {
          let isRight = end.latest(before: day) == latest
          try #require(isRight, "before \(day), years ending \(end)")
        }
        let (year, month, dayOfMonth) = day.components
        let last = CivilDate.dayCount(year: year, month: month)
        // February 28 means the last of February, leap years included.
        let isEndOfFebruary = end.month == 2 && end.day >= 28
        let due = isEndOfFebruary ? last : min(end.day, last)
        if month == end.month, dayOfMonth == due { latest = day }
      }
    }
  }

  @Test(
    "before a day, in tables",
    arguments: [
      ("12-31", "2004-09-30", "2003-12-31"), ("12-31", "2004-12-31", "2003-12-31"),
      ("12-31", "2005-01-01", "2004-12-31"), ("09-30", "2004-09-30", "2003-09-30"),
      ("09-30", "2004-10-01", "2004-09-30"), ("02-29", "2005-03-01", "2005-02-28"),
      ("02-29", "2004-03-01", "2004-02-29"), ("02-29", "2004-02-29", "2003-02-28"),
      ("12-31", "0001-06-30", nil),
    ] as [(String, String, String?)]
  )
  func beforeDayInTables(yearEnd: String, day: String, expected: String?) throws {
    let (end, day) = (try #require(FiscalYearEnd(yearEnd)), try #require(CivilDate(day)))
    #expect(end.latest(before: day)?.description == expected)
  }
}
