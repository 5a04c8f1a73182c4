import Facts
import Foundation
import JSON
import Ledger
import Replication
import TestSupport
import Testing

@Suite("A ledger that is published to a stream, and followed from there")
struct StreamTests {
  private let folder: TemporaryFolder
  private let key: SigningKey
  private let stream = MemoryStream()

  init() throws {
    folder = try TemporaryFolder()
    key = try SigningKey(name: "ledger.example")
    _ = try Ledger(path: folder("leader"), access: .create)
    try append(0..<300)
  }

  private func append(_ numbers: Range<Int>, to name: String = "leader") throws {
    let parser = JSONParser()
    let drafts = try numbers.map { number in
      let line = #"{"type":"entity","entity":"x:\#(number)","name":"Company \#(number)"}"#
      return Draft(try Event(parser.parse(Array(line.utf8)).root))
    }
    let time = Timestamp(microseconds: 1_767_225_600_000_000)
    let ledger = try Ledger(path: folder(name), access: .create)
    _ = try ledger.append(drafts, .init(by: "test", time: time))
  }

  private func publisher(_ name: String = "leader", refill: UInt64? = nil) -> Publisher {
    Publisher(.init(path: folder(name), key: key, refillStart: refill), stream: stream)
  }

  private func follower(_ name: String = "copy", mirror: SigningKey? = nil) throws -> Follower {
    let settings = Follower.Settings(path: folder(name), key: key.verifier, mirror: mirror)
    return try Follower(settings, source: StreamLog(stream))
  }

  private func head(_ name: String) throws -> String {
    guard FileManager.default.fileExists(atPath: folder(name)) else { return "nothing" }
    return try Ledger(path: folder(name), access: .readOnly).read { "\($0.head) \(try $0.root)" }
  }

  private func failure(_ body: () async throws -> Void) async throws -> ReplicationError {
    try await #require(throws: ReplicationError.self) { try await body() }
  }

  @Test("is made equal, stays so, and adds nothing twice")
  func growthIsFollowed() async throws {
    var publisher = publisher()
    let follower = try follower()
    #expect(try await failure { _ = try await follower.step(at: 1) }.code == .unreachable)
    for last in [301, 302, 700] {
      try append(last - 1..<last)
      #expect(try await publisher.step().count > 0)
      let count = stream.messages.count
      #expect(try await publisher.step().count == 0)
      #expect(stream.messages.count == count)
      #expect(try await follower.step(at: 1).count > 0)
      #expect(try head("copy") == head("leader"))
    }
  }

  @Test("a new follower asks for a few messages a claim, however many claims there are")
  func claimsAreWalkedOnce() async throws {
    for last in 301...320 {
      try append(last - 1..<last)
      var publisher = publisher()
      _ = try await publisher.step()
    }
    _ = try await follower().step(at: 1)
    #expect(try head("copy") == head("leader"))
    #expect(stream.questionCount < 20 * 8)
  }

  @Test("resolves an answer that was lost by reading", arguments: 1...4)
  func lostAnswersAreResolved(count: Int) async throws {
    var publisher = publisher()
    stream.loseAnswers(count)
    var failureCount = 0
    while true {
      do {
        _ = try await publisher.step()
        break
      } catch let error as ReplicationError {
        #expect(error.code == .unreachable)
        failureCount += 1
      }
      try #require(failureCount < 10)
    }
    #expect(failureCount > 0)
    _ = try await follower().step(at: 1)
    #expect(try head("copy") == head("leader"))
    let slices = try stream.messages.enumerated().filter { index, message in
      guard let message, case .slice = try StreamMessage(message, at: UInt64(index + 1)) else {
        return false
      }
      return true
    }
    #expect(slices.count == 1, "a slice that is there is not added again")
  }

  @Test("a writer that was paused adds nothing after another's claim, and stops for good")
  func oldWritersAreFenced() async throws {
    var old = publisher()
    _ = try await old.step()
    var new = publisher()
    try append(400..<401)
    _ = try await new.step()
    let count = stream.messages.count
    try append(401..<402)
    for _ in 0..<2 {
      #expect(try await failure { _ = try await old.step() }.code == .fenced)
      #expect(stream.messages.count == count)
    }
    _ = try await new.step()
    _ = try await follower().step(at: 1)
    #expect(try head("copy") == head("leader"))
  }

  @Test("a claim that another key signed, or that stands elsewhere, stops nobody")
  func forgedClaimsAreSuperseded() async throws {
    var publisher = publisher()
    _ = try await publisher.step()
    let other = try SigningKey(name: "ledger.example")
    let elsewhere = MemoryStream()
    elsewhere.messages = stream.messages
    var forger = Publisher(.init(path: folder("leader"), key: other), stream: elsewhere)
    _ = try await forger.step()
    stream.messages.append(elsewhere.messages[stream.messages.count])
    try append(399..<400)
    _ = try await publisher.step()
    // Its own, at another place.
    stream.messages.append(stream.messages[0])
    try append(400..<410)
    _ = try await publisher.step()
    _ = try await follower().step(at: 1)
    #expect(try head("copy") == head("leader"))
  }

