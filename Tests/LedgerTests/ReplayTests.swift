import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Replay and index")
struct ReplayTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    let drafts = try Package.drafts()
    // Filings in the wrong order, in several batches, with amendments between them.
    let filings = Set(drafts.compactMap(\.event.filingName)).sorted().reversed()
    _ = try ledger.append(drafts.filter { $0.event.filingName == nil }, options())
    for (index, filing) in filings.enumerated() {
      let part = drafts.filter { $0.event.filingName == filing }
      _ = try ledger.append(part, options(seconds: Int64(index)))
      let claim = try ledger.lastClaim
      let last = try ledger.store.read { try $0.leafHash(at: claim) }
      let amendment =
        index % 2 == 0
        ? #"{"type":"withdrawal","event":"\#(last)","reason":"a test"}"#
        : #"{"type":"correction","event":"\#(last)","reason":"a test","value":"5"}"#
      try ledger.append(amendment, seconds: Int64(index))
    }
  }

  @Test("agree on every fact, at every published time and after every batch")
  func everyFact() throws {
    let heads = try batchHeads()
    let known = [
      "2004-02-11", "2004-02-12", "2004-08-03", "2004-11-03", "2004-11-04", "2006-02-14",
    ]
    .map { PublishedTime($0)?.timestamp }
    var count = 0
    for head in heads {
      let replay = try ledger.replay(to: head)
      #expect(replay.eventCount == head)
      for knownAt in known + [nil] {
        let vantage = Vantage(knownAt: knownAt, head: head)
        let indexed = try ledger.store.read { try walks(vantage, in: $0) }
        let folded = try walks(vantage, in: replay.facts)
        #expect(indexed == folded)
        count += indexed.count
      }
    }
    #expect(count > 10_000)
  }

  @Test("agree on every statement")
  func everyStatement() throws {
    let names = try ledger.store.read { snapshot in
      try snapshot.definitions(
        ofType: "statement",
        applyingTo: hecla,
        before: snapshot.head
      )
    }
    let replay = try ledger.replay()
    for name in Set(names.map(\.name)) {
      for asOf in ["2003-12-31", "2004-09-30", "2004-10-15", "2005-12-31"] {
        for knownAt in ["2004-11-03", "2004-11-04", "2006-12-31"] {
          let request = StatementRequest(name, entity: hecla, asOf: CivilDate(asOf))
          let times = Times(knownAt: PublishedTime(knownAt))
          let indexed = Result { try ledger.statement(request, at: times) }
          let folded = Result { try ledger.statement(request, from: replay, at: times) }
          #expect((try? indexed.get()) == (try? folded.get()), "\(name) \(asOf) \(knownAt)")
        }
      }
    }
  }

  private func batchHeads() throws -> [UInt64] {
    var heads: [UInt64] = []
    try ledger.forEachEvent(from: 0) { sequence, event, _ in
      if case .batch(let batch) = event { heads.append(sequence + UInt64(batch.count) + 1) }
      return true
    }
    return heads
  }

  private func walks(
    _ vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [[ClaimWalk.Step]] {
    var walks: [[ClaimWalk.Step]] = []
    try FactListing.forEach(FactListing.Query(vantage: vantage), in: source) { entry in
      walks.append(entry.walk.steps)
    }
    return walks
  }
}

extension Event {
  /// The filing that the event is, or is of.
  fileprivate var filingName: String? {
    switch self {
    case .filing(let filing): filing.filing
    case .claim(let claim): claim.filing
    case .footnote(let footnote): footnote.filing
    default: nil
    }
  }
}
