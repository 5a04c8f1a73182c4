import LMDB
import Merkle

/// The Merkle tree over the lines that the log makes, compared with the tiles.
struct TreeVerifier {
  private let tables: Tables
  private var tree = MerkleFrontier()

  /// Leaf hashes that are not in the tree yet.
  private var leaves: [MerkleHash] = []

  /// The tile that holds the next leaf hash.
  private var stored: [MerkleHash] = []

  /// The last tile of each level, where it is not full.
  private var open: [Int: MerkleTile] = [:]
  private var tileCount = 0

  /// So many that all but a few tiles come full.
  private static let leafCount = MerkleTile.capacity * MerkleTile.capacity

  var root: MerkleHash { tree.root }

  init(_ tables: Tables) { self.tables = tables }

  /// Adds the leaf hash of the event at `sequence`, the next.
  ///
  /// - Throws: ``DamagedLedger`` if it is not that of the tiles.
  mutating func add(
    _ leaf: MerkleHash,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let (index, offset) = sequence.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
    if offset == 0 {
      stored = try transaction.hashes(at: .init(level: 0, index: index), tables) ?? []
    }
    guard stored.indices.contains(Int(offset)) else {
      throw DamagedLedger("its leaf hash is missing", sequence: sequence, table: TileTable.name)
    }
    guard stored[Int(offset)] == leaf else {
      throw DamagedLedger(
        "its record does not make the line whose hash is in the tree",
        sequence: sequence,
        table: try transaction.isSound(stored, index, tables) ? LogTable.name : TileTable.name
      )
    }
    leaves.append(leaf)
    if leaves.count == Self.leafCount { try grow(in: transaction) }
  }

  private mutating func grow(in transaction: borrowing some Transaction & ~Copyable & ~Escapable)
    throws
  {
    var full: [MerkleTile] = []
    tree.append(leaves) { tile in
      open[tile.place.level] = tile.isFull ? nil : tile
      if tile.isFull { full.append(tile) }
    }
    leaves.removeAll(keepingCapacity: true)
    for tile in full { try check(tile, in: transaction) }
  }

  /// Checks what is left.
  mutating func finish(in transaction: borrowing some Transaction & ~Copyable & ~Escapable) throws {
    try grow(in: transaction)
    for tile in open.values { try check(tile, in: transaction) }
    guard try transaction.entryCount(of: tables.tiles) == tileCount else {
      throw DamagedLedger("it has more tiles than the tree", table: TileTable.name)
    }
  }

  private mutating func check(
    _ tile: MerkleTile,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    tileCount += 1
    guard try transaction.hashes(at: tile.place, tables) == tile.hashes else {
      throw DamagedLedger(
        "tile \(tile.place.index) of level \(tile.place.level) is not that of the tree",
        table: TileTable.name
      )
    }
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// Whether the level above has the hash of these leaf hashes; what is not full has none.
  fileprivate borrowing func isSound(
    _ leaves: [MerkleHash],
    _ index: UInt64,
    _ tables: Tables
  ) throws -> Bool {
    let (parent, offset) = index.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
    guard leaves.count == MerkleTile.capacity,
      let hashes = try hashes(at: .init(level: 1, index: parent), tables),
      hashes.indices.contains(Int(offset))
    else { return true }
    var tree = MerkleFrontier()
    tree.append(leaves)
    return tree.root == hashes[Int(offset)]
  }
}
