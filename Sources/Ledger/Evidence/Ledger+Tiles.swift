import EventStore
import Facts
import Merkle
import Platform
import Projections

extension Ledger {
  /// How many tiles are read at a time: between them, nobody's writes have to wait for pages.
  private static let tileChunkCount: UInt64 = 16

  /// Calls `body` with every file of the static tree over the first `size` events (C2SP tlog-tiles).
  ///
  /// A file comes with its path below the log's prefix and its bytes; the checkpoint is left to the
  /// caller. Tiles of hashes are the hashes one after another. A bundle of entries is, for each of 256
  /// events, the length of its line in two bytes, the higher first, and the line.
  ///
  /// - Throws: ``LedgerError`` if the ledger does not hold so much, or if log and tree disagree.
  /// - Complexity: O(*size*).
  public func forEachTile(
    size: UInt64,
    _ body: (_ path: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    _ = try read(at: Times(recordedAt: .head(size))) { $0.head }
    for level in 0..<8 where size >> (8 * level) > 0 {
      let count = size >> (8 * level)
      var index: UInt64 = 0
      while index * 256 < count {
        var files: [(path: String, bytes: [UInt8])] = []
        let end = min(index + Self.tileChunkCount, (count + 255) / 256)
        try translating {
          try store.read { snapshot in
            for index in index..<end {
              let place = MerkleTile.Place(level: level, index: index)
              let width = Int(min(256, count - index * 256))
              let hashes = try snapshot.hashes(at: place, width: width)
              files.append((place.path(width: width), hashes.flatMap(\.bytes)))
              guard level == 0 else { continue }
              let bundle = try snapshot.bundle(of: hashes, at: index * 256)
              files.append((place.entriesPath(width: width), bundle))
            }
          }
        }
        for file in files { try body(file.path, file.bytes) }
        index = end
      }
    }
  }
}

extension Snapshot {
  fileprivate func hashes(at place: MerkleTile.Place, width: Int) throws -> [MerkleHash] {
    let hashes = try tile(at: place) ?? []
    guard hashes.count >= width else {
      throw MissingTileError(place: place, needed: width, found: hashes.count)
    }
    return Array(hashes.prefix(width))
  }

  /// The events from `start` on that `hashes` are of, each with its length before it.
  fileprivate func bundle(of hashes: [MerkleHash], at start: UInt64) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var sequence = start
    try forEachLine(from: start, before: start + UInt64(hashes.count)) { line in
      guard MerkleHash.leaf(line) == hashes[Int(sequence - start)] else {
        throw DamagedLedger.foreignLeaf(at: sequence)
      }
      guard let length = UInt16(exactly: line.count) else {
        // Appending refuses longer lines.
        throw DamagedLedger("its line has \(line.count) bytes", sequence: sequence)
      }
      bytes += [UInt8(length >> 8), UInt8(length & 0xFF)]
      for index in line.indices { bytes.append(line[index]) }
      sequence += 1
    }
    return bytes
  }
}
