import EventStore
import Facts
import TestSupport
import Testing

@Suite("A follower that applies batches")
struct FollowerTests {
  let folder: TemporaryFolder
  let leader: EventStore
  let follower: EventStore

  init() throws {
    folder = try TemporaryFolder()
    leader = try folder.store("leader")
    try leader.append(definitions)
    try leader.append(cash("1", line: 4) + cash("2", filing: "f2"), seconds: 1)
    let hash = try leader.leafHash(at: 7)
    try leader.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"3"}"#,
      seconds: 2
    )
    follower = try folder.store("follower")
  }

  /// The sequences at which batches of the leader begin, and its head.
  private static let bounds: [UInt64] = [0, 6, 9, 11]

  private func root(_ size: UInt64) throws -> String { try leader.read { try $0.root(at: size) } }

  private func drafts(_ range: Range<UInt64>) throws -> [Draft] {
    try leader.lines[Int(range.lowerBound)..<Int(range.upperBound)].map { Draft(try event($0)) }
  }

  @discardableResult
  private func apply(
    _ drafts: [Draft],
    _ range: Range<UInt64>,
    before: String? = nil,
    after: String? = nil
  ) throws -> EventStore.AppendResult {
    try follower.apply(
      drafts,
      at: range.lowerBound,
      rootBefore: before ?? root(range.lowerBound),
      rootAfter: after ?? root(range.upperBound)
    )
  }

  @Test("comes to the same bytes, batch by batch or several at once")
  func followerComesToTheSameBytes() throws {
    for (start, end) in zip(Self.bounds, Self.bounds.dropFirst()) {
      let result = try apply(drafts(start..<end), start..<end)
      #expect(result == .appended(from: start, head: end, skipped: 0))
    }
    #expect(try follower.lines == leader.lines)
    #expect(try follower.checkpoint == leader.checkpoint)
    let other = try folder.store("other")
    _ = try other.apply(drafts(0..<11), at: 0, rootBefore: root(0), rootAfter: root(11))
    #expect(try other.checkpoint == leader.checkpoint)
  }

  @Test("applies a batch once: a second time, and at another head, it is a conflict")
  func batchIsAppliedOnce() throws {
    try apply(drafts(0..<6), 0..<6)
    #expect(try apply(drafts(0..<6), 0..<6) == .conflict(head: 6))
    #expect(try apply(drafts(9..<11), 9..<11) == .conflict(head: 6))
    #expect(try follower.head == 6)
  }

  @Test("with another history before the batch is told so, and is not changed")
  func rootBefore() throws {
    let other = definitions.replacing("Example", with: "Other")
    try follower.append(other)
    let checkpoint = try follower.checkpoint
    let error = #expect(throws: UnexpectedRoot.self) { try apply(drafts(6..<9), 6..<9) }
    #expect(error?.isBefore == true && error?.head == 6)
    #expect(error?.description.contains("two different histories") == true)
    #expect(try follower.checkpoint == checkpoint)
  }

  @Test("refuses a batch of which one digit was changed")
  func rootAfter() throws {
    try apply(drafts(0..<6), 0..<6)
    let checkpoint = try follower.checkpoint
    var changed = try drafts(6..<9)
    guard case .claim(var claim) = changed[1].event else {
      Issue.record("not a claim")
      return
    }
    claim.figure.value = try Amount("7")
    changed[1].event = .claim(claim)
    let error = #expect(throws: UnexpectedRoot.self) { try apply(changed, 6..<9) }
    #expect(error?.isBefore == false && error?.head == 9)
    #expect(error?.description.contains("nothing was written") == true)
    #expect(throws: UnexpectedRoot.self) { try apply(drafts(6..<9), 6..<9, after: root(11)) }
    #expect(try follower.checkpoint == checkpoint)
    try apply(drafts(6..<9), 6..<9)
  }

  @Test("refuses batches that are not whole, in another order, or none")
  func notWhole() throws {
    try apply(drafts(0..<6), 0..<6)
    let checkpoint = try follower.checkpoint
    let batch = try drafts(6..<9)
    for part in [Array(batch.dropLast()), Array(batch.dropFirst()), [batch[0]], [], batch + batch] {
      #expect(throws: (any Error).self) { try apply(part, 6..<9) }
    }
    // The claims in another order are a whole batch, with another root.
    #expect(throws: UnexpectedRoot.self) { try apply([batch[0], batch[2], batch[1]], 6..<9) }
    #expect(try follower.checkpoint == checkpoint)
  }
}
