import Facts
import Testing

@Suite("A fiscal calendar made by reported periods") struct ReportedCalendarTests {
  private static func calendar(_ durations: [String], stated: String? = nil) throws
    -> FiscalCalendar
  {
    FiscalCalendar(
      reported: try durations.map { try #require(Period($0)) },
      stated: stated.flatMap { FiscalYearEnd($0) }
    )
  }

  private static func label(_ text: String) throws -> PeriodLabel {
    try #require(PeriodLabel(text))
  }

  /// Years of 52 and 53 weeks, as one filer had them, with quarters and years to date.
  private static let weeks = [
    "2016-09-25/2017-09-30", "2017-10-01/2018-09-29", "2018-09-30/2019-09-28",
    "2017-10-01/2017-12-30", "2018-09-30/2018-12-29", "2018-12-30/2019-03-30",
    "2018-09-30/2019-03-30", "2019-03-31/2019-06-29", "2018-09-30/2019-06-29",
  ]

  private static let company = [
    "2003-01-01/2003-12-31", "2004-01-01/2004-06-30", "2004-01-01/2004-09-30",
    "2004-07-01/2004-09-30",
  ]

  @Test(
    "has the year ends that years, halves and nine months are counted from",
    arguments: [
      (company, nil, ["2002-12-31", "2003-12-31"]),
      (company, "06-30", ["2002-12-31", "2003-12-31"]),
      (weeks, "09-26", ["2016-09-24", "2017-09-30", "2018-09-29", "2019-09-28"]),
      (["2004-07-01/2004-09-30"], "12-31", []), ([], nil, []),
      // One period of a year ends a fiscal year, whatever a document states.
      (["2009-02-01/2010-01-31"], "12-31", ["2009-01-31", "2010-01-31"]),
      // Half a year can be the second half of the year that is stated.
      (["2004-07-01/2004-12-31"], "12-31", []), (["2004-07-01/2004-12-31"], nil, ["2004-06-30"]),
    ] as [([String], String?, [String])]
  )
  func yearEnds(reported: [String], stated: String?, expected: [String]) throws {
    let calendar = try Self.calendar(reported, stated: stated)
    #expect(calendar.yearEnds.map(\.description) == expected)
  }

  @Test("is not misled by twelve months that end with every quarter")
  func trailingYears() throws {
    var reported: [String] = []
    for year in 2008...2010 {
      reported += [
        "\(year)-01-01/\(year)-06-30", "\(year)-01-01/\(year)-09-30", "\(year)-01-01/\(year)-12-31",
        "\(year - 1)-04-01/\(year)-03-31", "\(year - 1)-07-01/\(year)-06-30",
        "\(year - 1)-10-01/\(year)-09-30",
      ]
    }
    let ends = ["2007-12-31", "2008-12-31", "2009-12-31", "2010-12-31"]
    for count in 4...reported.count {
      // Also as it grows, in the order of the filings.
      let calendar = try Self.calendar(Array(reported.prefix(count)))
      #expect(calendar.yearEnds.allSatisfy { ends.contains($0.description) }, "\(count)")
    }
    #expect(try Self.calendar(reported).yearEnds.map(\.description) == ends)
  }

  @Test("has a transition period where the fiscal year was changed")
  func hasTransitionPeriod() throws {
    let calendar = try Self.calendar([
      "2009-07-01/2010-06-30", "2010-07-01/2011-06-30", "2010-07-01/2011-03-31",
      "2011-07-01/2011-12-31", "2012-01-01/2012-12-31", "2012-01-01/2012-09-30",
      "2013-01-01/2013-12-31",
    ])
    #expect(
      calendar.yearEnds.map(\.description) == [
        "2009-06-30", "2010-06-30", "2011-06-30", "2011-12-31", "2012-12-31", "2013-12-31",
      ]
    )
    for (label, period) in [
      ("FY2010", "2009-07-01/2010-06-30"), ("FY2011", "2010-07-01/2011-06-30"),
      ("FY2012", "2012-01-01/2012-12-31"), ("2012Q3", "2012-07-01/2012-09-30"),
      ("2011Q3", "2011-01-01/2011-03-31"), ("FY2014", "2014-01-01/2014-12-31"),
      ("FY2009", "2008-07-01/2009-06-30"), ("FY2008", "2007-07-01/2008-06-30"),
    ] {
      #expect(calendar.period(try Self.label(label))?.description == period, "\(label)")
    }
    let transition = calendar.yearToDate(endingOn: try #require(CivilDate("2011-12-31")))
    #expect(transition.description == "2011-07-01/2011-12-31")
    // A change that leaves a year without its number: the transition period has it.
    let other = try Self.calendar([
      "2009-01-01/2009-12-31", "2010-01-01/2010-12-31", "2010-01-01/2010-09-30",
      "2011-01-01/2011-06-30", "2011-07-01/2012-06-30", "2011-07-01/2012-03-31",
    ])
    #expect(try other.period(Self.label("FY2011"))?.description == "2011-01-01/2011-06-30")
    #expect(try other.period(Self.label("FY2012"))?.description == "2011-07-01/2012-06-30")
  }

  @Test(
    "finds the reported periods of a label, and counts weeks where there are none",
    arguments: [
      ("FY2019", "2018-09-30/2019-09-28"), ("FY2017", "2016-09-25/2017-09-30"),
      ("2019Q1", "2018-09-30/2018-12-29"), ("2019Q2", "2018-12-30/2019-03-30"),
      ("2019Q3", "2019-03-31/2019-06-29"), ("2019Q4", "2019-06-30/2019-09-28"),
      ("2019H1", "2018-09-30/2019-03-30"), ("2019-9M", "2018-09-30/2019-06-29"),
      ("FY2020", "2019-09-29/2020-09-26"), ("2020Q1", "2019-09-29/2019-12-28"),
      ("2018Q1", "2017-10-01/2017-12-30"), ("CY2019Q1", "2018-12-30/2019-03-30"),
      ("CY2018", "2017-12-31/2018-12-29"), ("CY2005Q1", "2005-01-01/2005-03-31"),
      ("CY2019Q1I", "2019-03-31"), ("2019-03", "2019-03-01/2019-03-31"),
    ]
  )
  func findsReportedPeriodsOfLabel(text: String, period: String) throws {
    let calendar = try Self.calendar(Self.weeks, stated: "09-26")
    #expect(calendar.period(try Self.label(text))?.description == period)
  }

  @Test("numbers years as annual reports do, else other documents, else by the rule")
  func numbersYearsAsAnnualReportsDo() throws {
    func number(_ end: String, _ statements: [FiscalCalendar.YearNumbers.Statement]) throws
      -> String
    {
      var calendar = FiscalCalendar(yearEnd: FiscalYearEnd("01-31"))
      calendar.numbers = .init(statements)
      let (year, isAssumed) = calendar.number(ofYearEnding: try #require(CivilDate(end)))
      return "\(year)\(isAssumed ? " assumed" : "")"
    }
    func states(_ end: String, _ year: Int, isAnnual: Bool = true) throws
      -> FiscalCalendar.YearNumbers.Statement
    {
      .init(end: try #require(CivilDate(end)), year: year, isAnnual: isAnnual)
    }
    #expect(try number("2024-02-03", []) == "2024 assumed")
    #expect(try number("2024-02-03", [states("2024-02-03", 2023)]) == "2023")
    #expect(try number("2024-01-31", [states("2023-01-31", 2023)]) == "2024")
    #expect(try number("2024-02-03", [states("2023-10-28", 2023, isAnnual: false)]) == "2023")
    #expect(try number("2005-01-01", []) == "2004")
    // One document alone does not decide against several.
    let several = [
      try states("2021-01-30", 2020), try states("2022-01-29", 2021),
      try states("2023-01-28", 2023),
    ]
    #expect(try number("2023-01-28", several) == "2022")
    // What the quarterly reports state counts only without annual ones.
    #expect(
      try number(
        "2023-01-28",
        [states("2022-10-29", 2023, isAnnual: false), states("2023-01-28", 2022)]
      ) == "2022"
    )
    // A number that is off by more than one is a slip.
    #expect(try number("2023-01-28", [states("2023-01-28", 2032)]) == "2023 assumed")
  }

  @Test("takes the days with which periods really end for those that a data set moved")
  func monthEnds() throws {
    let moved = [
      "2016-10-01/2017-09-30", "2017-10-01/2018-09-30", "2018-10-01/2019-09-30",
      "2018-10-01/2019-06-30",
    ]
    let calendar = try Self.calendar(Self.weeks + moved)
    #expect(calendar == (try Self.calendar(Self.weeks)))
    for (day, exact) in [
      ("2019-09-30", "2019-09-28"), ("2019-09-28", "2019-09-28"), ("2019-06-30", "2019-06-29"),
      ("2015-09-30", "2015-09-30"),
    ] {
      #expect(calendar.exactDay(for: try #require(CivilDate(day))).description == exact)
    }
    #expect(try !calendar.isExact(#require(Period("2018-10-01/2019-09-30"))))
    #expect(try calendar.isExact(#require(Period("2018-09-30/2019-09-28"))))
    // Without the real days, those of the data set count.
    let alone = try Self.calendar(moved)
    #expect(try alone.period(Self.label("FY2019"))?.description == "2018-10-01/2019-09-30")
  }

  @Test("has quarters of twelve and sixteen weeks where they are reported")
  func unevenQuarters() throws {
    let calendar = try Self.calendar([
      "2018-09-03/2018-11-25", "2018-09-03/2019-02-17", "2018-11-26/2019-02-17",
      "2018-09-03/2019-05-12", "2019-02-18/2019-05-12", "2018-09-03/2019-09-01",
      "2019-05-13/2019-09-01", "2017-09-04/2018-09-02",
    ])
    for (label, period) in [
      ("2019Q1", "2018-09-03/2018-11-25"), ("2019Q2", "2018-11-26/2019-02-17"),
      ("2019Q3", "2019-02-18/2019-05-12"), ("2019Q4", "2019-05-13/2019-09-01"),
      ("2019-9M", "2018-09-03/2019-05-12"), ("FY2018", "2017-09-04/2018-09-02"),
    ] {
      #expect(calendar.period(try Self.label(label))?.description == period, "\(label)")
    }
    let end = try #require(CivilDate("2019-09-01"))
    #expect(calendar.quarterStart(endingOn: end)?.description == "2019-05-12")
    let period = try #require(Period("2018-09-03/2019-05-12"))
    #expect(calendar.heading(of: period, isYearToDate: true) == "36 Weeks Ended")
  }

  @Test("continues years of weeks as the known ones end: with the last or the nearest day")
  func weekRules() throws {
    // The last Saturday of September; the Saturday nearest to the end of January.
    for (years, label, end) in [
      (["2018-09-30/2019-09-28", "2017-10-01/2018-09-29"], "FY2022", "2022-09-24"),
      (
        ["2021-01-31/2022-01-29", "2020-02-02/2021-01-30", "2019-02-03/2020-02-01"], "FY2023",
        "2023-01-28"
      ),
      (
        ["2021-01-31/2022-01-29", "2020-02-02/2021-01-30", "2019-02-03/2020-02-01"], "FY2024",
        "2024-02-03"
      ),
    ] {
      let calendar = try Self.calendar(years)
      #expect(calendar.period(try Self.label(label))?.end.description == end, "\(label)")
    }
  }
}
