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
    get throws(LMDBError) { try unsafe Self.descriptor(handle) }
  }

  @unsafe
  static func descriptor(_ handle: OpaquePointer) throws(LMDBError) -> FileDescriptor {
    var number: CInt = -1
    try unsafe check(mdb_env_get_fd(handle, &number), "mdb_env_get_fd")
    return FileDescriptor(rawValue: number)
  }

  /// Cuts off the pages that a write left behind its end when it failed, or when it was given up after
  /// some of its pages had been written: a full disk has room again.
  ///
  /// To call by the holder of the ``WriterLock``, after its transaction has ended.
  func cutOffUnusedPages() {
    guard let descriptor = try? descriptor, let figures = try? figures(),
      let byteCount = try? descriptor.byteCount(), byteCount > figures.usedByteCount
    else { return }
    // LMDB's own lock keeps every other writer out meanwhile, this program or not.
    var transaction: OpaquePointer?
    guard unsafe mdb_txn_begin(handle, nil, 0, &transaction) == MDB_SUCCESS else { return }
    if let used = try? self.figures().usedByteCount { try? descriptor.truncate(to: used) }
    unsafe mdb_txn_abort(transaction)
  }
}
