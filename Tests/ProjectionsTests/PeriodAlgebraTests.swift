import Facts
import Projections
import TestSupport
import Testing

@Suite("Period algebra")
struct PeriodAlgebraTests {
  /// What follows for a period from figures of one filing, each `period value decimals`: the signed
  /// values of the operands, the sum with its decimals, and what the roundings leave open.
  private func derive(_ period: String, from figures: [String]) throws -> String? {
    var log = TestLog()
    try log.filing("f", "2004-11-04")
    for figure in figures {
      let words = figure.split(separator: " ", maxSplits: 1).map(String.init)
      try log.claim("x:A", words[0], words[1], "f")
    }
    let facts = try log.facts()
    let fact = try FactID(
      entity: #require(facts.symbol("x:1")),
      concept: #require(facts.symbol("x:A")),
      dimensions: #require(facts.symbol("")),
      unit: #require(facts.symbol("USD")),
      period: #require(Period(period))
    )
    let algebra = try PeriodAlgebra(fact.series, within: Vantage(head: log.head), from: facts)
    guard let found = algebra.derivation(of: fact.period) else { return nil }
    let operands = found.operands.map { operand in
      (operand.isSubtracted ? "-" : "+") + (operand.row.figure.value?.description ?? "nil")
    }
    let figure = found.figure
    return operands.joined(separator: " ") + " = \(figure.value?.description ?? "nil")"
      + (figure.decimals.map { " d\($0)" } ?? "") + " [\(found.low), \(found.high)]"
  }

  private static let q1 = "2004-01-01/2004-03-31"
  private static let q2 = "2004-04-01/2004-06-30"
  private static let q3 = "2004-07-01/2004-09-30"
  private static let q4 = "2004-10-01/2004-12-31"
  private static let half = "2004-01-01/2004-06-30"
  private static let nine = "2004-01-01/2004-09-30"
  private static let year = "2004-01-01/2004-12-31"

  @Test(
    "a stretch of time follows from others that lead to it",
    arguments: [
      (half, ["\(nine) 900 0", "\(q3) 300 0"], "+900 -300 = 600 d-1 [599, 601]"),
      (q4, ["\(year) 1000 -2", "\(nine) 750 0"], "-750 +1000 = 250 d-3 [199.5, 300.5]"),
      (half, ["\(q1) 1", "\(q2) 2"], "+1 +2 = 3 [3, 3]"),
      (year, ["\(q1) 1", "\(q2) 2", "\(q3) 3", "\(q4) 4"], "+1 +2 +3 +4 = 10 [10, 10]"),
      (nine, ["\(year) 10 0", "\(q4) 4 0"], "+10 -4 = 6 d-1 [5, 7]"),
      (
        "2003-10-01/2004-09-30",
        ["2003-01-01/2003-12-31 100", "2003-01-01/2003-09-30 70", "\(nine) 90"],
        "-70 +100 +90 = 120 [120, 120]"
      ),
      (
        half, ["\(nine) -2364000 -3", "\(q3) -11292000 -3"],
        "+-2364000 --11292000 = 8928000 d-4 [8927000, 8929000]"
      ),
    ]
  )
  func periodFollowsFromOthers(period: String, figures: [String], expected: String) throws {
    #expect(try derive(period, from: figures) == expected)
  }

  @Test("the fewest figures are taken, then those whose roundings leave the least open")
  func fewestAndNarrowestFiguresAreTaken() throws {
    let quarters = ["\(Self.q1) 1", "\(Self.q2) 2", "\(Self.nine) 6", "\(Self.q3) 3"]
    #expect(try derive(Self.half, from: quarters) == "+1 +2 = 3 [3, 3]")
    let rounded = ["\(Self.q1) 1 0", "\(Self.q2) 2 0", "\(Self.nine) 6", "\(Self.q3) 3"]
    #expect(try derive(Self.half, from: rounded) == "+6 -3 = 3 [3, 3]")
    let many = ["\(Self.year) 10", "\(Self.nine) 6", "\(Self.q1) 1", "\(Self.q2) 2"]
    #expect(try derive(Self.q4, from: many) == "-6 +10 = 4 [4, 4]")
  }

  @Test("the reported figure of the period itself is not used")
  func notItself() throws {
    #expect(try derive(Self.half, from: ["\(Self.half) 3"]) == nil)
    let figures = ["\(Self.half) 3", "\(Self.q1) 1", "\(Self.q2) 1"]
    #expect(try derive(Self.half, from: figures) == "+1 +1 = 2 [2, 2]")
  }

