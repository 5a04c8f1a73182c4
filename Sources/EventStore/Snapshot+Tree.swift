import LMDB
import Merkle
import Platform

/// The root over all events, as the last append recorded it: a row of `meta`.
///
/// The hashes of a tile that is full are proven by the tile above it. Those of the last ones are by this.
struct RecordedRoot {
  let size: UInt64
  let root: MerkleHash

  static let key = TextKey.meta("root")

  init(_ tree: MerkleFrontier) { (size, root) = (tree.size, tree.root) }

  /// `nil` for bytes of another length.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 8 + MerkleHash.byteCount else { return nil }
    size = bytes.littleEndian(at: 0)
    root = MerkleHash(bytes.extracting(8..<bytes.count))
  }

  func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: size)
    return bytes + root.bytes
  }
}

// Leaves and tiles, proven up to the root that is recorded.

extension Snapshot {
  /// Checks that the leaf of an event leads to the root over all events.
  ///
  /// - Throws: ``DamagedLedger`` if a hash on its way is another, ``LMDBError`` if the file cannot be read.
  /// - Complexity: O(1) for a tile that was proven before, else 255 hashes for each tile on the way.
  func proveLeaf(at sequence: UInt64) throws {
    let index = sequence / UInt64(MerkleTile.capacity)
    try proveTile(at: MerkleTile.Place(level: 0, index: index))
  }

  /// Checks that the hashes of a tile lead to the root over all events.
  ///
  /// - Throws: ``DamagedLedger`` if they do not, ``LMDBError`` if the file cannot be read.
  func proveTile(at place: MerkleTile.Place) throws {
    guard place.index < head >> (8 * place.level + 8) else {
      _ = try headRoot()
      return
    }
    guard !cache.tiles.contains(place) else { return }
    let (parent, offset) = place.index.quotientAndRemainder(
      dividingBy: UInt64(MerkleTile.capacity)
    )
    let above = MerkleTile.Place(level: place.level + 1, index: parent)
    try proveTile(at: above)
    guard let hashes = try transaction.hashes(at: place, tables), hashes.count == 256,
      let hashesAbove = try transaction.hashes(at: above, tables), offset < hashesAbove.count,
      MerkleHash.root(complete: hashes[...]) == hashesAbove[Int(offset)]
    else { throw Self.damagedTile(place) }
    cache.tiles.insert(place)
  }

  /// The root over all events in hexadecimal, which is the one that the last append recorded.
  ///
  /// - Throws: ``DamagedLedger`` if the last tiles have another, ``LMDBError`` if the file cannot be read.
  func headRoot() throws -> String {
    let root = try cache.roots.value(head) {
      guard let bytes = try transaction.value(for: RecordedRoot.key, in: tables.meta),
        let recorded = RecordedRoot(bytes), recorded.size == head,
        case let root = try transaction.root(at: head, tables), root == recorded.root
      else {
        throw DamagedLedger(
          "the root over its events is not the one that was recorded",
          table: TileTable.name
        )
      }
      return root.description
    }
    return root ?? MerkleHash.empty.description
  }

  /// The root over the first `size` events, from tiles that are proven.
  func provenRoot(at size: UInt64) throws -> MerkleHash {
    for level in 0..<8 where size >> (8 * level) & 255 > 0 {
      try proveTile(at: MerkleTile.Place(level: level, index: size >> (8 * level + 8)))
    }
    return try transaction.root(at: size, tables)
  }

  private static func damagedTile(_ place: MerkleTile.Place) -> DamagedLedger {
    DamagedLedger(
      "the tiles of the Merkle tree contradict each other: "
        + "tile \(place.index) of level \(place.level) has not the root that is above it",
      table: TileTable.name
    )
  }
}

/// The leaves of neighbouring events, a tile at a time, which leads to the root.
struct ProvenLeaves {
  private var tile: UInt64?
  private var hashes: [MerkleHash] = []

  /// Checks that the line of an event has the hash of its leaf.
  ///
  /// - Throws: ``DamagedLedger`` if not, or if the leaf does not lead to the root.
  /// - Complexity: O(1) on average.
  mutating func check(
    _ leaf: MerkleHash,
    at sequence: UInt64,
    in snapshot: borrowing Snapshot
  ) throws {
    let (index, offset) = sequence.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
    if tile != index {
      hashes = try snapshot.tile(at: MerkleTile.Place(level: 0, index: index)) ?? []
      tile = index
    }
    guard offset < hashes.count, hashes[Int(offset)] == leaf else {
      throw DamagedLedger.foreignLeaf(at: sequence)
    }
  }
}
