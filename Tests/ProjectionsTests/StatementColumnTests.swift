import Facts
import Projections
import TestSupport
import Testing

@Suite("The columns of a statement") struct StatementColumnTests {
  private static let columns: [String: [Column]] = [
    "instant": [.init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true)],
    "instants": [.init(span: .instant), .init(span: .instant, years: -1)],
    "quarter": [.init(span: .quarter), .init(span: .quarter, years: -1)],
    "half": [.init(span: .half), .init(span: .half, years: -1)],
    "ytd": [.init(span: .ytd), .init(span: .ytd, years: -1)],
    "year": [.init(span: .year), .init(span: .year, years: -1), .init(span: .year, years: -2)],
  ]

  private static func statement(
    _ yearEnd: String?,
    _ span: String,
    _ reported: [String],
    asOf: String? = nil
  ) throws -> Statement {
    var log = try TestLog(fiscalYearEnd: yearEnd)
    let columns = try #require(columns[span])
    log.layout("s", columns, [Line(label: "A", concept: "x:A"), Line(label: "B", concept: "x:B")])
    try log.filing("f", "2012-01-01")
    for (index, period) in reported.enumerated() {
      let concept = period.hasPrefix("B ") ? "x:B" : "x:A"
      try log.claim(concept, String(period.split(separator: " ").last ?? ""), "\(index)", "f")
    }
    return try log.fill("s", asOf: asOf)
  }

  @Test(
    "of a calendar year are a quarter, half, year to date or year that ends at the reporting date",
    arguments: [
      ("quarter", ["2004-07-01/2004-09-30", "2003-07-01/2003-09-30"]),
      ("half", ["2004-07-01/2004-12-31", "2003-07-01/2003-12-31"]),
      ("ytd", ["2004-01-01/2004-03-31", "2003-01-01/2003-03-31"]),
      ("ytd", ["2004-01-01/2004-09-30", "2003-01-01/2003-09-30"]),
      ("ytd", ["2004-01-01/2004-12-31", "2003-01-01/2003-12-31"]),
      ("year", ["2004-01-01/2004-12-31", "2003-01-01/2003-12-31", "2002-01-01/2002-12-31"]),
      ("year", ["2003-07-01/2004-06-30", "2002-07-01/2003-06-30"]),
      ("instant", ["2004-09-30", "2003-12-31"]), ("instant", ["2004-12-31", "2003-12-31"]),
      ("instants", ["2004-02-29", "2003-02-28"]), ("instants", ["2003-02-28", "2002-02-28"]),
      ("quarter", ["2004-12-01/2005-02-28", "2003-12-01/2004-02-29"]),
    ]
  )
  func calendarYear(span: String, periods: [String]) throws {
    // Other stretches that end on the same days must not be taken for them.
    let others = ["2004-09-15/2004-09-30", "2004-08-01/2004-09-30", "2003-12-01/2003-12-31"]
    let newest = try #require(periods.first?.split(separator: "/").last).description
    let statement = try Self.statement("12-31", span, periods + others, asOf: newest)
    #expect(statement.periods == periods)
    #expect(statement.asOf.description == newest)
  }

  @Test(
    "of a year of 52 or 53 weeks end some days off the same day of another year",
    arguments: [
      // Nominal year end, span, periods as reported.
      ("09-30", "instant", ["2008-09-27", "2007-09-29"]),
      ("09-30", "instants", ["2008-09-27", "2007-09-29"]),
      ("09-30", "instant", ["2008-06-28", "2007-09-29"]),
      ("09-30", "instant", ["2008-12-27", "2008-09-27"]),
      (
        "09-30", "year",
        ["2007-09-30/2008-09-27", "2006-10-01/2007-09-29", "2005-09-25/2006-09-30"]
      ),
      ("09-30", "ytd", ["2007-09-30/2008-09-27", "2006-10-01/2007-09-29"]),
      ("09-30", "ytd", ["2007-09-30/2008-06-28", "2006-10-01/2007-06-30"]),
      ("09-30", "ytd", ["2007-09-30/2007-12-29", "2006-10-01/2006-12-30"]),
      ("09-30", "half", ["2007-09-30/2008-03-29", "2006-10-01/2007-03-31"]),
      ("09-30", "quarter", ["2008-06-29/2008-09-27", "2007-07-01/2007-09-29"]),
      // The fifty-third week, and a year that ends after its nominal end.
      ("12-31", "instant", ["2010-01-02", "2009-01-03"]),
      ("12-31", "instants", ["2009-01-03", "2007-12-29"]),
      ("12-31", "year", ["2009-01-04/2010-01-02", "2007-12-30/2009-01-03"]),
      ("12-31", "quarter", ["2008-09-28/2009-01-03", "2007-09-30/2007-12-29"]),
      ("12-31", "ytd", ["2009-01-04/2009-10-03", "2007-12-30/2008-09-27"]),
      ("12-31", "ytd", ["2009-01-04/2010-01-02", "2007-12-30/2009-01-03"]),
      ("01-31", "ytd", ["2007-02-04/2008-02-02", "2006-01-29/2007-02-03"]),
    ]
  )
  func allow52And53WeekYears(yearEnd: String, span: String, periods: [String]) throws {
    #expect(try Self.statement(yearEnd, span, periods).periods == periods)
  }

  @Test("of the year to date begin with the fiscal year, if that is known")
  func yearToDate() throws {
    let reported = ["2004-07-01/2004-09-30", "2004-04-01/2004-09-30", "2004-01-01/2004-09-30"]
    for (yearEnd, period) in [
      ("12-31", "2004-01-01/2004-09-30"), ("06-30", "2004-07-01/2004-09-30"),
      ("03-31", "2004-04-01/2004-09-30"), (nil, "2004-01-01/2004-09-30"),
    ] {
      #expect(try Self.statement(yearEnd, "ytd", reported).periods == [period])
    }
  }

  @Test("are those that most lines report")
  func areThoseThatMostLinesReport() throws {
    let one = "2004-07-02/2004-09-30"
    let other = "2004-07-01/2004-09-30"
    #expect(try Self.statement("12-31", "quarter", [one, other, "B \(other)"]).periods == [other])
    #expect(try Self.statement("12-31", "quarter", [one, other, "B \(one)"]).periods == [one])
  }

  @Test("end on the reporting date itself, never some days off")
  func endOnReportingDateItselfNeverSomeDaysOff() throws {
    let reported = ["2004-09-25", "B 2004-09-30", "2003-12-31"]
    let statement = try Self.statement("12-31", "instant", reported)
    #expect(statement.table == ["2004-09-30 2003-12-31", "A: n/r 2", "B: 1 n/r"])
  }

  @Test(
    "are headed as issuers do",
    arguments: [
      ("12-31", "quarter", "2004-01-01/2004-03-31", "First Quarter Ended March 31, 2004"),
      ("12-31", "quarter", "2004-04-01/2004-06-30", "Second Quarter Ended June 30, 2004"),
      ("12-31", "quarter", "2004-07-01/2004-09-30", "Third Quarter Ended Sept. 30, 2004"),
      ("12-31", "quarter", "2004-10-01/2004-12-31", "Fourth Quarter Ended Dec. 31, 2004"),
      (nil, "quarter", "2004-07-01/2004-09-30", "Third Quarter Ended Sept. 30, 2004"),
      ("09-30", "quarter", "2003-10-01/2003-12-31", "First Quarter Ended Dec. 31, 2003"),
      ("09-30", "quarter", "2008-06-29/2008-09-27", "Fourth Quarter Ended Sept. 27, 2008"),
      ("12-31", "quarter", "2009-10-04/2010-01-02", "Fourth Quarter Ended Jan. 2, 2010"),
      ("01-31", "quarter", "2007-11-04/2008-02-02", "Fourth Quarter Ended Feb. 2, 2008"),
      ("01-31", "quarter", "2004-02-01/2004-04-30", "First Quarter Ended April 30, 2004"),
      ("12-31", "ytd", "2004-01-01/2004-03-31", "Three Months Ended March 31, 2004"),
      ("12-31", "ytd", "2004-01-01/2004-06-30", "Six Months Ended June 30, 2004"),
      ("02-29", "ytd", "2003-03-01/2003-11-30", "Nine Months Ended Nov. 30, 2003"),
      ("10-31", "ytd", "2003-11-01/2004-10-31", "Year Ended Oct. 31, 2004"),
      ("12-31", "half", "2004-02-01/2004-07-31", "Six Months Ended July 31, 2004"),
      // A year that ends on the date is the year, whatever a document states.
      ("12-31", "year", "2003-09-01/2004-08-31", "Year Ended Aug. 31, 2004"),
      ("12-31", "ytd", "2004-01-01/2004-05-31", "Five Months Ended May 31, 2004"),
      ("08-31", "ytd", "2018-09-03/2019-05-12", "36 Weeks Ended May 12, 2019"),
      ("12-31", "instant", "2004-02-29", "Feb. 29, 2004"),
    ] as [(String?, String, String, String)]
  )
  func areHeadedAsIssuersDo(yearEnd: String?, span: String, period: String, label: String) throws {
    #expect(try Self.statement(yearEnd, span, [period]).columns.first?.label == label)
  }
}

