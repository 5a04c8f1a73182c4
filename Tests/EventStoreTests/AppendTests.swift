import EventStore
import Facts
import Foundation
import Merkle
import TestSupport
import Testing

@Suite("The log grows")
struct AppendTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
    try store.append(definitions)
  }

  private func amend(
    _ sequence: UInt64,
    _ value: String?,
    reason: String = "misread",
    line: Int? = nil
  ) throws -> String {
    let hash = try store.leafHash(at: sequence)
    let place = line.map { #","source":{"line":\#($0),"column":9}"# } ?? ""
    let figure = value.map { #","value":"\#($0)""# } ?? ""
    return #"{"type":"\#(value == nil ? "withdrawal" : "correction")","event":"\#(hash)","#
      + #""reason":"\#(reason)"\#(figure)\#(place)}"#
  }

  @Test("a refused append leaves every byte of the file as it was", arguments: [0, 500, 1056])
  func refusedAppendLeavesFileAsItWas(position: Int) throws {
    var drafts = try linesOfEventsInOrder()
    drafts.insert(contentsOf: try EventStoreTests.drafts(cash("1", filing: "f9")), at: position)
    let (checkpoint, bytes) = (try store.checkpoint, try readBytes(folder("test.assay")))
    let error = #expect(throws: RefusedEvents.self) { try store.append(drafts) }
    #expect(error?.count == 1)
    #expect(try store.checkpoint == checkpoint)
    let isSame = try readBytes(folder("test.assay")) == bytes
    #expect(isSame)
    let again = try EventStoreTests.drafts(cash("1"))
    #expect(try store.append(again) == .appended(from: 6, head: 8, skipped: 0))
  }

  @Test("an unexpected head, a dry run and nothing new leave every byte as it was")
  func dryRunAndNothingNewLeaveFileAsItWas() throws {
    let bytes = try readBytes(folder("test.assay"))
    let claim = try drafts(cash("1"))
    #expect(try store.append(claim, head: 5) == .conflict(head: 6))
    #expect(try store.append(claim, head: 7) == .conflict(head: 6))
    var append = EventStore.Append(claim, time: time(), by: "test")
    append.isDryRun = true
    #expect(try store.append(append) == .appended(from: 6, head: 8, skipped: 0))
    #expect(try store.append(definitions) == .nothingNew(head: 6, skipped: 5))
    #expect(try store.append([]) == .nothingNew(head: 6, skipped: 0))
    let isSame = try readBytes(folder("test.assay")) == bytes
    #expect(isSame)
    #expect(try store.append(claim, head: 6) == .appended(from: 6, head: 8, skipped: 0))
  }

  @Test("a batch event counts what follows it, and says when and by whom")
  func batchEventCountsWhatFollowsIt() throws {
    try store.append(cash("1", line: 1) + cash("1", line: 1) + cash("1", line: 2), seconds: 7)
    #expect(
      try store.texts[6] == #"{"by":"test","count":2,"recorded":"2026-01-01T00:00:07Z","#
        + #""type":"batch"}"#
    )
    #expect(try store.head == 9)
  }

  @Test(
    "the same claim is one: same fact, figure and place of the same filing",
    arguments: [
      (cash("1", line: 1), true), (cash("1", line: 2), false), (cash("1"), false),
      (cash("1", filing: "f2", line: 1), false),
      (cash("1", line: 1).replacing("USD", with: "EUR"), false),
      (cash("1", line: 1).replacing("2019-12-31", with: "2018-12-31"), false),
      (cash("1", line: 1, more: #","dimensions":{"a":"b"}"#), false),
      (cash("9", line: 1, more: #","qualifier":"low""#), false),
      (cash("9", line: 1, more: #","qualifier":"high""#), false),
    ] as [(String, Bool)]
  )
  func sameClaim(line: String, isSame: Bool) throws {
    try store.append(cash("1", line: 1))
    let result = try store.append(line)
    #expect(
      result
        == (isSame
          ? .nothingNew(head: 8, skipped: 1)
          : .appended(
            from: 8,
            head: 10,
            skipped: 0
          ))
    )
  }

  @Test(
    "a filing that says something else at the same place is refused",
    arguments: [
      cash("2", line: 1), cash("1", line: 1, more: #","decimals":-3"#),
      cash("1", line: 1, more: #","qualifier":"more-than""#),
      cash("1", line: 1).replacing(#""1""#, with: "null"),
    ]
  )
  func contradictionAtOnePlaceIsRefused(line: String) throws {
    try store.append(cash("1", line: 1))
    let error = #expect(throws: RefusedEvents.self) { try store.append("\n" + line) }
    #expect(error?.description.contains("for the same fact at line 1, column 9") == true)
    #expect(error?.description.contains("see event 7") == true)
    #expect(try store.head == 8)
  }

  @Test("what was corrected is recorded already, as it was and as it is; anything else is refused")
  func afterCorrection() throws {
    try store.append(cash("100", line: 4))
    try store.append(amend(7, "10"))
    let head = try store.head
    #expect(try store.append(cash("100", line: 4)) == .nothingNew(head: head, skipped: 1))
    #expect(try store.append(cash("10", line: 4)) == .nothingNew(head: head, skipped: 1))
    #expect(throws: RefusedEvents.self) { try store.append(cash("11", line: 4)) }
    #expect(try store.head == head)
  }

  @Test("what was withdrawn is absent, when its filing is appended again")
  func afterWithdrawal() throws {
    try store.append(cash("100", line: 4))
    try store.append(amend(7, nil))
    #expect(try store.append(cash("11", line: 4)) == .appended(from: 10, head: 12, skipped: 0))
    try store.append(amend(11, nil))
    let head = try store.head
    #expect(
      try store.append(cash("100", line: 4)) == .appended(from: head, head: head + 2, skipped: 0)
    )
    #expect(try store.append(cash("100", line: 4)) == .nothingNew(head: head + 2, skipped: 1))
    #expect(throws: RefusedEvents.self) { try store.append(cash("11", line: 4)) }
  }

  @Test("a correction names its claim in the same batch, another place, or no figure at all")
  func correctionNamesItsClaim() throws {
    try store.append(cash("100", line: 4))
    try store.append(amend(7, "10", line: 5))
    // The corrected figure stands at its own place.
    #expect(throws: RefusedEvents.self) { try store.append(cash("12", line: 5)) }
    let claim = try drafts(cash("1", filing: "f2"))
    let other = try TemporaryFolder()
    let twin = try other.store()
    try twin.append(definitions)
    try twin.append(claim)
    let hash = try twin.leafHash(at: 7)
    let line = #"{"type":"correction","event":"\#(hash)","reason":"r","value":null}"#
    #expect(try store.append(claim + drafts(line)) == .appended(from: 10, head: 13, skipped: 0))
    #expect(try store.texts.last?.contains(#""value":null"#) == true)
  }

  @Test("an amendment of what is amended is refused; the same one again is nothing new")
  func doubleAmendment() throws {
    try store.append(cash("100", line: 4))
    let correction = try amend(7, "10")
    try store.append(correction)
    #expect(try store.append(correction) == .nothingNew(head: 10, skipped: 1))
    for other in [
      try amend(7, "11"), try amend(7, nil), try amend(7, "10", reason: "other"),
    ] {
      let error = #expect(throws: RefusedEvents.self) { try store.append(other) }
      #expect(error?.description.contains("event 7 is amended already, by event 9") == true)
    }
    try store.append(amend(9, "11"))
    try store.append(amend(11, nil))
    // The correction of the correction is withdrawn, so that event 9 counts again.
    for sequence in [7, 11, 13] as [UInt64] {
      #expect(throws: RefusedEvents.self) { try store.append(amend(sequence, "1")) }
    }
    #expect(try store.head == 14)
    try store.append(amend(9, "1"))
    #expect(try store.head == 16)
  }

  @Test("definitions: the identical is skipped, a newer follows, the past keeps the older")
  func definitionsFollow() throws {
    let older =
      #"{"type":"concept","concept":"x:Cash","kind":"statement-line","#
      + #""periodType":"instant"}"#
    let newer = older.replacing("instant", with: "duration")
    #expect(try store.append(older) == .nothingNew(head: 6, skipped: 1))
    #expect(try store.append(newer) == .appended(from: 6, head: 8, skipped: 0))
    let name = DefinitionName(type: "concept", name: "x:Cash")
    try store.read { snapshot in
      let definitions = try (0...8).map { head in
        try snapshot.definition(name, before: UInt64(head)).map(\.canonicalLine)
      }
      #expect(definitions[..<3].allSatisfy { $0 == nil })
      #expect(definitions[3...7].allSatisfy { $0 == (try? event(older.utf8).canonicalLine) })
      #expect(definitions[8] == (try event(newer.utf8).canonicalLine))
    }
    // What is appended now must fit the newer one.
    #expect(throws: RefusedEvents.self) { try store.append(cash("1")) }
    let duration = cash("1").replacing("2019-12-31", with: "2019-01-01/2019-12-31")
    #expect(try store.append(duration) == .appended(from: 8, head: 10, skipped: 0))
  }

  @Test("recorded time never goes back; asked by time, the last batch until then answers")
  func recordedTime() throws {
    for (second, value) in [(100, "1"), (50, "2"), (100, "3"), (200, "4")] {
      try store.append(cash(value, line: 10 + second + (Int(value) ?? 0)), seconds: Int64(second))
    }
    try store.read { snapshot in
      let recorded = try (0..<snapshot.head).map { try snapshot.recorded(at: $0) }
      #expect(recorded == recorded.sorted())
      #expect(recorded.map { $0 == time(100) }.filter { $0 }.count == 6)
      let heads = try [(-1, 0), (0, 6), (99, 6), (100, 12), (199, 12), (200, 14), (999, 14)]
        .map { (try snapshot.head(recordedBy: time($0.0)), UInt64($0.1)) }
      for (found, expected) in heads { #expect(found == expected) }
    }
  }

  @Test("a batch of many events has the tree of RFC 6962 over its lines")
  func largeBatch() throws {
    // So many that the tree grows before the batch event is known; the last tile is not full.
    let events = (0..<9000).map { index in
      var claim = Claim(
        kind: "statement-line",
        filing: "f1",
        fact: Fact(
          entity: "x:1",
          concept: "x:Cash",
          dimensions: .none,
          unit: "USD",
          period: .instant(CivilDate(dayNumber: Int32(index)))
        ),
        figure: Figure(value: nil)
      )
      claim.figure.value = Amount(mantissa: Int64(index), fractionDigitCount: 0)
      return Draft(.claim(claim))
    }
    #expect(try store.append(events) == .appended(from: 6, head: 9007, skipped: 0))
    let leaves = try store.lines.map { MerkleHash.leaf($0.span) }
    var tree = MerkleFrontier()
    tree.append(leaves)
    #expect(try store.checkpoint == "9007 \(tree.root)")
    // Of the first, an event of a tile that the tree held, and of the last.
    for sequence in [6, 7, 4000, 9006] as [UInt64] {
      #expect(try store.leafHash(at: sequence) == "\(leaves[Int(sequence)])")
    }
    try store.append(amend(4000, "1") + "\n")
    #expect(try store.head == 9009)
  }

  @Test("a filing that says one fact at many places is recorded once, in whatever order it comes")
  func repeatedFact() throws {
    func claims(_ lines: some Sequence<Int>, _ value: String = "5") -> String {
      lines.map { cash(value, line: $0) }.joined()
    }
    #expect(try store.append(claims([10, 20, 30])) == .appended(from: 6, head: 10, skipped: 0))
    #expect(try store.append(claims([10, 20, 30])) == .nothingNew(head: 10, skipped: 3))
    #expect(try store.append(claims([30, 10, 20])) == .nothingNew(head: 10, skipped: 3))
    // Some before, some after, some between, and one twice.
    let more = claims([5, 10, 15, 20, 40, 15, 40, 30])
    #expect(try store.append(more) == .appended(from: 10, head: 14, skipped: 5))
    for line in [5, 20, 40] {
      let error = #expect(throws: RefusedEvents.self) { try store.append(claims([line], "6")) }
      #expect(error?.description.contains("another value for the same fact at line") == true)
    }
    // The second at one place contradicts the first, wherever that stands in the batch.
    for lines in [[50, 60, 50], [60, 50, 60], [50, 50]] {
      let batch = claims(lines.dropLast()) + claims(lines.suffix(1), "6")
      #expect(throws: RefusedEvents.self) { try store.append(batch) }
    }
    #expect(try store.head == 14)
  }
}
