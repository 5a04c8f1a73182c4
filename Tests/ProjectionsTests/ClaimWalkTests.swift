import Facts
import Projections
import TestSupport
import Testing

@Suite("The claim that holds")
struct ClaimWalkTests {
  /// Filings of one fact: each a letter, its day, and its figures.
  private func walk(
    _ filings: [(day: String, figures: [String])],
    knownAt: String? = nil
  ) throws -> ClaimWalk {
    var log = TestLog()
    for (index, filing) in filings.enumerated() {
      try log.filing("f\(index)", filing.day)
      for figure in filing.figures { try log.claim("x:A", "2003-12-31", figure, "f\(index)") }
    }
    return try walk(log, knownAt: knownAt)
  }

  private func walk(_ log: TestLog, knownAt: String? = nil, head: UInt64? = nil) throws -> ClaimWalk
  {
    let facts = try log.facts()
    let vantage = Vantage(
      knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp },
      head: head ?? log.head
    )
    return try ClaimWalk(facts.rows, rangeEnd: .figure, within: vantage) {
      FilingOrder(try facts.text($0))
    }
  }

  private func told(_ walk: ClaimWalk) -> [String] {
    walk.steps.map { step in
      let value = step.row.figure.value?.description ?? "nil"
      return "\(value) \(step.role?.rawValue ?? "-") \(step.status.rawValue)"
    }
  }

  @Test("from filing to filing: confirmed, refined, restated")
  func laterFilingsConfirmRefineOrRestate() throws {
    let walk = try walk([
      ("2004-01-01", ["8400000 -5"]), ("2004-02-01", ["8379000 -3"]),
      ("2004-03-01", ["8400000 -5"]), ("2004-04-01", ["8500000 -3"]),
      ("2004-05-01", ["8379000 -3"]), ("2004-06-01", ["8379000 -3"]),
    ])
    #expect(
      told(walk) == [
        "8400000 first reported refined", "8379000 refined restated",
        "8400000 confirmed confirmed", "8500000 restated restated",
        "8379000 restated holds", "8379000 confirmed confirmed",
      ]
    )
  }

  @Test("within one filing the most precise speaks")
  func withinFiling() throws {
    let walk = try walk([("2004-01-01", ["93000000 -6 more-than", "93197000 -3", "93200000 -5"])])
    #expect(
      told(walk) == [
        "93000000 repeated confirmed", "93197000 first reported holds",
        "93200000 repeated confirmed",
      ]
    )
  }

  @Test("a filing that contradicts itself is a conflict, until a later one speaks")
  func contradictoryFilingIsConflict() throws {
    let filings = [("2004-01-01", ["1"]), ("2004-02-01", ["2", "3"]), ("2004-03-01", ["3"])]
    let before = try walk(filings.map { (day: $0.0, figures: $0.1) }, knownAt: "2004-02-28")
    #expect(before.answer.rows.map(\.sequence) == [3, 4])
    let after = try walk(filings.map { (day: $0.0, figures: $0.1) })
    #expect(
      told(after) == [
        "1 first reported restated", "2 conflict conflict", "3 conflict holds",
        "3 confirmed confirmed",
      ]
    )
  }

  @Test("a dash and zero confirm each other; any other figure restates a dash")
  func dashAndZeroConfirmEachOther() throws {
    let walk = try walk([
      ("2004-01-01", ["nil"]), ("2004-02-01", ["nil"]), ("2004-03-01", ["0"]),
      ("2004-04-01", ["71000 -3"]),
    ])
    #expect(
      told(walk) == [
        "nil first reported restated", "nil confirmed confirmed", "0 confirmed confirmed",
        "71000 restated holds",
      ]
    )
  }

  @Test("an end of a range is restated as any figure is")
  func rangeEnds() throws {
    var log = TestLog()
    for (index, figure) in ["70000 -4 low", "70000 -4 low", "90000 -4 low"].enumerated() {
      try log.filing("f\(index)", "2004-0\(index + 1)-01")
      try log.claim("x:A", "2003-12-31", figure, "f\(index)")
      try log.claim("x:A", "2003-12-31", "120000 -4 high", "f\(index)")
    }
    let facts = try log.facts()
    let walks = try [RangeEnd.low, .high].map { rangeEnd in
      try ClaimWalk(facts.rows, rangeEnd: rangeEnd, within: Vantage(head: log.head)) {
        FilingOrder(try facts.text($0))
      }
    }
    #expect(walks[0].steps.map(\.status) == [.restated, .confirmed, .holds])
    #expect(walks[1].steps.map(\.status) == [.holds, .confirmed, .confirmed])
  }

  @Test("filings of one moment are ordered by their name, not by when they were recorded")
  func oneMoment() throws {
    var log = TestLog()
    for name in ["b", "a"] {
      try log.filing(name, "2004-01-01")
      try log.claim("x:A", "2003-12-31", name == "a" ? "1" : "2", name)
    }
    let walk = try walk(log)
    #expect(told(walk) == ["1 first reported restated", "2 restated holds"])
  }

  @Test("what is published later is not yet known, and what is recorded later not reported")
  func laterClaimsAreNotKnownYet() throws {
    var log = TestLog()
    try log.filing("a", "2004-06-01")
    let sequence = try log.claim("x:A", "2003-12-31", "1", "a")
    let early = try walk(log, knownAt: "2004-05-31").answer
    guard case .notYetKnown(let row) = early else { return #expect(Bool(false), "\(early)") }
    #expect(row.sequence == sequence)
    #expect(try walk(log, knownAt: "2004-06-01").answer.rows.count == 1)
    #expect(try walk(log, head: sequence).answer == .notReported)
  }

  @Test("two thousand random facts: as a naive reading of the rules says")
  func randomFactsFollowTheRules() throws {
    var random = SeededGenerator(seed: 71)
    let figures = [
      "1 0", "1.4 1", "1.6 1", "2 0", "nil", "0", "1", "1.44 2", "2 0 approximately",
      "1 0 more-than", "3 0 less-than", "1 0 low", "5 0 high",
    ]
    for _ in 0..<2000 {
      var log = TestLog()
      var claims: [UInt64] = []
      for index in 0...random.below(4) {
        try log.filing("f\(9 - index)", "2004-0\(1 + random.below(3))-01")
        for _ in 0...random.below(2) {
          claims.append(
            try log.claim(
              "x:A",
              "2003-12-31",
              figures[random.below(figures.count)],
              "f\(9 - index)"
            )
          )
        }
        if random.below(3) == 0 {
          let target = claims.remove(at: random.below(claims.count))
          let isWithdrawal = random.below(2) == 0
          let figure = isWithdrawal ? nil : figures[random.below(figures.count)]
          let amendment = try log.amend(target, figure)
          if !isWithdrawal { claims.append(amendment) }
        }
        if claims.isEmpty { break }
      }
      let facts = try log.facts()
      for head in [log.head, log.head - 1, UInt64(1 + random.below(Int(log.head)))] {
        for day in ["2004-01-01", "2004-02-15", nil] {
          let known = day.flatMap { PublishedTime($0)?.timestamp }
          for rangeEnd in [RangeEnd.figure, .low, .high] {
            let vantage = Vantage(knownAt: known, head: head)
            let walk = try ClaimWalk(facts.rows, rangeEnd: rangeEnd, within: vantage) {
              FilingOrder(try facts.text($0))
            }
            let expected = try Naive.answer(facts, rangeEnd, vantage)
            #expect(walk.answer == expected)
          }
        }
      }
    }
  }
}

