import Merkle
import TestSupport
import Testing

@Suite("The tree of RFC 6962 section 2.1")
struct TreeTests {
  /// The leaves and roots that the Certificate Transparency implementations share as tests.
  static let knownLeaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  static let knownRoots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("the known roots of 0 to 8 leaves")
  func knownAnswers() throws {
    var frontier = MerkleFrontier()
    let tiles = MemoryTiles()
    #expect(frontier.root.hexadecimal == Self.knownRoots[0])
    for (index, hex) in Self.knownLeaves.enumerated() {
      let digits = Array(hex)
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      frontier.append([.leaf(bytes.span)]) { #expect(tiles.store($0)) }
      #expect(frontier.root.hexadecimal == Self.knownRoots[index + 1])
    }
    for (size, root) in Self.knownRoots.enumerated() {
      #expect(try MerkleHash.root(size: UInt64(size), tiles: tiles).hexadecimal == root)
    }
  }

  @Test("every size to 600, and every earlier size, as defined")
  func smallSizes() throws {
    let leaves = makeLeaves(600)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    for size in 0...600 {
      if size > 0 { frontier.append(leaves[size - 1..<size]) { #expect(tiles.store($0)) } }
      #expect(frontier.size == UInt64(size))
      #expect(frontier.root == naiveRoot(leaves[..<size]))
      #expect(try MerkleFrontier(size: UInt64(size), tiles: tiles) == frontier)
    }
    for size in 0...600 {
      #expect(try MerkleHash.root(size: UInt64(size), tiles: tiles) == naiveRoot(leaves[..<size]))
    }
    #expect(throws: MissingTileError.self) { try MerkleHash.root(size: 601, tiles: tiles) }
  }

  @Test("sizes around 65,536, where the third level begins")
  func largeSizes() throws {
    let leaves = makeLeaves(66_200)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(leaves) { #expect(tiles.store($0)) }
    #expect(frontier.root == naiveRoot(leaves[...]))
    for size in [65_279, 65_280, 65_535, 65_536, 65_537, 65_791, 65_792, 65_793, 66_048, 66_200] {
      let before = tiles.readCount
      let root = try MerkleHash.root(size: UInt64(size), tiles: tiles)
      #expect(root == naiveRoot(leaves[..<size]))
      #expect(tiles.readCount - before <= 3)
    }
  }

  @Test("tiles hold complete subtrees of 256^level leaves")
  func tileContents() {
    let leaves = makeLeaves(66_000)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(leaves) { #expect(tiles.store($0)) }
    var expected: [MerkleTile.Place: [MerkleHash]] = [:]
    for (level, width) in [1, 256, 65_536].enumerated() {
      for index in 0..<leaves.count / width {
        let place = MerkleTile.Place(level: level, index: UInt64(index / 256))
        let hash = naiveRoot(leaves[index * width..<(index + 1) * width])
        expected[place, default: []].append(hash)
      }
    }
    #expect(tiles.tiles.mapValues(\.hashes) == expected)
  }

  @Test("any split into batches gives the same tiles and roots", arguments: 0..<6 as Range<UInt64>)
  func anySplitIntoBatchesGivesSameTilesAndRoots(seed: UInt64) throws {
    let leaves = makeLeaves(3_000)
    let whole = MemoryTiles()
    var expected = MerkleFrontier()
    expected.append(leaves) { #expect(whole.store($0)) }
    var generator = SeededGenerator(seed: seed)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    var start = 0
    while start < leaves.count {
      let largest = [1, 10, 300, 1_000].randomElement(using: &generator) ?? 1
      let end = min(start + Int.random(in: 0...largest, using: &generator), leaves.count)
      var stored: [MerkleTile.Place] = []
      frontier.append(leaves[start..<end]) { tile in
        #expect(tiles.store(tile))
        stored.append(tile.place)
      }
      #expect(Set(stored).count == stored.count)
      #expect(frontier.root == naiveRoot(leaves[..<end]))
      // As a process that starts anew does.
      if Bool.random(using: &generator) {
        let read = try MerkleFrontier(size: frontier.size, tiles: tiles)
        #expect(read == frontier)
        frontier = read
      }
      start = end
    }
    #expect(tiles.tiles == whole.tiles && frontier == expected)
  }

  @Test("an earlier frontier grows into the same tree")
  func earlierFrontier() throws {
    let leaves = makeLeaves(1_200)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(leaves) { #expect(tiles.store($0)) }
    for size in stride(from: 0, through: 1_200, by: 37) {
      var earlier = try MerkleFrontier(size: UInt64(size), tiles: tiles)
      earlier.append(leaves[size...])
      #expect(earlier == frontier)
    }
  }

  @Test("appending nothing stores nothing")
  func appendsNothing() {
    var frontier = MerkleFrontier()
    frontier.append(makeLeaves(300))
    let before = frontier
    frontier.append([]) { _ in Issue.record("stored a tile") }
    #expect(frontier == before)
  }

  @Test("when a tile cannot be stored, the frontier stays as it was")
  func failedStore() throws {
    struct Full: Error {}
    let leaves = makeLeaves(1_000)
    var frontier = MerkleFrontier()
    frontier.append(leaves[..<100])
    let before = frontier
    var stored = 0
    #expect(throws: Full.self) {
      try frontier.append(leaves[100...]) { _ throws(Full) in
        stored += 1
        if stored == 3 { throw Full() }
      }
    }
    #expect(frontier == before)
    frontier.append(leaves[100...])
    #expect(frontier.root == naiveRoot(leaves[...]))
  }

  @Test("a missing or short tile is named")
  func missingTile() throws {
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(makeLeaves(600)) { #expect(tiles.store($0)) }
    let short = #expect(throws: MissingTileError.self) {
      try MerkleHash.root(size: 700, tiles: tiles)
    }
    #expect(
      short?.description == "Merkle tile 2 of level 0 has 88 hashes, 188 are needed;"
        + " rebuild the tiles from the log"
    )
    tiles.remove(MerkleTile.Place(level: 1, index: 0))
    let missing = #expect(throws: MissingTileError.self) {
      try MerkleHash.root(size: 600, tiles: tiles)
    }
    #expect(missing?.place == MerkleTile.Place(level: 1, index: 0))
    #expect(missing?.needed == 2 && missing?.found == 0)
  }

  @Test("what the source of tiles throws is passed on")
  func failingSource() {
    struct Damaged: Error {}
    struct Source: TileSource {
      func tile(at place: MerkleTile.Place) throws -> [MerkleHash]? { throw Damaged() }
    }
    #expect(throws: Damaged.self) { try MerkleHash.root(size: 1, tiles: Source()) }
    #expect(throws: Never.self) { try MerkleHash.root(size: 0, tiles: Source()) }
  }
}
