import Facts
import FoundationEssentials
import Ledger

/// A folder of the files of a tile tree, as a web server serves them.
struct TileFolder {
  let path: String

  private var checkpointPath: String { "\(path)/checkpoint" }

  /// Brings the folder to what a checkpoint says; the checkpoint comes last, when all that it promises is
  /// there.
  func write(_ ledger: Ledger, checkpoint: KeptCheckpoint) throws {
    try checkThatTreeGrows(ledger, to: checkpoint)
    try ledger.forEachTile(size: checkpoint.treeHead.size) { try write($1, to: "\(path)/\($0)") }
    try write(Array(checkpoint.text.utf8), to: checkpointPath)
  }

  /// A log must never show two trees of which one is not the beginning of the other.
  private func checkThatTreeGrows(_ ledger: Ledger, to checkpoint: KeptCheckpoint) throws {
    guard FileManager.default.fileExists(atPath: checkpointPath) else { return }
    let earlier = try NoteFile.checkpoint(checkpointPath)
    do {
      _ = try ledger.read { try $0.proof(of: nil, since: earlier, at: checkpoint) }
    } catch {
      throw FileFailure(
        path: checkpointPath,
        message: "the tree that is there does not grow into this one: \(error)",
        remedy: "name another folder"
      )
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)
    do {
      try FileManager.default.createDirectory(
        atPath: String(folder),
        withIntermediateDirectories: true
      )
    } catch {
      throw FileFailure(
        path: String(folder),
        message: "the folder cannot be made",
        remedy: "name a folder that can be written"
      )
    }
    let output = try Output(path: path)
    try output.write(bytes)
    try output.finish()
  }
}