/// The rules of the design's section 2, one after the other.
private enum Naive {
  static func answer(_ facts: MemoryFacts, _ rangeEnd: RangeEnd, _ vantage: Vantage) throws
    -> Answer
  {
    let recorded = facts.rows.filter { $0.sequence < vantage.head }
    var (named, withdrawn): (Set<UInt64>, Set<UInt64>) = ([], [])
    for row in recorded.sorted(by: { $0.sequence > $1.sequence }) {
      guard let target = row.change.target, !withdrawn.contains(row.sequence) else { continue }
      if row.isWithdrawal { withdrawn.insert(target) }
      named.insert(target)
    }
    let standing = recorded.filter { row in
      if case .withdrawal = row.change { return false }
      return !named.contains(row.sequence) && RangeEnd(row.figure.qualifier) == rangeEnd
    }
    let known = standing.filter { $0.published <= vantage.knownAt ?? $0.published }
    guard !known.isEmpty else {
      let first = standing.sorted { ($0.published, $0.sequence) < ($1.published, $1.sequence) }
        .first
      return first.map { .notYetKnown(until: $0) } ?? .notReported
    }
    let ordered = try known.map { (row: $0, name: try facts.text($0.filing)) }
      .sorted {
        ($0.row.published, $0.name, $0.row.sequence) < ($1.row.published, $1.name, $1.row.sequence)
      }
    var (holders, conflict): ([FactRow], [FactRow]) = ([], [])
    var seen: [String] = []
    for (_, name) in ordered where !seen.contains(name) {
      seen.append(name)
      let group = ordered.filter { $0.name == name }.map(\.row)
      if clashes(group) {
        (holders, conflict) = ([], group)
        continue
      }
      let says = best(group)
      let half = conflict.filter { claim in !says.contains { !agree($0, claim) } }
      conflict = []
      if !half.isEmpty, !clashes(half) { holders = best(half) }
      let isOther = holders.contains { claim in says.contains { !agree($0, claim) } }
      let isDash = (holders + says).contains { $0.figure.value == nil }
      if holders.isEmpty || isOther {
        holders = says
      } else if !isDash || (holders + says).contains(where: \.figure.isBound) {
        holders = best(holders + says)
      }
    }
    if !conflict.isEmpty { return .conflict(conflict) }
    return holders.count == 2 ? .range(low: holders[0], high: holders[1]) : .holds(holders[0])
  }

  private static func agree(_ first: FactRow, _ second: FactRow) -> Bool {
    first.figure.isConsistent(with: second.figure)
  }

  private static func clashes(_ group: [FactRow]) -> Bool {
    group.contains { one in group.contains { !agree($0, one) } }
  }

  /// The first of the most precise; of bounds alone, the first of the narrowest on each side.
  private static func best(_ group: [FactRow]) -> [FactRow] {
    let figures = group.filter { !$0.figure.isBound }
    let most = figures.map(\.figure.precision).max()
    if let first = figures.first(where: { $0.figure.precision == most }) { return [first] }
    func value(_ row: FactRow) -> Int128 { row.figure.value?.fixedPoint ?? 0 }
    let lower = group.filter { $0.figure.qualifier == .moreThan }
    let upper = group.filter { $0.figure.qualifier == .lessThan }
    let (highest, lowest) = (lower.map(value).max(), upper.map(value).min())
    return [lower.first { value($0) == highest }, upper.first { value($0) == lowest }]
      .compactMap(\.self)
  }
}
