import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

/// Ledgers in which everything happens that the rules speak of, beside the rules as a plain list of steps.
@Suite("Amended ledgers and a plain reading of the rules")
struct AmendedModelTests {
  private static let days = ["2020-02-01", "2020-02-02", "2020-02-03", "2020-02-04"]
  private static let entityCount = 25

  /// Days and moments of them, at which filings become public.
  private static let times =
    days + days.prefix(2).flatMap { ["\($0)T10:00:00Z", "\($0)T18:30:00Z"] }

  /// Writes lines, and remembers the names of filings.
  private struct Writer {
    var random: SeededGenerator
    var filings: [(name: String, entity: String)] = []
    private var place = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func filing(_ entity: Int) -> String {
      let name = "\(["a", "B", "9"][random.below(3)])\(filings.count)"
      let form = ["10-K", "10-K/A", "8-K"][random.below(3)]
      filings.append((name, "x:\(entity)"))
      return #"{"type":"filing","filing":"\#(name)","entity":"x:\#(entity)","form":"\#(form)","#
        + #""published":"\#(times[random.below(times.count)])"}"#
    }

    mutating func claim(_ filing: (name: String, entity: String)) -> String {
      place += 1
      return #"{"type":"statement-line","filing":"\#(filing.name)","entity":"\#(filing.entity)","#
        + #""concept":"x:\#(["A", "B"][random.below(2)])","period":"2019-12-31","unit":"USD","#
        + #""source":{"line":\#(place),"column":1},\#(figure())}"#
    }

