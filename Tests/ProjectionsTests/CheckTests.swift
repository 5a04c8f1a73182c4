import Facts
import Projections
import TestSupport
import Testing

@Suite("Checks")
struct CheckTests {
  private typealias Operand = CheckDefinition.Operand

  /// Runs one check over figures of one filing, each `concept period value decimals`.
  private func run(
    _ check: CheckDefinition,
    _ figures: [String],
    tolerance: String? = nil,
    undefined: Set<String> = []
  ) throws -> [CheckResult] {
    var log = TestLog()
    log.add(.check(check))
    for concept in Event.check(check).namedConcepts where !undefined.contains(concept) {
      log.add(.concept(ConceptDefinition(concept: concept, kind: "statement-line")))
    }
    try log.filing("f", "2004-11-04")
    for figure in figures {
      let words = figure.split(separator: " ", maxSplits: 2).map(String.init)
      try log.claim(words[0], words[1], words[2], "f")
    }
    let query = CheckRun.Query(
      entity: "x:1",
      vantage: Vantage(head: log.head),
      tolerance: try tolerance.map { try Amount($0) }
    )
    return try CheckRun(query).results(in: log.facts())
  }

  private func told(_ results: [CheckResult]) -> [String] {
    results.map { result in
      [result.status.rawValue, result.residual, result.reason].compactMap(\.self)
        .joined(separator: " ")
    }
  }

  private let foot = CheckDefinition(
    check: "foot",
    kind: .foot,
    title: "T",
    total: Operand(concept: "x:T"),
    items: [Operand(concept: "x:A"), Operand(concept: "x:B", weight: -1)]
  )

  private static let day = "2004-09-30"

  @Test("a check that names a concept that nothing defines is an exception")
  func undefinedConceptIsAnException() throws {
    let figures = ["x:T D 7 0", "x:A D 10 0"].map { $0.replacing("D", with: Self.day) }
    #expect(try told(run(foot, figures)) == ["not-checkable x:B 2004-09-30 is not known"])
    let item = try told(run(foot, figures, undefined: ["x:B"]))
    #expect(item.count == 1 && item[0].hasPrefix("exception nothing defines x:B, so that"))
    // A total that is misspelt has no period of its own.
    let total = try told(run(foot, Array(figures.dropFirst()), undefined: ["x:T"]))
    #expect(total.count == 1 && total[0].hasPrefix("exception nothing defines x:T, so that"))
    #expect(try run(foot, [], undefined: ["x:T"]).isEmpty)
  }

