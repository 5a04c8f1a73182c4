import LMDB
import Merkle

// The Merkle tree over every event, in the `tiles` table.

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The tree over the first `size` events.
  ///
  /// - Complexity: O(log *size*).
  borrowing func tree(size: UInt64, _ tables: Tables) throws -> MerkleFrontier {
    var tiles = TilesOfEdge()
    for level in 0..<8 where size >> (8 * level) > 0 {
      let place = MerkleTile.Place(level: level, index: size >> (8 * level + 8))
      tiles.hashes[place] = try hashes(at: place, tables)
    }
    return try MerkleFrontier(size: size, tiles: tiles)
  }

  /// The root over the first `size` events.
  ///
  /// - Complexity: O(log *size*).
  borrowing func root(at size: UInt64, _ tables: Tables) throws -> MerkleHash {
    try tree(size: size, tables).root
  }

  /// The sequence of the event, before `head`, with this leaf hash.
  ///
  /// - Complexity: O(*n*): it looks at every leaf hash.
  borrowing func sequence(
    ofLeaf hash: MerkleHash,
    before head: UInt64,
    _ tables: Tables
  ) throws -> UInt64? {
    var index: UInt64 = 0
    while index * UInt64(MerkleTile.capacity) < head {
      let place = MerkleTile.Place(level: 0, index: index)
      if let offset = try hashes(at: place, tables)?.firstIndex(of: hash) {
        return index * UInt64(MerkleTile.capacity) + UInt64(offset)
      }
      index += 1
    }
    return nil
  }

  /// The leaf hash of the event at `sequence`; `nil` beyond the head.
  borrowing func leafHash(at sequence: UInt64, _ tables: Tables) throws -> MerkleHash? {
    let (index, offset) = sequence.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
    let hashes = try hashes(at: MerkleTile.Place(level: 0, index: index), tables) ?? []
    return hashes.indices.contains(Int(offset)) ? hashes[Int(offset)] : nil
  }

  /// The hashes of a tile; `nil` if there is none.
  borrowing func hashes(
    at place: MerkleTile.Place,
    _ tables: Tables
  ) throws -> [MerkleHash]? {
    let key = TileKey(level: UInt8(place.level), index: place.index)
    guard let bytes = try value(for: key, in: tables.tiles) else { return nil }
    guard let hashes = [MerkleHash](tile: bytes) else {
      throw DamagedLedger(
        "tile \(place.index) of level \(place.level) is of no form",
        table: TileTable.name
      )
    }
    return hashes
  }
}

extension WriteTransaction {
  /// Adds leaf hashes to the tree, which has `size` so far.
  mutating func appendToTree(
    _ hashes: [MerkleHash],
    at size: UInt64,
    _ tables: Tables
  ) throws {
    var changed: [MerkleTile] = []
    var tree = try tree(size: size, tables)
    tree.append(hashes) { changed.append($0) }
    for tile in changed {
      let key = TileKey(level: UInt8(tile.place.level), index: tile.place.index)
      var bytes: [UInt8] = []
      tile.withBytes { bytes = $0.copied() }
      try set(bytes.span, for: key, in: tables.tiles)
    }
  }
}

/// The last tile of each level: all that a frontier asks for.
private struct TilesOfEdge: TileSource {
  var hashes: [MerkleTile.Place: [MerkleHash]] = [:]

  func tile(at place: MerkleTile.Place) -> [MerkleHash]? { hashes[place] }
}

/// SHA-256 of bytes.
enum Digest {
  static func bytes(of bytes: [UInt8]) -> [UInt8] {
    var checksum = Checksum()
    checksum.update(bytes.span)
    return checksum.finalize().bytes
  }
}
