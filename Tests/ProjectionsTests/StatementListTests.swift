import Facts
import Projections
import TestSupport
import Testing

@Suite("A statement that is a list") struct StatementListTests {
  private static func log() throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.layout(
      "plans",
      [],
      [Line(label: "Gold", concept: "x:Gold"), Line(label: "Cost", concept: "x:Cost")]
    )
    try log.filing("f", "2004-02-12")
    try log.claim("x:Gold", "2004-01-01/2004-12-31", "1", "f")
    try log.filing("g", "2004-11-04")
    try log.claim("x:Gold", "2005-01-01/2005-12-31", "2", "g")
    try log.claim("x:Gold", "2005-12-31", "3", "g")
    try log.claim("x:Cost", "2005-07-01/2005-12-31", "4", "g")
    return log
  }

  @Test("has a column for each period of which a line has a figure, newest first")
  func hasColumnForEachPeriod() throws {
    let statement = try Self.log().fill("plans")
    #expect(
      statement.table == [
        "2005-12-31 2005-07-01/2005-12-31 2005-01-01/2005-12-31 2004-01-01/2004-12-31",
        "Gold: 3 n/r 2 1", "Cost: n/r 4 n/r n/r",
      ]
    )
    #expect(statement.columns.allSatisfy { $0.layout == nil })
  }

  @Test("without a date is not about the future of what it rests on")
  func isNotAboutTheFutureWithoutDate() throws {
    #expect(try Self.log().fill("plans").asOf.description == "2004-11-04")
    let early = try Self.log().fill("plans", knownAt: "2004-06-30")
    #expect(early.asOf.description == "2004-02-12")
    let recorded = try Self.log().fill("plans", head: 4)
    #expect(recorded.asOf.description == "2004-02-12")
    #expect(recorded.table == ["2004-01-01/2004-12-31", "Gold: 1", "Cost: n/r"])
  }

  @Test("as of a day has the periods that had begun by then")
  func asOf() throws {
    let statement = try Self.log().fill("plans", asOf: "2004-12-31")
    #expect(statement.asOf.description == "2004-12-31")
    #expect(statement.periods == ["2004-01-01/2004-12-31"])
    #expect(try Self.log().fill("plans", asOf: "2005-01-01").periods.count == 2)
    let error = #expect(throws: UnanswerableQuery.self) {
      try Self.log().fill("plans", asOf: "2003-12-31")
    }
    #expect(error?.message.contains("at or before 2003-12-31, but ") == true)
  }

  @Test("says what is not yet known")
  func knownAt() throws {
    let statement = try Self.log().fill("plans", knownAt: "2004-06-30")
    #expect(statement.table[1] == "Gold: n/y/k n/r n/y/k 1")
    #expect(!statement.isNotYetKnown)
    #expect(try Self.log().fill("plans", knownAt: "2004-01-01").isNotYetKnown)
  }

  @Test("leaves out periods of which every claim was taken back")
  func leavesOutWithdrawnPeriods() throws {
    var log = try Self.log()
    try log.amend(6, nil)
    #expect(
      try log.fill("plans").periods
        == ["2005-07-01/2005-12-31", "2005-01-01/2005-12-31", "2004-01-01/2004-12-31"]
    )
  }
}

@Suite("The layout of a statement") struct StatementLayoutTests {
  private static func log(_ titles: [(entity: String?, title: String)]) throws -> TestLog {
    var log = TestLog()
    try log.filing("f", "2004-11-04")
    try log.claim("x:A", "2004-09-30", "1", "f")
    for (entity, title) in titles {
      let line = Line(label: title, concept: "x:A")
      log.layout("balance-sheet", entity: entity, title: title, [.init(span: .instant)], [line])
    }
    return log
  }

  @Test("is the issuer's own, or everybody's, and the newest of the events that count")
  func issuersOwnComesFirst() throws {
    let log = try Self.log([(nil, "All"), ("x:1", "Own"), (nil, "All, newer"), ("x:2", "Other's")])
    for (head, title) in [(3, "All"), (4, "Own"), (6, "Own")] as [(UInt64, String)] {
      #expect(try log.fill("balance-sheet", head: head).definition.title == title)
    }
    let shared = try Self.log([(nil, "All"), (nil, "All, newer")])
    for (head, title) in [(3, "All"), (4, "All, newer")] as [(UInt64, String)] {
      #expect(try shared.fill("balance-sheet", head: head).table[1] == "\(title): 1")
    }
  }

  @Test("that does not exist is told with those that do")
  func missingStatementNamesOthers() throws {
    var log = try Self.log([(nil, "All"), ("x:2", "Other's")])
    log.layout("cash-flow", entity: "x:1", [.init(span: .ytd)], [Line(label: "A", concept: "x:A")])
    log.layout("hedges", entity: "x:2", [.init(span: .ytd)], [Line(label: "A", concept: "x:A")])
    let table = [
      ("balance-shet", #"did you mean "balance-sheet"?"#),
      ("cashflow", #"did you mean "cash-flow"?"#),
      ("hedges", "it has: balance-sheet, cash-flow"), ("x", "it has: balance-sheet, cash-flow"),
    ]
    for (name, remedy) in table {
      let error = #expect(throws: UnanswerableQuery.self) { try log.fill(name) }
      #expect(error?.message == "the ledger has no statement \"\(name)\" for x:1")
      #expect("\(error?.remedy, default: "")" == remedy)
    }
    let error = #expect(throws: UnanswerableQuery.self) { try log.fill("cash-flow", head: 4) }
    #expect(error?.remedy == .nameOneOf(["balance-sheet"]))
  }

  @Test("is filled for an entity that is nowhere defined, in calendar years")
  func undefinedEntity() throws {
    let statement = try Self.log([(nil, "All")]).fill("balance-sheet")
    #expect(statement.entity == EntityDefinition(entity: "x:1", name: "x:1"))
    let error = #expect(throws: UnanswerableQuery.self) {
      try Self.log([(nil, "All")]).fill("balance-sheet", entity: "x:9")
    }
    #expect(error?.message == "the ledger holds nothing of x:9")
  }

  @Test("goes by the fiscal year that was recorded then")
  func pastFiscalYear() throws {
    var log = try TestLog(fiscalYearEnd: "12-31")
    let columns: [Column] = [.init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true)]
    log.layout("sheet", columns, [Line(label: "A", concept: "x:A")])
    try log.filing("f", "2004-11-04")
    for day in ["2004-09-30", "2004-06-30", "2003-12-31"] { try log.claim("x:A", day, "1", "f") }
    let head = log.head
    let june = EntityDefinition(entity: "x:1", name: "New", fiscalYearEnd: FiscalYearEnd("06-30"))
    log.add(.entity(june))
    #expect(try log.fill("sheet").periods == ["2004-09-30", "2004-06-30"])
    #expect(try log.fill("sheet").entity.name == "New")
    #expect(try log.fill("sheet", head: head).periods == ["2004-09-30", "2003-12-31"])
    #expect(try log.fill("sheet", head: head).entity.name == "Example")
  }
}