  @Test(
    "a sum agrees to the digit, within rounding, or not",
    arguments: [
      (["x:T D 7000 -3", "x:A D 10000 -3", "x:B D 3000 -3"], "agrees 0"),
      (["x:T D 8000 -3", "x:A D 10000 -3", "x:B D 3000 -3"], "agrees-within-rounding 1000"),
      (["x:T D 9000 -3", "x:A D 10000 -3", "x:B D 3000 -3"], "exception 2000"),
      (["x:T D 6 0", "x:A D 10 0", "x:B D 3 0"], "agrees-within-rounding -1"),
      (["x:T D 6", "x:A D 10", "x:B D 3"], "exception -1"),
      (["x:T D 10 0", "x:A D 10 0", "x:B D nil"], "agrees 0"),
      (["x:T D nil", "x:A D 3 0", "x:B D 3 0"], "agrees 0"),
      (["x:T D 6 0 more-than", "x:A D 10 0", "x:B D 3 0"], "agrees-within-rounding -1"),
      (["x:T D 9 0 more-than", "x:A D 10 0", "x:B D 3 0"], "exception 2"),
      (["x:T D 0.30 2", "x:A D 0.5 1", "x:B D 0.2 1"], "agrees 0"),
      (["x:T D 7 0", "x:A D 10 0"], "not-checkable x:B  is not known"),
      (
        ["x:T D 7 0", "x:A D 10 0", "x:B 2003-12-31 3 0"],
        "not-checkable x:B 2004-09-30 is not known"
      ),
    ]
  )
  func sumAgreesToDigitWithinRoundingOrNot(figures: [String], expected: String) throws {
    let results = try run(foot, figures.map { $0.replacing(" D ", with: " \(Self.day) ") })
    let told = told(results).map { $0.replacing("x:B  is", with: "x:B is") }
    #expect(
      told == [expected.replacing("x:B  is", with: "x:B 2004-09-30 is")] || told == [expected]
    )
  }

  @Test("a residual up to the tolerance is immaterial")
  func residualUpToToleranceIsImmaterial() throws {
    let figures = ["x:T 2004-09-30 9", "x:A 2004-09-30 10", "x:B 2004-09-30 3"]
    #expect(told(try run(foot, figures, tolerance: "2")) == ["immaterial 2"])
    #expect(told(try run(foot, figures, tolerance: "1.99")) == ["exception 2"])
  }

  @Test("a check runs for every period of its total, the newest first")
  func checkRunsForEveryPeriodOfItsTotal() throws {
    let figures = ["2003-12-31", "2004-09-30"].flatMap { day in
      ["x:T \(day) 7", "x:A \(day) 10", "x:B \(day) 3"]
    }
    let results = try run(foot, figures)
    #expect(results.map(\.period.description) == ["2004-09-30", "2003-12-31"])
  }

  @Test("opening balance and flow give the closing balance")
  func rollForward() throws {
    let check = CheckDefinition(
      check: "cash",
      kind: .rollForward,
      title: "T",
      total: Operand(concept: "x:Flow"),
      items: [
        Operand(concept: "x:Cash", instant: .end),
        Operand(concept: "x:Cash", weight: -1, instant: .start),
      ]
    )
    let figures = [
      "x:Flow 2004-01-01/2004-09-30 -33780000 -3", "x:Cash 2003-12-31 105387000 -3",
      "x:Cash 2004-09-30 71607000 -3",
    ]
    #expect(told(try run(check, figures)) == ["agrees 0"])
  }

  @Test(
    "a quotient agrees if rounding it gives what is printed",
    arguments: [
      ("211 0", "5684000 -3", "27000 -3", "agrees 0.48"),
      ("213 0", "5684000 -3", "27000 -3", "agrees-within-rounding 2.48"),
      ("220 0", "5684000 -3", "27000 -3", "exception 9.48"),
      ("2.32 2", "4068000 -3", "1749681 0", "agrees -0.005"),
      (
        "1 0", "1000 0", "0 0",
        "not-checkable the divisor can be zero, or the numbers are too large"
      ),
      ("-0.22 2", "-247000 -3", "1103809 0", "agrees 0.0038"),
    ]
  )
  func quotientAgreesIfRoundingItGivesWhatIsPrinted(
    printed: String,
    cost: String,
    ounces: String,
    expected: String
  ) throws {
    let check = CheckDefinition(
      check: "cost",
      kind: .ratio,
      title: "T",
      total: Operand(concept: "x:Cost"),
      items: [Operand(concept: "x:Total")],
      divisor: [Operand(concept: "x:Ounces")]
    )
    let figures = [
      "x:Cost \(Self.day) \(printed)", "x:Total \(Self.day) \(cost)",
      "x:Ounces \(Self.day) \(ounces)",
    ]
    let results = try run(check, figures)
    #expect(told(results) == [expected])
  }

  @Test("a product with a constant: shares at par")
  func productWithConstantIsCompared() throws {
    let check = CheckDefinition(
      check: "par",
      kind: .ratio,
      title: "T",
      total: Operand(concept: "x:Stock"),
      items: [Operand(concept: "x:Shares")],
      multiplier: [Operand(concept: nil, unit: "USD/shares", constant: try Amount("0.25"))]
    )
    let figures = ["x:Stock \(Self.day) 29575000 -3", "x:Shares \(Self.day) 118300000 -3"]
    #expect(told(try run(check, figures)) == ["agrees 0"])
    let other = ["x:Stock \(Self.day) 29576000 -3", "x:Shares \(Self.day) 118300000 -3"]
    #expect(try run(check, other).first?.status == .exception)
  }

  @Test("an average is weighted by what each part is multiplied with")
  func averageIsWeightedByMultiplier() throws {
    let parts = ["A", "B"].map { unit in
      Operand(concept: "x:Cost\(unit)", multiplier: [Operand(concept: "x:Ounces\(unit)")])
    }
    let check = CheckDefinition(
      check: "average",
      kind: .ratio,
      title: "T",
      total: Operand(concept: "x:Cost"),
      items: parts,
      divisor: [Operand(concept: "x:OuncesA"), Operand(concept: "x:OuncesB")]
    )
    let figures = ["CostA 1.40 2", "OuncesA 300 0", "CostB 4.53 2", "OuncesB 100 0"]
    let known = figures.map { $0.replacing(" ", with: " \(Self.day) ", maxReplacements: 1) }
      .map { "x:" + $0 }
    #expect(told(try run(check, known + ["x:Cost \(Self.day) 2.18 2"])) == ["agrees -0.0025"])
    #expect(told(try run(check, known + ["x:Cost \(Self.day) 2.25 2"])) == ["exception 0.0675"])
    let missing = try run(check, known.dropLast() + ["x:Cost \(Self.day) 2.18 2"])
    #expect(missing.first?.status == .notCheckable)
  }

  @Test("numbers near the largest do not trap")
  func numbersNearLargestDoNotTrap() throws {
    let most = "999999999999999999"
    let figures = [
      "x:T \(Self.day) \(most)", "x:A \(Self.day) \(most)", "x:B \(Self.day) -\(most)",
    ]
    #expect(try run(foot, figures).first?.status == .exception)
  }

  @Test("claims of one fact in one filing are compared with the most precise")
  func claimsOfOneFilingAreComparedWithMostPrecise() throws {
    let check = CheckDefinition(check: "same", kind: .equal, title: "T")
    let figures = [
      "x:T \(Self.day) 1750000 -3", "x:T \(Self.day) 1749681 0", "x:T \(Self.day) 1700000 -5",
      "x:A \(Self.day) 1 0",
    ]
    #expect(
      told(try run(check, figures)) == [
        "agrees-within-rounding 319", "agrees-within-rounding -49681",
      ]
    )
  }

  @Test("a stretch of time is the sum of shorter ones, for concepts that add up")
  func shorterPeriods() throws {
    let periods = CheckDefinition(check: "p", kind: .foot, title: "T", comparison: .periods)
    var log = TestLog()
    log.add(.check(periods))
    log.flow("x:Sales", isAdditive: true)
    log.flow("x:Grade", isAdditive: false, .ratio)
    try log.filing("f", "2004-11-04")
    for concept in ["x:Sales", "x:Grade", "x:Undefined"] {
      try log.claim(concept, "2004-01-01/2004-06-30", "8900 -2", "f")
      try log.claim(concept, "2004-07-01/2004-09-30", "-11292", "f")
      try log.claim(concept, "2004-01-01/2004-09-30", "-2364", "f")
      try log.claim(concept, "2004-01-01/2004-03-31", "6200 -2", "f")
      try log.claim(concept, "2004-04-01/2004-06-30", "2500 -2", "f")
    }
    let query = CheckRun.Query(entity: "x:1", vantage: Vantage(head: log.head))
    let results = try CheckRun(query).results(in: log.facts())
    #expect(
      results.map(\.period.description) == ["2004-01-01/2004-06-30", "2004-01-01/2004-09-30"]
    )
    #expect(told(results) == ["exception 200", "agrees-within-rounding 28"])
    #expect(results.map(\.parts.count) == [2, 2])
  }
}
