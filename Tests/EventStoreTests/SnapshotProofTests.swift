import EventStore
import LMDB
import Merkle
import Platform
import TestSupport
import Testing

@Suite("Proofs from the ledger's tiles")
struct SnapshotProofTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func makeStore() throws -> EventStore {
    let store = try folder.store()
    let entities = (0..<600).map { #"{"type":"entity","entity":"y:\#($0)","name":"N"}"# }
    try store.append(definitions + entities.joined(separator: "\n") + "\n")
    return store
  }

  @Test("every event is proven, by its line, at every later size")
  func everyEventIsProvenByItsLine() throws {
    let store = try makeStore()
    let lines = try store.lines
    try store.read { snapshot in
      #expect(snapshot.head == 606)
      for sequence in stride(from: 0, to: 606, by: 31) {
        for size in stride(from: sequence + 1, through: 606, by: 67) {
          let (line, proof) = try snapshot.inclusion(of: UInt64(sequence), size: UInt64(size))
          let root = try snapshot.root(at: UInt64(size))
          #expect(line == lines[sequence])
          #expect(proof.root(leaf: .leaf(line.span))?.hexadecimal == root)
        }
      }
    }
  }

  @Test("growth is proven between any two sizes")
  func growthIsProvenBetweenAnyTwoSizes() throws {
    try makeStore().read { snapshot in
      for earlier in stride(from: 0, through: 606, by: 101) {
        for size in stride(from: earlier, through: 606, by: 55) {
          let proof = try snapshot.growth(from: UInt64(earlier), to: UInt64(size))
          let roots = try [earlier, size].map {
            try MerkleHash(hexadecimal: snapshot.root(at: UInt64($0)))
          }
          if let first = roots[0], let last = roots[1] {
            #expect(proof.verifies(from: first, to: last))
          }
        }
      }
    }
  }

  /// Changes a bit of a stored hash of a tile.
  private func damage(level: UInt8 = 0, hash: Int) throws {
    let row = hash / 16
    let key = ByteKey([7 - level, 0, 0, 0, 0, 0, 0, UInt8(row >> 8), UInt8(row & 255)])
    try folder.change(key, in: StoredTables.Tiles.self) { $0[hash % 16 * 32] ^= 1 }
  }

  @Test("no proof is made of an event that the tree does not hold")
  func damagedLeaf() throws {
    _ = try makeStore()
    try damage(hash: 519)
    let store = try folder.store("test.assay", .readOnly)
    let error = #expect(throws: DamagedLedger.self) {
      try store.read { _ = try $0.inclusion(of: 519, size: 606) }
    }
    #expect(error?.table == "tiles")
    #expect(error?.description.contains("is not the one that was recorded") == true)
  }

  @Test("no proof of growth is made from tiles that contradict each other")
  func damagedTiles() throws {
    _ = try makeStore()
    // The second level has the root of the first tile as it was.
    try damage(hash: 200)
    let store = try folder.store("test.assay", .readOnly)
    let error = #expect(throws: DamagedLedger.self) {
      try store.read { _ = try $0.growth(from: 255, to: 606) }
    }
    #expect(error?.description.contains("contradict each other") == true)
  }

  @Test("no event is read whose leaf does not lead to the root, whatever tile is damaged")
  func damagedLevels() throws {
    try makeLargeStore()
    // An event whose leaf is sound, and the hash between it and the root that is not.
    for (level, hash, event) in [
      (0, 5, 7), (0, 65_540, 65_549), (0, 66_000, 65_999), (1, 0, 7), (1, 256, 65_540), (2, 0, 7),
    ] as [(UInt8, Int, UInt64)] {
      #expect(try folder.store("test.assay", .readOnly).read { try $0.event(at: event) } != nil)
      try damage(level: level, hash: hash)
      do {
        let store = try folder.store("test.assay", .readOnly)
        let error = #expect(throws: DamagedLedger.self) {
          try store.read { _ = try $0.event(at: event) }
        }
        #expect(error?.table == "tiles")
        #expect(throws: DamagedLedger.self) {
          try store.read { _ = try $0.root(at: event + 1) }
        }
      }
      // The same bit once more: all is as it was.
      try damage(level: level, hash: hash)
    }
  }

  /// A tree of three levels.
  private func makeLargeStore() throws {
    let entities = (0..<66_000).map { #"{"type":"entity","entity":"y:\#($0)","name":"N"}"# }
    try folder.store().append(entities.joined(separator: "\n") + "\n")
  }

  @Test("the root is not printed when the hashes it is made of are not those of the last append")
  func damagedRoot() throws {
    _ = try makeStore()
    try damage(hash: 600)
    let store = try folder.store("test.assay", .readOnly)
    let error = #expect(throws: DamagedLedger.self) { try store.read { _ = try $0.root(at: 606) } }
    #expect(error?.repair == .rebuild)
    // Earlier sizes are made of the same tiles.
    #expect(throws: DamagedLedger.self) { try store.read { _ = try $0.root(at: 601) } }
  }
}
