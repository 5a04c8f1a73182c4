public import Ledger

/// What mirrors of a ledger cosigned: that the events are on their disks.
public struct Mirrors {
  /// What one mirror holds.
  public struct Mirror: Hashable, Sendable {
    /// Its name.
    public var name: String

    /// What it cosigned last; `nil` if nothing is shown of it.
    public var treeHead: TreeHead?

    /// When it did, in seconds since 1970.
    public var time: UInt64?
  }

  private let board: any CosignatureBoard
  private let key: VerifierKey
  private let origin: String
  private let keys: [VerifierKey]

  /// The mirrors whose verifier keys are `keys`, of the ledger whose checkpoints `key` signs.
  ///
  /// - Parameter origin: What the checkpoint calls the ledger; `nil` for the key's name.
  public init(
    _ keys: [VerifierKey],
    of key: VerifierKey,
    origin: String? = nil,
    board: any CosignatureBoard
  ) {
    (self.keys, self.key, self.board, self.origin) = (keys, key, board, origin ?? key.name)
  }

  /// What each mirror holds, in the order of the keys; what is not signed by the ledger and cosigned by the mirror
  /// counts for nothing.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  public func states() async throws -> [Mirror] {
    let checkpoints = try await board.notes().compactMap { try? KeptCheckpoint(text: $0) }.filter {
      $0.origin == origin && (try? key.hasSigned($0)) == true
    }
    return keys.map { mirror in
      let own = checkpoints.compactMap { checkpoint -> (KeptCheckpoint, UInt64)? in
        guard let time = try? mirror.cosigningTime(of: checkpoint) else { return nil }
        return (checkpoint, time)
      }
      let newest = own.max { $0.0.treeHead.size < $1.0.treeHead.size }
      return Mirror(name: mirror.name, treeHead: newest?.0.treeHead, time: newest?.1)
    }
  }

  /// How many mirrors hold a tree, or one that has grown from it.
  ///
  /// A mirror's larger tree has grown from this one if the ledger says so: a writer's own does.
  ///
  /// - Parameter root: The root of the ledger's first events, which a mirror may hold more of; `nil` where the
  ///   ledger has not so many.
  /// - Throws: ``ReplicationError`` of the code `unreachable`; what `root` throws.
  public func count(
    holding treeHead: TreeHead,
    root: (UInt64) throws -> String?
  ) async throws -> Int {
    try await states().filter { mirror in
      guard let held = mirror.treeHead, held.size >= treeHead.size else { return false }
      return try held == treeHead || root(held.size) == held.root
    }.count
  }
}