@Suite("The columns left of a statement") struct KeptColumnTests {
  /// A statement of two spans and their comparatives, of which these periods are reported.
  private static func statement(_ reported: [String], asOf: String? = nil) throws -> Statement {
    var log = try TestLog(fiscalYearEnd: "12-31")
    let lines = [
      Line(label: "A", concept: "x:A"), Line(label: "Opening", concept: "x:Cash", instant: .start),
      Line(label: "Closing", concept: "x:Cash", instant: .end),
    ]
    let columns: [Column] = [
      .init(span: .quarter), .init(span: .quarter, years: -1), .init(span: .ytd),
      .init(span: .ytd, years: -1),
    ]
    log.layout("s", columns, lines)
    try log.filing("f", "2005-02-22")
    for year in 2002...2004 { try log.claim("x:Cash", "\(year)-12-31", "\(year)", "f") }
    for (index, period) in reported.enumerated() { try log.claim("x:A", period, "\(index)", "f") }
    return try log.fill("s", asOf: asOf)
  }

  private static let quarter = "2004-10-01/2004-12-31"
  private static let year = "2004-01-01/2004-12-31"
  private static let quarterBefore = "2003-10-01/2003-12-31"
  private static let yearBefore = "2003-01-01/2003-12-31"

  @Test(
    "are those of which something is reported, each comparative with its own column",
    arguments: [
      ([quarter, quarterBefore, year, yearBefore], [quarter, quarterBefore, year, yearBefore]),
      ([quarter, year], [quarter, year]), ([year, yearBefore], [year, yearBefore]),
      ([year, yearBefore, quarterBefore], [year, yearBefore]),
      ([quarter, quarterBefore, yearBefore], [quarter, quarterBefore]), ([year], [year]),
    ]
  )
  func areThoseOfWhichSomethingIsReported(reported: [String], kept: [String]) throws {
    #expect(try Self.statement(reported).periods == kept)
  }

