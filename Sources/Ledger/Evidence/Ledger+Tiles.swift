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

extension Ledger.View {
  /// One file of the static tree over the events that count (C2SP tlog-tiles).
  ///
  /// - Parameter path: Below the log's prefix: `tile/0/x001/234`, `tile/entries/067.p/8`.
  /// - Returns: `nil` if the tree has no such file.
  /// - Throws: ``LedgerError`` if log and tree disagree.
  /// - Complexity: O(log *n*).
  public func tile(path: String) throws -> [UInt8]? {
    try ledger.translating {
      guard let (level, index, width) = Self.place(ofTile: path) else { return nil }
      let place = MerkleTile.Place(level: level ?? 0, index: index)
      // Another spelling of the place is another file.
      let name = level == nil ? place.entriesPath(width: width) : place.path(width: width)
      let count = head >> (8 * UInt64(place.level))
      guard name == path, index < .max / 256, index * 256 + UInt64(width) <= count else {
        return nil
      }
      let hashes = try snapshot.hashes(at: place, width: width)
      return level == nil
        ? try snapshot.bundle(of: hashes, at: index * 256) : hashes.flatMap(\.bytes)
    }
  }

  /// The level, `nil` for entries, the index and the width that a path names, if it names any.
  private static func place(ofTile path: String) -> (level: Int?, index: UInt64, width: Int)? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.popFirst() == "tile", let kind = parts.popFirst() else { return nil }
    let level = Int(kind)
    guard kind == "entries" || level.map((0..<8).contains) == true else { return nil }
    var width = MerkleTile.capacity
    if parts.count > 1, parts[parts.endIndex - 2].hasSuffix(".p"), let last = parts.popLast() {
      guard let count = Int(last), 1..<MerkleTile.capacity ~= count else { return nil }
      width = count
    }
    let digits = parts.joined().replacing("x", with: "").replacing(".p", with: "")
    guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let index = UInt64(digits) else {
      return nil
    }
    return (level, index, width)
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
