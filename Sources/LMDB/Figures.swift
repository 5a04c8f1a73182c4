import CLMDB
import Platform

/// The size and shape of one table, as one transaction sees it.
public struct TableFigures: Hashable, Sendable {
  /// How many rows there are.
  public let entryCount: Int

  /// How many pages lie between the root and a row, both ends included; 0 for an empty table.
  public let depth: Int

  /// How many pages lead to others.
  public let branchPageCount: Int

  /// How many pages hold rows.
  public let leafPageCount: Int

  /// How many pages hold values too large for a leaf.
  public let overflowPageCount: Int

  /// The size of a page.
  public let pageByteCount: Int

  /// How many bytes of the data file the table takes.
  public var byteCount: Int {
    (branchPageCount + leafPageCount + overflowPageCount) * pageByteCount
  }

  init(_ stat: MDB_stat) {
    entryCount = stat.ms_entries
    depth = Int(stat.ms_depth)
    branchPageCount = stat.ms_branch_pages
    leafPageCount = stat.ms_leaf_pages
    overflowPageCount = stat.ms_overflow_pages
    pageByteCount = Int(stat.ms_psize)
  }
}

/// The sizes and limits of an open environment.
public struct EnvironmentFigures: Hashable, Sendable {
  /// The size of a page.
  public let pageByteCount: Int

  /// How far the data file can grow before the map must.
  public let mapByteCount: Int

  /// The bytes up to the last page that was ever used, free pages among them.
  public let usedByteCount: Int

  /// The size of the data file, as the operating system has it.
  public let fileByteCount: Int

  /// How many reader slots were ever taken since the lock file was made, over all processes.
  public let readerSlotCount: Int

  /// How many reader slots there are, over all processes.
  public let readerSlotCountMax: Int

  /// The last committed transaction; each commit that changed something adds 1.
  public let lastTransactionID: Int
}

extension Environment {
  /// The sizes and limits of this environment now.
  ///
  /// - Throws: ``LMDBError`` if a call to LMDB or to the operating system fails.
  /// - Complexity: O(1).
  public func figures() throws(LMDBError) -> EnvironmentFigures {
    let transaction = try beginRead()  // Keeps the map where it is.
    var (information, stat) = unsafe (MDB_envinfo(), MDB_stat())
    try unsafe check(mdb_env_info(handle, &information), "mdb_env_info")
    try unsafe check(mdb_env_stat(handle, &stat), "mdb_env_stat")
    let descriptor = try descriptor
    let fileByteCount = try translatingErrors { () throws(SystemError) in
      try descriptor.byteCount()
    }
    try transaction.end()
    let pageByteCount = Int(stat.ms_psize)
    return unsafe EnvironmentFigures(
      pageByteCount: pageByteCount,
      mapByteCount: information.me_mapsize,
      usedByteCount: (information.me_last_pgno + 1) * pageByteCount,
      fileByteCount: fileByteCount,
      readerSlotCount: Int(information.me_numreaders),
      readerSlotCountMax: Int(information.me_maxreaders),
      lastTransactionID: information.me_last_txnid
    )
  }
}
