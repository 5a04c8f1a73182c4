import Ledger
import Platform

/// Two checkpoints of one ledger that cannot both be true.
struct SplitView {
  private let first: KeptCheckpoint
  private let second: KeptCheckpoint

  init(_ first: KeptCheckpoint, _ second: KeptCheckpoint) {
    (self.first, self.second) = (first, second)
  }

  /// Keeps both in a file, if none is kept there yet; the error that says so.
  ///
  /// - Throws: `FileFailure` if the file cannot be written.
  func kept(at path: String, _ message: String) throws -> ReplicationError {
    if !FileSystem.exists(path) {
      try Output.write(Array((first.text + "\n" + second.text).utf8), to: path)
    }
    return ReplicationError(
      .splitView,
      message,
      remedy: "its keeper shows two pasts: both signed checkpoints are kept in \(path)"
    )
  }
}
