/// Up to 256 neighbouring hashes of a Merkle tree (C2SP tlog-tiles).
///
/// A tile of level *L* holds roots of complete subtrees of height 8*L*, that is of 256^*L* leaves:
/// leaf hashes at level 0, roots of full tiles of the level below at all others. Its first is that
/// of the subtree number 256 × `index`. A tile is full with 256 hashes; only the last of a level
/// may be partial, and it is never empty.
public struct MerkleTile: Equatable, Sendable {
  /// The place of a tile in the tree.
  public struct Place: Hashable, Sendable {
    /// Which level, from 0 at the leaves to 7.
    public var level: Int

    /// Which tile of the level, counted from 0.
    public var index: UInt64

    /// Names a tile.
    public init(level: Int, index: UInt64) {
      self.level = level
      self.index = index
    }
  }

  /// How many hashes a full tile has.
  public static let capacity = 256

  /// The position of this tile in the tree.
  public let place: Place

  /// The hashes, at most 256.
  public internal(set) var hashes: [MerkleHash]

  /// Whether the tile has all its hashes, and never changes again.
  public var isFull: Bool { hashes.count == MerkleTile.capacity }

  init(_ place: Place, hashes: [MerkleHash] = []) {
    self.place = place
    self.hashes = hashes
  }

  /// Reads a tile from its bytes: the hashes one after another.
  ///
  /// - Returns: `nil` when the count of bytes is not that of 1 to 256 hashes.
  public init?(place: Place, bytes: Span<UInt8>) {
    guard let hashes = [MerkleHash](tile: bytes) else { return nil }
    self.init(place, hashes: hashes)
  }

  /// Calls `body` with the bytes of the tile: the hashes one after another.
  ///
  /// - Throws: Only what `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try hashes.span.withBytes(body)
  }
}

extension [MerkleHash] {
  /// Reads the hashes of a tile from its bytes.
  ///
  /// - Returns: `nil` when the count of bytes is not that of 1 to 256 hashes.
  public init?(tile bytes: Span<UInt8>) {
    let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: MerkleHash.byteCount)
    guard rest == 0, (1...MerkleTile.capacity).contains(count) else { return nil }
    self.init()
    reserveCapacity(count)
    for index in 0..<count {
      let start = index * MerkleHash.byteCount
      append(MerkleHash(bytes.extracting(start..<start + MerkleHash.byteCount)))
    }
  }
}

/// Where tiles are kept.
public protocol TileSource: ~Copyable, ~Escapable {
  /// The hashes of a tile, or `nil` if there is none.
  ///
  /// A tile may hold more hashes than the tree had at the size asked about: those are not looked
  /// at.
  ///
  /// - Throws: what the place of storage throws; passed on.
  func tile(at place: MerkleTile.Place) throws -> [MerkleHash]?
}

/// A tile that a tree of this size has, and the source has not.
public struct MissingTileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The position of the tile in the tree.
  public let place: MerkleTile.Place

  /// How many hashes of it are needed.
  public let needed: Int

  /// How many the source has; 0 if it has no such tile.
  public let found: Int

  /// A tile at `place` that lacks hashes.
  public init(place: MerkleTile.Place, needed: Int, found: Int) {
    self.place = place
    self.needed = needed
    self.found = found
  }

  /// What is missing and what to do about it.
  public var description: String {
    "Merkle tile \(place.index) of level \(place.level) has \(found) hashes, \(needed) are needed;"
      + " rebuild the tiles from the log"
  }
}
