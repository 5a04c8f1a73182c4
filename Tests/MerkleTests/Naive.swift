import Merkle

/// The definition of RFC 6962 section 2.1, word for word: what the tiles are tested against.
func naiveRoot(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
  guard let first = leaves.first else { return .empty }
  guard leaves.count > 1 else { return first }
  var split = 1
  while split * 2 < leaves.count { split *= 2 }
  return .node(naiveRoot(leaves.prefix(split)), naiveRoot(leaves.dropFirst(split)))
}

/// The hash of a leaf, in a form that the test macros can take apart.
func leaf(_ bytes: [UInt8]) -> MerkleHash { .leaf(bytes.span) }

/// Leaf hashes that all differ.
func makeLeaves(_ count: Int) -> [MerkleHash] {
  (0..<count).map { leaf(Array("leaf \($0)".utf8)) }
}

/// Tiles in memory, which knows how often it was asked and checks what it is given.
final class MemoryTiles: TileSource {
  private(set) var tiles: [MerkleTile.Place: MerkleTile] = [:]
  private(set) var readCount = 0

  func tile(at place: MerkleTile.Place) -> [MerkleHash]? {
    readCount += 1
    return tiles[place]?.hashes
  }

  /// Keeps a tile; `false` if it does not continue the one that was there.
  func store(_ tile: MerkleTile) -> Bool {
    let before = tiles.updateValue(tile, forKey: tile.place)?.hashes ?? []
    return tile.hashes.count > before.count && tile.hashes.starts(with: before)
      && tile.hashes.count <= MerkleTile.capacity
  }

  func remove(_ place: MerkleTile.Place) { tiles[place] = nil }
}
