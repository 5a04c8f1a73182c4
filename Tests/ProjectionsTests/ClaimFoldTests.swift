import Facts
import Projections
import TestSupport
import Testing

@Suite("What the ledger says of a fact, folded row by row")
struct ClaimFoldTests {
  /// A log of one fact: filings of few days, so that many come out at one moment, with corrections
  /// and withdrawals among them.
  private static func log(using generator: inout SeededGenerator) throws -> TestLog {
    var log = TestLog()
    var claims: [UInt64] = []
    let dayCount = [2, 9, 27].randomElement(using: &generator) ?? 2
    for filing in 0..<generator.below(40) {
      let day = 1 + generator.below(dayCount)
      try log.filing("f\(filing)", "2004-01-\(day < 10 ? "0" : "")\(day)")
      for _ in 0..<[0, 1, 1, 1, 2, 3][generator.below(6)] {
        if let claim = claims.randomElement(using: &generator), generator.below(5) == 0 {
          // Of each claim at most one.
          claims.removeAll { $0 == claim }
          try log.amend(claim, generator.below(2) == 0 ? nil : "3")
        } else {
          let decimals = ["", " 0", " -1", " 1"].randomElement(using: &generator) ?? ""
          var figure = "\(generator.below(30))\(decimals)"
          if decimals == " 0", generator.below(3) == 0 {
            let qualifiers = ["approximately", "more-than", "less-than", "low", "high"]
            figure += " \(qualifiers[generator.below(5)])"
          }
          claims.append(try log.claim("x:A", "2003-12-31", figure, "f\(filing)"))
        }
      }
    }
    return log
  }

  @Test("is what the walk over all claims says, at every head and on every day: 300 facts")
  func foldIsWhatTheWalkFinds() throws {
    var generator = SeededGenerator(seed: 77)
    var kinds: Set<String> = []
    var longest = 0
    for _ in 0..<300 {
      let facts = try Self.log(using: &generator).facts()
      guard let fact = facts.rows.first?.fact else { continue }
      longest = max(longest, facts.rows.count)
      for _ in 0..<8 {
        let head = 1 + UInt64(generator.below(Int(facts.head)))
        let day = generator.below(29)
        let knownAt = day == 0 ? nil : CivilDate(year: 2004, month: 1, day: day)
        let vantage = Vantage(knownAt: knownAt.map { Timestamp(endOf: $0) }, head: head)
        for rangeEnd in [RangeEnd.figure, .low, .high] {
          let walk = try ClaimWalk(facts.rows, rangeEnd: rangeEnd, within: vantage) {
            FilingOrder(try facts.text($0))
          }
          let answer = try Answer(to: fact, rangeEnd, within: vantage, from: facts)
          #expect(answer == walk.answer)
          kinds.insert("\(answer)".prefix { $0 != "(" }.description)
        }
      }
    }
    #expect(kinds == ["holds", "conflict", "notReported", "notYetKnown"])
    #expect(longest > 32)  // Longer than what is read at first.
  }

  @Test("of a fact with thousands of claims is the last that says something else")
  func manyClaims() throws {
    var log = TestLog()
    let start = try #require(CivilDate("1990-01-01"))
    for number in 0..<3000 {
      try log.filing("f\(number)", "\(start.advanced(byDays: number))")
      try log.claim("x:A", "1989-12-31", "\(number / 7)", "f\(number)")
    }
    let facts = try log.facts()
    let fact = try #require(facts.rows.first?.fact)
    for number in stride(from: 0, to: 3000, by: 101) {
      let vantage = Vantage(
        knownAt: Timestamp(endOf: start.advanced(byDays: number)),
        head: facts.head
      )
      let answer = try Answer(to: fact, .figure, within: vantage, from: facts)
      // Seven filings say the same: the first of them speaks.
      #expect(answer.rows.map(\.filing) == [facts.rows[number / 7 * 7].filing])
    }
  }
}
