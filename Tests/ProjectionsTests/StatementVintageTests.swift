import Facts
import Projections
import TestSupport
import Testing

@Suite("The vintage of derived figures")
struct StatementVintageTests {
  private static let year = "2012-07-01/2013-06-30"
  private static let nine = "2012-07-01/2013-03-31"
  private static let half = "2012-07-01/2012-12-31"
  private static let third = "2013-01-01/2013-03-31"
  private static let quarter = "2013-04-01/2013-06-30"

  /// A claim: concept, period, figure, filing.
  private typealias Said = (concept: String, period: String, figure: String, filing: String)

  /// A log of filings, each `name day form`, and of claims.
  private func log(_ filings: [String], _ claims: [Said]) throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: "06-30")
    for concept in ["x:Sales", "x:Costs", "x:Gross", "x:Tax"] {
      log.flow(concept, isAdditive: true)
    }
    log.layout(
      "operations",
      [Column(span: .quarter)],
      [
        Line(label: "Sales", concept: "x:Sales", addsTo: "x:Gross"),
        Line(label: "Costs", concept: "x:Costs", addsTo: "x:Gross", weight: -1),
        Line(label: "Gross", concept: "x:Gross", isSubtotal: true),
        Line(label: "Tax", concept: "x:Tax", isOptional: true),
      ]
    )
    for filing in filings {
      let words = filing.split(separator: " ").map(String.init)
      log.add(
        .filing(
          Filing(
            filing: words[0],
            entity: "x:1",
            form: words.count > 2 ? words[2] : nil,
            published: try #require(PublishedTime(words[1]))
          )
        )
      )
    }
    for claim in claims {
      try log.claim("x:\(claim.concept)", claim.period, claim.figure, claim.filing)
    }
    return log
  }

  /// What the fourth quarter prints of a line, with its vintage: `=10854 @2014-04-23 q3`.
  private func printed(
    _ log: TestLog,
    _ label: String = "Costs",
    knownAt: String? = nil
  ) throws -> String {
    let statement = try log.fill(
      "operations",
      asOf: "2013-06-30",
      knownAt: knownAt,
      span: .quarter,
      columnCount: 1
    )
    let line = try #require(statement.lines.first { $0.definition.label == label })
    switch line.cells[0].answer {
    case .holds(let row): return row.figure.value?.description ?? "nil"
    case .derived(let derivation):
      let facts = try log.facts()
      let vintage = try derivation.vintage.map {
        " @\(PublishedTime($0.published)) \(try facts.text($0.filing))"
      }
      return "=" + (derivation.figure.value?.description ?? "nil") + (vintage ?? "")
    case .notDerivable(let reason): return reason.description
    default: return "\(line.cells[0].answer)"
    }
  }

  private static let filings = [
    "q3 2013-04-24", "fy 2013-08-08", "next 2014-04-23", "later 2014-08-08", "last 2015-08-07",
  ]

  @Test("a year that was recast and nine months that were not: the quarter is as first filed")
  func recastYear() throws {
    let log = try log(
      Self.filings,
      [
        ("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42854 0", "fy"),
        ("Costs", Self.nine, "32000 0", "next"), ("Costs", Self.year, "42854 0", "later"),
        ("Costs", Self.year, "38478 0", "last"),
      ]
    )
    #expect(try printed(log) == "=10854 @2014-08-08 later")
    #expect(try printed(log, knownAt: "2014-12-31") == "=10854")
    #expect(try printed(log, knownAt: "2015-08-07") == "=10854 @2014-08-08 later")
  }

  @Test("the whole column is of one vintage, a figure that was never restated with the others")
  func wholeColumn() throws {
    let claims: [Said] = [
      ("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42854 0", "fy"),
      ("Costs", Self.year, "38478 0", "last"), ("Sales", Self.nine, "60000 0", "q3"),
      ("Sales", Self.year, "80000 0", "fy"), ("Sales", Self.nine, "60001 0", "later"),
      ("Sales", Self.year, "80001 0", "later"), ("Tax", Self.nine, "6 0", "later"),
      ("Tax", Self.year, "8 0", "last"),
    ]
    let log = try log(Self.filings, claims)
    #expect(try printed(log) == "=10854 @2014-08-08 later")
    // Restated by one filing, but the column is of an earlier one.
    #expect(try printed(log, "Sales") == "=20000 @2014-08-08 later")
    #expect(
      try printed(log, "Tax")
        == "last reported x:Tax \(Self.year) on 2015-08-07, after later of 2014-08-08, which the "
        + "derived figures of the column are of"
    )
  }

  /// Nine months and the year, both recast, by filings of their own.
  private static let recast: [Said] = [
    ("Costs", nine, "9625 0", "q3"), ("Costs", year, "12878 0", "fy"),
    ("Costs", nine, "7857 0", "next"), ("Costs", year, "10516 0", "later"),
  ]

  @Test("figures that were all recast are the newest if the column foots to what is reported")
  func columnProvesRecastFigures() throws {
    let reported: [Said] = [("Sales", Self.quarter, "4104 0", "last")]
    #expect(
      try printed(
        log(Self.filings, Self.recast + reported + [("Gross", Self.quarter, "1445 0", "last")])
      )
        == "=2659"
    )
    let earlier = "=3253 @2013-08-08 fy"
    #expect(try printed(log(Self.filings, Self.recast + reported)) == earlier)
    #expect(
      try printed(
        log(Self.filings, Self.recast + reported + [("Gross", Self.quarter, "1450 0", "last")])
      )
        == earlier
    )
    #expect(try printed(log(Self.filings, Self.recast)) == earlier)
  }

  @Test("what a recasting filing repeats is of its vintage")
  func repeatedFiguresAreRecast() throws {
    let reported: [Said] = [
      ("Sales", Self.quarter, "4104 0", "last"), ("Gross", Self.quarter, "1445 0", "last"),
    ]
    let tax: [Said] = [
      ("Tax", Self.nine, "45 0", "q3"), ("Tax", Self.year, "61 0", "fy"),
      ("Tax", Self.year, "60 0", "later"),
    ]
    let recast = Self.recast + reported + tax
    #expect(try printed(log(Self.filings, recast), "Tax") == "=16 @2013-08-08 fy")
    let repeated = recast + [("Tax", Self.nine, "45 0", "next")]
    #expect(try printed(log(Self.filings, repeated), "Tax") == "=15")
  }

  @Test("figures that one filing recast belong together")
  func oneFilingRecastAll() throws {
    let log = try log(
      Self.filings,
      [
        ("Costs", Self.nine, "9625 0", "q3"), ("Costs", Self.year, "12878 0", "fy"),
        ("Costs", Self.nine, "7857 0", "later"), ("Costs", Self.year, "10516 0", "later"),
      ]
    )
    #expect(try printed(log) == "=2659")
  }

  @Test("the quarter as known at three moments: filed, half recast, recast")
  func quarterIsAsKnown() throws {
    let log = try log(
      [
        "q3 2009-07-22", "fy 2009-10-27", "fya 2010-01-25 10-K/A", "next 2010-07-21",
        "last 2010-10-27",
      ],
      [
        ("Costs", Self.nine, "4039 0", "q3"), ("Costs", Self.year, "5704 0", "fy"),
        ("Costs", Self.year, "8235 0", "fya"), ("Costs", Self.nine, "5703 0", "next"),
        ("Costs", Self.year, "8235 0", "last"),
      ]
    )
    #expect(try printed(log, knownAt: "2009-12-31") == "=1665")
    #expect(try printed(log, knownAt: "2010-03-01") == "=1665 @2009-10-27 fy")
    #expect(try printed(log, knownAt: "2010-08-01") == "=1665 @2009-10-27 fy")
    #expect(try printed(log) == "=2532")
  }

  @Test("names both filings where figures never belonged together")
  func bothFilingsAreNamed() throws {
    let log = try log(
      ["q3 2013-04-24", "fix 2013-05-01", "fy 2013-08-08"],
      [
        ("Costs", Self.half, "60 0", "q3"), ("Costs", Self.third, "30 0", "q3"),
        ("Costs", Self.half, "50 0", "fix"), ("Costs", Self.year, "120 0", "fy"),
      ]
    )
    #expect(
      try printed(log)
        == "fix restated x:Costs \(Self.half) on 2013-05-01, after q3 had last reported \(Self.third) "
        + "on 2013-04-24"
    )
  }

  @Test("refinements, and what the ledger's keeper corrects or withdraws, restate nothing")
  func notRestated() throws {
    var log = try log(
      Self.filings,
      [("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42850 -1", "fy")]
    )
    try log.claim("x:Costs", Self.year, "42854 0", "later")
    #expect(try printed(log) == "=10854")
    let wrong = try log.claim("x:Costs", Self.year, "38478 0", "last")
    #expect(try printed(log) != "=10854")
    var corrected = log
    try corrected.amend(wrong, "42854 0")
    #expect(try printed(corrected) == "=10854")
    try log.amend(wrong, nil)
    #expect(try printed(log) == "=10854")
  }

  @Test("an amendment of the day of its original counts after it, whatever their names")
  func amendmentCountsAfterOriginal() throws {
    let claims: [Said] = [
      ("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42854 0", "k"),
      ("Costs", Self.nine, "32000 0", "k"), ("Costs", Self.year, "38478 0", "a"),
    ]
    let amended = try log(["q3 2013-04-24", "k 2013-08-08 10-K", "a 2013-08-08 10-K/A"], claims)
    #expect(
      try printed(amended).hasPrefix("a restated x:Costs \(Self.year) on 2013-08-08, after k")
    )
    let plain = try log(["q3 2013-04-24", "k 2013-08-08 10-K", "a 2013-08-08 10-K"], claims)
    // By its name it comes first: then the year was restated by the other.
    #expect(try printed(plain) == "=10854")
  }

  @Test("figures that a conflict changed are restated when it ends")
  func conflictRestatesWhenItEnds() throws {
    let claims: [Said] = [
      ("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42854 0", "fy"),
      ("Costs", Self.year, "42854 0", "next"), ("Costs", Self.year, "38478 0", "next"),
    ]
    let changed = claims + [("Costs", Self.year, "38478 0", "later")]
    #expect(try printed(log(Self.filings, changed)) == "=10854 @2013-08-08 fy")
    let confirmed = claims + [("Costs", Self.year, "42854 0", "later")]
    #expect(try printed(log(Self.filings, confirmed)) == "=10854")
  }

  @Test("no moment is taken whose figures were taken back since")
  func retractedFiguresAreNotTaken() throws {
    var log = try log(
      Self.filings,
      [
        ("Costs", Self.nine, "32000 0", "q3"), ("Costs", Self.year, "42854 0", "fy"),
        ("Costs", Self.half, "21000 0", "next"), ("Costs", Self.third, "11001 0", "next"),
        ("Costs", Self.year, "38478 0", "last"),
      ]
    )
    #expect(try printed(log).hasPrefix("=10854"))
    log.add(
      .retraction(
        Retraction(
          filing: "last",
          entity: "x:1",
          statement: "operations",
          periods: [try #require(Period(Self.nine))]
        )
      )
    )
    // The half and the third quarter lie within the nine months, and are taken back with them.
    let error = #expect(throws: UnanswerableQuery.self) { try printed(log) }
    #expect(error?.message.contains("nothing reported adds up to one") == true)
  }

  @Test("a sum may pass through more than 18 digits")
  func longSums() throws {
    let log = try log(
      ["f 2013-08-08"],
      [
        ("Costs", Self.half, "-900000000000000000", "f"),
        ("Costs", Self.third, "-900000000000000000", "f"),
        ("Costs", Self.year, "-900000000000000000", "f"),
      ]
    )
    #expect(try printed(log) == "=900000000000000000")
  }

  @Test("the decimals of a derived figure claim no more than the roundings leave open")
  func decimalsClaimNoMore() throws {
    let log = try log(
      ["f 2013-08-08"],
      [("Costs", Self.nine, "700 0", "f"), ("Costs", Self.year, "1000 -2", "f")]
    )
    let statement = try log.fill("operations", asOf: "2013-06-30", span: .quarter, columnCount: 1)
    guard case .derived(let derivation) = statement.lines[1].cells[0].answer else {
      Issue.record("\(statement.table)")
      return
    }
    #expect(derivation.figure.decimals == -3)
    #expect(derivation.low == "249.5" && derivation.high == "350.5")
  }
}

