import Facts
import Foundation
import JSON
import Ledger
import Merkle
import Replication
import Synchronization
import TestSupport
import Testing

/// The files of a served tree, which a test changes.
final class ServedTree: Sendable {
  private let files = Mutex<[String: [UInt8]]>([:])

  subscript(path: String) -> [UInt8]? {
    get { files.withLock { $0[path] } }
    set { files.withLock { $0[path] = newValue } }
  }

  /// The paths of all files.
  var paths: [String] { files.withLock { $0.keys.sorted() } }

  /// Serves a ledger as it is now, in place of what was served.
  func serve(_ ledger: Ledger, signedWith key: SigningKey, origin: String = "ledger.example") throws
  {
    let checkpoint = try ledger.read { try $0.checkpoint(origin: origin, signedWith: key) }
    var all = ["checkpoint": Array(checkpoint.text.utf8)]
    try ledger.forEachTile(size: checkpoint.treeHead.size) { all[$0] = $1 }
    files.withLock { $0 = all }
  }

  var source: TileLog {
    TileLog { path, byteCountMax in
      let bytes = self[path]
      #expect((bytes?.count ?? 0) <= byteCountMax)
      return bytes
    }
  }
}

@Suite("A ledger that follows another")
struct FollowerTests {
  private let folder: TemporaryFolder
  private let leader: Ledger
  private let key: SigningKey
  private let tree = ServedTree()

  init() throws {
    folder = try TemporaryFolder()
    leader = try Ledger(path: folder("leader"), access: .create)
    key = try SigningKey(name: "ledger.example")
    try append((0..<300).map { Self.entity($0) })
    try tree.serve(leader, signedWith: key)
  }

  private static func entity(_ number: Int) -> String {
    #"{"type":"entity","entity":"x:\#(number)","name":"Company \#(number)"}"#
  }

  private func append(_ lines: [String], to ledger: Ledger? = nil) throws {
    let parser = JSONParser()
    let drafts = try lines.map { Draft(try Event(parser.parse(Array($0.utf8)).root)) }
    let time = Timestamp(microseconds: 1_767_225_600_000_000)
    _ = try (ledger ?? leader).append(drafts, .init(by: "test", time: time))
  }

  private func follower(
    mirror: SigningKey? = nil,
    key: SigningKey? = nil,
    origin: String? = nil
  ) throws -> Follower {
    let settings = Follower.Settings(
      path: folder("copy"),
      key: (key ?? self.key).verifier,
      origin: origin,
      mirror: mirror
    )
    return try Follower(settings, source: tree.source)
  }

  /// The leader, which is open, or the copy, which a follower opens for itself.
  private func ledger(_ name: String) throws -> Ledger {
    name == "leader" ? leader : try Ledger(path: folder(name), access: .readOnly)
  }

  private func head(_ name: String) throws -> String {
    try ledger(name).read { "\($0.head) \(try $0.root)" }
  }

  private func failure(_ follower: Follower) async throws -> ReplicationError {
    try await #require(throws: ReplicationError.self) { _ = try await follower.step(at: 1000) }
  }

  @Test("is made equal, stays so while the other grows, and applies nothing twice")
  func followsGrowth() async throws {
    let follower = try follower()
    let size = try leader.read { $0.head }
    #expect(try await follower.step(at: 1000).count == size)
    #expect(try head("copy") == head("leader"))
    #expect(try await follower.step(at: 1000).count == 0)
    for number in [300, 301, 900] {
      try append((300...number).map { Self.entity($0) })
      try tree.serve(leader, signedWith: key)
      #expect(try await follower.step(at: 1000).count > 0)
      #expect(try head("copy") == head("leader"))
    }
    let lines = try ["copy", "leader"].map { name in
      var bytes: [UInt8] = []
      try ledger(name).export { bytes += $0 }
      return bytes
    }
    #expect(lines[0] == lines[1])
  }

  @Test("finds the whole file where a partial one gave way to it")
  func wholeFilesTakeThePlaceOfPartialOnes() async throws {
    let old = try #require(tree["checkpoint"])
    let size = try leader.read { $0.head }
    try append((300...900).map { Self.entity($0) })
    try tree.serve(leader, signedWith: key)
    tree["checkpoint"] = old
    #expect(try await follower().step(at: 1000).treeHead.size == size)
  }

  @Test(
    "believes no checkpoint that another key signed, that nobody signed or that is of another ledger"
  )
  func checkpointsAreAuthenticated() async throws {
    let other = try SigningKey(name: "ledger.example")
    #expect(try await failure(follower(key: other)).code == .unsigned)
    #expect(try await failure(follower(origin: "other.example")).code == .unsigned)
    let text = String(decoding: try #require(tree["checkpoint"]), as: UTF8.self)
    let end = try #require(text.range(of: "\n\n"))
    tree["checkpoint"] = Array(text[..<end.lowerBound].utf8) + Array("\n".utf8)
    await #expect(throws: (any Error).self) { try await follower().step(at: 1000) }
    tree["checkpoint"] = nil
    #expect(try await failure(follower()).code == .malformed)
    #expect(!FileManager.default.fileExists(atPath: folder("copy")))
  }

  @Test("names the first event that is not the one of the checkpoint, and applies none")
  func changedEventsAreNamed() async throws {
    let follower = try follower()
    let path = "tile/entries/001"
    let size = try leader.read { $0.head }
    let file = tree.paths.first { $0.hasPrefix(path) } ?? ""
    let bundle = try #require(tree[file])
    // One digit of one name: the line stays an event.
    let needle = Array("Company 280\"".utf8)
    let place = try #require(
      (0..<bundle.count - needle.count).first {
        bundle[$0..<$0 + needle.count].elementsEqual(needle)
      }
    )
    var changed = bundle
    changed[place + 10] = UInt8(ascii: "1")
    tree[file] = changed
    let error = try await failure(follower)
    #expect(error.code == .altered)
    let lines = try String(decoding: exported(), as: UTF8.self).split(separator: "\n")
    let sequence = try #require(lines.firstIndex { $0.contains("Company 280\"") })
    #expect(error.message.hasPrefix("event \(sequence) as it came"), "\(error)")
    #expect(!FileManager.default.fileExists(atPath: folder("copy")))
    tree[file] = bundle
    #expect(try await follower.step(at: 1000).count == size)
  }

