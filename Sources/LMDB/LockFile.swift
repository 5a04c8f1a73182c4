import Platform

/// The lock file beside a data file, where it cannot be written to.
enum LockFile {
  /// The path of the lock file of a data file.
  static func path(of dataFile: String) -> String { dataFile + "-lock" }

  /// Whether a process has, or may have, the data file open.
  ///
  /// LMDB holds a shared lock on the lock file for as long as it has the data file open. Without a
  /// lock file nobody has. Only for a file that this process has not open.
  static func isInUse(path: String) -> Bool {
    do {
      return try OpenFile(reading: path).isLockedByAnother()
    } catch {
      return error.code != ErrorNumber.noSuchFile
    }
  }
}
