import ArgumentParser
import Ledger
import Platform

/// Outputs that are not made again by asking again: they replace nothing unless that is asked for.
struct ForceOption: ParsableArguments {
  @Flag(help: "Replace the file of that name.")
  var force = false

  /// Which file of its name an output may replace.
  var replacement: Replacement { force ? .ordinary : .nothing(orElse: "replace it with --force") }

  /// Which file of its name a checkpoint may replace: a checkpoint only if the ledger has grown from it.
  ///
  /// - Parameter checkpoint: The new one.
  func replacement(
    of path: String?,
    by checkpoint: KeptCheckpoint,
    in ledger: Ledger
  ) throws -> Replacement {
    guard force, let path, path != "-", FileSystem.isFile(path),
      let earlier = try? NoteFile.checkpoint(path)
    else { return replacement }
    do {
      try ledger.requireGrowth(from: earlier, to: checkpoint)
    } catch {
      throw FileFailure(
        path: path,
        message: "it is a checkpoint that the new one does not grow from: \(error.message)",
        remedy: "keep both, and name another file"
      )
    }
    return .outgrown
  }
}
