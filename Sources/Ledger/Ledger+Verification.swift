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
}
