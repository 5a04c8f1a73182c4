import Platform

/// A folder of the files of a tile tree, as a web server serves them.
public struct TileFolder {
  private let path: String

  private var checkpointPath: String { "\(path)/checkpoint" }

  /// The folder at `path`, which is made when something is written to it.
  public init(path: String) { self.path = path }

  /// Brings the folder to the tree of a checkpoint; the checkpoint comes last, when all that it
  /// promises is there.
  ///
  /// - Parameter read: Reads the checkpoint that is there already.
  /// - Throws: ``LedgerError`` if the tree that is there does not grow into this one; `FileFailure` if
  ///   the folder cannot be written.
  /// - Complexity: O(*n*).
  public func write(
    _ ledger: Ledger,
    checkpoint: KeptCheckpoint,
    reading read: (_ path: String) throws -> KeptCheckpoint
  ) throws {
    if FileSystem.exists(checkpointPath) {
      try requireGrowth(of: ledger, from: read(checkpointPath), to: checkpoint)
    }
    try ledger.forEachTile(size: checkpoint.treeHead.size) { try write($1, to: "\(path)/\($0)") }
    try write(Array(checkpoint.text.utf8), to: checkpointPath)
  }

  /// A log must never show two trees of which one is not the beginning of the other.
  private func requireGrowth(
    of ledger: Ledger,
    from earlier: KeptCheckpoint,
    to checkpoint: KeptCheckpoint
  ) throws {
    do {
      _ = try ledger.read { try $0.proof(of: nil, since: earlier, at: checkpoint) }
    } catch {
      throw LedgerError(
        .conflict,
        "the tree that is there does not grow into this one: \(error)",
        at: .init(file: checkpointPath),
        remedy: .nameAnotherFolder
      )
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)
    try FileSystem.createFolder(String(folder))
    let output = try Output(path: path)
    try output.write(bytes)
    try output.finish()
  }
}
