/// Proves that a Merkle tree only grew: that an earlier tree is a prefix of it (RFC 9162 §2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
  /// How many leaves the earlier tree had.
  public var earlierSize: UInt64

  /// How many leaves the tree has.
  public var size: UInt64

  /// The hashes of the subtrees from which both roots can be computed; at most 65.
  public var path: [MerkleHash]

  /// A proof of these parts, true or not.
  public init(earlierSize: UInt64, size: UInt64, path: [MerkleHash]) {
    self.earlierSize = earlierSize
    self.size = size
    self.path = path
  }

  /// Makes the proof from the tiles of a tree, which may have grown since.
  ///
  /// An earlier tree that is larger is a bug, and stopped.
  ///
  /// - Throws: `MissingTileError` if the tiles are those of a smaller tree, and what `tiles`
  ///   throws.
  /// - Complexity: O(log *size*): at most two tiles for each level.
  public init(
    from earlierSize: UInt64,
    to size: UInt64,
    tiles: borrowing some TileSource & ~Copyable & ~Escapable
  ) throws {
    precondition(earlierSize <= size, "\(earlierSize) leaves are no part of \(size).")
    self.init(earlierSize: earlierSize, size: size, path: [])
    guard earlierSize > 0 else { return }
    var parts: [Range<UInt64>] = []
    var leaves = 0..<size
    while leaves.upperBound != earlierSize, let middle = leaves.middle {
      if earlierSize <= middle {
        parts.append(middle..<leaves.upperBound)
        leaves = leaves.lowerBound..<middle
      } else {
        parts.append(leaves.lowerBound..<middle)
        leaves = middle..<leaves.upperBound
      }
    }
    // Where the earlier tree is a subtree of this one, its root is known and left out.
    if leaves.lowerBound > 0 { parts.append(leaves) }
    var subtrees = SubtreeHashes()
    for part in parts.reversed() { path.append(try subtrees.hash(of: part, tiles: tiles)) }
  }

  /// Whether the tree with `root` begins with the leaves of the one with `earlierRoot`.
  public func verifies(from earlierRoot: MerkleHash, to root: MerkleHash) -> Bool {
    guard earlierSize > 0, earlierSize < size else {
      return path.isEmpty && earlierSize <= size
        && earlierRoot == (earlierSize == 0 ? .empty : root)
    }
    var path = path[...]
    var (index, last) = (earlierSize - 1, size - 1)
    while index & 1 == 1 { (index, last) = (index >> 1, last >> 1) }
    // The largest complete subtree at the edge of the earlier tree, from which both roots grow.
    guard let seed = index == 0 ? earlierRoot : path.popFirst() else { return false }
    var (earlier, later) = (seed, seed)
    for hash in path {
      guard last > 0 else { return false }
      if index & 1 == 1 || index == last {
        (earlier, later) = (.node(hash, earlier), .node(hash, later))
        while index & 1 == 0, index > 0 { (index, last) = (index >> 1, last >> 1) }
      } else {
        later = .node(later, hash)
      }
      (index, last) = (index >> 1, last >> 1)
    }
    return last == 0 && earlier == earlierRoot && later == root
  }
}