  @Test(
    "nothing follows where figures do not lead to it",
    arguments: [
      ["\(nine) 9"], ["\(nine) 9", "2004-07-02/2004-09-30 3"], ["2004-09-30 9", "\(q3) 3"],
      ["\(nine) 9 0 more-than", "\(q3) 3"],
      ["\(nine) 999999999999999999", "\(q3) -999999999999999999"],
    ]
  )
  func nothingFollowsWithoutPath(figures: [String]) throws {
    #expect(try derive(Self.half, from: figures) == nil)
  }

  @Test("at most four figures are added up")
  func atMostFour() throws {
    let months = ["31", "29", "31", "30", "31"].enumerated().map { index, days in
      "2004-0\(index + 1)-01/2004-0\(index + 1)-\(days) 1"
    }
    #expect(try derive("2004-01-01/2004-04-30", from: months) == "+1 +1 +1 +1 = 4 [4, 4]")
    #expect(try derive("2004-01-01/2004-05-31", from: months) == nil)
  }

  @Test("a dash counts as nothing among figures, and alone makes a dash")
  func dashCountsAsNothing() throws {
    #expect(
      try derive(Self.half, from: ["\(Self.nine) 9 0", "\(Self.q3) nil"])
        == "+9 -nil = 9 d0 [8.5, 9.5]"
    )
    #expect(
      try derive(Self.half, from: ["\(Self.nine) nil", "\(Self.q3) nil"])
        == "+nil -nil = nil [0, 0]"
    )
  }
}

