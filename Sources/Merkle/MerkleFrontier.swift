/// The growing edge of a Merkle tree (RFC 6962 section 2.1): all that is needed to append leaves
/// and to compute the root.
///
/// Holds the tiles that are not full, at most 255 hashes for each level, however large the tree is.
///
///     var frontier = try MerkleFrontier(size: head, tiles: source)
///     try frontier.append(leafHashes) { tile in try store(tile) }
///     print(frontier.root)
public struct MerkleFrontier: Equatable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size: UInt64

  /// Roots of the complete subtrees that the tree consists of, the largest first: one for each bit
  /// of `size` that is set.
  private var peaks: [MerkleHash]

  /// The last tile of each level, never full; some may be empty.
  private var open: [MerkleTile]

  /// Creates the frontier of an empty tree.
  public init() {
    size = 0
    peaks = []
    open = []
  }

  /// Reads the frontier of a tree of `size` leaves from its tiles.
  ///
  /// The tree may have grown since: then the frontier is that of its first `size` leaves.
  ///
  /// - Throws: `MissingTileError` if the tiles are those of a smaller tree, and what `tiles`
  ///   throws.
  /// - Complexity: O(log *n*): one tile for each level.
  public init(size: UInt64, tiles: borrowing some TileSource & ~Copyable & ~Escapable) throws {
    self.init()
    self.size = size
    // From the leaves up, so from the smallest peak to the largest.
    for level in 0..<8 where size >> (8 * level) > 0 {
      let width = Int(size >> (8 * level) & 255)
      let place = MerkleTile.Place(level: level, index: size >> (8 * level + 8))
      let hashes = width == 0 ? [] : try tiles.tile(at: place) ?? []
      guard hashes.count >= width else {
        throw MissingTileError(place: place, needed: width, found: hashes.count)
      }
      open.append(MerkleTile(place, hashes: Array(hashes.prefix(width))))
      var end = width
      for height in 0..<8 where width >> height & 1 == 1 {
        peaks.append(MerkleHash.root(complete: hashes[(end - (1 << height))..<end]))
        end -= 1 << height
      }
    }
    peaks.reverse()
  }

  /// Appends leaves, and reports each tile that became new, longer or full.
  ///
  /// A tile comes as soon as it is full, the open ones at the end; each once. When `store` throws,
  /// the frontier stays as it was.
  ///
  /// - Parameters:
  ///   - leaves: the leaf hashes, in order.
  ///   - store: keeps a tile, replacing any other at its place.
  /// - Complexity: O(*n*) in `leaves`; about one hash computed for each.
  public mutating func append<Failure: Error>(
    _ leaves: some Sequence<MerkleHash>,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    var next = self
    var changed = Set<Int>()
    for leaf in leaves { try next.append(leaf, changed: &changed, store: store) }
    for level in changed.sorted() where !next.open[level].hashes.isEmpty {
      try store(next.open[level])
    }
    self = next
  }

  /// Appends leaves to a tree of which no tiles are kept.
  public mutating func append(_ leaves: some Sequence<MerkleHash>) { append(leaves) { _ in } }

  /// Carries as in binary addition: two complete subtrees of one height are one of the next.
  private mutating func append<Failure: Error>(
    _ leaf: MerkleHash,
    changed: inout Set<Int>,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    var root = leaf
    var height = 0
    while true {
      if height % 8 == 0 {
        try addToTile(root, level: height / 8, changed: &changed, store: store)
      }
      guard size >> height & 1 == 1 else { break }
      root = MerkleHash.node(peaks.removeLast(), root)
      height += 1
    }
    peaks.append(root)
    size += 1
  }

  private mutating func addToTile<Failure: Error>(
    _ root: MerkleHash,
    level: Int,
    changed: inout Set<Int>,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    if level == open.count { open.append(MerkleTile(MerkleTile.Place(level: level, index: 0))) }
    open[level].hashes.append(root)
    guard open[level].isFull else {
      changed.insert(level)
      return
    }
    try store(open[level])
    let index = open[level].place.index + 1
    open[level] = MerkleTile(MerkleTile.Place(level: level, index: index))
    changed.remove(level)
  }

  /// The root hash of the tree (RFC 6962 section 2.1).
  ///
  /// - Complexity: O(log *n*) hashes.
  public var root: MerkleHash {
    guard let smallest = peaks.last else { return .empty }
    return peaks.dropLast().reversed().reduce(smallest) { .node($1, $0) }
  }
}

extension MerkleHash {
  /// The root hash of the first `size` leaves of a tree, from its tiles (RFC 6962 section 2.1).
  ///
  /// - Throws: `MissingTileError` if the tiles are those of a smaller tree, and what `tiles`
  ///   throws.
  /// - Complexity: O(log *n*): one tile for each level.
  public static func root(
    size: UInt64,
    tiles: borrowing some TileSource & ~Copyable & ~Escapable
  ) throws -> MerkleHash {
    try MerkleFrontier(size: size, tiles: tiles).root
  }

  /// The root of a complete tree, of which the leaves are a power of two.
  static func root(complete leaves: ArraySlice<MerkleHash>) -> MerkleHash {
    var level = Array(leaves)
    while level.count > 1 {
      level = (0..<level.count / 2).map { .node(level[2 * $0], level[2 * $0 + 1]) }
    }
    return level[0]
  }
}
