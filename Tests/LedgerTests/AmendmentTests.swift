import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Corrections and withdrawals")
struct AmendmentTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let head: UInt64
  let claim: UInt64

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Sample.cash("100", line: 4))
    head = try ledger.head
    claim = try ledger.lastClaim
  }

  /// Appends lines at a time of their own, so that no two batch events have one line and one hash.
  @discardableResult
  private func append(_ lines: String) throws -> String {
    try ledger.append(lines, seconds: Int64(try ledger.head))
  }

  private func hash(at sequence: UInt64) throws -> String {
    try ledger.store.read { try $0.leafHash(at: sequence) }
  }

  private func correct(_ sequence: UInt64, _ value: String) throws {
    let hash = try hash(at: sequence)
    try append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"\#(value)"}"#
    )
  }

  private func withdraw(_ sequence: UInt64) throws {
    let hash = try hash(at: sequence)
    try append(#"{"type":"withdrawal","event":"\#(hash)","reason":"not in the filing"}"#)
  }

  @Test("a correction speaks from when it was recorded; before, the wrong figure stays")
  func correctionCountsFromItsRecording() throws {
    try correct(claim, "10")
    #expect(try ledger.claims("x:Cash") == ["100 corrected", "10 holds"])
    #expect(try ledger.claims("x:Cash", head: head) == ["100 holds"])
    // The corrected figure was published with the filing, not with the correction.
    #expect(try ledger.claims("x:Cash", knownAt: "2020-02-01") == ["100 corrected", "10 holds"])
  }

  @Test("a correction can be corrected; an event that is amended already cannot")
  func correctionCanBeCorrected() throws {
    try correct(claim, "10")
    #expect(throws: LedgerError.self) { try correct(claim, "11") }
    try correct(try ledger.head - 1, "12")
    #expect(
      try ledger.claims("x:Cash") == ["100 corrected", "10 corrected", "12 holds"]
    )
  }

  @Test("the same correction again adds nothing")
  func sameCorrectionAddsNothing() throws {
    try correct(claim, "10")
    let after = try ledger.head
    try correct(claim, "10")
    #expect(try ledger.head == after)
  }

  @Test("a withdrawal takes a claim back, and the filing can be copied again")
  func withdrawalTakesClaimBack() throws {
    try withdraw(claim)
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn"])
    try append(Sample.cash("7", line: 4))
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn", "7 holds"])
    #expect(try ledger.claims("x:Cash", head: head) == ["100 holds"])
  }

  @Test("a withdrawal, a filing, a batch or a definition has no figure to correct")
  func notClaims() throws {
    try withdraw(claim)
    for sequence in [try ledger.head - 1, head - 1, claim - 1, 0] {
      #expect(throws: LedgerError.self) { try correct(sequence, "1") }
    }
    // A definition and a batch cannot be withdrawn by their hashes, either.
    #expect(throws: LedgerError.self) { try withdraw(1) }
    #expect(throws: LedgerError.self) { try withdraw(0) }
  }

  @Test("a mistaken withdrawal is withdrawn, and the claim holds again; so is a correction")
  func amendmentsOfAmendments() throws {
    try withdraw(claim)
    let withdrawal = try ledger.head - 1
    try withdraw(withdrawal)
    #expect(try ledger.claims("x:Cash") == ["100 holds"])
    #expect(try ledger.claims("x:Cash", head: withdrawal + 1) == ["100 withdrawn"])
    try withdraw(try ledger.head - 1)
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn"])
    try withdraw(try ledger.head - 1)
    try correct(claim, "10")
    try withdraw(try ledger.head - 1)
    #expect(try ledger.claims("x:Cash") == ["100 holds", "10 withdrawn"])
    try correct(claim, "11")
    #expect(try ledger.claims("x:Cash") == ["100 corrected", "10 withdrawn", "11 holds"])
    try check()
  }

  @Test("what is withdrawn is absent: importing it again records it anew")
  func recordedAnew() throws {
    try withdraw(claim)
    try append(Sample.cash("100", line: 4))
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn", "100 holds"])
    // The hash of both lines is one: it names the newer.
    try withdraw(try ledger.lastClaim)
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn", "100 withdrawn"])
    try check()
  }

  @Test("a filing is withdrawn with one event, and recorded anew with other particulars")
  func withdrawnFiling() throws {
    let line = #"{"type":"withdrawal","filing":"f1","reason":"another company's"}"#
    try append(Sample.cash("5", line: 5) + Sample.cash("100", filing: "f2"))
    try append(line)
    let withdrawal = try ledger.head - 1
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn", "5 withdrawn", "100 holds"])
    let refused = #expect(throws: LedgerError.self) { try append(Sample.cash("1")) }
    #expect(refused?.description.contains("was withdrawn by event \(withdrawal)") == true)
    #expect(try append(line).contains("nothing"))
    let filing = Sample.definitions.split(separator: "\n").first { $0.contains(#""filing":"f1""#) }
    let other = String(try #require(filing)).replacing("2020-02-01", with: "2020-02-03")
    try append(other + "\n" + Sample.cash("100", line: 4))
    #expect(try ledger.read { try $0.filing("f1") }?.published.description == "2020-02-03")
    #expect(
      try ledger.claims("x:Cash", knownAt: "2020-02-03")
        == ["100 withdrawn", "5 withdrawn", "100 holds"]
    )
    // Before, the filing is what it was.
    let then = Times(recordedAt: .head(withdrawal))
    #expect(
      try ledger.read(at: then) { try $0.filing("f1") }?.published.description == "2020-02-01"
    )
    try check()
    try withdraw(withdrawal)
    #expect(
      try ledger.claims("x:Cash")
        == ["100 holds", "5 conflict", "100 confirmed", "100 conflict"]
    )
    try check()
  }

  @Test("a batch is withdrawn with one event, and what it amended counts again")
  func withdrawnBatch() throws {
    try correct(claim, "10")
    let batch = try ledger.head - 2
    let line = #"{"type":"withdrawal","batch":"\#(try hash(at: batch))","reason":"by mistake"}"#
    try append(line)
    #expect(try ledger.claims("x:Cash") == ["100 holds", "10 withdrawn"])
    #expect(try append(line).contains("nothing"))
    try withdraw(try ledger.head - 1)
    #expect(try ledger.claims("x:Cash") == ["100 corrected", "10 holds"])
    // A batch is named by its batch event.
    let other = #"{"type":"withdrawal","batch":"\#(try hash(at: claim))","reason":"by mistake"}"#
    #expect(throws: LedgerError.self) { try append(other) }
    try check()
  }

  @Test("the published time and form of a filing are corrected for all that was known when")
  func correctedFiling() throws {
    try append(
      #"{"type":"correction","filing":"f1","reason":"the day was wrong","published":"2020-05-05"}"#
    )
    let before = try ledger.head
    #expect(try ledger.claims("x:Cash", knownAt: "2020-05-05") == ["100 holds"])
    #expect(throws: LedgerError.self) { try ledger.claims("x:Cash", knownAt: "2020-05-04") }
    #expect(try ledger.claims("x:Cash", knownAt: "2020-02-01", head: head) == ["100 holds"])
    #expect(try ledger.read { try $0.filing("f1") }?.published.description == "2020-05-05")
    // What is right already is recorded once.
    try append(
      #"{"type":"correction","filing":"f1","reason":"again","published":"2020-05-05"}"#
    )
    #expect(try ledger.head == before)
    try append(#"{"type":"correction","filing":"f1","reason":"r","form":"10-K/A"}"#)
    let filing = try ledger.read { try $0.filing("f1") }
    #expect(filing?.form == "10-K/A" && filing?.published.description == "2020-05-05")
    try withdraw(before - 1)
    #expect(try ledger.claims("x:Cash", knownAt: "2020-02-01") == ["100 holds"])
    try check()
  }

  @Test("a filing that is recorded again more precisely has that time, whichever record came first")
  func refinedFiling() throws {
    let line = try #require(
      Sample.definitions.split(separator: "\n").first { $0.contains(#""filing":"f1""#) }
    )
    let precise = String(line).replacing(#""2020-02-01""#, with: #""2020-02-01T21:05:00Z""#)
      .replacing(#""filing":"f1""#, with: #""filing":"f1","fiscalYear":2019"#)
    let before = try ledger.head
    try append(precise)
    #expect(try ledger.head == before + 2)
    let filing = try ledger.read { try $0.filing("f1") }
    #expect(filing?.published.description == "2020-02-01T21:05:00Z")
    #expect(filing?.fiscalYear == 2019)
    #expect(throws: LedgerError.self) {
      try ledger.claims("x:Cash", knownAt: "2020-02-01T21:04:59Z")
    }
    #expect(try ledger.claims("x:Cash", knownAt: "2020-02-01T21:05:00Z") == ["100 holds"])
    // Neither record is news now, and a third that contradicts them is refused.
    #expect(try append(precise).contains("nothing"))
    #expect(try append(String(line)).contains("nothing"))
    let other = precise.replacing("21:05:00", with: "21:06:00")
    let refused = #expect(throws: LedgerError.self) { try append(other) }
    #expect(refused?.description.contains("with other particulars") == true)
    try check()
    // The record that was more precise came first: the day adds nothing.
    let first = try folder.ledger("first.assay")
    try first.append(Sample.definitions.replacing(String(line), with: precise))
    let head = try first.head
    try first.append(String(line))
    #expect(try first.head == head)
  }

  @Test("figures that a filing takes back are retracted from then on, until others are reported")
  func retractedFiguresNoLongerHold() throws {
    let claims = """
      {"type":"filing","filing":"g","entity":"x:1","form":"8-K","published":"2020-09-01"}
      {"type":"retraction","filing":"g","entity":"x:1","concepts":["x:Cash"],"periods":["2019-12-31"]}

      """
    try append(claims)
    #expect(try append(claims).contains("nothing"))
    #expect(try ledger.claims("x:Cash") == ["100 retracted"])
    #expect(try ledger.claims("x:Cash", knownAt: "2020-08-31") == ["100 holds"])
    #expect(try ledger.claims("x:Cash", head: head) == ["100 holds"])
    let history = try ledger.history(.init(words: ["x:Cash"]))
    guard case .retracted(_, by: "g", _)? = history.first?.answer else {
      return #expect(Bool(false), "\(history)")
    }
    let retraction = try ledger.head - 1
    try append(
      #"{"type":"filing","filing":"h","entity":"x:1","form":"10-K/A","published":"2020-10-01"}"#
        + "\n" + Sample.cash("90", filing: "h")
    )
    #expect(try ledger.claims("x:Cash") == ["100 retracted", "90 holds"])
    try withdraw(retraction)
    #expect(try ledger.claims("x:Cash") == ["100 restated", "90 holds"])
    try check()
  }

  @Test(
    "a retraction means what lies within the periods it names, in a calendar of weeks, too",
    arguments: [
      ("2019-01-01/2019-12-31", true), ("2018-12-30/2019-12-28", true), ("2019-12-31", true),
      ("2019-12-28", true), ("2020-01-03", true), ("2019-10-01/2019-12-31", true),
      ("2019-06-30", false), ("2018-12-31", false), ("2020-01-15", false),
      ("2019-01-01/2019-09-30", false), ("2020-01-01/2020-12-31", false),
    ]
  )
  func retractedPeriods(period: String, isMeant: Bool) throws {
    try append(
      """
      {"type":"filing","filing":"g","entity":"x:1","form":"8-K","published":"2020-09-01"}
      {"type":"retraction","filing":"g","entity":"x:1","concepts":["x:Cash"],"periods":["\(period)"]}

      """
    )
    let isRetracted = try ledger.claims("x:Cash") == ["100 retracted"]
    #expect(isRetracted == isMeant)
  }

  @Test("an amendment of a filing counts after its original, where both have one day")
  func amendedFilingOfOneDay() throws {
    let lines = [("a", "10-K/A", "2"), ("b", "10-K", "1")].map { name, form, value in
      #"{"type":"filing","filing":"\#(name)","entity":"x:1","form":"\#(form)","published":"2021-01-01"}"#
        + "\n" + Sample.cash(value, filing: name)
    }
    try append(lines.joined())
    #expect(try ledger.claims("x:Cash") == ["100 restated", "2 holds", "1 restated"])
  }

  @Test(
    "an amendment of a filing counts after its original, where one has a time and the other a day"
  )
  func amendedFilingOfOneDayAndTime() throws {
    let lines = [
      ("a", "10-K/A", "2021-01-01T15:00:00Z", "2"), ("b", "10-K", "2021-01-01", "1"),
      ("c", "8-K", "2021-01-01T20:00:00Z", "3"),
    ].map { name, form, published, value in
      #"{"type":"filing","filing":"\#(name)","entity":"x:1","form":"\#(form)","published":"\#(published)"}"#
        + "\n" + Sample.cash(value, filing: name)
    }
    try append(lines[0] + lines[1])
    #expect(try ledger.claims("x:Cash") == ["100 restated", "2 holds", "1 restated"])
    // At that moment, the original could have been known, and is not seen too early.
    #expect(
      try ledger.claims("x:Cash", knownAt: "2021-01-01T16:00:00Z") == ["100 restated", "2 holds"]
    )
    try append(lines[2])
    #expect(
      try ledger.claims("x:Cash") == ["100 restated", "2 restated", "1 restated", "3 holds"]
    )
  }

  @Test("a filing never confirms itself: its equal figures in another syntax repeat it")
  func twoSyntaxes() throws {
    #expect(try append(Sample.cash("100.0", line: 4)).contains("nothing"))
    try append(Sample.cash("100.0", line: 9))
    try append(Sample.cash("100", filing: "f2") + Sample.cash("100", filing: "f2", line: 2))
    let history = try #require(try ledger.history(.init(words: ["x:Cash"])).first)
    #expect(history.entries.map(\.role) == [.firstReported, .repeated, .confirmed, .confirmed])
    try append(Sample.cash("101", line: 10))
    #expect(
      try ledger.claims("x:Cash", knownAt: "2020-12-31")
        == ["100 conflict", "100.0 conflict", "101 conflict"]
    )
  }

  /// Checks that a replica has the same root and answers, that its tables and its log agree, and that a
  /// rebuild makes the same tables.
  private func check() throws {
    let root = try ledger.read { try $0.root }
    let name = "replica-\(try ledger.head).assay"
    let lines = try Array(ledger.lines().joined(separator: [10]))
    do {
      let replica = try folder.ledger(name)
      _ = try replica.append(drafts(String(decoding: lines, as: UTF8.self)), options())
    }
    #expect(try EventStore.verify(path: folder(name)).root == root)
    let replica = try folder.ledger(name)
    #expect(try replica.store.rebuild().root == root)
    let request = Ledger.FactsRequest(entity: nil, isAll: true)
    for known in [nil, PublishedTime("2020-02-02")] {
      var found: [[String]] = [[], []]
      for (index, one) in [ledger, replica].enumerated() {
        _ = try? one.forEachClaim(request, at: Times(knownAt: known)) { claim in
          found[index].append("\(claim.sequence) \(claim.status)")
        }
      }
      #expect(found[0] == found[1])
    }
    // Index and replay answer alike.
    let replay = try ledger.replay()
    for row in replay.facts.rows {
      let vantage = Vantage(knownAt: row.published, head: replay.eventCount)
      let index = try ledger.store.read {
        try Answer(to: row.fact, .figure, within: vantage, from: $0)
      }
      #expect(try index == Answer(to: row.fact, .figure, within: vantage, from: replay.facts))
    }
  }

  @Test("history shows what was wrong, what is right and why")
  func historyShowsAmendments() throws {
    try correct(claim, "10")
    let history = try #require(
      try ledger.history(Ledger.FactsRequest(words: ["x:Cash"])).first
    )
    #expect(history.entries.map(\.listed.status) == [.corrected, .holds])
    #expect(history.entries[0].amendment?.reason == "misread")
    #expect(history.entries[0].leafHash == (try hash(at: claim)))
  }
}
