import Facts
import Projections
import TestSupport
import Testing

@Suite("The fiscal calendar of an entity") struct EntityCalendarTests {
  /// A log with filings, each with its claims as `concept period`.
  private static func log(
    stated: String? = nil,
    _ filings: [(name: String, published: String, year: Int?, claims: [String])]
  ) throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: stated)
    for (name, published, year, claims) in filings {
      try log.filing(name, published, fiscalYear: year, fiscalPeriod: year.map { _ in "FY" })
      for claim in claims {
        let words = claim.split(separator: " ").map(String.init)
        try log.claim(words[0], words[1], "1", name)
      }
    }
    return log
  }

  private static func calendar(_ log: TestLog, knownAt: String? = nil, head: UInt64? = nil) throws
    -> FiscalCalendar
  {
    let facts = try log.facts()
    let vantage = Vantage(
      knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp },
      head: head ?? log.head
    )
    let entity = EntityDefinition(entity: "x:1", name: "Example")
    return try FiscalCalendar(of: entity, within: vantage, from: facts)
      .numbered(for: entity, within: vantage, from: facts)
  }

  private static let net = "us-gaap:NetIncomeLoss"

  @Test("is that of what is known and recorded, and a withdrawn claim makes none")
  func calendarIsOfWhatIsKnown() throws {
    var log = try Self.log([
      ("f1", "2010-08-20", nil, ["\(Self.net) 2009-07-01/2010-06-30"]),
      (
        "f2", "2012-03-20", nil,
        [
          "\(Self.net) 2011-01-01/2011-12-31", "\(Self.net) 2011-01-01/2011-09-30",
          "\(Self.net) 2010-01-01/2010-12-31",
        ]
      ),
    ])
    #expect(try Self.calendar(log, knownAt: "2011-01-01").yearEnd.description == "06-30")
    #expect(try Self.calendar(log).yearEnd.description == "12-31")
    #expect(try Self.calendar(log, head: 3).yearEnd.description == "06-30")
    // Nothing is known yet: what is recorded tells.
    #expect(try Self.calendar(log, knownAt: "2001-01-01").yearEnd.description == "12-31")
    let wrong = try log.claim(Self.net, "2009-01-01/2009-12-31", "1", "f1")
    #expect(try Self.calendar(log).yearEnds.count == 4)
    try log.amend(wrong, nil)
    #expect(try Self.calendar(log).yearEnds.count == 3)
  }

  @Test("is read from any concept where none of the usual ones is reported")
  func otherConcepts() throws {
    let log = try Self.log([
      (
        "f1", "2010-08-20", nil,
        ["x:A 2010-06-30", "x:Tons 2009-07-01/2010-06-30", "x:Z 2010-01-01"]
      )
    ])
    #expect(try Self.calendar(log).yearEnds.map(\.description) == ["2009-06-30", "2010-06-30"])
  }

  @Test("has the number that an annual report gives its own year, not those beside it")
  func annualReports() throws {
    let log = try Self.log([
      (
        "k", "2024-03-20", 2023,
        ["\(Self.net) 2023-01-29/2024-02-03", "\(Self.net) 2022-01-30/2023-01-28"]
      )
    ])
    let calendar = try Self.calendar(log)
    let label = try #require(PeriodLabel("FY2022"))
    #expect(calendar.period(label)?.description == "2022-01-30/2023-01-28")
    #expect(!calendar.isAssumed(label))
    let assumed = try Self.calendar(log, knownAt: "2001-01-01")
    #expect(assumed.isAssumed(label))
    #expect(assumed.period(label)?.description == "2021-01-31/2022-01-29")
  }

  @Test("decides which facts a label names, for each entity its own")
  func eachEntityItsOwn() throws {
    var log = try Self.log([
      (
        "f1", "2010-08-20", nil,
        [
          "\(Self.net) 2009-07-01/2010-06-30", "\(Self.net) 2009-07-01/2009-09-30",
          "x:Cash 2010-06-30",
        ]
      )
    ])
    try log.filing("g", "2011-01-01", entity: "x:2")
    for period in ["2010-01-01/2010-12-31", "2009-07-01/2010-06-30", "2010-07-01/2010-09-30"] {
      try log.claim(Self.net, period, "2", "g", entity: "x:2")
    }
    try log.claim(Self.net, "2010-01-01/2010-09-30", "2", "g", entity: "x:2")
    func named(_ words: String, asOf: String? = nil) throws -> [String] {
      let facts = try log.facts()
      let query = FactListing.Query(
        pattern: FactPattern([words]),
        asOf: try asOf.map { try #require(PeriodLabel($0)) },
        vantage: Vantage(head: log.head)
      )
      var found: [String] = []
      try FactListing.forEach(query, in: facts) { entry in
        found.append("\(try facts.text(entry.fact.entity)) \(entry.fact.period)")
      }
      return found
    }
    #expect(
      try named("FY2010") == [
        "x:1 2009-07-01/2010-06-30", "x:1 2010-06-30", "x:2 2010-01-01/2010-12-31",
      ]
    )
    #expect(
      try named("2010Q3 NetIncome") == ["x:2 2010-07-01/2010-09-30"]
    )
    #expect(try named("CY2009Q3") == ["x:1 2009-07-01/2009-09-30"])
    #expect(
      try named("", asOf: "FY2010") == [
        "x:1 2009-07-01/2010-06-30", "x:1 2010-06-30", "x:2 2010-01-01/2010-12-31",
      ]
    )
  }

  @Test("lets a fact that is some days off give way to the exact one of its series")
  func nearFacts() throws {
    let log = try Self.log([
      (
        "f1", "2019-11-20", nil,
        [
          "\(Self.net) 2018-09-30/2019-09-28", "\(Self.net) 2017-10-01/2018-09-29",
          "\(Self.net) 2018-10-01/2019-09-30", "x:Sales 2018-10-01/2019-09-30", "x:Cash 2019-09-28",
          "x:Cash 2019-09-30", "x:Debt 2019-09-30", "x:Shares 2019-10-05",
        ]
      )
    ])
    let query = FactListing.Query(
      pattern: FactPattern(["FY2019"]),
      vantage: Vantage(head: log.head)
    )
    let facts = try log.facts()
    var found: Set<String> = []
    try FactListing.forEach(query, in: facts) { entry in
      found.insert("\(try facts.text(entry.fact.concept)) \(entry.fact.period)")
    }
    #expect(
      found == [
        "\(Self.net) 2018-09-30/2019-09-28", "x:Sales 2018-10-01/2019-09-30", "x:Cash 2019-09-28",
        "x:Debt 2019-09-30",
      ]
    )
  }
}
