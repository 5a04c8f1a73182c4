import Platform

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
    let descriptor = try environment.descriptor
    try translatingErrors { () throws(SystemError) in try descriptor.lock(waits: waits) }
  }

  /// Gives the lock back.
  static func leave(_ environment: borrowing Environment) {
    try? environment.descriptor.unlock()
  }
}