@Suite("The vintage of what is not listed")
struct ResidualVintageTests {
  private static let instant = "2012-12-31"

  private func log(_ claims: [(concept: String, figure: String, filing: String)]) throws -> TestLog
  {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.layout(
      "balance",
      [Column(span: .instant)],
      [
        Line(label: "Cash", concept: "x:Cash", addsTo: "x:Assets"),
        Line(label: "Land", concept: "x:Land", addsTo: "x:Assets"),
        Line(label: "Assets", concept: "x:Assets", isTotal: true),
      ]
    )
    for (name, day) in [("first", "2013-02-01"), ("second", "2014-02-01"), ("third", "2015-02-01")]
    {
      try log.filing(name, day)
    }
    for claim in claims {
      try log.claim("x:\(claim.concept)", Self.instant, claim.figure, claim.filing)
    }
    return log
  }

  private func leftOut(_ log: TestLog) throws -> Answer? {
    let statement = try log.fill("balance", asOf: Self.instant)
    return statement.lines.first { $0.isResidual }?.cells[0].answer
  }

  private static let first = [
    ("Cash", "30 0", "first"), ("Land", "20 0", "first"), ("Assets", "60 0", "first"),
  ]

  @Test("it is a figure where none of the lines was restated after another's last report")
  func oneVintage() throws {
    #expect(try leftOut(log(Self.first))?.figure?.value?.description == "10")
    let recast = [
      ("Cash", "31 0", "second"), ("Land", "20 0", "second"), ("Assets", "70 0", "second"),
    ]
    #expect(try leftOut(log(Self.first + recast))?.figure?.value?.description == "19")
  }

  @Test("it is none where they mix filings, and both are named")
  func mixedFilingsAreNamed() throws {
    let answer = try leftOut(log(Self.first + [("Assets", "70 0", "second")]))
    guard case .notDerivable(let reason) = answer else {
      Issue.record("\(String(describing: answer))")
      return
    }
    #expect(
      reason.description
        == "second restated x:Assets 2012-12-31 on 2014-02-01, after first had last "
        + "reported x:Cash 2012-12-31 on 2013-02-01"
    )
  }
}
