import Facts
import Projections
import TestSupport
import Testing

/// Makes up what filings report of a year and its parts, which some of them recast.
private struct VintageStory {
  private static let dates: [Character: String] = [
    "y": "2004-01-01/2004-12-31", "n": "2004-01-01/2004-09-30", "h": "2004-01-01/2004-06-30",
    "3": "2004-07-01/2004-09-30", "4": "2004-10-01/2004-12-31",
  ]

  private(set) var log: TestLog
  private(set) var naive: NaiveVintage

  /// The names of filings in the order in which they count.
  private var names: [String] = []
  private var forms: [String?] = []
  private var days: [Int] = []

  init(using generator: inout SeededGenerator) throws {
    log = try TestLog(fiscalYearEnd: "12-31")
    let weights = [1, -1, 1, -1, 1]
    let totals = [2: "Gross", 4: "Income"]
    let parents = ["Gross", "Gross", "Income", "Income", nil]
    let lines = NaiveVintage.lines.enumerated().map { index, name in
      Line(
        label: name,
        concept: "x:\(name)",
        isSubtotal: totals[index] != nil,
        addsTo: parents[index].map { "x:\($0)" },
        weight: weights[index]
      )
    }
    for name in NaiveVintage.lines { log.flow("x:\(name)", isAdditive: true) }
    log.layout("operations", [Column(span: .quarter)], lines)
    naive = NaiveVintage(claims: [], days: [])
    try file(using: &generator)
    let claims = try report(using: &generator)
    naive = NaiveVintage(claims: claims, days: days)
  }

  /// Filings of the days from 1 on; an amendment counts after the others of its day.
  private mutating func file(using generator: inout SeededGenerator) throws {
    var day = 1
    for index in 0...(2 + generator.below(5)) {
      let isAmendment = index > 0 && generator.below(5) == 0
      if index > 0, !isAmendment || generator.below(2) == 0 { day += 1 }
      // By its name alone, an amendment would come first.
      names.append(isAmendment ? "a\(index)" : "f\(index)")
      forms.append(isAmendment ? "10-K/A" : "10-K")
      days.append(day)
    }
    for index in names.indices.shuffled(using: &generator) {
      let published = try #require(PublishedTime("2005-01-\(days[index] + 10)"))
      log.add(
        .filing(
          Filing(filing: names[index], entity: "x:1", form: forms[index], published: published)
        )
      )
    }
  }

  private mutating func report(
    using generator: inout SeededGenerator
  ) throws -> [NaiveClaim] {
    var world: [[Character: Int]] = [0, 1, 3].map { _ in
      let (half, third, fourth) = (10 + generator.below(50), 10, 10 + generator.below(20))
      return ["h": half, "3": third, "n": half + third, "4": fourth, "y": half + third + fourth]
    }
    var claims: [NaiveClaim] = []
    for filing in names.indices {
      if filing > 0, generator.below(2) == 0 {
        // Some part of the business is reported elsewhere from now on.
        for line in world.indices where generator.below(4) > 0 {
          let (past, fourth) = (generator.below(8), generator.below(6))
          for period in ["h", "n", "y"] as [Character] { world[line][period]? -= past }
          world[line]["4"]? -= fourth
          world[line]["y"]? -= fourth
        }
      }
      let periods = NaiveVintage.periods.filter { period in
        generator.below(10) < (period == "4" ? 3 : period == "y" || period == "n" ? 6 : 3)
      }
      for line in NaiveVintage.lines.indices {
        for period in periods where generator.below(6) > 0 {
          let parts = world.map { $0[period] ?? 0 }
          let values = [
            parts[0], parts[1], parts[0] - parts[1], parts[2], parts[0] - parts[1] - parts[2],
          ]
          var value = values[line]
          if generator.below(25) == 0 { value += 1 + generator.below(9) }
          let isRough = generator.below(12) == 0
          if isRough { value = (value + 1000 + 5) / 10 * 10 - 1000 }
          var said = [(value, isRough)]
          if generator.below(30) == 0 { said.append((value + 40, false)) }
          for (value, isRough) in said {
            let sequence = try log.claim(
              "x:\(NaiveVintage.lines[line])",
              Self.dates[period] ?? "",
              "\(value) \(isRough ? -1 : 0)",
              names[filing]
            )
            let claim = NaiveClaim(
              line: line,
              period: period,
              filing: filing,
              value: value,
              isRough: isRough,
              sequence: Int(sequence)
            )
            if generator.below(40) == 0 {
              // The keeper had copied it wrongly, or for nothing.
              guard generator.below(2) == 0 else {
                try log.amend(sequence, nil)
                continue
              }
              var right = claim
              right.value += 3
              right.sequence = Int(
                try log.amend(sequence, "\(right.value) \(isRough ? -1 : 0)")
              )
              claims.append(right)
            } else {
              claims.append(claim)
            }
          }
        }
      }
    }
    return claims
  }
}

@Suite("The vintage of a column, by a model")
struct VintageModelTests {
  /// What a cell shows.
  private func shown(_ answer: Answer) -> NaiveVintage.Shown {
    switch answer {
    case .holds(let row): .reported(Int(row.sequence))
    case .derived(let derivation):
      .derived(derivation.operands.map { Int($0.row.sequence) }.sorted())
    case .notDerivable(.mixesVintages), .notDerivable(.isLaterThanVintage): .refused
    case .range, .conflict, .retracted, .notReported, .notYetKnown, .notDerivable: .nothing
    }
  }

  @Test(
    "the operands are those that the words of the rule choose, in 1,000 ledgers",
    arguments: 0..<10
  )
  func operandsAreThoseOfTheModel(part: Int) throws {
    var (derivedCount, earlierCount, refusedCount) = (0, 0, 0)
    for seed in part * 100..<part * 100 + 100 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let story = try VintageStory(using: &generator)
      for day in Set(story.naive.days).sorted() {
        let expected = story.naive.shown(until: day)
        let statement: Statement
        do {
          statement = try story.log.fill(
            "operations",
            asOf: "2004-12-31",
            knownAt: "2005-01-\(day + 10)",
            span: .quarter,
            columnCount: 1
          )
        } catch is UnanswerableQuery {
          #expect(expected.shown.allSatisfy { $0 == .nothing }, "\(seed) \(day)")
          continue
        }
        guard statement.periods == ["2004-10-01/2004-12-31"] else {
          #expect(expected.shown.allSatisfy { $0 == .nothing }, "\(seed) \(day)")
          continue
        }
        let lines = statement.lines.filter { $0.definition.concept != nil }
        let found = lines.map { shown($0.cells[0].answer) }
        #expect(found == expected.shown, "\(seed) \(day)")
        for line in lines {
          guard case .derived(let derivation) = line.cells[0].answer else { continue }
          let published = derivation.vintage.map { PublishedTime($0.published).description }
          #expect(published == expected.vintage.map { "2005-01-\($0 + 10)" }, "\(seed) \(day)")
          derivedCount += 1
          if published != nil { earlierCount += 1 }
        }
        refusedCount += found.count { $0 == .refused }
      }
    }
    #expect(
      derivedCount > 200 && earlierCount > 20,
      "\(derivedCount) \(earlierCount) \(refusedCount)"
    )
  }
}
