import Facts
import Projections
import TestSupport
import Testing

@Suite("Filers' slips")
struct LintTests {
  /// Looks through figures of successive filings: each filing is a list of `concept period figure`.
  private func findings(
    _ filings: [[String]],
    check: CheckDefinition? = nil,
    knownAt: String? = nil
  ) throws -> [String] {
    var log = TestLog()
    log.flow("x:A", isAdditive: true)
    if let check { log.add(.check(check)) }
    for (index, figures) in filings.enumerated() {
      try log.filing("f\(index)", "200\(index)-03-01")
      for figure in figures {
        let words = figure.split(separator: " ", maxSplits: 2).map(String.init)
        try log.claim(words[0], words[1], words[2], "f\(index)")
      }
    }
    let time = knownAt.flatMap { PublishedTime($0)?.timestamp }
    let facts = try log.facts()
    return try LintRun(entity: "x:1", within: Vantage(knownAt: time, head: log.head))
      .findings(in: facts).map { finding in
        let detail = finding.kind.detail
        let repair = try finding.putRightBy.map { "put right by " + (try facts.text($0.filing)) }
        return [finding.kind.name, detail, repair].compactMap(\.self).joined(separator: " ")
      }
  }

  @Test(
    "a restated figure can be a slip of scale, of sign or of date",
    arguments: [
      (["x:A 2000-12-31 19209000 -3", "x:A 2000-12-31 19209 0"], ["scale 10^3"]),
      (["x:A 2000-12-31 217 0", "x:A 2000-12-31 21700000000 -8"], ["scale"]),
      (["x:A 2000-12-31 500 0", "x:A 2000-12-31 -500 0"], ["sign-flip"]),
      (["x:A 2000-12-31 -500 0", "x:A 2000-12-31 500 0"], ["sign-flip"]),
      (["x:A 2000-12-31 500 0", "x:A 2000-12-31 510 0"], []),
      (["x:A 2000-12-31 500 0", "x:A 2000-12-31 500000 0"], ["scale 10^3"]),
      (["x:A 2000-12-31 0 0", "x:A 2000-12-31 500000 0"], []),
      (["x:A 2000-12-31 nil", "x:A 2000-12-31 500000 0"], []),
    ]
  )
  func restatedFigureCanBeSlipOfScale(figures: [String], expected: [String]) throws {
    #expect(try findings(figures.map { [$0] }) == expected)
  }

  @Test("a later figure that is another period's is found, with the period")
  func otherPeriod() throws {
    let first = ["x:A 2000-03-31 2764124 0", "x:A 2000-09-30 2615150 0"]
    #expect(
      try findings([first, ["x:A 2000-03-31 2615150 0"]]) == ["other-period 2000-09-30"]
    )
    #expect(
      try findings([["x:A 2000-03-31 27 0"], ["x:A 2000-03-31 28 0", "x:A 2000-09-30 28 0"]]) == []
    )
    // A figure published only later cannot have been copied.
    #expect(
      try findings([[first[0]], ["x:A 2000-03-31 2615150 0"], [first[1]]]) == []
    )
  }

  @Test("going back to the figure before puts a slip right and is none itself")
  func putRight() throws {
    let filings = [
      ["x:A 2000-12-31 19209000 -3"], ["x:A 2000-12-31 19209 0"], ["x:A 2000-12-31 19209000 -3"],
    ]
    #expect(try findings(filings) == ["scale 10^3 put right by f2"])
    #expect(try findings(filings, knownAt: "2001-12-31") == ["scale 10^3"])
    #expect(try findings(filings, knownAt: "2000-12-31") == [])
  }

  @Test("a sum that a restatement broke is found, and one that never agreed is not")
  func brokenSums() throws {
    typealias Operand = CheckDefinition.Operand
    let foot = CheckDefinition(
      check: "foot",
      kind: .foot,
      title: "T",
      total: Operand(concept: "x:T"),
      items: [Operand(concept: "x:B"), Operand(concept: "x:C")]
    )
    let day = "2000-12-31"
    let sound = ["x:T \(day) 30 0", "x:B \(day) 10 0", "x:C \(day) 20 0"]
    #expect(try findings([sound, ["x:B \(day) 15 0"]], check: foot) == ["broken-sum -5"])
    #expect(
      try findings([sound, ["x:B \(day) 15 0", "x:T \(day) 35 0"]], check: foot) == []
    )
    let unsound = ["x:T \(day) 40 0", "x:B \(day) 10 0", "x:C \(day) 20 0"]
    #expect(try findings([unsound, ["x:B \(day) 15 0"]], check: foot) == [])
  }

  @Test("periods that added up before a restatement and do not since are found")
  func brokenPeriods() throws {
    let periods = CheckDefinition(
      check: "periods",
      kind: .foot,
      title: "T",
      comparison: .periods
    )
    let halves = ["x:A 2000-01-01/2000-06-30 10 0", "x:A 2000-07-01/2000-12-31 20 0"]
    let year = ["x:A 2000-01-01/2000-12-31 30 0"]
    let restated = ["x:A 2000-01-01/2000-06-30 15 0"]
    #expect(try findings([halves + year, restated], check: periods) == ["broken-sum -5"])
  }
}

extension LintFinding.Kind {
  fileprivate var name: String {
    switch self {
    case .scale: "scale"
    case .signFlip: "sign-flip"
    case .otherPeriod: "other-period"
    case .split: "split"
    case .brokenSum: "broken-sum"
    }
  }

  fileprivate var detail: String? {
    switch self {
    case .scale(let exponent): exponent.map { "10^\($0)" }
    case .signFlip: nil
    case .otherPeriod(let row): row.fact.period.description
    case .split(let split): "\(split.newCount):\(split.oldCount)"
    case .brokenSum(let result): result.residual
    }
  }
}
