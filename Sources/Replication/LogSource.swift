public import Ledger
public import Merkle

/// Where the log of another ledger comes from.
///
/// Nothing that comes is believed: a follower checks the signature of the checkpoint, and applies events only if
/// they lead to its root.
public protocol LogSource: Sendable {
  /// Whether several machines answer, of which one may show an older state for a while.
  var isReplicated: Bool { get }

  /// The newest checkpoint, as the ledger's keeper signed it.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable` or `malformed`.
  func checkpoint() async throws -> KeptCheckpoint

  /// Calls `body` with the canonical line, without line feed, of each event from `start` to before `end`, in
  /// order.
  ///
  /// - Parameter size: How many events the checkpoint is of, `end` at least.
  /// - Throws: ``ReplicationError`` of the code `unreachable` or `malformed`; what `body` throws.
  func lines(
    from start: UInt64,
    to end: UInt64,
    size: UInt64,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) async throws

  /// The leaf hashes of the events from 256 × `index` on, 256 of them or those up to `size`.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable` or `malformed`.
  func leaves(ofTile index: UInt64, size: UInt64) async throws -> [MerkleHash]
}
