import Facts
import Projections
import TestSupport
import Testing

/// Makes up what might be reported of one fact.
private struct Story {
  var events: [NaiveEvent] = []
  let names: [String]

  init(using generator: inout SeededGenerator, isAmended: Bool = true) {
    names = ["a", "B", "b", "10", "9", "é"].shuffled(using: &generator)
    let filings = names.prefix(1 + generator.below(4)).map { ($0, generator.below(4)) }
    for sequence in 0...generator.below(9) {
      let (name, published) = filings[generator.below(filings.count)]
      var event = NaiveEvent(sequence: sequence, filing: name, published: published)
      if isAmended, !events.isEmpty, generator.below(4) == 0 {
        event = events[generator.below(events.count)]
        (event.target, event.sequence) = (event.sequence, sequence)
        // A withdrawal has no figure to correct.
        event.isWithdrawal = event.isWithdrawal || generator.below(2) == 0
      }
      if !event.isWithdrawal { Self.speak(&event, using: &generator) }
      events.append(event)
    }
  }

  private static func speak(_ event: inout NaiveEvent, using generator: inout SeededGenerator) {
    guard generator.below(8) > 0 else {
      (event.tenths, event.decimals, event.qualifier) = (nil, nil, nil)
      return
    }
    event.tenths = [-10, 0, 1, 10, 12, 14, 15, 16, 20, 60, 100][generator.below(11)]
    event.decimals = [nil, nil, -1, 0, 1][generator.below(5)]
    let qualifiers: [Qualifier?] = [.approximately, .moreThan, .lessThan, .low, .high]
    event.qualifier = generator.below(2) == 0 ? nil : qualifiers[generator.below(5)]
  }

