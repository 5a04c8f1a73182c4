import CLMDB
import Platform

extension ReadTransaction {
  /// Looks at every page of the file as of this transaction, without the map: after that, no read of
  /// it can meet what LMDB does not expect.
  ///
  /// - Parameter progress: Told now and then how many pages were seen.
  /// - Returns: What was found; `nil` if the file was written to twice since the transaction began,
  ///   so that it no longer says where this snapshot is: begin another and try again.
  /// - Throws: ``DamagedPage``; ``LMDBError`` if the disk cannot be read.
  /// - Complexity: O(*p*) for *p* pages, on two cores, with two bytes of memory for each.
  public borrowing func checkPages(
    progress: @escaping (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> PageFigures? {
    let descriptor = try unsafe environment._withUnsafeGuaranteedRef { try $0.descriptor }
    guard let meta = try metaPage(descriptor) else { return nil }
    if meta.lastPage >= Self.sharedPageCountMin {
      var pages = PageCheck(meta, descriptor: descriptor, progress: progress)
      if let figures = try? pages.run(isShared: true) { return figures }
      // Something is wrong: what comes first tells a look by one thread, of all from the start.
    }
    var pages = PageCheck(meta, descriptor: descriptor, progress: progress)
    return try pages.run()
  }

  /// A file of fewer pages is not worth a thread.
  private static var sharedPageCountMin: UInt64 { 64 }

  /// The number of the snapshot: each commit that changed something adds 1.
  public var id: Int { unsafe mdb_txn_id(transactionHandle.pointer) }

  /// The meta page of this snapshot, if the file still has it.
  private borrowing func metaPage(_ descriptor: FileDescriptor) throws -> MetaPage? {
    let path = "the data file"
    var start = try DataFile.bytes(of: descriptor, at: 0, count: 2 * MetaPage.usualPageByteCount)
    let pageByteCount = try MetaPage.pageByteCount(start, path: path)
    if pageByteCount != MetaPage.usualPageByteCount {
      start = try DataFile.bytes(of: descriptor, at: 0, count: 2 * pageByteCount)
    }
    return try MetaPage.pair(in: start, pageByteCount: pageByteCount, path: path)
      .first { $0.transactionID == UInt64(id) }
  }
}