  private func exported() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try leader.export { bytes += $0 }
    return bytes
  }

  @Test("no change of a byte of what is served is recorded", arguments: 0..<3 as Range<UInt64>)
  func changedBytesAreNotRecorded(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let paths = tree.paths.filter { $0 != "checkpoint" }
    for round in 0..<25 {
      let path = paths[random.below(paths.count)]
      let bytes = try #require(tree[path])
      var changed = bytes
      switch random.below(4) {
      case 0: changed.removeLast(1 + random.below(changed.count))
      case 1: changed.insert(UInt8(random.below(256)), at: random.below(changed.count))
      default: changed[random.below(changed.count)] ^= 1 << random.below(8)
      }
      tree[path] = changed
      do {
        _ = try await follower().step(at: 1000)
        // Tiles of hashes are read only where something differs.
        #expect(try head("copy") == head("leader"), "round \(round): \(path)")
        try FileManager.default.removeItem(atPath: folder("copy"))
        try FileManager.default.removeItem(atPath: folder("copy.checkpoint"))
      } catch let error as ReplicationError {
        #expect([.altered, .malformed].contains(error.code), "round \(round): \(path): \(error)")
        #expect(!FileManager.default.fileExists(atPath: folder("copy")))
      }
      tree[path] = bytes
    }
  }

  @Test("goes no way back with a ledger that was cut off")
  func shorterLedgersAreRefused() async throws {
    let old = try #require(tree["checkpoint"])
    try append([Self.entity(300)])
    try tree.serve(leader, signedWith: key)
    let follower = try follower()
    _ = try await follower.step(at: 1000)
    tree["checkpoint"] = old
    #expect(try await failure(follower).code == .shorter)
    #expect(try head("copy") == head("leader"))
  }

  @Test("keeps both checkpoints of a keeper who shows two pasts", arguments: [300, 400])
  func twoPastsAreEvidence(last: Int) async throws {
    let follower = try follower()
    _ = try await follower.step(at: 1000)
    let kept = try String(contentsOfFile: follower.checkpointPath, encoding: .utf8)
    let before = try head("copy")
    // Another ledger of the same keeper and name.
    let other = try Ledger(path: folder("other"), access: .create)
    try append((0...last - 1).map { Self.entity($0 == 7 ? 7000 : $0) }, to: other)
    try tree.serve(other, signedWith: key)
    let error = try await failure(follower)
    #expect(error.code == .splitView, "\(error)")
    let evidence = try String(contentsOfFile: follower.evidencePath, encoding: .utf8)
    let shown = String(decoding: try #require(tree["checkpoint"]), as: UTF8.self)
    #expect(evidence == kept + "\n" + shown)
    #expect(try head("copy") == before)
  }

  @Test("does not go on where something else was appended to it")
  func otherWritersAreNoticed() async throws {
    let follower = try follower()
    _ = try await follower.step(at: 1000)
    try append([Self.entity(555)], to: Ledger(path: folder("copy"), access: .readWrite))
    #expect(try await failure(follower).code == .diverged)
    try append((300...302).map { Self.entity($0) })
    try tree.serve(leader, signedWith: key)
    #expect(try await failure(follower).code == .diverged)
  }

  @Test("cosigns what it holds, from the first checkpoint on or from a later one")
  func mirrorCosigns() async throws {
    _ = try await follower().step(at: 1000)
    let mirror = try SigningKey(name: "mirror.example", isWitness: true)
    let follower = try follower(mirror: mirror)
    for (number, time) in [(300, 2000), (301, 3000)] as [(Int, UInt64)] {
      try append([Self.entity(number)])
      try tree.serve(leader, signedWith: key)
      _ = try await follower.step(at: time)
      let text = try String(contentsOfFile: follower.checkpointPath, encoding: .utf8)
      let kept = try KeptCheckpoint(text: text)
      #expect(try mirror.verifier.cosigningTime(of: kept) == time)
      #expect(try "\(kept.treeHead.size) \(kept.treeHead.root)" == head("copy"))
    }
    // With a clock that was set back it follows, and cosigns when the clock is right.
    try append([Self.entity(302)])
    try tree.serve(leader, signedWith: key)
    await #expect(throws: LedgerError.self) { try await follower.step(at: 1000) }
    #expect(try head("copy") == head("leader"))
    _ = try await follower.step(at: 4000)
    let text = try String(contentsOfFile: follower.checkpointPath, encoding: .utf8)
    #expect(try mirror.verifier.cosigningTime(of: KeptCheckpoint(text: text)) == 4000)
    #expect(throws: LedgerError.self) { try self.follower(mirror: key) }
  }
}
