import LMDB
public import Merkle
import Platform

extension Snapshot: TileSource {
  /// Looks the tile up in the `tiles` table.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func tile(at place: MerkleTile.Place) throws -> [MerkleHash]? {
    try proveTile(at: place)
    return try transaction.hashes(at: place, tables)
  }
}

extension Snapshot {
  /// The canonical line of an event and the proof that it is in the tree over the first `size`
  /// events, checked against the tree's root.
  ///
  /// - Throws: ``DamagedLedger`` if log and tree disagree.
  /// - Complexity: O(log *size*).
  public func inclusion(
    of sequence: UInt64,
    size: UInt64
  ) throws -> (line: [UInt8], proof: InclusionProof) {
    let proof = try InclusionProof(of: sequence, size: size, tiles: self)
    let root = try provenRoot(at: size)
    var line: [UInt8] = []
    try forEachLine(from: sequence, before: sequence + 1) { line = $0.copied() }
    guard proof.verifies(leaf: .leaf(line.span), root: root) else {
      throw DamagedLedger.foreignLeaf(at: sequence)
    }
    return (line, proof)
  }

  /// The proof that the tree over the first `size` events begins with an earlier one, checked
  /// against both roots.
  ///
  /// - Throws: ``DamagedLedger`` if the tiles contradict each other.
  /// - Complexity: O(log *size*).
  public func growth(from earlierSize: UInt64, to size: UInt64) throws -> ConsistencyProof {
    let proof = try ConsistencyProof(from: earlierSize, to: size, tiles: self)
    let roots = try [earlierSize, size].map { try provenRoot(at: $0) }
    guard proof.verifies(from: roots[0], to: roots[1]) else {
      throw DamagedLedger("the tiles of the Merkle tree contradict each other")
    }
    return proof
  }
}
