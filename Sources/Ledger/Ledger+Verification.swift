public import EventStore

extension Ledger {
  /// Checks the whole ledger file at `path`: see ``EventStore/EventStore/verify(path:checkpoint:progress:)``.
  ///
  /// Call it in a process of its own: a disk that cannot be read ends a process that maps a file.
  ///
  /// - Throws: ``DamagedLedger``, ``OtherHistory``, or what opening the file throws.
  public static func verify(
    path: String,
    checkpoint: Verification.TreeHead? = nil,
    progress: @escaping Verification.Progress = { _, _, _ in }
  ) throws -> Verification {
    try EventStore.verify(path: path, checkpoint: checkpoint, progress: progress)
  }

  /// The filing that an event of a damaged file belongs to, or else the event before it.
  ///
  /// It may end the process.
  public static func filing(near sequence: UInt64, path: String) throws -> String? {
    try EventStore.filing(near: sequence, path: path)
  }

  /// Makes every derived table again from the log, in one transaction, and verifies it.
  ///
  /// - Parameters:
  ///   - checkpoint: Tells the log from the tree where they disagree.
  ///   - waits: Whether to wait for another process that writes.
  /// - Returns: How many events there are, and the root over them, in hexadecimal.
  /// - Throws: ``DamagedLedger`` with the first event that cannot be; ``OtherHistory``;
  ///   ``LMDBError``. Then nothing was changed.
  public func rebuild(
    checkpoint: Verification.TreeHead? = nil,
    waits: Bool = true
  ) throws -> (head: UInt64, root: String) {
    try store.rebuild(checkpoint: checkpoint, waits: waits)
  }

  /// Writes the ledger as of now to a new file, without free pages; it is durable when this returns.
  ///
  /// - Throws: ``DamagedLedger``; ``LMDBError``: `EEXIST` if something is there.
  public func copy(to path: String) throws { try store.copy(to: path) }
}
