import Facts
import Projections
import TestSupport
import Testing

@Suite("Guidance against actual")
struct GuidanceTests {
  /// Compares forecasts of one filing, `value decimals qualifier`, with an actual figure.
  private func review(_ forecasts: [String], actual: String?) throws -> [String] {
    var log = TestLog()
    log.flow("x:Gold", isAdditive: true, .mass, kind: "production")
    log.flow("x:Plan", isAdditive: true, .mass, kind: "guidance", actual: "x:Gold")
    try log.filing("f", "2004-11-04")
    for forecast in forecasts { try log.claim("x:Plan", Self.year, forecast, "f") }
    if let actual {
      try log.filing("g", "2005-02-22")
      try log.claim("x:Gold", Self.year, actual, "g")
    }
    return try told(log)
  }

  private func told(_ log: TestLog, knownAt: String? = nil) throws -> [String] {
    let time = knownAt.flatMap { PublishedTime($0)?.timestamp }
    let query = FactListing.Query(vantage: Vantage(knownAt: time, head: log.head))
    return try GuidanceReview.all(query, in: log.facts()).map { review in
      [review.outcome.rawValue, review.difference?.description].compactMap(\.self)
        .joined(separator: " ")
    }
  }

  private static let year = "2004-01-01/2004-12-31"

  @Test(
    "a bound holds or not, a point agrees within rounding or not, a range holds it or not",
    arguments: [
      (["200000 -5 more-than"], "190000 -4", "missed -10000"),
      (["200000 -5 more-than"], "210000 -3", "met 10000"),
      (["200000 -5 more-than"], "200000 -5", "undecided 0"),
      (["200000 -5 more-than"], "200000", "missed 0"),
      (["185 0 less-than"], "180 0", "met -5"),
      (["2 0 less-than"], "2.02 2", "missed 0.02"),
      (["2 0 less-than"], "2 0", "undecided 0"),
      (["7700000 -5 approximately"], "7000000 -6", "missed -700000"),
      (["7700000 -5 approximately"], "7740000 -4", "met 40000"),
      (["7 0"], "7.4 1", "met 0.4"),
      (["70000 -4 low", "120000 -4 high"], "100000 -3", "met 0"),
      (["70000 -4 low", "120000 -4 high"], "60000 -3", "missed -10000"),
      (["70000 -4 low", "120000 -4 high"], "130000 -3", "missed 10000"),
      (["70000 -4 low", "120000 -4 high"], "70000 -4", "undecided 0"),
      // Outside the range as printed, though rounding may bring it in.
      (["200000 -3 low", "210000 -3 high"], "190000 -5", "undecided -10000"),
      (["200000 -3 low", "210000 -3 high"], "300000 -5", "missed 90000"),
      (["200000 -3 low", "210000 -3 high"], "205000 -5", "undecided 0"),
      // Two bounds of one filing are a range without its ends.
      (["5 0 more-than", "9 0 less-than"], "7", "met 0"),
      (["5 0 more-than", "9 0 less-than"], "9", "missed 0"),
      (["5 0 more-than", "9 0 less-than"], "12", "missed 3"),
      (["70000 -4 low"], "130000 -3", "met 0"), (["70000 -4 high"], "130000 -3", "missed 60000"),
      (["7 0"], nil, "open"), (["7 0"], "nil", "open"),
    ] as [([String], String?, String)]
  )
  func boundPointAndRangeAreMetOrMissed(forecasts: [String], actual: String?, expected: String)
    throws
  {
    #expect(try review(forecasts, actual: actual) == [expected])
  }

  @Test("each filing's forecast is compared, with what was known at the time asked for")
  func eachFilingsForecastIsCompared() throws {
    var log = TestLog()
    log.flow("x:Gold", isAdditive: true, .mass, kind: "production")
    log.flow("x:Plan", isAdditive: true, .mass, kind: "guidance", actual: "x:Gold")
    try log.filing("f", "2004-02-12")
    try log.claim("x:Plan", Self.year, "210000 -4", "f")
    try log.filing("g", "2004-11-04")
    try log.claim("x:Plan", Self.year, "190000 -4", "g")
    try log.filing("h", "2005-02-22")
    try log.claim("x:Gold", Self.year, "189000 -3", "h")
    #expect(try told(log) == ["missed -21000", "met -1000"])
    #expect(try told(log, knownAt: "2005-02-21") == ["open", "open"])
    #expect(try told(log, knownAt: "2004-10-31") == ["open"])
    #expect(try told(log, knownAt: "2004-01-31") == [])
  }

  @Test("an actual figure that nobody reported is derived; a forecast nothing reports on is open")
  func actualFigureThatNobodyReportedIsDerived() throws {
    var log = TestLog()
    log.flow("x:Gold", isAdditive: true, .mass, kind: "production")
    log.flow("x:Plan", isAdditive: true, .mass, kind: "guidance", actual: "x:Gold")
    log.flow("x:Hope", isAdditive: true, .mass, kind: "guidance")
    try log.filing("f", "2004-11-04")
    try log.claim("x:Plan", "2004-10-01/2004-12-31", "50", "f")
    try log.claim("x:Hope", "2004-10-01/2004-12-31", "50", "f")
    try log.claim("x:Gold", "2004-01-01/2004-09-30", "150", "f")
    try log.filing("g", "2005-02-22")
    try log.claim("x:Gold", Self.year, "190", "g")
    #expect(try told(log).sorted() == ["missed -10", "open"])
  }
}
