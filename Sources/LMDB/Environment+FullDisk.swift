import CLMDB
import Glibc

extension Environment {
  /// The code that says why a commit failed.
  ///
  /// Where a disk becomes full amid a write, the operating system writes what fits, and LMDB makes
  /// `EIO` of it: a defective disk and a full one would look the same.
  func commitCode(_ code: CInt) -> CInt {
    guard code == EIO else { return code }
    var descriptor: CInt = -1
    guard unsafe mdb_env_get_fd(handle, &descriptor) == MDB_SUCCESS else { return code }
    if hasNoSpace(descriptor) { return ENOSPC }
    return isAtSizeLimit(descriptor) ? EFBIG : code
  }

  /// Less than what the smallest commits write.
  private static let spareByteCountMin = 64 << 10

  private func hasNoSpace(_ descriptor: CInt) -> Bool {
    var info = statvfs()
    guard unsafe fstatvfs(descriptor, &info) == 0 else { return false }
    return info.f_bavail < UInt(Self.spareByteCountMin) / max(info.f_frsize, 1)
  }

  private func isAtSizeLimit(_ descriptor: CInt) -> Bool {
    var (info, limit) = (stat(), rlimit())
    guard
      unsafe fstat(descriptor, &info) == 0,
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
      let limit = Int(exactly: limit.rlim_cur)
    else { return false }
    return Int(info.st_size) >= limit - Self.spareByteCountMin
  }
}
