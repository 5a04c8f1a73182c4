import Facts
import Projections
import TestSupport
import Testing

@Suite("Filling a statement")
struct StatementTests {
  private static let lines = [
    StatementDefinition.Line(label: "HEADING"),
    StatementDefinition.Line(label: "Cash", concept: "x:Cash"),
    StatementDefinition.Line(label: "Debt", concept: "x:Debt", alternatives: ["x:Loans"]),
    StatementDefinition.Line(label: "Other", concept: "x:Other", isOptional: true),
  ]

  private static let flows = [
    StatementDefinition.Line(label: "Sales", concept: "x:Sales"),
    StatementDefinition.Line(label: "Opening cash", concept: "x:Cash", instant: .start),
    StatementDefinition.Line(label: "Closing cash", concept: "x:Cash", instant: .end),
  ]

  private func log(fiscalYearEnd: String? = "12-31") throws -> TestLog {
    var log = TestLog()
    log.add(
      .entity(
        EntityDefinition(
          entity: "x:1",
          name: "Example",
          fiscalYearEnd: fiscalYearEnd.flatMap { FiscalYearEnd($0) }
        )
      )
    )
    log.add(
      .statement(
        StatementDefinition(
          statement: "balance-sheet",
          title: "B",
          columns: [.init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true)],
          lines: Self.lines
        )
      )
    )
    log.add(
      .statement(
        StatementDefinition(
          statement: "operations",
          title: "O",
          columns: [
            .init(span: .quarter), .init(span: .quarter, years: -1), .init(span: .ytd),
            .init(span: .ytd, years: -1),
          ],
          lines: Self.flows
        )
      )
    )
    return log
  }

  private func fill(
    _ log: TestLog,
    _ name: String,
    asOf: String? = nil,
    knownAt: String? = nil,
    head: UInt64? = nil
  ) throws -> Statement {
    try Statement(
      StatementRequest(name, asOf: asOf.flatMap { CivilDate($0) }),
      of: "x:1",
      within: Vantage(
        knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp },
        head: head ?? log.head
      ),
      from: log.facts()
    )
  }

  /// One text a line: its label and what its cells say.
  private func told(_ statement: Statement) -> [String] {
    statement.lines.map { line in
      let cells = line.cells.map { cell -> String in
        switch cell.answer {
        case .holds(let row): row.figure.value?.description ?? "nil"
        case .range: "range"
        case .conflict: "conflict"
        case .retracted: "retracted"
        case .notReported: "n/r"
        case .notYetKnown: "n/y/k"
        case .derived, .notDerivable: "derived without a span"
        }
      }
      return ([line.definition.label] + cells).joined(separator: " ")
    }
  }

  private func periods(_ statement: Statement) -> [String] {
    statement.columns.map(\.period.description)
  }

  private func twoYears() throws -> TestLog {
    var log = try log()
    try log.filing("f1", "2004-02-01")
    try log.claim("x:Cash", "2003-12-31", "10", "f1")
    try log.filing("f2", "2004-11-04")
    try log.claim("x:Cash", "2003-12-31", "10", "f2")
    try log.claim("x:Cash", "2004-09-30", "20", "f2")
    try log.claim("x:Loans", "2004-09-30", "nil", "f2")
    return log
  }

  @Test("a figure, a dash of an alternative, and what is not reported")
  func cellsAreFigureDashOrNotReported() throws {
    let statement = try fill(twoYears(), "balance-sheet")
    #expect(periods(statement) == ["2004-09-30", "2003-12-31"])
    #expect(told(statement) == ["HEADING", "Cash 20 10", "Debt nil n/r"])
    #expect(statement.lines[2].concept == "x:Loans")
    #expect(statement.columns.map(\.label) == ["Sept. 30, 2004", "Dec. 31, 2003"])
  }

  @Test(
    "as of a day that is no reporting date: the latest before",
    arguments: [
      ("2004-09-30", "2004-09-30"), ("2004-10-15", "2004-09-30"), ("2004-09-29", "2003-12-31"),
      ("2099-01-01", "2004-09-30"),
    ]
  )
  func asOf(day: String, expected: String) throws {
    #expect(try fill(twoYears(), "balance-sheet", asOf: day).asOf.description == expected)
  }

  @Test("as of a day before every figure there is nothing")
  func tooEarly() throws {
    #expect(throws: UnanswerableQuery.self) {
      try fill(twoYears(), "balance-sheet", asOf: "2003-12-30")
    }
  }

  @Test("the newest reporting date is the newest of which something is known then")
  func newestKnown() throws {
    let log = try twoYears()
    #expect(try fill(log, "balance-sheet", knownAt: "2004-11-03").asOf.description == "2003-12-31")
    let unknown = try fill(log, "balance-sheet", knownAt: "2004-01-01")
    #expect(unknown.isNotYetKnown && unknown.asOf.description == "2004-09-30")
    let asked = try fill(log, "balance-sheet", asOf: "2004-09-30", knownAt: "2004-11-03")
    #expect(told(asked) == ["HEADING", "Cash n/y/k 10", "Debt n/y/k n/r"])
  }

  @Test("an alternative that holds comes before one that is yet to be published")
  func holdingAlternativeComesBeforeUnpublishedOne() throws {
    var log = try twoYears()
    try log.filing("f3", "2005-06-01")
    try log.claim("x:Debt", "2004-09-30", "3", "f3")
    try log.claim("x:Loans", "2003-12-31", "4", "f3")
    let before = try fill(log, "balance-sheet", asOf: "2004-09-30", knownAt: "2005-01-01")
    #expect(told(before) == ["HEADING", "Cash 20 10", "Debt nil n/y/k"])
    let after = try fill(log, "balance-sheet", asOf: "2004-09-30")
    #expect(told(after) == ["HEADING", "Cash 20 10", "Debt 3 4"])
  }

  @Test("a heading goes with the last of its optional lines; a heading above headings stays")
  func headingGoesWithLastOfItsOptionalLines() throws {
    var log = try twoYears()
    let lines = ["ALL", "-Gone", "x", "-Kept", "Cash", "-Last", "y"].map { label in
      StatementDefinition.Line(
        label: label,
        concept: label == "Cash" ? "x:Cash" : label.count == 1 ? "x:\(label)" : nil,
        isOptional: true
      )
    }
    log.add(
      .statement(
        StatementDefinition(
          statement: "s",
          title: "S",
          columns: [.init(span: .instant)],
          lines: lines
        )
      )
    )
    let statement = try fill(log, "s")
    #expect(statement.lines.map(\.definition.label) == ["ALL", "-Kept", "Cash"])
  }

  @Test("a headline of a later date makes no statement, but can be asked for")
  func headlineOfLaterDateMakesNoStatement() throws {
    var log = try log()
    let lines = (0..<6).map { StatementDefinition.Line(label: "L", concept: "x:L\($0)") }
    log.add(
      .statement(
        StatementDefinition(
          statement: "six",
          title: "S",
          columns: [.init(span: .instant)],
          lines: lines
        )
      )
    )
    try log.filing("f", "2005-01-01")
    for index in 0..<6 { try log.claim("x:L\(index)", "2004-09-30", "1", "f") }
    try log.claim("x:L0", "2004-12-31", "1", "f")
    #expect(try fill(log, "six").asOf.description == "2004-09-30")
    #expect(try fill(log, "six", asOf: "2004-12-31").asOf.description == "2004-12-31")
    try log.claim("x:L1", "2004-12-31", "1", "f")
    #expect(try fill(log, "six").asOf.description == "2004-12-31")
  }

  @Test("a year of 52 weeks finds its columns a few days off")
  func yearOf52WeeksFindsItsColumns() throws {
    var log = try log(fiscalYearEnd: "09-30")
    try log.filing("f", "2009-11-01")
    for day in ["2008-09-27", "2009-06-27"] { try log.claim("x:Cash", day, "1", "f") }
    for period in [
      "2009-03-29/2009-06-27", "2008-03-30/2008-06-28", "2008-09-28/2009-06-27",
      "2007-09-30/2008-06-28",
    ] {
      try log.claim("x:Sales", period, "2", "f")
    }
    let sheet = try fill(log, "balance-sheet", asOf: "2009-06-27")
    #expect(periods(sheet) == ["2009-06-27", "2008-09-27"])
    let flows = try fill(log, "operations", asOf: "2009-06-27")
    #expect(
      periods(flows) == [
        "2009-03-29/2009-06-27", "2008-03-30/2008-06-28", "2008-09-28/2009-06-27",
        "2007-09-30/2008-06-28",
      ]
    )
    #expect(flows.columns[0].heading == "Third Quarter Ended")
    #expect(flows.columns[2].heading == "Nine Months Ended")
    #expect(told(flows)[2].hasPrefix("Closing cash 1 n/r 1"))
  }

  @Test("opening and closing balances stand at the ends of a duration")
  func openingAndClosingBalancesStandAtEndsOfDuration() throws {
    var log = try twoYears()
    try log.claim("x:Sales", "2004-01-01/2004-09-30", "7", "f2")
    let statement = try fill(log, "operations", asOf: "2004-09-30")
    #expect(periods(statement) == ["2004-01-01/2004-09-30"])
    #expect(told(statement) == ["Sales 7", "Opening cash 10", "Closing cash 20"])
  }

  @Test("a comparative is left out with the column that it is compared with")
  func comparativeIsLeftOutWithItsColumn() throws {
    var log = try log()
    try log.filing("f", "2005-02-22")
    for period in ["2003-10-01/2003-12-31", "2003-01-01/2003-12-31", "2004-01-01/2004-12-31"] {
      try log.claim("x:Sales", period, "1", "f")
    }
    let statement = try fill(log, "operations", asOf: "2004-12-31")
    #expect(periods(statement) == ["2004-01-01/2004-12-31", "2003-01-01/2003-12-31"])
  }

  @Test("a view of the past uses the layout of the past, and an issuer's own before everybody's")
  func viewOfPastUsesLayoutOfPast() throws {
    var log = try twoYears()
    let head = log.head
    let own = StatementDefinition(
      statement: "balance-sheet",
      entity: "x:1",
      title: "Own",
      columns: [.init(span: .instant)],
      lines: [Self.lines[1]]
    )
    log.add(.statement(own))
    #expect(try fill(log, "balance-sheet").definition.title == "Own")
    #expect(try fill(log, "balance-sheet", head: head).definition.title == "B")
    let error = #expect(throws: UnanswerableQuery.self) { try fill(log, "balancesheet") }
    #expect(error?.description.contains("did you mean \"balance-sheet\"?") == true)
  }

  @Test("a list has a row for each figure found, and is not about the future")
  func listHasRowForEachFigureFound() throws {
    var log = try twoYears()
    try log.claim("x:Plan", "2006-01-01/2006-12-31", "5 0 more-than", "f2")
    log.add(
      .statement(
        StatementDefinition(
          statement: "plans",
          title: "P",
          layout: .list,
          lines: [
            StatementDefinition.Line(label: "Plan", concept: "x:Plan"),
            StatementDefinition.Line(label: "Cash", concept: "x:Cash"),
          ]
        )
      )
    )
    let statement = try fill(log, "plans")
    #expect(statement.asOf.description == "2004-11-04")
    #expect(told(statement) == ["Plan 5 n/r n/r", "Cash n/r 20 10"])
  }

  @Test(
    "words name facts",
    arguments: [
      (["Cash"], 2), (["cash", "2004-09-30"], 1), (["x:Loans"], 1), (["cash", "2004Q3"], 1),
      (["cash", "2004-9M"], 1), (["loans", "2003"], 0), (["nothing"], 0), ([], 3),
    ]
  )
  func wordsNameFacts(words: [String], count: Int) throws {
    let log = try twoYears()
    var found = 0
    let query = FactListing.Query(
      entity: "x:1",
      pattern: FactPattern(words),
      vantage: Vantage(head: log.head)
    )
    try FactListing.forEach(query, in: log.facts()) { _ in found += 1 }
    #expect(found == count)
  }

  @Test(
    "a slip of scale is seen, and nothing else",
    arguments: [
      ("19209000000", "19209", 6), ("19209", "19209000000", 6), ("5", "5000", 3),
      ("5", "5049", 3), ("5", "5100", nil), ("5", "5", nil), ("0", "1000", nil),
      ("-5", "5000000000", 9), ("999999999999999", "0.999999", nil),
    ] as [(String, String, Int?)]
  )
  func scaleSlips(from: String, to: String, exponent: Int?) throws {
    let change = Change(from: try Figure(words: from), to: try Figure(words: to))
    #expect(change.scaleSlip == exponent)
  }

  @Test(
    "a change in hundredths of a percent",
    arguments: [
      ("39572000000", "36171000000", 859), ("1", "1", 0), ("0", "1", nil), ("-2", "2", 20_000),
      ("999999999999999999", "-999999999999999999", 20_000), ("nil", "1", nil),
      ("50 0 more-than", "50", nil), ("50", "50 0 less-than", nil), ("50 0 more-than", "49", 200),
      ("50 0 more-than", "50 0 less-than", nil), ("50 0 more-than", "50 0 more-than", 0),
    ] as [(String, String, Int?)]
  )
  func basisPoints(from: String, to: String, expected: Int?) throws {
    let change = Change(from: try Figure(words: from), to: try Figure(words: to))
    #expect(change.basisPoints == expected)
  }
}
