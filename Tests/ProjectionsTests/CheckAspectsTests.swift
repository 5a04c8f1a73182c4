import Facts
import Projections
import TestSupport
import Testing

@Suite("A check whose operands take the aspects of the total")
struct CheckAspectsTests {
  private typealias Operand = CheckDefinition.Operand

  private static func sum(filing: String? = nil) -> CheckDefinition {
    CheckDefinition(
      check: "sum",
      filing: filing,
      aspects: .ofTotal,
      kind: .foot,
      title: "T",
      total: Operand(concept: "x:T"),
      items: [Operand(concept: "x:A"), Operand(concept: "x:B", weight: -1)]
    )
  }

  /// Claims, each `filing concept period unit dimensions value decimals`, `-` for no dimensions.
  private func log(_ check: CheckDefinition, _ claims: [String]) throws -> TestLog {
    var log = TestLog()
    log.add(.check(check))
    try log.filing("f", "2004-11-04")
    try log.filing("g", "2005-11-04")
    for claim in claims {
      let words = claim.split(separator: " ", maxSplits: 5).map(String.init)
      try log.claim(
        words[1],
        words[2],
        words[5],
        words[0],
        unit: words[3],
        dimensions: words[4] == "-" ? "" : words[4]
      )
    }
    return log
  }