  @Test(
    "what the stream forgot is published again",
    arguments: ["all", "half", "newest", "middle"]
  )
  func lossesAreFilled(what: String) async throws {
    var publisher = publisher()
    for last in 300..<306 {
      try append(last..<last + 1)
      _ = try await publisher.step()
    }
    let follower = try follower()
    _ = try await follower.step(at: 1)
    switch what {
    case "all": stream.messages = []
    case "half": stream.messages.removeLast(stream.messages.count / 2)
    case "newest": stream.messages[stream.messages.count - 1] = nil
    default: stream.messages[3] = nil
    }
    try append(400..<401)
    _ = try await publisher.step()
    _ = try await follower.step(at: 1)
    #expect(try head("copy") == head("leader"))
    let fresh = try self.follower("fresh")
    if what == "middle" {
      let error = try await failure { _ = try await fresh.step(at: 1) }
      #expect(error.code == .malformed && error.message.contains("message 4"), "\(error)")
      var filler = self.publisher(refill: 300)
      _ = try await filler.step()
      #expect(try await failure { _ = try await publisher.step() }.code == .fenced)
    }
    _ = try await fresh.step(at: 1)
    #expect(try head("fresh") == head("leader"))
  }

  @Test("a server that shows an older state is waited for")
  func olderStatesPass() async throws {
    var publisher = publisher()
    _ = try await publisher.step()
    let old = stream.messages
    try append(400..<401)
    _ = try await publisher.step()
    let (follower, newest) = (try follower(), stream.messages)
    _ = try await follower.step(at: 1)
    stream.messages = old
    #expect(try await failure { _ = try await follower.step(at: 1) }.code == .unreachable)
    stream.messages = newest
    #expect(try await follower.step(at: 1).count == 0)
  }

  @Test("another past under the same key is told, with both checkpoints")
  func twoPastsAreEvidence() async throws {
    var publisher = publisher()
    _ = try await publisher.step()
    try append(1000..<1400, to: "other")
    var other = self.publisher("other")
    let count = stream.messages.count
    #expect(try await failure { _ = try await other.step() }.code == .splitView)
    let evidence = try String(contentsOfFile: other.evidencePath, encoding: .utf8)
    #expect(evidence.components(separatedBy: "\u{2014} ledger.example").count == 3)
    try append(0..<10, to: "less")
    var less = self.publisher("less")
    #expect(try await failure { _ = try await less.step() }.code == .shorter)
    #expect(stream.messages.count == count)
  }

  @Test("mirrors count when they cosigned as many events, and no others")
  func mirrorsAreCounted() async throws {
    let keys = try ["a", "b"].map { try SigningKey(name: $0, isWitness: true) }
    let mirrors = Mirrors(keys.map(\.verifier), of: key.verifier, board: stream)
    var publisher = publisher()
    var step = try await publisher.step()
    func count() async throws -> Int {
      try await mirrors.count(holding: step.treeHead) { _ in nil }
    }
    #expect(try await count() == 0)
    for (number, mirror) in keys.enumerated() {
      let follower = try follower(mirror.name, mirror: mirror)
      _ = try await follower.step(at: 1)
      let note = try String(contentsOfFile: follower.checkpointPath, encoding: .utf8)
      // Who shows it says nothing.
      try await stream.show(note, of: "c")
      #expect(try await count() == number + 1)
      try await stream.show(note, of: mirror.name)
      #expect(try await count() == number + 1)
    }
    try append(500..<501)
    step = try await publisher.step()
    #expect(try await count() == 0)
  }

  /// How many messages are harmed: thousands in a campaign, `ASSAY_FAULTS=10000`.
  private static let faultCount =
    ProcessInfo.processInfo.environment["ASSAY_FAULTS"].flatMap { Int($0) } ?? 150

  @Test("no message that is lost, changed, moved or forgotten makes another root")
  func faultsAreNoticed() async throws {
    var (count, life, codes) = (0, UInt64(0), Set<ReplicationError.Code>())
    while count < Self.faultCount {
      // Each with a ledger of its own, so that none grows too large to be published often.
      let party = try StreamTests()
      try await party.live(seed: life, faultCount: min(150, Self.faultCount - count), &codes)
      count += party.stream.faultCount
      life += 1
    }
    #expect(codes.isSuperset(of: [.unreachable, .malformed]))
  }

  /// Lets a ledger grow, be published and followed, with so many messages harmed.
  private func live(
    seed: UInt64,
    faultCount: Int,
    _ codes: inout Set<ReplicationError.Code>
  ) async throws {
    var random = SeededGenerator(seed: 21 + seed)
    var heads: Set<String> = ["nothing", try head("leader")]
    var (publisher, number, round) = (publisher(), 300, UInt64(0))
    while stream.faultCount < faultCount {
      round += 1
      if random.below(3) == 0 {
        let next = number + 1 + random.below(40)
        try append(number..<next)
        number = next
        heads.insert(try head("leader"))
      }
      stream.harm(percent: 5 + random.below(40), seed: 1000 * seed + round)
      do { _ = try await publisher.step() } catch let error as ReplicationError {
        codes.insert(error.code)
        // What the harm shows may be another's claim, or a past: then a new publisher begins.
        if error.code != .unreachable { publisher = self.publisher() }
      }
      if random.below(4) == 0 { forgetCopy() }
      let before = try head("copy")
      do { _ = try await follower().step(at: 1) } catch let error as ReplicationError {
        codes.insert(error.code)
        #expect(try head("copy") == before, "life \(seed), round \(round): \(error)")
        #expect(error.code != .splitView, "life \(seed), round \(round): \(error)")
      }
      #expect(try heads.contains(head("copy")), "life \(seed), round \(round)")
      if random.below(60) == 0 {
        stream.messages.removeLast(random.below(stream.messages.count + 1))
      }
    }
    stream.harmNothing()
    var last = self.publisher()
    _ = try await last.step()
    forgetCopy()
    _ = try await follower().step(at: 1)
    #expect(try head("copy") == head("leader"))
  }

  private func forgetCopy() {
    for name in ["copy", "copy.checkpoint"] {
      try? FileManager.default.removeItem(atPath: folder(name))
    }
  }
}
