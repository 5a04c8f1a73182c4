import EventStore
import Facts
import Merkle
import TestSupport
import Testing

@Suite("Replicas of a log")
struct ReplicaTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
    try store.append(definitions)
    try store.append(cash("1", line: 4) + cash("2", filing: "f2"), seconds: 1)
    let hash = try store.leafHash(at: 7)
    try store.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"3"}"#,
      seconds: 2
    )
  }

  private func changed(_ old: String, _ new: String, at index: Int) throws -> [[UInt8]] {
    var lines = try store.lines
    let line = String(decoding: lines[index], as: UTF8.self).replacing(old, with: new)
    lines[index] = Array(line.utf8)
    return lines
  }

  @Test("cut after any batch, grow by the rest to the same bytes")
  func prefixOfBatchesGrowsToSameBytes() throws {
    let lines = try store.lines
    for (index, end) in [6, 9, 11].enumerated() {
      let replica = try folder.store("replica-\(index)")
      try replica.replicate(Array(lines[..<end]))
      #expect(try replica.lines == Array(lines[..<end]))
      try replica.replicate(lines)
      #expect(try replica.lines == lines)
      #expect(try replica.checkpoint == store.checkpoint)
      #expect(try replica.replicate(lines) == .nothingNew(head: 11, skipped: 11))
    }
  }

  @Test("cut inside a batch, are refused", arguments: [1, 2, 5, 7, 8, 10])
  func exportCutInsideBatchIsRefused(end: Int) throws {
    let lines = try store.lines
    let replica = try folder.store("replica")
    let error = #expect(throws: InvalidEvent.self) { try replica.replicate(Array(lines[..<end])) }
    #expect(error?.description.contains("as many events as it counts is missing") == true)
    #expect(try replica.head == 0)
  }

  @Test("an export with one event changed is refused by the ledger it is from", arguments: 0..<11)
  func changedExportIsRefused(index: Int) throws {
    let changes = [
      ("test", "fest"), ("Example", "Exhample"), ("instant", "duration"), ("x:Sales", "x:Tales"),
      ("2020", "2019"), ("2021", "2022"), ("test", "fest"), (#""value":"1""#, #""value":"4""#),
      (#""value":"2""#, #""value":"2.0""#), ("test", "fest"), ("misread", "missread"),
    ]
    let lines = try changed(changes[index].0, changes[index].1, at: index)
    #expect(try lines != store.lines)
    let checkpoint = try store.checkpoint
    let error = #expect(throws: InvalidEvent.self) { try store.replicate(lines) }
    #expect(error?.description.hasPrefix("export.jsonl:\(index + 1): event \(index) of") == true)
    #expect(try store.checkpoint == checkpoint)
  }

  @Test("an export whose recorded time goes back is refused, not changed")
  func timeGoesBack() throws {
    let lines = try changed("2026-01-01T00:00:01Z", "2025-01-01T00:00:01Z", at: 6)
    let replica = try folder.store("replica")
    #expect(throws: (any Error).self) { try replica.replicate(lines) }
    #expect(try replica.head == 0)
  }

  @Test("an export that differs from the ledger only in the form of its Unicode is refused")
  func unicodeForm() throws {
    let other = try folder.store("other")
    try other.append(#"{"type":"entity","entity":"x:1","name":"Caf\u00e9"}"#)
    var lines = try other.lines
    let line = String(decoding: lines[1], as: UTF8.self)
    lines[1] = Array(line.replacing("\u{E9}", with: "e\u{301}").utf8)
    #expect(throws: InvalidEvent.self) { try other.replicate(lines) }
  }

  @Test("a batch that repeats an event, or counts wrongly, is refused")
  func wrongBatches() throws {
    let lines = try store.lines
    let replica = try folder.store("replica")
    let repeated = try changed(#""count":5"#, #""count":6"#, at: 0)
    let wrong: [[[UInt8]]] = [
      // The sixth event is the second batch's event.
      repeated,
      // The same entity twice in one batch.
      [Array(#"{"by":"t","count":2,"recorded":"2026-01-01T00:00:00Z","type":"batch"}"#.utf8)]
        + [lines[1], lines[1]],
      // A claim whose filing comes after it.
      [lines[0], lines[1], lines[2], lines[3], lines[5], lines[7], lines[4]],
    ]
    for export in wrong {
      #expect(throws: (any Error).self) { try replica.replicate(export) }
      #expect(try replica.head == 0)
    }
  }

  @Test("the root is that of RFC 6962 over the lines, at every head")
  func rootIsThatOfRFC6962OverLines() throws {
    let leaves = try store.lines.map { MerkleHash.leaf($0.span) }
    func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
      guard leaves.count > 1 else { return leaves.first ?? .empty }
      var split = 1
      while split * 2 < leaves.count { split *= 2 }
      let middle = leaves.startIndex + split
      return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }
    for size in 0...leaves.count {
      let found = try store.read { try $0.root(at: UInt64(size)) }
      #expect(found == root(leaves[..<size]).hexadecimal)
    }
  }
}
