import Merkle
import Testing

@Suite("Proofs of RFC 9162 sections 2.1.3 and 2.1.4")
struct ProofTests {
  /// A tree of `count` leaves and its tiles.
  private func tree(_ count: Int) -> (leaves: [MerkleHash], tiles: MemoryTiles) {
    let leaves = makeLeaves(count)
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(leaves) { #expect(tiles.store($0)) }
    return (leaves, tiles)
  }

  /// The known tree of eight leaves.
  private func knownTree() -> (leaves: [MerkleHash], tiles: MemoryTiles) {
    let leaves = TreeTests.knownLeaves.map { hex in
      let digits = Array(hex)
      return leaf(
        stride(from: 0, to: digits.count, by: 2).compactMap {
          UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
      )
    }
    let tiles = MemoryTiles()
    var frontier = MerkleFrontier()
    frontier.append(leaves) { #expect(tiles.store($0)) }
    return (leaves, tiles)
  }

  @Test(
    "known inclusion proofs of the Certificate Transparency implementations",
    arguments: [
      (0, 1, []),
      (
        0, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        5, 8,
        [
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
      (
        1, 5,
        [
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ] as [(UInt64, UInt64, [String])]
  )
  func knownInclusion(index: UInt64, size: UInt64, path: [String]) throws {
    let (leaves, tiles) = knownTree()
    let proof = try InclusionProof(of: index, size: size, tiles: tiles)
    #expect(proof.path.map(\.hexadecimal) == path)
    let root = proof.root(leaf: leaves[Int(index)])
    #expect(root?.hexadecimal == TreeTests.knownRoots[Int(size)])
  }

  @Test(
    "known consistency proofs of the Certificate Transparency implementations",
    arguments: [
      (1, 1, []),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
      (
        6, 7,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
    ] as [(UInt64, UInt64, [String])]
  )
  func knownConsistency(earlier: UInt64, size: UInt64, path: [String]) throws {
    let proof = try ConsistencyProof(from: earlier, to: size, tiles: knownTree().tiles)
    #expect(proof.path.map(\.hexadecimal) == path)
    let roots = TreeTests.knownRoots.compactMap { MerkleHash(hexadecimal: $0) }
    #expect(proof.verifies(from: roots[Int(earlier)], to: roots[Int(size)]))
  }

  @Test("every leaf of every tree to 70 leaves; no other leaf, place, size or root")
  func everyInclusion() throws {
    let (leaves, tiles) = tree(70)
    let roots = (0...70).map { naiveRoot(leaves[..<$0]) }
    for size in 1...70 {
      for index in 0..<size {
        let proof = try InclusionProof(of: UInt64(index), size: UInt64(size), tiles: tiles)
        #expect(proof.verifies(leaf: leaves[index], root: roots[size]))
        #expect(!proof.verifies(leaf: leaves[(index + 1) % 70], root: roots[size]))
        #expect(!proof.verifies(leaf: leaves[index], root: roots[size - 1]))
        for other in 0..<size where other != index {
          var moved = proof
          moved.index = UInt64(other)
          #expect(!moved.verifies(leaf: leaves[index], root: roots[size]))
        }
        var outside = proof
        outside.index = UInt64(size)
        #expect(outside.root(leaf: leaves[index]) == nil)
        #expect(
          refusesOtherLengths(proof.path) { path in
            InclusionProof(index: UInt64(index), size: UInt64(size), path: path)
              .verifies(leaf: leaves[index], root: roots[size])
          }
        )
      }
    }
    #expect(InclusionProof(index: 0, size: 0, path: []).root(leaf: leaves[0]) == nil)
  }

  @Test("every earlier size of every tree to 70 leaves; no other sizes or roots")
  func everyConsistency() throws {
    let (leaves, tiles) = tree(70)
    let roots = (0...70).map { naiveRoot(leaves[..<$0]) }
    for size in 0...70 {
      for earlier in 0...size {
        let proof = try ConsistencyProof(from: UInt64(earlier), to: UInt64(size), tiles: tiles)
        #expect(proof.verifies(from: roots[earlier], to: roots[size]))
        #expect(earlier == size || !proof.verifies(from: roots[size], to: roots[size]))
        // From the empty tree, any tree has grown.
        #expect(
          earlier == size || earlier == 0
            || !proof.verifies(from: roots[earlier], to: roots[size - 1])
        )
        #expect(!proof.verifies(from: leaves[0], to: leaves[1]))
        for other in 1...70 where other != earlier && earlier > 0 {
          var moved = proof
          moved.earlierSize = UInt64(other)
          #expect(!moved.verifies(from: roots[earlier], to: roots[size]) || earlier == size)
        }
        #expect(
          refusesOtherLengths(proof.path) { path in
            ConsistencyProof(earlierSize: UInt64(earlier), size: UInt64(size), path: path)
              .verifies(from: roots[earlier], to: roots[size])
          }
        )
      }
    }
    #expect(
      !ConsistencyProof(earlierSize: 2, size: 1, path: []).verifies(from: leaves[0], to: leaves[0])
    )
  }

  /// Whether `verifies` is false for paths that lack a hash or have one too many.
  private func refusesOtherLengths(
    _ path: [MerkleHash],
    _ verifies: ([MerkleHash]) -> Bool
  ) -> Bool {
    var others = [path + [.empty], [.empty] + path]
    if let last = path.last { others += [path.dropLast(), Array(path.dropFirst()), path + [last]] }
    return others.allSatisfy { !verifies($0) }
  }

  @Test("every bit of a path counts", arguments: [1, 2, 3, 7, 8, 21])
  func everyBit(size: Int) throws {
    let (leaves, tiles) = tree(size)
    let root = naiveRoot(leaves[...])
    for index in 0..<size {
      let inclusion = try InclusionProof(of: UInt64(index), size: UInt64(size), tiles: tiles)
      for changed in flips(of: inclusion.path) {
        let proof = InclusionProof(index: UInt64(index), size: UInt64(size), path: changed)
        #expect(!proof.verifies(leaf: leaves[index], root: root))
      }
      let consistency = try ConsistencyProof(from: UInt64(index), to: UInt64(size), tiles: tiles)
      let earlier = naiveRoot(leaves[..<index])
      for changed in flips(of: consistency.path) {
        let proof = ConsistencyProof(
          earlierSize: UInt64(index),
          size: UInt64(size),
          path: changed
        )
        #expect(!proof.verifies(from: earlier, to: root))
      }
    }
  }

  /// The path with each of its bits changed in turn.
  private func flips(of path: [MerkleHash]) -> [[MerkleHash]] {
    path.indices.flatMap { place in
      (0..<256).map { bit in
        var bytes = path[place].bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        var changed = path
        changed[place] = MerkleHash(bytes.span)
        return changed
      }
    }
  }

  @Test("trees of several levels: few tiles are read, and the proofs verify")
  func largeTrees() throws {
    let (leaves, tiles) = tree(66_200)
    for size in [256, 257, 65_535, 65_536, 65_537, 66_048, 66_200] as [UInt64] {
      let root = naiveRoot(leaves[..<Int(size)])
      for index in [0, 1, 255, 256, size / 2, size - 2, size - 1] where index < size {
        let before = tiles.readCount
        let proof = try InclusionProof(of: index, size: size, tiles: tiles)
        #expect(proof.verifies(leaf: leaves[Int(index)], root: root))
        #expect(tiles.readCount - before <= 6)
        let consistency = try ConsistencyProof(from: index + 1, to: size, tiles: tiles)
        #expect(consistency.verifies(from: naiveRoot(leaves[...Int(index)]), to: root))
        #expect(tiles.readCount - before <= 12)
      }
    }
    #expect(throws: MissingTileError.self) {
      try InclusionProof(of: 0, size: 66_201, tiles: tiles)
    }
    #expect(throws: MissingTileError.self) {
      try ConsistencyProof(from: 1, to: 66_201, tiles: tiles)
    }
  }

  @Test("a proof over an edited past does not verify")
  func editedPast() throws {
    let (leaves, _) = tree(200)
    for edited in [0, 1, 63, 99] {
      var other = leaves
      other[edited] = leaf([0xFF])
      let tiles = MemoryTiles()
      var frontier = MerkleFrontier()
      frontier.append(other) { #expect(tiles.store($0)) }
      let proof = try ConsistencyProof(from: 100, to: 200, tiles: tiles)
      #expect(!proof.verifies(from: naiveRoot(leaves[..<100]), to: frontier.root))
      #expect(proof.verifies(from: naiveRoot(other[..<100]), to: frontier.root))
    }
  }

  @Test("a leaf or an earlier tree beyond the size is a bug")
  func leafOrEarlierTreeBeyondSizeIsBug() async {
    await #expect(processExitsWith: .failure) {
      _ = try InclusionProof(of: 3, size: 3, tiles: MemoryTiles())
    }
    await #expect(processExitsWith: .failure) {
      _ = try ConsistencyProof(from: 4, to: 3, tiles: MemoryTiles())
    }
  }

  @Test("tiles have the paths of C2SP tlog-tiles")
  func tilesHavePathsOfC2SPTlogTiles() {
    let place = MerkleTile.Place(level: 0, index: 1_234_067)
    #expect(place.path(width: 256) == "tile/0/x001/x234/067")
    #expect(place.entriesPath(width: 7) == "tile/entries/x001/x234/067.p/7")
    #expect(MerkleTile.Place(level: 2, index: 0).path(width: 1) == "tile/2/000.p/1")
    #expect(MerkleTile.Place(level: 1, index: 999).path(width: 256) == "tile/1/999")
    #expect(MerkleTile.Place(level: 1, index: 1000).path(width: 256) == "tile/1/x001/000")
  }
}