  private func run(
    _ check: CheckDefinition,
    _ claims: [String],
    asOf: String? = nil,
    knownAt: String? = nil,
    calculation: CalculationRule = .complete
  ) throws -> [String] {
    let log = try log(check, claims)
    var query = CheckRun.Query(
      entity: "x:1",
      periodEnd: asOf.flatMap { CivilDate($0) },
      vantage: Vantage(
        knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp },
        head: log.head
      )
    )
    query.calculation = calculation
    return try CheckRun(query).results(in: log.facts()).map { result in
      let operand = result.total.operand
      return [
        "\(result.period)", operand.unit, operand.dimensions.text, result.status.rawValue,
        result.residual ?? result.reason ?? "",
      ].joined(separator: " ")
    }
  }

  private static func claims(_ aspects: String, _ total: String, _ a: String, _ b: String)
    -> [String]
  {
    [("x:T", total), ("x:A", a), ("x:B", b)].map { "f \($0.0) \(aspects) \($0.1)" }
  }

  @Test("ties out as soon as one item is reported, where Calculations 1.1 is asked for")
  func tiesOutWithOneItem() throws {
    let claims = [
      // One item, which is the total or is not; all; none; a dash; one that contradicts itself.
      "f x:T 2001-12-31 USD - 5", "f x:A 2001-12-31 USD - 5",
      "f x:T 2002-12-31 USD - 5", "f x:A 2002-12-31 USD - 7",
      "f x:T 2003-12-31 USD - 5", "f x:A 2003-12-31 USD - 7", "f x:B 2003-12-31 USD - 2",
      "f x:T 2004-12-31 USD - 5",
      "f x:T 2005-12-31 USD - 5", "f x:A 2005-12-31 USD - 5", "f x:B 2005-12-31 USD - nil",
      "f x:T 2006-12-31 USD - 5", "f x:A 2006-12-31 USD - 5 0", "f x:B 2006-12-31 USD - 1 0",
      "f x:B 2006-12-31 USD - 2 0",
    ]
    #expect(
      try run(Self.sum(), claims, calculation: .calculations11) == [
        "2006-12-31 USD  not-checkable x:B 2006-12-31 contradicts itself",
        "2005-12-31 USD  agrees 0", "2003-12-31 USD  agrees 0", "2002-12-31 USD  exception -2",
        "2001-12-31 USD  agrees 0",
      ]
    )
    let complete = try run(Self.sum(), claims)
    #expect(complete[3] == "2002-12-31 USD  not-checkable x:B 2002-12-31 is not known")
    #expect(complete[4] == "2001-12-31 USD  not-checkable x:B 2001-12-31 is not known")
  }

  @Test("runs for every dimensions, unit and period of the total, plain and newest first")
  func runsForEveryDimensionsUnitAndPeriodOfTotal() throws {
    let claims =
      Self.claims("2004-12-31 USD s=two", "7", "10", "3")
      + Self.claims("2003-12-31 USD -", "7 0", "10 0", "4 0")
      + Self.claims("2004-12-31 EUR -", "1", "3", "2")
      + Self.claims("2004-01-01/2004-12-31 USD -", "5", "6", "2")
      + Self.claims("2004-12-31 USD -", "7000 -3", "10000 -3", "2000 -3")
    #expect(
      try run(Self.sum(), claims) == [
        "2004-12-31 EUR  agrees 0", "2004-12-31 USD  agrees-within-rounding -1000",
        "2004-01-01/2004-12-31 USD  exception 1", "2003-12-31 USD  agrees-within-rounding 1",
        "2004-12-31 USD s=two agrees 0",
      ]
    )
    #expect(
      try run(Self.sum(), claims, asOf: "2003-12-31") == [
        "2003-12-31 USD  agrees-within-rounding 1"
      ]
    )
    #expect(try run(Self.sum(), claims, knownAt: "2004-11-03") == [])
  }

  @Test("takes items only with the total's own aspects")
  func otherAspects() throws {
    let total = "f x:T 2004-12-31 USD s=one 7"
    for aspects in ["2004-12-31 USD -", "2003-12-31 USD s=one", "2004-12-31 EUR s=one"] {
      #expect(try run(Self.sum(), [total, "f x:A \(aspects) 7", "f x:B \(aspects) 0"]) == [])
    }
  }

  @Test("is not checkable without all items, and no tie without one")
  func isNotCheckableWithoutAllItems() throws {
    let total = "f x:T 2004-12-31 USD s=one 7"
    #expect(try run(Self.sum(), [total]) == [])
    #expect(
      try run(Self.sum(), [total, "f x:A 2004-12-31 USD s=one 7"]) == [
        "2004-12-31 USD s=one not-checkable x:B [s=one] 2004-12-31 is not known"
      ]
    )
  }

  @Test("counts an item that is a dash as nothing, and ties no total that is one")
  func countsItemThatIsDashAsNothing() throws {
    #expect(
      try run(Self.sum(), Self.claims("2004-12-31 USD -", "7", "7", "nil")) == [
        "2004-12-31 USD  agrees 0"
      ]
    )
    #expect(try run(Self.sum(), Self.claims("2004-12-31 USD -", "nil", "7", "7")) == [])
  }

  @Test("with a filing, ties what that filing claims, restated later or not")
  func ofOneFiling() throws {
    let claims =
      Self.claims("2004-12-31 USD -", "7", "10", "3") + [
        "g x:A 2004-12-31 USD - 11", "g x:T 2003-12-31 USD - 1", "g x:A 2003-12-31 USD - 2",
        "g x:B 2003-12-31 USD - 1",
      ]
    #expect(try run(Self.sum(filing: "f"), claims) == ["2004-12-31 USD  agrees 0"])
    #expect(
      try run(Self.sum(filing: "g"), claims) == ["2003-12-31 USD  agrees 0"]
    )
    #expect(
      try run(Self.sum(), claims) == [
        "2004-12-31 USD  exception -1", "2003-12-31 USD  agrees 0",
      ]
    )
    #expect(try run(Self.sum(filing: "h"), claims) == [])
    #expect(try run(Self.sum(filing: "g"), claims, knownAt: "2005-11-03") == [])
  }

  @Test("a figure that contradicts itself makes it not checkable, and says so")
  func figureThatContradictsItselfMakesItNotCheckable() throws {
    let claims =
      Self.claims("2004-12-31 USD -", "7", "10", "3") + ["f x:A 2004-12-31 USD - 12"]
    #expect(
      try run(Self.sum(filing: "f"), claims) == [
        "2004-12-31 USD  not-checkable x:A 2004-12-31 contradicts itself"
      ]
    )
  }

  @Test("of figures of one fact, the most precise takes part")
  func mostPrecise() throws {
    let claims =
      Self.claims("2004-12-31 USD -", "70 -1", "10 0", "3 0") + ["f x:T 2004-12-31 USD - 66 0"]
    #expect(try run(Self.sum(), claims) == ["2004-12-31 USD  exception 59"])
  }

  @Test("with aspects of its own and a filing, ties that filing's claims too")
  func filingAlone() throws {
    var check = Self.sum(filing: "f")
    check.aspects = .own
    let claims =
      Self.claims("2004-12-31 USD -", "7", "10", "3")
      + Self.claims("2004-12-31 USD s=one", "7", "10", "3") + ["g x:A 2004-12-31 USD - 11"]
    #expect(try run(check, claims) == ["2004-12-31 USD  agrees 0"])
  }
}
