import LMDB
import Merkle
import Platform

// The Merkle tree over every event, in the `tiles` table.

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The tree over the first `size` events.
  ///
  /// - Complexity: O(log *size*).
  borrowing func tree(size: UInt64, _ tables: Tables) throws -> MerkleFrontier {
    var tiles = LastTiles()
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
    var cursor = try cursor(over: tables.tiles, from: TileKey(level: 0, row: 0))
    var sequence: UInt64 = 0
    var found: UInt64?
    while sequence < head, let entry = try cursor.next() {
      for offset in 0..<entry.value.count / MerkleHash.byteCount {
        if entry.value.hash(offset) == hash { found = sequence + UInt64(offset) }
      }
      sequence += UInt64(TileTable.rowHashCount)
    }
    return found.flatMap { $0 < head ? $0 : nil }
  }

  /// The leaf hash of the event at `sequence`; `nil` beyond the head.
  ///
  /// - Complexity: O(log *n*).
  borrowing func leafHash(at sequence: UInt64, _ tables: Tables) throws -> MerkleHash? {
    let row = try value(for: TileKey(level: 0, hash: sequence), in: tables.tiles)
    let offset = Int(sequence % UInt64(TileTable.rowHashCount))
    guard let row, row.count >= (offset + 1) * MerkleHash.byteCount else { return nil }
    return row.hash(offset)
  }

  /// The hashes of a tile; `nil` if there is none.
  ///
  /// - Throws: ``DamagedLedger`` if a row of it is of no form, or is missing before its last.
  borrowing func hashes(
    at place: MerkleTile.Place,
    _ tables: Tables
  ) throws -> [MerkleHash]? {
    let first = place.index * UInt64(TileTable.tileRowCount)
    var cursor = try cursor(over: tables.tiles, from: TileKey(level: place.level, row: first))
    var hashes: [MerkleHash] = []
    for row in first..<first + UInt64(TileTable.tileRowCount) {
      guard let entry = try cursor.next(),
        TileKey(level: place.level, row: row).isEncoded(as: entry.key)
      else { break }
      let (count, rest) = entry.value.count.quotientAndRemainder(dividingBy: MerkleHash.byteCount)
      guard rest == 0, (1...TileTable.rowHashCount).contains(count),
        hashes.count.isMultiple(of: TileTable.rowHashCount)
      else {
        throw DamagedLedger(
          "tile \(place.index) of level \(place.level) is of no form",
          table: TileTable.name
        )
      }
      for offset in 0..<count { hashes.append(entry.value.hash(offset)) }
    }
    return hashes.isEmpty ? nil : hashes
  }
}

extension Span<UInt8> {
  /// The hash numbered `index` of a row of tiles.
  func hash(_ index: Int) -> MerkleHash {
    let start = index * MerkleHash.byteCount
    return MerkleHash(extracting(start..<start + MerkleHash.byteCount))
  }
}

extension MerkleTile {
  /// The rows of the `tiles` table that hold the tile's hashes from `first` on, in order.
  func rows(from first: Int = 0) -> [(key: TileKey, value: [UInt8])] {
    let tileRow = place.index * UInt64(TileTable.tileRowCount)
    let firstRow = first / TileTable.rowHashCount
    return stride(
      from: firstRow * TileTable.rowHashCount,
      to: hashes.count,
      by: TileTable.rowHashCount
    ).map { start in
      let end = min(hashes.count, start + TileTable.rowHashCount)
      let row = tileRow + UInt64(start / TileTable.rowHashCount)
      let value = hashes.span.extracting(start..<end).withBytes { $0.copied() }
      return (TileKey(level: place.level, row: row), value)
    }
  }
}

extension WriteTransaction {
  /// Adds leaf hashes to the tree, which has `size` so far: to the rows that become new or longer.
  ///
  /// New rows of leaves go to the end of the table, so that its pages become full.
  mutating func appendToTree(
    _ hashes: [MerkleHash],
    at size: UInt64,
    _ tables: Tables
  ) throws {
    var changed: [MerkleTile] = []
    var tree = try tree(size: size, tables)
    tree.append(hashes) { changed.append($0) }
    for tile in changed {
      let before = size >> (8 * tile.place.level)
      let start = tile.place.index * UInt64(MerkleTile.capacity)
      for (key, row) in tile.rows(from: before > start ? Int(before - start) : 0) {
        if key.level == 0, key.row * UInt64(TileTable.rowHashCount) >= size {
          try append(row.span, for: key, to: tables.tiles)
        } else {
          try set(row.span, for: key, in: tables.tiles)
        }
      }
    }
  }

  /// Puts another hash in the place of a leaf of the tree, and makes anew those that stand above it.
  ///
  /// - Complexity: O(log *n*): at most one tile of each level.
  mutating func replaceLeaf(
    at sequence: UInt64,
    with hash: MerkleHash,
    _ tables: Tables
  ) throws {
    var (level, index, hash) = (0, sequence, hash)
    while true {
      let (tileIndex, offset) = index.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
      let place = MerkleTile.Place(level: level, index: tileIndex)
      var tile = try hashes(at: place, tables) ?? []
      precondition(offset < tile.count, "the tree has the leaf")
      tile[Int(offset)] = hash
      let start = Int(offset) / TileTable.rowHashCount * TileTable.rowHashCount
      let row = tile[start..<min(tile.count, start + TileTable.rowHashCount)]
      let bytes = row.span.withBytes { $0.copied() }
      try set(bytes.span, for: TileKey(level: level, hash: index), in: tables.tiles)
      guard tile.count == MerkleTile.capacity else { return }
      (level, index, hash) = (level + 1, tileIndex, .root(complete: tile[...]))
    }
  }
}

/// The last tile of each level, which are all that a Merkle frontier is made from.
private struct LastTiles: TileSource {
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

  static func hexadecimal(of bytes: [UInt8]) -> String {
    var checksum = Checksum()
    checksum.update(bytes.span)
    return checksum.finalize().hexadecimal
  }
}
