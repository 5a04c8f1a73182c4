import Facts
import Testing

@Suite("Days, moments and periods")
struct TimeTests {
  @Test("every day of eight hundred years is written and read back, in order")
  func everyDay() throws {
    var day = try #require(CivilDate("1600-01-01"))
    var count = 0
    while day.components.year < 2400 {
      #expect(CivilDate(day.description) == day)
      let (year, month, dayOfMonth) = day.components
      #expect(CivilDate(year: year, month: month, day: dayOfMonth) == day)
      day = day.advanced(byDays: 1)
      count += 1
    }
    #expect(count == 2 * 146_097)
    #expect(CivilDate("1970-01-01")?.dayNumber == 0)
  }

  @Test(
    "days that the calendar has not are refused",
    arguments: [
      "2004-02-30", "2003-02-29", "1900-02-29", "2004-13-01", "2004-00-10", "2004-04-31",
      "0000-01-01", "2004-9-30", "04-09-30", "2004-09-30 ", "2004/09/30", "２004-09-30", "",
    ]
  )
  func daysThatCalendarHasNotAreRefused(text: String) { #expect(CivilDate(text) == nil) }

  @Test(
    "months later, month ends stay month ends",
    arguments: [
      ("2004-09-30", -12, "2003-09-30"), ("2004-09-30", 5, "2005-02-28"),
      ("2004-02-29", -12, "2003-02-28"), ("2003-02-28", 12, "2004-02-29"),
      ("2004-12-31", -3, "2004-09-30"), ("2008-09-27", -12, "2007-09-27"),
    ]
  )
  func monthsLaterMonthEndsStayMonthEnds(day: String, count: Int, expected: String) {
    #expect(CivilDate(day)?.advanced(byMonths: count)?.description == expected)
  }

  @Test(
    "moments are read in any zone and written in UTC",
    arguments: [
      ("2004-11-04T08:00:30-05:00", "2004-11-04T13:00:30Z"),
      ("2004-11-04T13:00:30Z", "2004-11-04T13:00:30Z"),
      ("2005-01-01T00:30:00+01:00", "2004-12-31T23:30:00Z"),
      ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
      ("2026-01-01T00:00:00.000001Z", "2026-01-01T00:00:00.000001Z"),
      ("2026-01-01T00:00:00.120Z", "2026-01-01T00:00:00.12Z"),
    ]
  )
  func momentsAreReadInAnyZoneAndWrittenInUTC(text: String, expected: String) {
    #expect(Timestamp(text)?.description == expected)
    #expect(Timestamp(expected)?.description == expected)
  }

  @Test(
    "what is no moment is refused",
    arguments: [
      "2004-11-04T13:00:30", "2004-11-04 13:00:30Z", "2004-11-04T24:00:00Z",
      "2004-11-04T13:60:00Z", "2004-11-04T13:00:30+5:00", "2004-11-04T13:00:30.Z",
      "2004-11-04T13:00:30.1234567Z", "2004-02-30T00:00:00Z",
    ]
  )
  func noMoments(text: String) { #expect(Timestamp(text) == nil) }

  @Test("a filing of which only the day is known counts as published at the very end of it")
  func endOfDay() throws {
    let day = try #require(PublishedTime("2004-11-04"))
    #expect(day.timestamp.description == "2004-11-04T23:59:59.999999Z")
    #expect(PublishedTime(day.timestamp) == day)
    let moment = try #require(PublishedTime("2004-11-04T13:00:30Z"))
    #expect(PublishedTime(moment.timestamp) == moment)
    #expect(moment.timestamp < day.timestamp)
  }

  @Test(
    "periods and what people type for them",
    arguments: [
      ("2004-09-30", "2004-09-30"), ("2004-07-01/2004-09-30", "2004-07-01/2004-09-30"),
      ("2004Q3", "2004-07-01/2004-09-30"), ("2004-Q3", "2004-07-01/2004-09-30"),
      ("2004-9M", "2004-01-01/2004-09-30"), ("2004h1", "2004-01-01/2004-06-30"),
      ("FY2003", "2003-01-01/2003-12-31"), ("2003FY", "2003-01-01/2003-12-31"),
      ("2004-H2", "2004-07-01/2004-12-31"), ("2004Q5", nil), ("FY", nil), ("2004", nil),
      ("Q32004", nil), ("Q3 2004", "2004-07-01/2004-09-30"), ("2004-09-30/2004-07-01", nil),
      ("/", nil), ("Assets", nil),
    ] as [(String, String?)]
  )
  func periodsAndWhatPeopleTypeForThem(text: String, expected: String?) {
    #expect(Period(shorthand: text)?.description == expected)
  }

  @Test("quarters count from the start of the fiscal year")
  func fiscalShorthands() throws {
    let june = try #require(FiscalYearEnd("06-30"))
    #expect(
      Period(shorthand: "2004Q1", fiscalYearEnd: june)?.description == "2003-07-01/2003-09-30"
    )
    let february = try #require(FiscalYearEnd("02-29"))
    #expect(
      Period(shorthand: "FY2003", fiscalYearEnd: february)?.description
        == "2002-03-01/2003-02-28"
    )
    #expect(try june.latest(before: #require(CivilDate("2004-06-30")))?.description == "2003-06-30")
    #expect(try june.latest(before: #require(CivilDate("2004-07-01")))?.description == "2004-06-30")
  }

  @Test(
    "dimensions are one text, sorted by key",
    arguments: [
      ("operating-unit=La Camorra;metal=gold", "metal=gold;operating-unit=La Camorra"),
      ("", ""), ("note=a=b", "note=a=b"),
    ]
  )
  func dimensionsAreOneTextSortedByKey(text: String, expected: String) throws {
    #expect(try Dimensions(text).text == expected)
  }

  @Test(
    "dimensions without a name or a value, or twice, are refused",
    arguments: ["a", "=b", "a=", "a=1;a=2"]
  )
  func badDimensions(text: String) {
    #expect(throws: Dimensions.Malformation.self) { try Dimensions(text) }
  }
}