  @Test("keep their opening and closing balances, which alone keep no column")
  func keepTheirOpeningAndClosingBalances() throws {
    #expect(
      try Self.statement([Self.year, Self.yearBefore]).table == [
        "\(Self.year) \(Self.yearBefore)", "A: 0 1", "Opening: 2003 2002", "Closing: 2004 2003",
      ]
    )
  }

  @Test("are the part of the year that is reported, if none is reported as asked for")
  func areThePartThatIsReported() throws {
    let statement = try Self.statement(["2004-11-15/2004-12-31"])
    #expect(statement.periods == ["2004-11-15/2004-12-31"])
    #expect(statement.table[1] == "A: 0")
  }

  @Test("are all, with what is not reported said, if nothing of the kind is reported")
  func areAllIfNothingIsReported() throws {
    let statement = try Self.statement(["2004-12-31"])
    #expect(statement.periods == [Self.quarter, Self.quarterBefore, Self.year, Self.yearBefore])
    #expect(statement.table[1] == "A: n/r n/r n/r n/r")
  }

  @Test("are those of a successor and its predecessor, whose quarter and year they divide")
  func successorAndPredecessor() throws {
    let statement = try Self.statement(
      [
        "2004-07-22/2004-09-30", "2004-07-01/2004-07-21", "2004-01-01/2004-07-21",
        "2003-07-01/2003-09-30", "2003-01-01/2003-09-30",
      ],
      asOf: "2004-09-30"
    )
    #expect(
      statement.columns.map(\.label) == [
        "71 Days Ended Sept. 30, 2004", "21 Days Ended July 21, 2004",
        "Third Quarter Ended Sept. 30, 2003", "203 Days Ended July 21, 2004",
        "Nine Months Ended Sept. 30, 2003",
      ]
    )
    #expect(statement.table[1] == "A: 0 1 3 2 4")
  }

  @Test("are each printed once: a first quarter is the year to date")
  func firstQuarterOnce() throws {
    let statement = try Self.statement(["2004-01-01/2004-03-31", "2003-01-01/2003-03-31"])
    #expect(statement.periods == ["2004-01-01/2004-03-31", "2003-01-01/2003-03-31"])
  }
}
