import Facts
import Testing

@Suite("A day of the calendar") struct CivilDateTests {
  @Test("comes back from its number and its text: every day from 1600 to 2400")
  func everyDay() throws {
    var number: Int32 = -135_140
    for year in 1600...2400 {
      let isLeap = (year % 4 == 0) && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        for day in 1...length {
          let date = CivilDate(dayNumber: number)
          let parts = date.components
          let isRight =
            parts == (year, index + 1, day) && CivilDate(date.description) == date
            && CivilDate(year: year, month: index + 1, day: day) == date
          try #require(isRight, "day \(number) is \(date)")
          number += 1
        }
        #expect(CivilDate.dayCount(year: year, month: index + 1) == length)
        #expect(CivilDate(year: year, month: index + 1, day: length + 1) == nil)
        #expect(CivilDate(year: year, month: index + 1, day: 0) == nil)
      }
    }
    #expect(number == 157_419 + 1)
  }

  @Test(
    "has the number of days since 1970-01-01",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("1970-12-31", 364), ("2000-02-29", 11_016),
      ("2000-03-01", 11_017), ("2004-09-30", 12_691), ("0001-01-01", -719_162),
      ("9999-12-31", 2_932_896),
    ] as [(String, Int32)]
  )
  func dayNumber(text: String, number: Int32) {
    #expect(CivilDate(text)?.dayNumber == number)
    #expect(CivilDate(dayNumber: number).description == text)
  }

  @Test(
    "is not read from what is no day",
    arguments: [
      "", "2004", "2004-09", "2004-9-30", "2004-09-3", "04-09-30", "20040930", "2004/09/30",
      "2004-09-30T", " 2004-09-30", "2004-09-30 ", "2004-09-31", "2004-02-30", "2003-02-29",
      "1900-02-29", "2100-02-29", "2004-00-10", "2004-13-10", "2004-01-00", "2004-01-32",
      "2004-04-31", "2004-06-31", "2004-11-31", "0000-01-01", "-001-01-01", "+004-01-01",
      "2004-1a-01", "2004–09–30", "２００４-09-30", "10000-01-01",
    ]
  )
  func isNotReadFromWhatIsNoDay(text: String) { #expect(CivilDate(text) == nil) }

  @Test("is read in every leap year of the calendar, and only in these, with a February 29")
  func leapYears() {
    for (year, isLeap) in [
      (1600, true), (1700, false), (1900, false), (1996, true), (2000, true), (2003, false),
      (2004, true), (2100, false), (2400, true), (4, true), (100, false), (9996, true),
    ] {
      #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
    }
  }

  @Test(
    "months later is the same day, or the month's last",
    arguments: [
      ("2004-09-15", 1, "2004-10-15"), ("2004-09-15", -12, "2003-09-15"),
      ("2004-12-15", 1, "2005-01-15"), ("2004-01-15", -1, "2003-12-15"),
      ("2004-09-30", 1, "2004-10-31"), ("2004-09-30", -3, "2004-06-30"),
      ("2004-09-30", 3, "2004-12-31"), ("2004-12-31", -3, "2004-09-30"),
      ("2004-01-31", 1, "2004-02-29"), ("2003-01-31", 1, "2003-02-28"),
      ("2004-01-30", 1, "2004-02-29"), ("2003-01-29", 1, "2003-02-28"),
      ("2004-02-29", 12, "2005-02-28"), ("2003-02-28", 12, "2004-02-29"),
      ("2004-02-28", 12, "2005-02-28"), ("2004-02-28", 1, "2004-03-28"),
      ("2004-02-29", 1, "2004-03-31"), ("2004-09-30", 0, "2004-09-30"),
      ("0001-01-31", -1, nil), ("0001-06-15", -120, nil), ("9999-12-31", 1, nil),
      ("9999-11-30", 1, "9999-12-31"), ("0001-02-15", -1, "0001-01-15"),
    ] as [(String, Int, String?)]
  )
  func monthsLaterIsSameDayOrMonthsLast(text: String, count: Int, expected: String?) throws {
    let day = try #require(CivilDate(text))
    #expect(day.advanced(byMonths: count)?.description == expected)
  }

  @Test("days later is counted across months and years")
  func daysLaterIsCountedAcrossMonthsAndYears() throws {
    let day = try #require(CivilDate("2004-02-28"))
    #expect(day.advanced(byDays: 1).description == "2004-02-29")
    #expect(day.advanced(byDays: 2).description == "2004-03-01")
    #expect(day.advanced(byDays: -59).description == "2003-12-31")
    #expect(day.advanced(byDays: 366).description == "2005-02-28")
    #expect(day < day.advanced(byDays: 1))
    #expect(!(day < day))
  }
}
