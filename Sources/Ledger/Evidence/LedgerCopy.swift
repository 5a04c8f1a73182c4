import Platform

/// A ledger file under way: it gets its name when it is whole, verified and durable.
public final class LedgerCopy {
  private let path: String

  /// Where the file is until then.
  public let temporaryPath: String

  private let leftover: Leftover
  private let lockFileLeftover: Leftover

  /// Begins a file.
  ///
  /// - Parameter path: Its name, which nothing has.
  /// - Throws: `FileFailure` if something has it.
  public init(to path: String) throws {
    self.path = path
    temporaryPath = FileSystem.temporaryPath(for: path)
    leftover = Leftover(temporaryPath)
    lockFileLeftover = Leftover(temporaryPath + "-lock")
    let isFree = (try? FileSystem.status(of: path, followsLinks: false)) == nil
    guard isFree else { throw Self.exists(path) }
  }

  /// Verifies the copy and gives it its name, if nothing has it by now.
  ///
  /// - Parameter verify: Reads every byte of a file, and throws if it is not sound.
  /// - Returns: How many events the file holds, and the root over them.
  /// - Throws: What `verify` throws; `FileFailure` if the file cannot have its name.
  public func finish(verifying verify: (_ path: String) throws -> SoundLedger) throws -> TreeHead {
    let tree = try verify(temporaryPath).treeHead
    do {
      try FileSystem.rename(temporaryPath, toNew: path)
    } catch {
      guard error.code != ErrorNumber.fileExists else { throw Self.exists(path) }
      throw FileFailure(error, remedy: "name a file that can be made")
    }
    do {
      try FileSystem.synchronizeName(of: path)
    } catch {
      throw FileFailure(error, path: path, remedy: "the file is there: check the disk")
    }
    return tree
  }

  private static func exists(_ path: String) -> FileFailure {
    FileFailure(
      path: path,
      message: "something is there, and is not overwritten",
      remedy: "name another file, or give that one another name"
    )
  }

  deinit {
    for leftover in [temporaryPath, temporaryPath + "-lock"] { FileSystem.remove(leftover) }
  }
}
