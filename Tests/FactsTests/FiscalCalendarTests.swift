import Facts
import Testing

@Suite("A fiscal calendar")
struct FiscalCalendarTests {
  private func calendar(_ yearEnd: String?) -> FiscalCalendar {
    FiscalCalendar(yearEnd: yearEnd.flatMap { FiscalYearEnd($0) })
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test("is that of the calendar year where the year end is unknown, and says so")
  func isCalendarYearWhereYearEndIsUnknown() {
    #expect(calendar(nil).yearEnd == .calendarYear)
    #expect(!calendar(nil).isKnown)
    #expect(calendar("12-31").isKnown)
  }

  @Test(
    "finds the year end before a period, though years of 52 weeks end some days off",
    arguments: [
      ("12-31", "2004-09-30", "2003-12-31"), ("12-31", "2004-12-31", "2003-12-31"),
      ("09-30", "2019-09-28", "2018-09-30"), ("09-30", "2020-10-03", "2019-09-30"),
      ("09-30", "2019-12-28", "2019-09-30"), ("02-28", "2004-05-31", "2004-02-29"),
    ]
  )
  func lastYearEnd(yearEnd: String, end: String, expected: String) throws {
    #expect(try calendar(yearEnd).lastYearEnd(before: day(end))?.description == expected)
  }

  @Test(
    "tells a fiscal year from any twelve months",
    arguments: [
      ("12-31", "2004-12-31", true), ("12-31", "2004-09-30", false), ("09-30", "2019-09-28", true),
      ("09-30", "2020-10-10", true), ("09-30", "2020-10-11", false),
    ]
  )
  func yearEnds(yearEnd: String, date: String, expected: Bool) throws {
    #expect(try calendar(yearEnd).isYearEnd(day(date)) == expected)
  }

  @Test(
    "heads a column as issuers do",
    arguments: [
      ("12-31", "2004-09-30", false, ""),
      ("12-31", "2004-07-01/2004-09-30", false, "Third Quarter Ended"),
      ("12-31", "2004-01-01/2004-03-31", true, "Three Months Ended"),
      ("06-30", "2004-07-01/2004-09-30", false, "First Quarter Ended"),
      ("09-30", "2018-09-30/2018-12-29", false, "First Quarter Ended"),
      ("12-31", "2004-10-01/2004-12-31", false, "Fourth Quarter Ended"),
      ("12-31", "2004-01-01/2004-06-30", true, "Six Months Ended"),
      ("12-31", "2004-01-01/2004-09-30", true, "Nine Months Ended"),
      ("12-31", "2004-01-01/2004-12-31", false, "Year Ended"),
      ("09-30", "2018-09-30/2019-09-28", false, "Year Ended"),
      ("12-31", "2003-10-01/2004-09-30", false, "Twelve Months Ended"),
      ("12-31", "2004-09-01/2004-09-30", false, "30 Days Ended"),
      ("12-31", "2004-08-01/2004-12-31", true, "Five Months Ended"),
      ("08-31", "2018-09-03/2019-05-12", true, "252 Days Ended"),
      ("12-31", "2023-07-22/2023-09-30", false, "71 Days Ended"),
    ]
  )
  func headsColumnsAsIssuersDo(
    yearEnd: String,
    period: String,
    isYearToDate: Bool,
    expected: String
  ) throws {
    let period = try #require(Period(period))
    let heading = calendar(yearEnd).heading(of: period, isYearToDate: isYearToDate)
    #expect(heading == expected)
  }

  @Test("has a year to date from the start of the fiscal year")
  func yearToDate() throws {
    let period = try calendar("06-30").yearToDate(endingOn: day("2004-09-30"))
    #expect(period.description == "2004-07-01/2004-09-30")
    let year = try calendar("09-30").yearToDate(endingOn: day("2019-09-28"))
    #expect(year.description == "2018-10-01/2019-09-28")
  }

  @Test("has parts of so many months and days, apart from each other")
  func partsHaveTheirLengths() {
    for part in FiscalCalendar.Part.allCases {
      for dayCount in [part.dayCounts.lowerBound, part.dayCounts.upperBound] {
        #expect(FiscalCalendar.Part(dayCount: dayCount) == part)
      }
      #expect(part.dayCounts.contains(part.monthCount * 365 / 12))
    }
    #expect(FiscalCalendar.Part(dayCount: 101) == nil)
  }

  @Test("takes a date for a reporting date that has a third of the figures of the fullest")
  func reportingDates() {
    #expect(FiscalCalendar.isReportingDate(figureCount: 10, most: 30))
    #expect(!FiscalCalendar.isReportingDate(figureCount: 9, most: 30))
  }
}
