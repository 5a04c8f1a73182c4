import CLMDB
import Platform

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
    let file = try translatingErrors { () throws(SystemError) in
      try OpenFile(creating: path, permissions: Self.filePermissions)
    }
    do throws(LMDBError) {
      try unsafe check(
        mdb_env_copyfd2(handle, file.descriptor.rawValue, UInt32(MDB_CP_COMPACT)),
        "mdb_env_copyfd2",
        path
      )
      do {
        try file.synchronize()
        try file.close()
      } catch {
        throw LMDBError(error)
      }
    } catch {
      FileSystem.remove(path)
      throw error
    }
  }
}
