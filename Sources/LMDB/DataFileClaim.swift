import LMDBPages
import Platform
import Synchronization

/// The right of one environment of this process to a data file, whatever path leads to it.
///
/// LMDB allows a process to open a file twice, and then silently resets the table that protects the
/// readers of other processes.
struct DataFileClaim {
  private let identity: FileIdentity
  private static let claimed = Mutex<Set<FileIdentity>>([])

  /// Records the file as open in this process, first creating it empty if it is missing and
  /// `access` allows that.
  ///
  /// - Throws: ``DataFileError`` if it is missing or not a regular file; ``LMDBError`` with `EBUSY`
  ///   if this process has it open already, or with what `stat` or `open` failed with.
  init(_ path: String, access: Access) throws {
    identity = try Self.identity(path, access)
    guard Self.claimed.withLock({ [identity] in $0.insert(identity).inserted }) else {
      throw LMDBError(code: ErrorNumber.busy, function: "Environment.init", subject: path)
    }
  }

  private static func identity(_ path: String, _ access: Access) throws -> FileIdentity {
    // Only stat() a file that may be open: open() and close() would drop its fcntl locks.
    while true {
      let status: FileStatus
      do {
        status = try FileSystem.status(of: path)
      } catch {
        guard error.code == ErrorNumber.noSuchFile else { throw LMDBError(error) }
        guard access == .create else { throw DataFileError(code: .missing, path: path) }
        if NewDataFile.isDanglingLink(path) {
          throw DataFileError(code: .danglingLink, path: path)
        }
        try translatingErrors { () throws(SystemError) in
          try FileSystem.createFile(path, permissions: Environment.filePermissions)
        }
        continue
      }
      guard status.kind == .file else { throw DataFileError(code: .notAFile, path: path) }
      guard status.linkCount <= 1 else {
        throw DataFileError(code: .severalNames(status.linkCount), path: path)
      }
      return status.identity
    }
  }

  /// Gives the right back, once `close` has closed the file.
  ///
  /// In one step: the inode of a deleted file is free for another file as soon as it is closed.
  func release(closing close: () -> Void = {}) {
    Self.claimed.withLock { claimed in
      close()
      claimed.remove(identity)
    }
  }
}
