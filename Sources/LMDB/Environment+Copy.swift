import CLMDB
import Glibc

extension Environment {
  /// Writes the newest committed snapshot to a new file, without free pages; it is durable when this
  /// returns.
  ///
  /// Others may read and write meanwhile.
  ///
  /// - Parameter path: Where nothing is yet. What was written is removed if this fails.
  /// - Throws: ``LMDBError``: `EEXIST` if something is there; `MDB_INCOMPATIBLE` if pages of this file
  ///   are lost.
  /// - Complexity: O(*p*) for *p* used pages.
  public func copy(to path: String) throws(LMDBError) {
    let descriptor = unsafe open(
      path,
      O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC,
      Self.filePermissions
    )
    guard descriptor >= 0 else { throw LMDBError(code: errno, function: "open", subject: path) }
    defer { close(descriptor) }
    do throws(LMDBError) {
      try unsafe check(
        mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT)),
        "mdb_env_copyfd2",
        path
      )
      guard fsync(descriptor) == 0 else {
        throw LMDBError(code: errno, function: "fsync", subject: path)
      }
    } catch {
      unsafe unlink(path)
      throw error
    }
  }
}
