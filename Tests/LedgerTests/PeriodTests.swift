import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("A period's name in a ledger") struct NamedPeriodTests {
  /// Event lines of an entity, its filings and their claims.
  private static func lines(
    yearEnd: String,
    _ filings: (name: String, published: String, claims: [(period: String, value: String)])...
  ) -> String {
    var lines = [#"{"type":"entity","entity":"x:7","name":"Seven","fiscalYearEnd":"\#(yearEnd)"}"#]
    for (name, published, claims) in filings {
      lines.append(
        #"{"type":"filing","filing":"\#(name)","entity":"x:7","published":"\#(published)"}"#
      )
      for claim in claims {
        lines.append(
          #"""
          {"type":"statement-line","filing":"\#(name)","entity":"x:7",\#
          "concept":"us-gaap:NetIncomeLoss","period":"\#(claim.period)","unit":"USD",\#
          "value":"\#(claim.value)"}
          """#
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A company whose fiscal year ends in June.
  private static let june = lines(
    yearEnd: "06-30",
    (
      "F1", "2004-09-04", [("2003-07-01/2004-06-30", "111"), ("2003-07-01/2003-09-30", "22")]
    ),
    (
      "F2", "2005-02-04", [("2004-07-01/2004-12-31", "333"), ("2004-10-01/2004-12-31", "44")]
    )
  )

  private static func values(_ ledger: Ledger, _ request: Ledger.FactsRequest) throws -> [String] {
    var values: [String] = []
    _ = try ledger.read { view in
      try view.forEachClaim(request) { values.append($0.claim.figure.value?.description ?? "nil") }
    }
    return values
  }

  @Test(
    "means the entity's fiscal years on every option, with its name and without",
    arguments: [
      ("FY2004", "111"), ("2004Q1", "22"), ("2005Q2", "44"), ("2005H1", "333"), ("CY2004Q4", "44"),
      ("Q2 2005", "44"), ("FY 2004", "111"), ("2Q 2005", "44"),
    ]
  )
  func everyOptionTakesFiscalYears(label: String, value: String) throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Self.june)
    let named = try #require(PeriodLabel(label))
    let end = try ledger.read { try $0.day(named) }.date
    for entity in ["seven", nil] {
      let words = ["NetIncomeLoss", label]
      #expect(try Self.values(ledger, .init(entity: entity, words: words)) == [value])
      let histories = try ledger.read { view in
        try view.history(.init(entity: entity, words: words)).map(\.fact.period)
      }
      #expect(histories.count == 1)
      #expect(
        try Self.values(ledger, .init(entity: entity, asOf: named))
          == Self.values(ledger, .init(entity: entity, asOf: .exact(.instant(end))))
      )
    }
    let statement = try ledger.statement(.init("operations", entity: "seven", asOf: end))
    #expect(statement.asOf == end)
    #expect(statement.claims.contains { $0.figure.value?.description == value })
  }

  @Test("is refused where no calendar has it, and derived where its parts are reported")
  func derivedAndRefused() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Self.june)
    let derived = try ledger.read { try $0.history(.init(words: ["NetIncomeLoss", "2005Q1"])) }
    #expect(derived.first?.fact.period.description == "2004-07-01/2004-09-30")
    #expect(derived.first?.entries.count == 2)
    #expect {
      try ledger.read { try $0.day(#require(PeriodLabel("FY9999")), of: "nobody") }
    } throws: { "\($0)".contains("no entity matches \"nobody\"") }
    let first = try #require(PeriodLabel("2003-06"))
    #expect(try ledger.read { try $0.day(first) }.date.description == "2003-06-30")
    #expect {
      try ledger.read { try $0.day(#require(PeriodLabel("0001Q1"))) }
    } throws: { "\($0)" == "no calendar has 0001Q1; give the last day of the period" }
  }

  @Test("is assumed where no filing numbers the year, but for calendar years")
  func fiscalYearIsAssumedWhereNotNumbered() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Self.june)
    let label = try #require(PeriodLabel("FY2004"))
    #expect(try ledger.read { try $0.day(label) }.isAssumed)
    let annual = Self.june.replacing(
      #""published":"2004-09-04""#,
      with: #""published":"2004-09-04","form":"10-K","fiscalYear":2004"#
    )
    let numbered = try TemporaryFolder().ledger()
    try numbered.append(annual)
    #expect(try !numbered.read { try $0.day(label) }.isAssumed)
    let calendar = try TemporaryFolder().ledger()
    try calendar.append(
      Self.lines(yearEnd: "12-31", ("F", "2005-03-01", [("2004-12-01/2004-12-31", "1")]))
    )
    #expect(try !calendar.read { try $0.day(label) }.isAssumed)
  }

  @Test("is that of the new quarter's table: each fact once, with the statements' periods")
  func newQuarter() throws {
    func periods(_ lines: String, _ label: String) throws -> [String] {
      let ledger = try TemporaryFolder().ledger()
      try ledger.append(lines)
      return try ledger.read { view in
        let date = try view.day(#require(PeriodLabel(label))).date
        return try view.template(entity: nil, asOf: date).rows.map(\.fact.period.description)
      }
    }
    let calendar = Self.lines(
      yearEnd: "12-31",
      ("F1", "2004-11-04", [("2004-07-01/2004-09-30", "10"), ("2004-01-01/2004-09-30", "30")])
    )
    #expect(
      try periods(calendar, "2004-12-31") == ["2004-10-01/2004-12-31", "2004-01-01/2004-12-31"]
    )
    #expect(try periods(calendar, "2005Q1") == ["2005-01-01/2005-03-31"])
    let weeks = Self.lines(
      yearEnd: "09-26",
      ("F1", "2019-07-31", [("2019-03-31/2019-06-29", "10"), ("2018-09-30/2019-06-29", "30")])
    )
    #expect(
      try periods(weeks, "2019-09-28") == ["2019-06-30/2019-09-28", "2018-09-30/2019-09-28"]
    )
    #expect(try periods(weeks, "2019Q4") == ["2019-06-30/2019-09-28", "2018-09-30/2019-09-28"])
    #expect(try periods(weeks, "2019-12-28") == ["2019-09-29/2019-12-28"])
    #expect(
      try periods(weeks, "2020-03-28") == ["2019-12-29/2020-03-28", "2019-09-29/2020-03-28"]
    )
    // A first quarter is the year to date: what follows has both.
    let first = Self.lines(
      yearEnd: "12-31",
      ("F1", "2004-05-04", [("2004-01-01/2004-03-31", "10")])
    )
    #expect(try periods(first, "2004Q2") == ["2004-04-01/2004-06-30", "2004-01-01/2004-06-30"])
  }

  @Test("is the year that ends on the day, in whatever order the documents came")
  func yearWhateverIsStated() throws {
    let old = Self.lines(yearEnd: "01-31", ("a", "2009-08-20", [("2009-05-01/2009-07-31", "776")]))
    let new = Self.lines(
      yearEnd: "12-31",
      ("b", "2010-03-18", [("2009-02-01/2010-01-31", "3326"), ("2008-02-01/2009-01-31", "3424")])
    )
    for order in [[old, new], [new, old]] {
      let ledger = try TemporaryFolder().ledger()
      for lines in order { try ledger.append(lines) }
      let asOf = CivilDate("2010-01-31")
      let statement = try ledger.statement(.init("operations", asOf: asOf))
      #expect(
        statement.columns.map(\.label) == [
          "Year Ended Jan. 31, 2010", "Year Ended Jan. 31, 2009",
        ]
      )
    }
  }
}
