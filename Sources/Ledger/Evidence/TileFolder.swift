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
  /// - Parameters:
  ///   - ledger: The ledger whose tree it is.
  ///   - checkpoint: The checkpoint of the tree.
  ///   - read: Reads the checkpoint that is there already.
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
    var folders: Set<String> = []
    try ledger.forEachTile(size: checkpoint.treeHead.size) { name, bytes in
      folders.insert(try write(bytes, to: "\(path)/\(name)"))
    }
    try FileSystem.createFolder(path)
    for folder in folders.sorted() { try synchronize(folder) }
    let output = try Output(path: checkpointPath, replacing: .outgrown)
    try output.write(Array(checkpoint.text.utf8))
    try output.finish()
  }

  private func synchronize(_ folder: String) throws {
    do {
      try FileSystem.synchronizeFolder(folder)
    } catch {
      throw FileFailure(error, remedy: "check the disk, and export again")
    }
  }

  private func requireGrowth(
    of ledger: Ledger,
    from earlier: KeptCheckpoint,
    to checkpoint: KeptCheckpoint
  ) throws {
    do {
      try ledger.requireGrowth(from: earlier, to: checkpoint)
    } catch {
      throw LedgerError(
        .conflict,
        "the tree that is there does not grow into this one: \(error)",
        at: .init(file: checkpointPath),
        remedy: .nameAnotherFolder
      )
    }
  }

  /// Writes a file of the tree, unless it is there; returns its folder, whose names are still to be
  /// synchronized.
  private func write(_ bytes: [UInt8], to path: String) throws -> String {
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    try FileSystem.createFolder(folder)
    // A file that is there has been synchronized; one that a crash has left empty is made again.
    if try FileSystem.exists(path) && Input.bytes(of: path) == bytes { return folder }
    let output = try Output(path: path, replacing: .outgrown)
    try output.write(bytes)
    try output.finish(synchronizesName: false)
    return folder
  }
}
