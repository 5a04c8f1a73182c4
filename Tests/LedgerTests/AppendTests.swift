import EventStore
import Facts
import LMDB
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Appending")
struct AppendTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
  }

  @Test("the first batch of an empty ledger is the standard definitions")
  func standardDefinitions() throws {
    try ledger.append(Sample.definitions)
    let first = try ledger.store.read { try $0.event(at: 0) }
    guard case .batch(let batch)? = first else { return #expect(Bool(false), "no batch") }
    let second = try ledger.store.read { try $0.event(at: UInt64(batch.count) + 1) }
    guard case .batch(let next)? = second else { return #expect(Bool(false), "no batch") }
    #expect(next.count == 5)
    #expect(try ledger.head == UInt64(batch.count + next.count) + 2)
  }

  @Test("appending all of Events twice is appending it once")
  func appendingTwiceIsAppendingOnce() throws {
    let drafts = try Package.drafts()
    _ = try ledger.append(drafts, options())
    let (head, lines) = (try ledger.head, try ledger.lines())
    let again = try ledger.append(drafts, options(seconds: 9))
    #expect(again == .nothingNew(head: head, skipped: drafts.count))
    #expect(try ledger.lines() == lines)
  }

  @Test("a slice of an export goes on where a copy ends, if it leads to the root that is expected")
  func slicesGoOn() throws {
    func lines(from start: UInt64, to end: UInt64? = nil) throws -> [Draft] {
      var bytes: [UInt8] = []
      try ledger.export(from: start, to: end) { bytes += $0 }
      return try drafts(String(decoding: bytes, as: UTF8.self))
    }
    try ledger.append(Sample.definitions)
    let first = try ledger.head
    try ledger.append(Sample.cash("1"), seconds: 1)
    let second = try ledger.head
    try ledger.append(Sample.cash("2", line: 9), seconds: 2)
    let copy = try folder.ledger("copy.assay")
    var expecting = options()
    expecting.expectedRoot = try ledger.read(at: Times(recordedAt: .head(first))) { try $0.root }
    // All of it, and the wrong root for it.
    #expect(throws: LedgerError.self) { try copy.append(lines(from: 0), expecting) }
    #expect(try copy.head == 0)
    _ = try copy.append(lines(from: 0, to: first), expecting)
    #expect(try copy.head == first)
    // Without a root, only what begins with the first event.
    #expect(throws: (any Error).self) { try copy.append(lines(from: first), options()) }
    expecting.expectedRoot = try ledger.read { try $0.root }
    // A batch is left out, or is not whole.
    #expect(throws: LedgerError.self) { try copy.append(lines(from: second), expecting) }
    #expect(throws: LedgerError.self) { try copy.append(lines(from: first + 1), expecting) }
    #expect(try copy.head == first)
    _ = try copy.append(lines(from: first), expecting)
    #expect(try copy.lines() == ledger.lines())
    // Once more is nothing new.
    let head = try ledger.head
    #expect(
      try copy.append(lines(from: 0), expecting) == .nothingNew(head: head, skipped: Int(head))
    )
  }

  @Test("a filing seen before gets what is new, and only that")
  func moreOfAFiling() throws {
    try ledger.append(Sample.definitions + Sample.cash("1", line: 4))
    let head = try ledger.head
    let more = Sample.definitions + Sample.cash("1", line: 4) + Sample.cash("1", line: 5)
    try ledger.append(more, seconds: 1)
    #expect(try ledger.head == head + 2)
    #expect(try ledger.claims("x:Cash") == ["1 holds", "1 confirmed"])
  }

  @Test("one bad event among many: nothing is written")
  func oneBadEventRefusesAll() throws {
    try ledger.append(Sample.definitions)
    let lines = try ledger.lines()
    var bad = try Package.drafts()
    bad += try drafts(Sample.cash("1").replacing("x:Cash", with: "x:Unknown"))
    #expect(throws: LedgerError.self) { try ledger.append(bad, options()) }
    #expect(try ledger.lines() == lines)
    #expect(throws: LedgerError.self) { try ledger.claims("SalesRevenue") }
  }

  @Test("an expected head guards an append")
  func expectedHead() throws {
    try ledger.append(Sample.definitions)
    let head = try ledger.head
    var guarded = options()
    guarded.expectedHead = head - 1
    let claim = try drafts(Sample.cash("1"))
    #expect(try ledger.append(claim, guarded) == .conflict(head: head))
    guarded.expectedHead = head
    #expect(
      try ledger.append(claim, guarded)
        == .appended(from: head, head: head + 2, skipped: 0)
    )
  }

  @Test("a dry run tells what would happen and writes nothing")
  func dryRun() throws {
    var trial = options()
    trial.isDryRun = true
    let result = try ledger.append(Package.drafts(), trial)
    guard case .appended(let from, let head, _) = result else {
      return #expect(Bool(false), "\(result)")
    }
    #expect(from == 0 && head > 1000)
    #expect(try ledger.head == 0)
  }

  @Test(
    "what does not fit is refused, with its place and what would be right",
    arguments: [
      (Sample.cash("1").replacing("x:Cash", with: "x:Cahs"), #"did you mean "x:Cash"?"#),
      (Sample.cash("1").replacing("statement-line", with: "hedge"), "whose kind is statement-line"),
      (Sample.cash("1").replacing("2019-12-31", with: "2019-01-01/2019-12-31"), "an instant"),
      (Sample.cash("1").replacing("x:Cash", with: "x:Sales"), "about a duration"),
      (Sample.cash("1", filing: "f9"), #"filing "f9" is not recorded"#),
      (
        #"{"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-02"}"#,
        "recorded already, with other particulars"
      ),
      (
        #"{"type":"withdrawal","event":"\#(String(repeating: "0", count: 64))","reason":"no"}"#,
        "no event has the leaf hash"
      ),
    ] as [(String, String)]
  )
  func misfitsAreRefusedWithTheirPlace(line: String, message: String) throws {
    try ledger.append(Sample.definitions)
    let lines = try ledger.lines()
    let error = #expect(throws: LedgerError.self) { try ledger.append("\n" + line) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("test.jsonl:2: ") == true)
    #expect(try ledger.lines() == lines)
  }

  @Test("all mistakes are told at once")
  func severalMistakes() throws {
    try ledger.append(Sample.definitions)
    let bad = (0..<30).map { Sample.cash("1").replacing("x:Cash", with: "x:U\($0)") }.joined()
    let error = #expect(throws: LedgerError.self) { try ledger.append(bad) }
    #expect(error?.refusalCount == 30)
    #expect(error?.refusals.count == RefusedEvents.shownCountMax)
  }

  @Test("a filing that says two things at one place is refused, also in one file")
  func contradictionAtOnePlaceIsRefused() throws {
    try ledger.append(Sample.definitions + Sample.cash("1", line: 4))
    let lines = try ledger.lines()
    for other in [Sample.cash("2", line: 4), Sample.cash("3", line: 5) + Sample.cash("4", line: 5)]
    {
      let error = #expect(throws: LedgerError.self) { try ledger.append(other) }
      #expect(error?.description.contains("another value for the same fact") == true)
    }
    #expect(try ledger.lines() == lines)
  }

  @Test("a filing that says two things at two places is in conflict, until one is confirmed")
  func contradictionAtTwoPlacesIsConflict() throws {
    try ledger.append(
      Sample.definitions + Sample.cash("1", line: 4) + Sample.cash("2", line: 5)
        + Sample.cash("2", filing: "f2")
    )
    #expect(try ledger.claims("x:Cash", knownAt: "2020-12-31") == ["1 conflict", "2 conflict"])
    #expect(try ledger.claims("x:Cash") == ["1 conflict", "2 holds", "2 confirmed"])
  }

  @Test("a newer definition follows the older, and a view of the past uses the older")
  func newerDefinition() throws {
    try ledger.append(Sample.definitions)
    let head = try ledger.head
    try ledger.append(#"{"type":"entity","entity":"x:1","name":"Example Renamed"}"#, seconds: 1)
    let names = try ledger.store.read { snapshot in
      [
        try snapshot.entity(matching: "x:1", before: head).name,
        try snapshot.entity(matching: "x:1", before: snapshot.head).name,
      ]
    }
    #expect(names == ["Example", "Example Renamed"])
    // The older definition is recorded, and appending it again changes nothing.
    #expect(try ledger.append(Sample.definitions).hasPrefix("nothingNew"))
  }

  @Test("recorded time never goes back, when the clock does")
  func recordedTimeNeverGoesBack() throws {
    try ledger.append(Sample.definitions, seconds: 100)
    try ledger.append(Sample.cash("1"), seconds: 50)
    let (first, last) = try ledger.store.read { snapshot in
      (try snapshot.recorded(at: 0), try snapshot.recorded(at: snapshot.head - 1))
    }
    #expect(first == last)
  }

  @Test("texts that look alike and differ in bytes are two texts")
  func lookAlikes() throws {
    let composed = Sample.cash("1").replacing("\"USD\"", with: "\"\u{E9}\"")
    let decomposed = Sample.cash("2").replacing("\"USD\"", with: "\"e\u{301}\"")
    try ledger.append(Sample.definitions + composed + decomposed)
    #expect(try ledger.claims("x:Cash") == ["1 holds", "2 holds"])
    let lines = Set(try ledger.lines())
    for draft in try drafts(composed + decomposed) {
      #expect(lines.contains(draft.event.canonicalLine))
    }
    let replay = try ledger.replay().facts
    #expect(replay.symbol("\u{E9}") != replay.symbol("e\u{301}"))
  }

  @Test("texts longer than any key of the file are kept whole")
  func longTexts() throws {
    let long = String(repeating: "long ", count: 200) + "end"
    let line = Sample.cash("1").replacing(
      #""unit""#,
      with: #""dimensions":{"note":"\#(long)"},"unit""#
    )
    let other = line.replacing("end", with: "eNd").replacing(#""1""#, with: #""2""#)
    try ledger.append(Sample.definitions + line + other)
    #expect(try ledger.claims("x:Cash") == ["1 holds", "2 holds"])
    let text = try ledger.lines().map { String(decoding: $0, as: UTF8.self) }.joined()
    #expect(text.contains(long))
  }

  @Test("Hecla's own figures evolve: two definitions are two concepts, not a restatement")
  func otherDefinitionIsAnotherConcept() throws {
    _ = try ledger.append(Package.drafts(), options())
    // The whole name of a concept names it alone; a part of it, the other one, too.
    let words = "IncomeBeforeEnvironmentalAccruals FY2003"
    #expect(try ledger.claims(words) == ["17100000 holds"])
    let part = "IncomeBeforeEnvironmental FY2003"
    #expect(try ledger.claims(part) == ["17100000 holds", "28100000 holds"])
    #expect(try ledger.restatements(Ledger.FactsRequest()).isEmpty)
    let dividend = "NoncashPreferredDividend"
    #expect(try ledger.claims(dividend, knownAt: "2004-05-04") == ["10900000 holds"])
    #expect(try ledger.claims(dividend) == ["10900000 holds", "11000000 confirmed"])
  }
}
