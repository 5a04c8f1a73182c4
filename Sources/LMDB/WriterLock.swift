import CLMDB
import Glibc

/// The right to write to a data file, over all processes, as a lock that can be tried.
///
/// LMDB's own lock can only be waited for. So this one is taken first: on the data file itself, where
/// LMDB has none. The system gives it back when a process ends.
enum WriterLock {
  /// Takes the lock for this process.
  ///
  /// - Parameter waits: Whether to wait for another process that has it.
  /// - Throws: ``LMDBError``: ``LMDBError/isWriterBusy`` if another process has it and it should not
  ///   be waited for.
  static func take(_ environment: borrowing Environment, waits: Bool) throws(LMDBError) {
    let descriptor = try descriptor(of: environment)
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      guard errno == EINTR else { throw LMDBError(code: errno, function: "flock") }
    }
  }

  /// Gives the lock back.
  static func leave(_ environment: borrowing Environment) {
    guard let descriptor = try? descriptor(of: environment) else { return }
    flock(descriptor, LOCK_UN)
  }

  private static func descriptor(of environment: borrowing Environment) throws(LMDBError) -> CInt {
    var descriptor: CInt = -1
    try unsafe check(mdb_env_get_fd(environment.handle, &descriptor), "mdb_env_get_fd")
    return descriptor
  }
}
