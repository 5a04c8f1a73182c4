import Facts
import Projections
import TestSupport
import Testing

@Suite("A listing without the periods that data sets round to months")
struct RoundedFactsTests {
  /// Quarters of years that end on the last Saturday of September.
  private static let weeks = [
    "2017-10-01/2018-09-29", "2018-09-30/2018-12-29", "2018-12-30/2019-03-30",
    "2018-09-30/2019-03-30", "2019-03-31/2019-06-29", "2018-09-30/2019-06-29",
  ]

  /// Quarters of years that end with a month.
  private static let months = [
    "2018-01-01/2018-12-31", "2019-01-01/2019-03-31", "2019-04-01/2019-06-30",
    "2019-01-01/2019-06-30",
  ]

  /// The periods and values that are listed of what filings claim: `filing period value`.
  private func listed(
    _ claims: [String],
    _ words: String = "",
    omitsRounded: Bool = true,
    periodEnd: String? = nil,
    periods: [String] = weeks
  ) throws -> [String] {
    var log = TestLog()
    try log.filing("f", "2019-08-01")
    try log.filing("g", "2019-11-01")
    for period in periods { try log.claim("us-gaap:NetIncomeLoss", period, "1", "f") }
    for claim in claims {
      let parts = claim.split(separator: " ", maxSplits: 2).map(String.init)
      try log.claim("x:A", parts[1], parts[2], parts[0])
    }
    let facts = try log.facts()
    let query = FactListing.Query(
      entity: "x:1",
      pattern: FactPattern(["x:A", words]),
      periodEnd: try periodEnd.map { try #require(CivilDate($0)) },
      vantage: Vantage(head: log.head),
      omitsRounded: omitsRounded
    )
    var found: [String] = []
    try FactListing.forEach(query, in: facts) { entry in
      let value = entry.walk.answer.figure?.value?.description ?? "none"
      found.append("\(entry.fact.period) \(value)")
    }
    return found
  }

  private static let both = [
    "f 2019-06-30 7", "f 2019-06-29 7", "f 2019-04-01/2019-06-30 3", "f 2019-03-31/2019-06-29 3",
  ]

  @Test("has the exact periods alone, of days and of stretches")
  func exactPeriodsAreListed() throws {
    #expect(try listed(Self.both) == ["2019-03-31/2019-06-29 3", "2019-06-29 7"])
    #expect(try listed(Self.both.reversed()) == ["2019-03-31/2019-06-29 3", "2019-06-29 7"])
  }

  @Test("has whole months of a filer whose periods end with months, beside days that are near")
  func monthsAreExact() throws {
    let claims = ["f 2019-06-30 7", "f 2019-06-29 7"]
    #expect(try listed(claims, periods: Self.months) == ["2019-06-29 7", "2019-06-30 7"])
  }

  @Test("has all where every claim is asked for, or a period or a day")
  func allAreListedWhereAskedFor() throws {
    #expect(try listed(Self.both, omitsRounded: false).count == 4)
    #expect(try listed(Self.both, "2019-06-30") == ["2019-06-30 7"])
    #expect(
      try listed(Self.both, periodEnd: "2019-06-30") == ["2019-04-01/2019-06-30 3", "2019-06-30 7"]
    )
  }

  @Test(
    "has whole months that no exact period of the same filings and figures stands for",
    arguments: [
      // Nothing exact; of another filing; of another figure; too far away; of another kind.
      ["f 2019-06-30 7"], ["f 2019-06-30 7", "g 2019-06-29 7"],
      ["f 2019-06-30 7", "f 2019-06-29 8"],
      ["f 2019-06-30 7", "f 2019-06-12 7"], ["f 2019-06-30 7", "f 2019-03-31/2019-06-29 7"],
      // One of two filings has no exact period.
      ["f 2019-06-30 7", "f 2019-06-29 7", "g 2019-06-30 7"],
    ]
  )
  func otherWholeMonthsAreListed(claims: [String]) throws {
    #expect(try listed(claims).contains("2019-06-30 7"))
  }

  @Test("is what remains of the whole when that is taken away: 300 random series")
  func agreesWithTheRule() throws {
    var random = SeededGenerator(seed: 30)
    let ends = ["2019-06-29", "2019-06-30", "2019-07-01", "2019-07-31", "2019-08-03", "2019-09-28"]
    let starts = ["", "2019-03-31/", "2019-04-01/", "2019-01-01/"]
    var omittedCount = 0
    var log = TestLog()
    try log.filing("f", "2019-08-01")
    for period in Self.weeks { try log.claim("us-gaap:NetIncomeLoss", period, "1", "f") }
    let calendar = try FiscalCalendar(
      of: EntityDefinition(entity: "x:1", name: "One"),
      within: Vantage(head: log.head),
      from: log.facts()
    )
    for _ in 0..<300 {
      let claims = (0..<(2 + random.below(8))).map { _ in
        "\(["f", "g"][random.below(2)]) \(starts[random.below(4)])\(ends[random.below(6)]) "
          + "\(5 + random.below(2))"
      }
      func period(_ claim: String) throws -> Period {
        try #require(Period(claim.split(separator: " ")[1]))
      }
      func isWhole(_ period: Period) -> Bool {
        period.end.isEndOfMonth && period.start?.advanced(byDays: -1).isEndOfMonth ?? true
      }
      func isNear(_ day: CivilDate?, _ other: CivilDate?) -> Bool {
        guard let day, let other else { return day == other }
        return abs(day.dayNumber - other.dayNumber) <= 7
      }
      let omitted = try Set(
        claims.filter { one in
          let whole = try period(one)
          guard isWhole(whole), !calendar.isExact(whole) else { return false }
          return try claims.filter { try period($0) == whole }.allSatisfy { claim in
            try claims.contains { other in
              let exact = try period(other)
              return other.first == claim.first && other.last == claim.last && !isWhole(exact)
                && calendar.isExact(exact)
                && isNear(exact.start, whole.start) && isNear(exact.end, whole.end)
            }
          }
        }.map { "\(try period($0))" }
      )
      let all = try listed(claims, omitsRounded: false)
      let expected = all.filter { line in
        !omitted.contains(String(line.split(separator: " ")[0]))
      }
      #expect(try listed(claims) == expected, "\(claims)")
      omittedCount += omitted.count
    }
    #expect(omittedCount > 15)
  }
}
