import Glibc

/// The lock file beside a data file, where it cannot be written to.
enum LockFile {
  /// Whether a process has, or may have, the data file open.
  ///
  /// LMDB holds a shared lock on the lock file for as long as it has the data file open. Without a
  /// lock file nobody has. Only for a file that this process has not open.
  static func isInUse(path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)  // From 0, length 0: the whole file.
    guard unsafe fcntl(descriptor, F_GETLK, &lock) == 0 else { return true }
    return lock.l_type != Int16(F_UNLCK)
  }
}
