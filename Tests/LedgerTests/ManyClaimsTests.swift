import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

/// Facts with so many claims that they are read from the newest back.
@Suite("A fact with many claims")
struct ManyClaimsTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(
      """
      {"type":"entity","entity":"x:1","name":"Example"}
      {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}

      """
    )
  }

  /// Figures as companies restate them: now and then others, mostly the same, more or less rounded.
  private static func figure(_ story: Int, using generator: inout SeededGenerator) -> String {
    switch story {
    case 0: return #""7""#
    case 1: return #""\#(generator.below(2))""#
    case 2: return #""\#(1000 + generator.below(3))","decimals":0"#
    case 3:
      let decimals = generator.below(4) - 3
      let unit = [1, 10, 100, 1000][-decimals]
      return #""\#((1_000_000 + generator.below(1500)) / unit * unit)","decimals":\#(decimals)"#
    case 4:
      let words = ["approximately", "more-than", "less-than", "low", "high"]
      let word = generator.below(4) == 0 ? #","qualifier":"\#(words[generator.below(5)])""# : ""
      return #""\#(100 + generator.below(3) * 50)","decimals":-1\#(word)"#
    case 5:
      // Values with more digits than they are precise to: their intervals overlap by any part.
      return #""\#(1_000_000 + generator.below(1500))","decimals":\#(generator.below(4) - 3)"#
    default: return generator.below(5) == 0 ? "null" : #""\#(generator.below(3))""#
    }
  }

  @Test("says of it what the walk over all its claims says", arguments: 0..<7)
  func answerIsThatOfTheWholeWalk(story: Int) throws {
    var generator = SeededGenerator(seed: UInt64(story))
    for batch in 0..<2 {
      var lines = ""
      for number in 0..<300 {
        let filing = "b\(batch).\(number)"
        let day = 1 + generator.below(28)
        let published =
          "20\(10 + generator.below(40))-0\(1 + generator.below(9))-\(day / 10)\(day % 10)"
        lines += """
          {"type":"filing","filing":"\(filing)","entity":"x:1","published":"\(published)"}

          """
        for line in 0..<(generator.below(20) == 0 ? 2 : 1) {
          lines += """
            {"type":"statement-line","filing":"\(filing)","entity":"x:1","concept":"x:Cash",\
            "period":"2009-12-31","unit":"USD","value":\(Self.figure(story, using: &generator)),\
            "source":{"line":\(line + 1),"column":9,"text":"?"}}

            """
        }
      }
      try ledger.append(lines, seconds: Int64(batch * 100))
      let head = Int(try ledger.head)
      lines = ""
      for sequence in Set((0..<6).map { _ in head - 1 - generator.below(400) }).sorted() {
        let hash = try ledger.store.read { snapshot -> String? in
          guard case .claim = try snapshot.event(at: UInt64(sequence)) else { return nil }
          return try snapshot.leafHash(at: UInt64(sequence))
        }
        guard let hash else { continue }
        lines += """
          {"type":"withdrawal","event":"\(hash)","reason":"?"}

          """
      }
      try ledger.append(lines, seconds: Int64(batch * 100 + 50))
    }
    let replay = try ledger.replay()
    let rows = replay.facts.rows
    let fact = try #require(rows.first?.fact)
    var answers: Set<Answer> = []
    for round in 0..<250 {
      var vantage = Vantage(head: replay.eventCount)
      if round % 2 == 1 { vantage.head = UInt64(generator.below(Int(vantage.head)) + 1) }
      if round > 0 { vantage.knownAt = rows[generator.below(rows.count)].published }
      if round == 7 { vantage.knownAt = Timestamp(microseconds: 0) }
      for rangeEnd in [RangeEnd.figure, .low, .high] {
        let walk = try ClaimWalk(rows, rangeEnd: rangeEnd, within: vantage) {
          FilingOrder(try replay.facts.text($0))
        }
        let found = try ledger.store.read { snapshot in
          try Answer(to: fact, rangeEnd, within: vantage, from: snapshot)
        }
        #expect(found == walk.answer, "\(vantage) \(rangeEnd)")
        answers.insert(found)
      }
    }
    #expect(answers.count > (story == 0 ? 1 : 10), "\(answers.count)")
  }

  @Test("is not decided by a claim that contradicts the one before it alone: an older one may hold")
  func olderClaimMayHold() throws {
    // 1000 to the hundred confirms 949.8, and so does 944.5 to the ten, which contradicts 1000.
    let last = [("949.8", 0), ("1000", -2), ("944.5", -1)]
    let figures = (0..<30).map { ("\(5000 + $0)", 0) } + last
    var lines = ""
    for (number, (value, decimals)) in figures.enumerated() {
      lines += """
        {"type":"filing","filing":"f\(number)","entity":"x:1","published":"20\(10 + number)-03-01"}
        {"type":"statement-line","filing":"f\(number)","entity":"x:1","concept":"x:Cash",\
        "period":"2009-12-31","unit":"USD","value":"\(value)","decimals":\(decimals)}

        """
    }
    try ledger.append(lines)
    let replay = try ledger.replay()
    let fact = try #require(replay.facts.rows.first?.fact)
    let vantage = Vantage(head: replay.eventCount)
    let found = try ledger.store.read { snapshot in
      try Answer(to: fact, .figure, within: vantage, from: snapshot)
    }
    guard case .holds(let row) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(row.figure.value?.description == "949.8")
  }
}
