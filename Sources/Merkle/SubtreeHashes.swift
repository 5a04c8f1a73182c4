/// Reads the hashes of subtrees from tiles, and each tile once.
struct SubtreeHashes {
  private var tiles: [MerkleTile.Place: [MerkleHash]] = [:]

  /// The hash of the leaves from `start` to before `end`: MTH(D[start:end]) of RFC 6962 §2.1.
  ///
  /// - Parameters:
  ///   - start: A multiple of the largest power of two that is smaller than the count of leaves, as
  ///     it is for every subtree that a proof names.
  ///   - end: After `start`.
  /// - Complexity: O(log *n*): at most two tiles for each level.
  mutating func hash(
    of leaves: Range<UInt64>,
    tiles source: borrowing some TileSource & ~Copyable & ~Escapable
  ) throws -> MerkleHash {
    var peaks: [MerkleHash] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let height = 63 - (leaves.upperBound - start).leadingZeroBitCount
      peaks.append(try hash(height: height, index: start >> height, tiles: source))
      start += 1 << height
    }
    let smallest = peaks.removeLast()
    return peaks.reversed().reduce(smallest) { .node($1, $0) }
  }

  /// The hash of a complete subtree: the one numbered `index` of those with 2^`height` leaves.
  private mutating func hash(
    height: Int,
    index: UInt64,
    tiles source: borrowing some TileSource & ~Copyable & ~Escapable
  ) throws -> MerkleHash {
    let (level, rest) = height.quotientAndRemainder(dividingBy: 8)
    let first = index << rest
    let place = MerkleTile.Place(level: level, index: first >> 8)
    let offset = Int(first & 255)
    let end = offset + 1 << rest
    if tiles[place] == nil { tiles[place] = try source.tile(at: place) ?? [] }
    let hashes = tiles[place] ?? []
    guard hashes.count >= end else {
      throw MissingTileError(place: place, needed: end, found: hashes.count)
    }
    return MerkleHash.root(complete: hashes[offset..<end])
  }
}

extension Range<UInt64> {
  /// Where RFC 6962 §2.1 splits a tree of these leaves: after the largest power of two of them that
  /// is smaller than all; `nil` for a single leaf.
  var middle: UInt64? {
    let width = upperBound - lowerBound
    return width > 1 ? lowerBound + (1 << (63 - (width - 1).leadingZeroBitCount)) : nil
  }
}
