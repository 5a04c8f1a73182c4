import CLMDB
import Platform

extension Environment {
  /// The code of the reason for which a commit failed.
  ///
  /// Where a disk becomes full amid a write, the operating system writes what fits, and LMDB makes
  /// `EIO` of it: a defective disk and a full one would look the same.
  func commitCode(_ code: CInt) -> CInt {
    guard code == ErrorNumber.inputOutput, let descriptor = try? descriptor else { return code }
    let available = descriptor.availableByteCount ?? .max
    guard available >= Self.spareByteCountMin else { return ErrorNumber.noSpace }
    let room = (ThisProcess.fileByteCountMax ?? .max) - ((try? descriptor.byteCount()) ?? 0)
    return room <= Self.spareByteCountMin ? ErrorNumber.fileTooLarge : code
  }

  /// Less than what the smallest commits write.
  private static let spareByteCountMin = 64 << 10

  /// The open data file.
  var descriptor: FileDescriptor {
    get throws(LMDBError) {
      var number: CInt = -1
      try unsafe check(mdb_env_get_fd(handle, &number), "mdb_env_get_fd")
      return FileDescriptor(rawValue: number)
    }
  }
}
