import Facts
import LMDB
import Merkle
import Platform

/// The contents of the derived tables, computed from the log by a rebuild before they are written.
struct TablesFromLog {
  /// The rows of facts, in the order of the log.
  private(set) var rows: [FactRow] = []

  /// The rows that amendments of the stretch under way make.
  var amendments: [FactRow] = []
  var definitions: [(sequence: UInt64, key: ByteKey, value: [UInt8])] = []
  var batches: [(sequence: UInt64, value: [UInt8])] = []
  private(set) var leaves: [MerkleHash] = []

  /// The full tiles of the tree above the leaves.
  var upperTiles: [MerkleTile] = []

  init(head: UInt64) {
    rows.reserveInLargePages(Int(head))
    leaves.reserveInLargePages(Int(head))
  }

  /// Adds the leaves of a stretch.
  mutating func addLeaves(of stretch: LogStretch) { leaves += stretch.leaves }

  /// Adds the rows of a stretch, with those that its amendments make.
  mutating func addRows(of stretch: LogStretch) {
    let first = rows.count
    rows += stretch.rows
    guard !amendments.isEmpty else { return }
    rows += amendments
    rows[first...].sort { $0.sequence < $1.sequence }
    amendments = []
  }
}
