import Facts
import Projections
import TestSupport
import Testing

@Suite("The reporting date of a statement") struct StatementDateTests {
  private static let lines = [Line(label: "A", concept: "x:A"), Line(label: "B", concept: "x:B")]

  /// Two filings: the year 2003, then the third quarter of 2004 with 2003 again.
  private static func log() throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.layout(
      "sheet",
      [.init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true)],
      lines
    )
    try log.filing("f", "2004-02-01")
    try log.claim("x:A", "2003-12-31", "1", "f")
    try log.filing("g", "2004-11-04T13:00:30Z")
    try log.claim("x:A", "2004-09-30", "2", "g")
    try log.claim("x:B", "2004-09-30", "3", "g")
    try log.claim("x:A", "2003-12-31", "1", "g")
    return log
  }

  @Test(
    "is the one asked for, or the latest before",
    arguments: [
      ("2004-09-30", "2004-09-30"), ("2004-10-01", "2004-09-30"), ("9999-12-31", "2004-09-30"),
      ("2004-09-29", "2003-12-31"), ("2003-12-31", "2003-12-31"), (nil, "2004-09-30"),
    ] as [(String?, String)]
  )
  func asOf(asked: String?, expected: String) throws {
    let statement = try Self.log().fill("sheet", asOf: asked)
    #expect(statement.asOf.description == expected)
    #expect(statement.requestedAsOf?.description == asked)
    #expect(statement.columns.first?.period.end == statement.asOf)
  }

  @Test(
    "is the newest known then; a date asked for is not yet known",
    arguments: [
      (nil, "2004-11-04", ["2004-09-30 2003-12-31", "A: 2 1", "B: 3 n/r"]),
      (nil, "2004-11-04T13:00:30Z", ["2004-09-30 2003-12-31", "A: 2 1", "B: 3 n/r"]),
      (nil, "2004-11-04T13:00:29Z", ["2003-12-31", "A: 1", "B: n/r"]),
      (nil, "2004-02-01", ["2003-12-31", "A: 1", "B: n/r"]),
      ("2004-09-30", "2004-02-01", ["2004-09-30 2003-12-31", "A: n/y/k 1", "B: n/y/k n/r"]),
      (nil, "2004-01-31", ["2004-09-30 2003-12-31", "A: n/y/k n/y/k", "B: n/y/k n/r"]),
    ] as [(String?, String, [String])]
  )
  func knownAt(asked: String?, knownAt: String, table: [String]) throws {
    let statement = try Self.log().fill("sheet", asOf: asked, knownAt: knownAt)
    #expect(statement.table == table)
    #expect(statement.isNotYetKnown == (knownAt == "2004-01-31"))
    #expect((statement.latestPublished == nil) == statement.isNotYetKnown)
    let bound = try #require(PublishedTime(knownAt)).timestamp
    #expect(statement.rows.allSatisfy { $0.published <= bound })
  }

  @Test(
    "is the newest recorded by then",
    arguments: [
      (4, "2003-12-31"), (5, "2003-12-31"), (6, "2004-09-30"), (8, "2004-09-30"),
    ] as [(UInt64, String)]
  )
  func isNewestRecordedByThen(head: UInt64, expected: String) throws {
    #expect(try Self.log().fill("sheet", head: head).asOf.description == expected)
    #expect(
      try Self.log().fill("sheet", asOf: "2005-01-01", head: head).asOf.description == expected
    )
  }

  @Test("is found behind later dates that are not recorded yet, also where durations end together")
  func laterDates() throws {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.layout("s", [.init(span: .ytd)], [Self.lines[0]])
    try log.filing("f", "2004-11-04")
    try log.claim("x:A", "2004-01-01/2004-09-30", "1", "f")
    let head = log.head
    try log.claim("x:A", "2004-07-01/2004-09-30", "2", "f")
    for year in 2005...2009 { try log.claim("x:A", "\(year)-01-01/\(year)-12-31", "3", "f") }
    for asOf in [nil, "2004-09-30", "2020-01-01"] {
      let statement = try log.fill("s", asOf: asOf, head: head)
      #expect(statement.table == ["2004-01-01/2004-09-30", "A: 1"])
    }
  }

  @Test("is none of which every claim was taken back")
  func isNotOfWithdrawnClaims() throws {
    var log = try Self.log()
    let slip = try log.claim("x:A", "2040-09-30", "2", "g")
    #expect(try log.fill("sheet").asOf.description == "2040-09-30")
    try log.amend(slip, nil)
    #expect(try log.fill("sheet").asOf.description == "2004-09-30")
    #expect(try log.fill("sheet", asOf: "2050-01-01").asOf.description == "2004-09-30")
    #expect(try log.fill("sheet", head: log.head - 1).asOf.description == "2040-09-30")
  }

  @Test("is not that of an opening balance")
  func openingBalance() throws {
    var log = try TestLog(fiscalYearEnd: "12-31")
    let opening = Line(label: "Opening", concept: "x:Cash", instant: .start)
    log.layout("flow", [.init(span: .ytd)], [Self.lines[0], opening])
    try log.filing("f", "2005-02-01")
    try log.claim("x:A", "2004-01-01/2004-09-30", "1", "f")
    try log.claim("x:Cash", "2004-12-31", "2", "f")
    try log.claim("x:Cash", "2003-12-31", "3", "f")
    #expect(try log.fill("flow").table == ["2004-01-01/2004-09-30", "A: 1", "Opening: 3"])
  }

  @Test("is none before the first figure: that is said, with where to look")
  func isNoneBeforeFirstFigure() throws {
    let error = #expect(throws: UnanswerableQuery.self) {
      try Self.log().fill("sheet", asOf: "2003-12-30")
    }
    #expect(
      error?.message == "nothing of sheet is reported for Example at or before 2003-12-30, "
        + "but x:A 2003-12-31 USD, x:B 2004-09-30 USD"
    )
    #expect(error?.remedy == .listFacts(entity: "x:1"))
    let early = #expect(throws: UnanswerableQuery.self) { try Self.log().fill("sheet", head: 3) }
    #expect(early?.message == "nothing of sheet is reported for Example")
  }
}