@Suite("A statement over a span")
struct StatementSpanTests {
  private static func log() throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.flow("x:Sales", isAdditive: true)
    log.flow("x:Grade", isAdditive: false, .ratio)
    log.flow("x:Other", isAdditive: nil)
    log.layout(
      "operations",
      [Column(span: .quarter), Column(span: .ytd)],
      [
        Line(label: "Sales", concept: "x:Sales"), Line(label: "Grade", concept: "x:Grade"),
        Line(label: "Other", concept: "x:Other"),
        Line(label: "Opening", concept: "x:Cash", instant: .start),
      ]
    )
    log.layout("balance", [Column(span: .instant)], [Line(label: "Cash", concept: "x:Cash")])
    log.layout("plans", [], [Line(label: "Sales", concept: "x:Sales")])
    try log.filing("f3", "2003-11-04")
    try log.claim("x:Sales", "2003-01-01/2003-09-30", "70 0", "f3")
    try log.filing("fy", "2004-02-12")
    try log.claim("x:Sales", "2003-01-01/2003-12-31", "100 0", "fy")
    try log.claim("x:Cash", "2003-12-31", "5 0", "fy")
    try log.filing("g", "2004-11-04")
    for concept in ["x:Sales", "x:Grade", "x:Other"] {
      try log.claim(concept, "2004-07-01/2004-09-30", "30 0", "g")
      try log.claim(concept, "2004-01-01/2004-09-30", "90 0", "g")
    }
    return log
  }

  @Test("derives what nobody reported and refuses what does not add up")
  func derivesWhatNobodyReported() throws {
    let statement = try Self.log().fill("operations", asOf: "2004-06-30", span: .half)
    #expect(
      statement.table == [
        "2004-01-01/2004-06-30", "Sales: =60", "Grade: n/d", "Other: n/d", "Opening: 5",
      ]
    )
    let reasons = statement.lines.compactMap { line -> String? in
      if case .notDerivable(let reason) = line.cells[0].answer { reason.description } else { nil }
    }
    #expect(
      reasons == [
        "x:Grade is a ratio, which does not add up over time",
        "the definition of x:Other does not say whether it adds up over time",
      ]
    )
  }

  @Test(
    "answers for the newest date at or before the one asked for that figures lead to",
    arguments: [
      (Span.quarter, nil, "2004-07-01/2004-09-30", "30"),
      (.half, nil, "2004-01-01/2004-06-30", "=60"),
      (.half, "2004-08-15", "2004-01-01/2004-06-30", "=60"),
      (.nineMonths, nil, "2004-01-01/2004-09-30 2003-01-01/2003-09-30", "90 70"),
      (.ytd, "2004-06-30", "2004-01-01/2004-06-30", "=60"),
      (.year, nil, "2003-01-01/2003-12-31", "100"),
      (.ttm, nil, "2003-10-01/2004-09-30", "=120"),
      (.quarter, "2003-12-31", "2003-10-01/2003-12-31", "=30"),
    ] as [(Span, String?, String, String)]
  )
  func answersForNewestDerivableDate(span: Span, asOf: String?, periods: String, sales: String)
    throws
  {
    let statement = try Self.log().fill("operations", asOf: asOf, span: span)
    #expect(statement.table[0] == periods)
    #expect(statement.table[1] == "Sales: \(sales)")
  }

  typealias Span = StatementRequest.Span

  @Test("has as many columns in a row as asked for")
  func hasColumnsInARow() throws {
    let statement = try Self.log().fill("operations", span: .quarter, columnCount: 4)
    #expect(statement.table[0].hasPrefix("2004-07-01/2004-09-30"))
    let log = try Self.log()
    #expect(try log.fill("operations", span: .ytd, columnCount: 1).periods.count == 1)
    #expect(
      try log.fill("operations", span: .nineMonths, columnCount: 2).table[1] == "Sales: 90 70"
    )
  }

  @Test("says what is not yet known, where filings to come hold what is missing")
  func notYetKnown() throws {
    let statement = try Self.log().fill(
      "operations",
      asOf: "2004-06-30",
      knownAt: "2004-08-01",
      span: .half
    )
    #expect(statement.table[1] == "Sales: n/y/k")
    let quarter = try Self.log().fill(
      "operations",
      asOf: "2003-12-31",
      knownAt: "2004-01-01",
      span: .quarter
    )
    #expect(quarter.table[1] == "Sales: n/y/k")
  }

  @Test("follows corrections and withdrawals")
  func followsAmendments() throws {
    var log = try Self.log()
    let sequence = log.head
    try log.claim("x:Sales", "2004-01-01/2004-06-30", "59 0", "g")
    #expect(try log.fill("operations", asOf: "2004-06-30", span: .half).table[1] == "Sales: 59")
    try log.amend(sequence, nil)
    #expect(try log.fill("operations", asOf: "2004-06-30", span: .half).table[1] == "Sales: =60")
  }

  @Test(
    "is refused where there are no stretches of time, or none of that length",
    arguments: [
      ("plans", nil, "plans is not about stretches of time"),
      ("operations", "2002-01-01", "nothing of operations is reported for a span \"year\""),
    ] as [(String, String?, String)]
  )
  func spanWithoutDurationsIsRefused(statement: String, asOf: String?, message: String) throws {
    let error = #expect(throws: UnanswerableQuery.self) {
      try Self.log().fill(statement, asOf: asOf, span: .year)
    }
    #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test("of what there is on a day, the columns are the days with which spans end")
  func daysEndSpans() throws {
    var log = try Self.log()
    for day in ["2003-09-30", "2004-03-31", "2004-05-15", "2004-06-30", "2004-09-30"] {
      try log.claim("x:Cash", day, "\(day.suffix(2)) 0", "g")
    }
    func days(_ asOf: String?, _ span: StatementRequest.Span, _ count: Int?) throws -> [String] {
      var request = StatementRequest("balance", asOf: asOf.flatMap { CivilDate($0) }, span: span)
      request.columnCount = count
      let statement = try Statement(
        request,
        of: "x:1",
        within: Vantage(head: log.head),
        from: log.facts()
      )
      return statement.columns.map { "\($0.period)" }
    }
    #expect(try days(nil, .quarter, nil) == ["2004-09-30", "2003-09-30"])
    let inRow = ["2004-09-30", "2004-06-30", "2004-03-31", "2003-12-31"]
    #expect(try days(nil, .quarter, 4) == inRow)
    #expect(try days("2004-07-31", .quarter, 2) == ["2004-06-30", "2004-03-31"])
    #expect(try days("2004-09-30", .year, 2) == ["2003-12-31"])
    #expect(try days("2004-06-30", .half, 2) == ["2004-06-30", "2003-12-31"])
    let error = #expect(throws: UnanswerableQuery.self) { try days(nil, .ttm, nil) }
    #expect(error?.message.contains("is about days") == true)
  }

  @Test("a bound is not added up, and the reason says so")
  func boundIsNotAddedUp() throws {
    var log = try Self.log()
    try log.claim("x:Sales", "2005-04-01/2005-06-30", "29 0 more-than", "g")
    try log.claim("x:Sales", "2005-01-01/2005-06-30", "61 0", "g")
    let facts = try log.facts()
    let fact = try FactID(
      entity: #require(facts.symbol("x:1")),
      concept: #require(facts.symbol("x:Sales")),
      dimensions: #require(facts.symbol("")),
      unit: #require(facts.symbol("USD")),
      period: #require(Period("2005-01-01/2005-03-31"))
    )
    let vantage = Vantage(head: log.head)
    let answer = try Answer(deriving: fact, .figure, within: vantage, from: facts)
    #expect(answer == .notDerivable(.isBound(concept: "x:Sales")))
  }
}