    mutating func figure() -> String {
      guard random.below(8) > 0 else { return #""value":null"# }
      let value = ["-1", "0", "0.1", "1", "1.2", "1.4", "1.5", "2", "6", "10"][random.below(10)]
      let decimals = ["", "", #","decimals":-1"#, #","decimals":0"#, #","decimals":1"#]
      let words = [
        "approximately", "more-than", "more-than", "less-than", "less-than", "low", "high",
      ]
      let word = random.below(2) == 0 ? "" : #","qualifier":"\#(words[random.below(7)])""#
      return #""value":"\#(value)"\#(decimals[random.below(5)])\#(word)"#
    }

    /// An amendment of anything, allowed or not, or a retraction.
    mutating func amendment(_ log: [AmendedModel.Logged]) -> String? {
      let filing = filings[random.below(filings.count)]
      let target = log[log.count - 1 - random.below(min(log.count - 150, 120))]
      switch random.below(12) {
      case 0:
        return #"{"type":"withdrawal","filing":"\#(filing.name)","reason":"r\#(random.below(9))"}"#
      case 1:
        return #"{"type":"correction","filing":"\#(filing.name)","reason":"r","#
          + #""published":"\#(days[random.below(4)])"}"#
      case 2:
        return #"{"type":"correction","filing":"\#(filing.name)","reason":"r","form":"10-K/A"}"#
      case 3, 4:
        return #"{"type":"retraction","filing":"\#(filing.name)","entity":"\#(filing.entity)","#
          + #""concepts":["x:A"],"periods":["2019-12-31"]}"#
      case 5:
        guard case .batch = target.event else { fallthrough }
        return #"{"type":"withdrawal","batch":"\#(target.hash)","reason":"r"}"#
      case 6, 7:
        return #"{"type":"correction","event":"\#(target.hash)","reason":"r",\#(figure())}"#
      default:
        return #"{"type":"withdrawal","event":"\#(target.hash)","reason":"r"}"#
      }
    }
  }

  /// Each batch at a time of its own, so that no two batch events have one line and one hash.
  private func append(_ lines: String, to ledger: Ledger) throws {
    try ledger.append(lines, seconds: Int64(try ledger.head))
  }

  private static func log(_ ledger: Ledger) throws -> [AmendedModel.Logged] {
    var log: [AmendedModel.Logged] = []
    try ledger.store.read { snapshot in
      try snapshot.forEachEvent { sequence, event in
        let hash = try snapshot.leafHash(at: sequence)
        log.append(.init(sequence: Int(sequence), event: event, hash: hash))
        return true
      }
    }
    return log
  }

  @Test(
    "agree on what became of every claim, on all three times: 1,000 companies in 40 ledgers",
    arguments: 1...40 as ClosedRange<UInt64>
  )
  func modelAndLedgerAgreeOnEveryStatus(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    var writer = Writer(seed: seed)
    var lines = (0..<Self.entityCount).map {
      #"{"type":"entity","entity":"x:\#($0)","name":"\#($0)"}"#
    }
    lines += ["A", "B"].map { #"{"type":"concept","concept":"x:\#($0)","kind":"statement-line"}"# }
    try append(lines.joined(separator: "\n"), to: ledger)
    for batch in 0..<6 {
      var lines: [String] = []
      for entity in 0..<Self.entityCount {
        for _ in 0..<writer.random.below(2) + (batch == 0 ? 1 : 0) {
          lines.append(writer.filing(entity))
        }
      }
      for _ in 0..<40 {
        lines.append(writer.claim(writer.filings[writer.random.below(writer.filings.count)]))
      }
      // Of filings that are withdrawn, claims are refused: each line counts by itself then.
      if (try? append(lines.joined(separator: "\n"), to: ledger)) == nil {
        for line in lines { try? append(line, to: ledger) }
      }
      let log = try Self.log(ledger)
      for _ in 0..<12 {
        if let line = writer.amendment(log) { try? append(line, to: ledger) }
      }
    }
    try compare(ledger, &writer.random)
    let replica = folder("replica.assay")
    do {
      let other = try folder.ledger("replica.assay")
      let lines = try ledger.lines().map { String(decoding: $0, as: UTF8.self) }
      _ = try other.append(drafts(lines.joined(separator: "\n")), options())
    }
    #expect(try EventStore.verify(path: replica).root == ledger.read { try $0.root })
  }

  private func compare(_ ledger: Ledger, _ random: inout SeededGenerator) throws {
    let log = try Self.log(ledger)
    var words: Set<String> = []
    let replay = try ledger.replay()
    for entity in 0..<Self.entityCount {
      for round in 0..<4 {
        let head = round == 0 ? log.count : 160 + random.below(log.count - 159)
        let day = round < 2 ? nil : Self.days[random.below(4)]
        let known = day.flatMap { PublishedTime($0) }
        let times = Times(knownAt: known, recordedAt: .head(UInt64(head)))
        var found: [Int: String] = [:]
        let request = Ledger.FactsRequest(entity: "x:\(entity)", isAll: true)
        _ = try? ledger.forEachClaim(request, at: times) { claim in
          found[Int(claim.sequence)] = claim.status.rawValue
        }
        let model = AmendedModel(log, head: head, knownAt: known?.timestamp.microseconds)
        let expected = model.statuses("x:\(entity)")
        try #require(found == expected, "x:\(entity), known at \(day ?? "any time"), head \(head)")
        words.formUnion(expected.values)
        let vantage = Vantage(knownAt: known?.timestamp, head: UInt64(head))
        try compareAnswers(of: "x:\(entity)", vantage, expected, ledger, replay)
      }
    }
    #expect(words.isSuperset(of: ["holds", "restated", "withdrawn", "retracted", "conflict"]))
  }

  /// The answers of index and replay rest on what holds.
  private func compareAnswers(
    of entity: String,
    _ vantage: Vantage,
    _ statuses: [Int: String],
    _ ledger: Ledger,
    _ replay: Ledger.Replay
  ) throws {
    guard let symbol = replay.facts.symbol(entity) else { return }
    for fact in Set(replay.facts.rows.map(\.fact)) where fact.entity == symbol {
      for end in [RangeEnd.figure, .low, .high] {
        let answer = try Answer(to: fact, end, within: vantage, from: replay.facts)
        let indexed = try ledger.store.read {
          try Answer(to: fact, end, within: vantage, from: $0)
        }
        #expect(answer == indexed)
        let current = Set(
          replay.facts.rows.filter { row in
            row.fact == fact && row.figure.rangeEnd == end && !row.isWithdrawal
              && ["holds", "retracted", "conflict"].contains(statuses[Int(row.sequence)] ?? "")
          }.map(\.sequence)
        )
        #expect(answer.rows.allSatisfy { current.contains($0.sequence) })
        let isHeld = current.contains { statuses[Int($0)] == "holds" }
        #expect(!isHeld || answer.rows.contains { statuses[Int($0.sequence)] == "holds" })
      }
    }
  }
}
