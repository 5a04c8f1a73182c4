import Platform

/// A data file that is made under a temporary name and gets its own when it is whole.
public struct NewDataFile: ~Copyable, Sendable {
  /// The name that the file is to get.
  public let path: String

  /// The name under which it is made, in the same folder; with its lock file beside it.
  public let temporaryPath: String

  /// What stands between the file's own name and the numbers in a temporary one.
  private static let infix = ".new-"

  private let leftover: Leftover
  private let lockFileLeftover: Leftover

  /// Chooses a temporary name, and writes nothing yet.
  ///
  /// - Throws: ``DataFileError`` if `path` is a symbolic link to nothing.
  public init(path: String) throws(DataFileError) {
    if Self.isDanglingLink(path) { throw DataFileError(code: .danglingLink, path: path) }
    self.path = path
    let number = String(UInt32.random(in: 0 ... .max), radix: 16)
    temporaryPath = "\(path)\(Self.infix)\(ThisProcess.identifier)-\(number)"
    leftover = Leftover(temporaryPath)
    lockFileLeftover = Leftover(temporaryPath + "-lock")
  }

  /// Removes temporary files for this path whose making was ended: no process of the number in their
  /// name runs on this machine, and no process holds their lock.
  ///
  /// They are of no use: what an ended process wrote there was never acknowledged. A folder that cannot
  /// be listed is left as it is.
  public static func removeAbandoned(for path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, !last.isEmpty else { return }
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
    let prefix = last + infix
    for name in (try? FileSystem.fileNames(in: folder)) ?? [] where name.hasPrefix(prefix) {
      let numbers = name.dropFirst(prefix.count).split(separator: "-")
      guard numbers.count == 2, UInt32(numbers[1], radix: 16) != nil, let maker = CInt(numbers[0]),
        maker > 0, !ThisProcess.isRunning(maker)
      else { continue }
      let file = parts.count == 1 ? name : folder + name
      guard !LockFile.isInUse(path: file + "-lock") else { continue }
      FileSystem.remove(file)
      FileSystem.remove(file + "-lock")
    }
  }

  /// Whether there is no file at `path`.
  public static func isNeeded(at path: String) -> Bool {
    do {
      _ = try FileSystem.status(of: path)
      return false
    } catch {
      return error.code == ErrorNumber.noSuchFile
    }
  }

  static func isDanglingLink(_ path: String) -> Bool {
    isNeeded(at: path) && (try? FileSystem.status(of: path, followsLinks: false))?.kind == .link
  }

  /// Gives the file its name and makes the name durable.
  ///
  /// - Precondition: The file is whole, and no environment of this process has it open.
  /// - Returns: `false` if there is a file of that name already: it is not replaced, and the new one
  ///   is removed.
  /// - Throws: ``LMDBError`` with what the system said.
  public borrowing func publish() throws(LMDBError) -> Bool {
    removeLockFile()
    guard try renameWithoutReplacing() else {
      discard()
      return false
    }
    try translatingErrors { () throws(SystemError) in try FileSystem.synchronizeName(of: path) }
    return true
  }

  /// Removes the file.
  public borrowing func discard() {
    removeLockFile()
    FileSystem.remove(temporaryPath)
  }

  private borrowing func removeLockFile() { FileSystem.remove(temporaryPath + "-lock") }

  private borrowing func renameWithoutReplacing() throws(LMDBError) -> Bool {
    do {
      try FileSystem.rename(temporaryPath, toNew: path)
      return true
    } catch {
      guard error.code == ErrorNumber.fileExists else { throw LMDBError(error) }
      return false
    }
  }
}
