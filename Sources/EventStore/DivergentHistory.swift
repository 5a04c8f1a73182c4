import Merkle

/// A checkpoint whose root differs from that of the ledger at the same size, or that is larger than the
/// ledger, although the file itself is sound.
public struct DivergentHistory: Error, Hashable, Sendable, CustomStringConvertible {
  /// The checkpoint.
  public var checkpoint: Verification.TreeHead

  /// How many events the ledger holds.
  public var head: UInt64

  /// The root over as many events as the checkpoint has, in hexadecimal; `nil` if there are fewer.
  public var root: String?

  /// What happened to the ledger, and what to do.
  public var description: String {
    guard let root else {
      return
        "the ledger holds \(head) events, and held \(checkpoint.size) at the checkpoint: it was "
        + "cut off, or an older copy was put back; restore the newest backup"
    }
    return
      "the first \(checkpoint.size) events of the ledger are not those of the checkpoint: their "
      + "root is \(root), and was \(checkpoint.root); the past was changed, or the checkpoint is "
      + "another ledger's"
  }
}

extension Verification.TreeHead {
  /// - Throws: ``DivergentHistory`` unless a tree of `head` leaves has grown from this one.
  func check(isPastOf head: UInt64, root: (UInt64) throws -> MerkleHash) throws {
    guard size <= head else { throw DivergentHistory(checkpoint: self, head: head) }
    let found = try root(size).hexadecimal
    guard found == self.root else {
      throw DivergentHistory(checkpoint: self, head: head, root: found)
    }
  }
}
