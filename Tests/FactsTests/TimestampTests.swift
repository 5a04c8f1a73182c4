import Facts
import TestSupport
import Testing

@Suite("A moment") struct TimestampTests {
  @Test(
    "is read with its zone, and printed in UTC",
    arguments: [
      ("2004-11-04T13:00:30Z", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-11-04T08:00:30-05:00", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-11-04T18:30:30+05:30", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-11-05T12:45:30+23:45", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-11-04T13:00:30+00:00", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-11-04T13:00:30-00:00", "2004-11-04T13:00:30Z", 1_099_573_230_000_000),
      ("2004-12-31T20:00:00-05:00", "2005-01-01T01:00:00Z", 1_104_541_200_000_000),
      ("2004-03-01T00:00:00+01:00", "2004-02-29T23:00:00Z", 1_078_095_600_000_000),
      ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
      ("1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.000001Z", 1),
      ("1970-01-01T00:00:00.5Z", "1970-01-01T00:00:00.5Z", 500_000),
      ("1970-01-01T00:00:00.500000Z", "1970-01-01T00:00:00.5Z", 500_000),
      ("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00Z", 0),
      ("1970-01-01T00:00:00.120-01:00", "1970-01-01T01:00:00.12Z", 3_600_120_000),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z", -1),
      ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", -1_000_000),
      ("1969-12-31T00:00:00Z", "1969-12-31T00:00:00Z", -86_400_000_000),
      ("1899-12-31T18:30:00Z", "1899-12-31T18:30:00Z", -2_209_008_600_000_000),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -62_135_596_800_000_000),
      ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ] as [(String, String, Int64)]
  )
  func isReadWithItsZoneAndPrintedInUTC(text: String, printed: String, microseconds: Int64) throws {
    let moment = try #require(Timestamp(text))
    #expect(moment.microseconds == microseconds)
    #expect(moment.description == printed)
    #expect(Timestamp(printed) == moment)
  }

  @Test(
    "is not read from anything else",
    arguments: [
      "", "2004-11-04", "2004-11-04T13:00Z", "2004-11-04T13:00:30", "2004-11-04 13:00:30Z",
      "2004-11-04t13:00:30Z", "2004-11-04T13:00:30z", "2004-11-04T24:00:00Z",
      "2004-11-04T13:60:00Z", "2004-11-04T23:59:60Z", "2004-11-31T13:00:30Z",
      "2004-11-04T13:00:30.Z", "2004-11-04T13:00:30.1234567Z", "2004-11-04T13:00:30,5Z",
      "2004-11-04T13:00:30+5:00", "2004-11-04T13:00:30+0500", "2004-11-04T13:00:30+05",
      "2004-11-04T13:00:30+24:00", "2004-11-04T13:00:30+05:60", "2004-11-04T13:00:30 05:00",
      "2004-11-04T13:00:30Z ", " 2004-11-04T13:00:30Z", "2004-11-04T13:00:30ZZ",
      "2004-11-04T1a:00:30Z", "2004-11-04T-1:00:30Z", "2004-11-04T13:00:30.12a456Z",
      "20041104T130030Z", "2004-11-04T13-00-30Z", "2004-11-04T13:00:30é",
    ]
  )
  func isNotReadFromAnythingElse(text: String) { #expect(Timestamp(text) == nil) }

  @Test(
    "whose day in UTC the calendar has not is refused, since its text could not be read again",
    arguments: ["9999-12-31T23:59:59-00:01", "0001-01-01T00:00:59+00:01"]
  )
  func beyondTheCalendar(text: String) { #expect(Timestamp(text) == nil) }

  @Test("prints what it reads: 20,000 moments of ten thousand years")
  func fixedPoint() throws {
    var generator = SeededGenerator(seed: 3339)
    for round in 0..<20_000 {
      var count = Int64.random(
        in: -62_135_596_800_000_000...253_402_300_799_999_999,
        using: &generator
      )
      if round % 3 == 0 { count -= count % 1_000_000 }
      let moment = Timestamp(microseconds: count)
      #expect(Timestamp(moment.description) == moment)
      #expect(Timestamp(startOf: moment.day) <= moment)
      #expect(moment <= Timestamp(endOf: moment.day))
    }
  }

  @Test("lies on the day it is printed with, before 1970 too")
  func dayIsItsVeryEnd() throws {
    for text in ["1969-12-31", "1970-01-01", "2004-02-29", "0001-01-01", "9999-12-31"] {
      let day = try #require(CivilDate(text))
      let (start, end) = (Timestamp(startOf: day), Timestamp(endOf: day))
      #expect(start.description == "\(text)T00:00:00Z")
      #expect(end.description == "\(text)T23:59:59.999999Z")
      #expect((start.day, end.day) == (day, day))
      #expect(Timestamp(microseconds: start.microseconds - 1).day == day.advanced(byDays: -1))
      #expect(Timestamp(microseconds: end.microseconds + 1).day == day.advanced(byDays: 1))
    }
  }
}

@Suite("The time of publication") struct PublishedTimeTests {
  @Test("of which only the day is known is the very end of that day")
  func dayIsItsVeryEnd2() throws {
    let day = try #require(PublishedTime("2004-11-04"))
    #expect(day.description == "2004-11-04")
    #expect(day.timestamp.description == "2004-11-04T23:59:59.999999Z")
    let nextDay = try #require(Timestamp("2004-11-05T00:00:00Z"))
    #expect(day.timestamp.microseconds == nextDay.microseconds - 1)
  }

  @Test("is a moment where one is given, in whatever zone")
  func isMomentWhereOneIsGivenInWhateverZone() throws {
    let moment = try #require(PublishedTime("2004-11-04T20:00:30-05:00"))
    #expect(moment.description == "2004-11-05T01:00:30Z")
    #expect(moment.timestamp == Timestamp("2004-11-05T01:00:30Z"))
  }

  @Test("is found again from its moment: the end of a day is a day")
  func fromMoment() throws {
    for text in ["2004-11-04", "1969-12-31", "2004-11-04T13:00:30Z", "2004-11-04T23:59:59Z"] {
      let time = try #require(PublishedTime(text))
      #expect(PublishedTime(time.timestamp) == time)
    }
  }

  @Test("is not read from anything else", arguments: ["", "2004-11", "2004-11-31", "yesterday"])
  func isNotReadFromAnythingElse2(text: String) { #expect(PublishedTime(text) == nil) }
}
