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

  /// The last tile of each level, never full; some may be empty.
  private var open: [MerkleTile]

  /// Creates the frontier of an empty tree.
  public init() {
    size = 0
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
    for level in 0..<8 where size >> (8 * level) > 0 {
      let width = Int(size >> (8 * level) & 255)
      let place = MerkleTile.Place(level: level, index: size >> (8 * level + 8))
      let hashes = width == 0 ? [] : try tiles.tile(at: place) ?? []
      guard hashes.count >= width else {
        throw MissingTileError(place: place, needed: width, found: hashes.count)
      }
      open.append(MerkleTile(place, hashes: Array(hashes.prefix(width))))
    }
  }

  /// Appends leaves, and reports each tile that became new, longer or full.
  ///
  /// A tile comes as soon as it is full, the open ones at the end; each once. When `store` throws,
  /// the frontier stays as it was.
  ///
  /// - Parameters:
  ///   - leaves: the leaf hashes, in order.
  ///   - store: keeps a tile, replacing any other at its place.
  /// - Throws: Only what `store` throws.
  /// - Complexity: O(*n*) in `leaves`; about one hash computed for each.
  public mutating func append<Failure: Error>(
    _ leaves: some Sequence<MerkleHash>,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    var next = self
    var changed = LevelSet()
    var rest = Array(leaves)[...]
    while !rest.isEmpty {
      let room = MerkleTile.capacity - (next.open.first?.hashes.count ?? 0)
      try next.add(rest.prefix(room), level: 0, changed: &changed, store: store)
      rest = rest.dropFirst(room)
    }
    for level in next.open.indices where changed.contains(level) { try store(next.open[level]) }
    self = next
  }

  /// Appends leaves to a tree of which no tiles are kept.
  public mutating func append(_ leaves: some Sequence<MerkleHash>) { append(leaves) { _ in } }

  /// Appends 256 leaves whose tile was hashed elsewhere, and reports each tile above that became
  /// full.
  ///
  /// - Parameters:
  ///   - root: the root of the 256 leaves.
  ///   - store: keeps a tile. When it throws, the frontier must not be used any more.
  /// - Throws: Only what `store` throws.
  /// - Precondition: ``size`` is a multiple of 256.
  public mutating func append<Failure: Error>(
    tileWithRoot root: MerkleHash,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(size.isMultiple(of: UInt64(MerkleTile.capacity)), "the last tile is open")
    size += UInt64(MerkleTile.capacity)
    openLevel(0)
    open[0] = MerkleTile(MerkleTile.Place(level: 0, index: size / UInt64(MerkleTile.capacity)))
    var changed = LevelSet()
    try add([root], level: 1, changed: &changed, store: store)
  }

  /// The tiles that are not full and not empty, from the leaves up.
  public var openTiles: [MerkleTile] { open.filter { !$0.hashes.isEmpty } }

  private mutating func openLevel(_ level: Int) {
    guard level == open.count else { return }
    open.append(MerkleTile(MerkleTile.Place(level: level, index: 0)))
  }

  /// Adds hashes, no more than there is room for, to the open tile of a level.
  ///
  /// A tile that is full is one hash of the next level.
  private mutating func add<Failure: Error>(
    _ hashes: ArraySlice<MerkleHash>,
    level: Int,
    changed: inout LevelSet,
    store: (MerkleTile) throws(Failure) -> Void
  ) throws(Failure) {
    openLevel(level)
    if level == 0 { size += UInt64(hashes.count) }
    open[level].hashes.append(contentsOf: hashes)
    guard open[level].isFull else { return changed.insert(level) }
    try store(open[level])
    let root = MerkleHash.root(complete: open[level].hashes[...])
    let index = open[level].place.index + 1
    open[level] = MerkleTile(MerkleTile.Place(level: level, index: index))
    changed.remove(level)
    try add([root], level: level + 1, changed: &changed, store: store)
  }

  /// The root hash of the tree (RFC 6962 section 2.1).
  ///
  /// - Complexity: O(log *n*): at most 255 hashes for each level.
  public var root: MerkleHash {
    // From the leaves up, so from the smallest complete subtree to the largest.
    var root: MerkleHash?
    for tile in open {
      let width = tile.hashes.count
      var end = width
      for height in 0..<8 where width >> height & 1 == 1 {
        let subtree = MerkleHash.root(complete: tile.hashes[(end - (1 << height))..<end])
        root = root.map { .node(subtree, $0) } ?? subtree
        end -= 1 << height
      }
    }
    return root ?? .empty
  }
}

/// Some of the eight levels of a tree.
private struct LevelSet {
  private var bits: UInt8 = 0

  mutating func insert(_ level: Int) { bits |= 1 << level }

  mutating func remove(_ level: Int) { bits &= ~(1 << level) }

  func contains(_ level: Int) -> Bool { bits >> level & 1 == 1 }
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

  /// The root of a complete tree, of which the leaves are a power of two: 1 to 256 hashes of a tile.
  public static func root(complete leaves: ArraySlice<MerkleHash>) -> MerkleHash {
    precondition(leaves.count.nonzeroBitCount == 1, "a complete tree has a power of two leaves")
    var hashes = Array(leaves)
    var count = hashes.count
    while count > 1 {
      count /= 2
      for index in 0..<count { hashes[index] = .node(hashes[2 * index], hashes[2 * index + 1]) }
    }
    return hashes[0]
  }
}
