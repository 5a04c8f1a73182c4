import Glibc
import Synchronization

/// A data file, whatever path names it.
struct FileIdentity: Hashable {
  private let device: UInt
  private let inode: UInt
  private static let claimed = Mutex<Set<FileIdentity>>([])

  /// Records the file as open in this process, first creating it empty if it is missing and
  /// `access` says so.
  ///
  /// - Throws: ``DataFileError`` if it is missing or not a regular file; ``LMDBError`` with `EBUSY`
  ///   if this process has it open already, or with what `stat` or `open` said.
  static func claim(_ path: String, access: Access) throws -> FileIdentity {
    // Only stat() a file that may be open: open() and close() would drop its fcntl locks.
    var info = stat()
    while unsafe stat(path, &info) != 0 {
      guard errno == ENOENT else { throw LMDBError(code: errno, function: "stat", subject: path) }
      guard access == .create else { throw DataFileError(code: .missing, path: path) }
      try create(path)
    }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw DataFileError(code: .notAFile, path: path)
    }
    let identity = FileIdentity(device: UInt(info.st_dev), inode: UInt(info.st_ino))
    guard claimed.withLock({ $0.insert(identity).inserted }) else {
      throw LMDBError(code: EBUSY, function: "Environment.init", subject: path)
    }
    return identity
  }

  /// Forgets the file, once `close` has closed it.
  ///
  /// In one step: the inode of a deleted file is free for another file as soon as it is closed.
  func release(closing close: () -> Void = {}) {
    Self.claimed.withLock { claimed in
      close()
      claimed.remove(self)
    }
  }

  private static func create(_ path: String) throws(LMDBError) {
    let flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC
    let descriptor = unsafe open(path, flags, Environment.filePermissions)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {  // Another thread or process may have been faster: that is fine.
      throw LMDBError(code: errno, function: "open", subject: path)
    }
  }
}