  /// The rows that the ledger would make of it, in the order of the table.
  func rows() throws -> [FactRow] {
    let fact = FactID(
      entity: SymbolID(rawValue: 0),
      concept: SymbolID(rawValue: 0),
      dimensions: SymbolID(rawValue: 0),
      unit: SymbolID(rawValue: 0),
      period: try #require(Period("2004-09-30"))
    )
    return try events.map { event in
      let change: FactRow.Change =
        switch (event.target.map(UInt64.init), event.isWithdrawal) {
        case (let target?, true): .withdrawal(of: target)
        case (let target?, false): .correction(of: target)
        default: .claim
        }
      return FactRow(
        fact: fact,
        published: Self.moment(event.published),
        sequence: UInt64(event.sequence),
        filing: SymbolID(rawValue: UInt32(try #require(names.firstIndex(of: event.filing)))),
        figure: Figure(
          value: event.tenths.map { Amount(mantissa: Int64($0), fractionDigitCount: 1) },
          decimals: event.decimals.map { Int8($0) },
          qualifier: event.qualifier
        ),
        change: change
      )
    }.sorted(by: FactRow.isOrdered)
  }

  func walk(_ rangeEnd: RangeEnd, knownAt: Int?, head: Int) throws -> ClaimWalk {
    ClaimWalk(
      try rows(),
      rangeEnd: rangeEnd,
      within: Vantage(knownAt: knownAt.map(Self.moment), head: UInt64(head))
    ) {
      let name = names[Int($0.rawValue)]
      return FilingOrder(name, isAmendment: NaiveWalk.amendments.contains(name))
    }
  }

  /// Of each day a moment, and the day without a time.
  static func moment(_ number: Int) -> Timestamp {
    let day = CivilDate(dayNumber: Int32(12_000 + (number + 2) / 2))
    return number.isMultiple(of: 2)
      ? Timestamp(microseconds: Timestamp(startOf: day).microseconds + 1) : Timestamp(endOf: day)
  }
}

extension ClaimWalk {
  fileprivate var naiveAnswer: NaiveWalk.Answer {
    switch answer {
    case .holds(let row): .holds(Int(row.sequence))
    case .range(let low, let high): .range(Int(low.sequence), Int(high.sequence))
    case .conflict(let rows): .conflict(rows.map { Int($0.sequence) })
    case .notReported, .retracted, .derived, .notDerivable: .notReported
    case .notYetKnown(let row):
      .notYetKnown(published: (0...9).first { Story.moment($0) == row.published } ?? -1)
    }
  }

  fileprivate var told: [Int: [String]] {
    let pairs = steps.map { step in
      let previous = step.previous.map { "\($0.sequence)" } ?? "-"
      return (Int(step.row.sequence), [step.role?.rawValue ?? "-", step.status.rawValue, previous])
    }
    return Dictionary(pairs) { _, _ in ["told twice"] }
  }
}

@Suite("The walk over any claims") struct ClaimWalkModelTests {
  static let rangeEnds: [(rangeEnd: RangeEnd, qualifiers: [Qualifier?])] = [
    (.figure, [nil, .approximately, .moreThan, .lessThan]), (.low, [.low]), (.high, [.high]),
  ]

  @Test("answers as the rules do, one after the other: 24,000 stories from any moment and head")
  func walkAnswersAsTheRulesDo() throws {
    var generator = SeededGenerator(seed: 2004)
    var answers: [String: Int] = [:]
    for _ in 0..<6000 {
      let story = Story(using: &generator)
      for _ in 0..<4 {
        let knownAt = generator.below(3) == 0 ? nil : generator.below(6) - 1
        let head = generator.below(2) == 0 ? 99 : generator.below(story.events.count + 2)
        let (rangeEnd, qualifiers) = Self.rangeEnds[generator.below(5) % 3]
        let walk = try story.walk(rangeEnd, knownAt: knownAt, head: head)
        let naive = NaiveWalk(story.events, rangeEnd: qualifiers, knownAt: knownAt, head: head)
        let isEqual = walk.naiveAnswer == naive.answer && walk.told == naive.told
        try #require(isEqual, "\(story.events), known at \(knownAt ?? 9), head \(head)")
        let roles = walk.steps.map { $0.role?.rawValue ?? $0.status.rawValue }
        for word in Set(roles + ["\(naive.answer)".prefix { $0 != "(" }].map { String($0) }) {
          answers[word, default: 0] += 1
        }
      }
    }
    for word in [
      "holds", "conflict", "notReported", "notYetKnown", "first reported", "confirmed",
      "refined",
      "restated", "corrected", "withdrawn", "not-yet-known",
    ] {
      #expect(answers[word, default: 0] > 300, "\(word) stories are among them")
    }
    #expect(answers["range", default: 0] > 20, "stories of two bounds are among them")
  }

  @Test("ends in the same figure in whatever order the filings were recorded: 2,000 stories")
  func recordingOrder() throws {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<2000 {
      let story = Story(using: &generator, isAmended: false)
      var other = story
      let filings = Set(story.events.map(\.filing)).sorted().shuffled(using: &generator)
      other.events = filings.flatMap { name in story.events.filter { $0.filing == name } }
      for index in other.events.indices { other.events[index].sequence = index }
      for (rangeEnd, _) in Self.rangeEnds {
        let first = try story.walk(rangeEnd, knownAt: 2, head: 99).answer.rows
        let second = try other.walk(rangeEnd, knownAt: 2, head: 99).answer.rows
        #expect(first.map(\.figure) == second.map(\.figure))
        #expect(first.map(\.filing) == second.map(\.filing))
      }
    }
  }

  @Test("never tells of what was published or recorded later: 2,000 stories")
  func noForesight() throws {
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<2000 {
      let story = Story(using: &generator)
      let (knownAt, head) = (generator.below(4), generator.below(story.events.count + 1))
      var past = story
      past.events.removeAll { $0.sequence >= head }
      for (rangeEnd, _) in Self.rangeEnds {
        let now = try story.walk(rangeEnd, knownAt: knownAt, head: head)
        let then = try past.walk(rangeEnd, knownAt: knownAt, head: 99)
        #expect(now.answer == then.answer)
        #expect(now.steps == then.steps)
        #expect(now.answer.rows.allSatisfy { $0.published <= Story.moment(knownAt) })
      }
    }
  }
}
