/// Proves that a leaf is at a place of a Merkle tree (RFC 9162 §2.1.3).
///
/// Checking it takes the leaf and the root of the tree, and no trust in who made it.
public struct InclusionProof: Hashable, Sendable {
  /// Which leaf, counted from 0.
  public var index: UInt64

  /// How many leaves the tree has.
  public var size: UInt64

  /// The hashes of the subtrees beside the way from the leaf to the root, the smallest first; at
  /// most 64.
  public var path: [MerkleHash]

  /// A proof of these parts, true or not.
  public init(index: UInt64, size: UInt64, path: [MerkleHash]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Makes the proof from the tiles of a tree, which may have grown since.
  ///
  /// A leaf that a tree of this size has not is a bug, and stopped.
  ///
  /// - Throws: `MissingTileError` if the tiles are those of a smaller tree, and what `tiles`
  ///   throws.
  /// - Complexity: O(log *size*): at most two tiles for each level.
  public init(
    of index: UInt64,
    size: UInt64,
    tiles: borrowing some TileSource & ~Copyable & ~Escapable
  ) throws {
    precondition(index < size, "A tree of \(size) leaves has no leaf \(index).")
    var subtrees = SubtreeHashes()
    var siblings: [Range<UInt64>] = []
    var leaves = 0..<size
    while let middle = leaves.middle {
      if index < middle {
        siblings.append(middle..<leaves.upperBound)
        leaves = leaves.lowerBound..<middle
      } else {
        siblings.append(leaves.lowerBound..<middle)
        leaves = middle..<leaves.upperBound
      }
    }
    self.init(index: index, size: size, path: [])
    for sibling in siblings.reversed() { path.append(try subtrees.hash(of: sibling, tiles: tiles)) }
  }

  /// The root that the tree must have if the leaf is in it; `nil` if no tree has such a proof.
  public func root(leaf: MerkleHash) -> MerkleHash? {
    guard index < size else { return nil }
    var (index, last) = (index, size - 1)
    var hash = leaf
    for sibling in path {
      guard last > 0 else { return nil }
      if index & 1 == 1 || index == last {
        hash = .node(sibling, hash)
        // At the right edge, a subtree without a sibling is passed up as it is.
        while index & 1 == 0, index > 0 { (index, last) = (index >> 1, last >> 1) }
      } else {
        hash = .node(hash, sibling)
      }
      (index, last) = (index >> 1, last >> 1)
    }
    return last == 0 ? hash : nil
  }

  /// Whether the leaf is in the tree with this root.
  public func verifies(leaf: MerkleHash, root: MerkleHash) -> Bool {
    self.root(leaf: leaf) == root
  }
}
