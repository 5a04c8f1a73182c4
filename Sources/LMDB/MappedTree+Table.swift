import CLMDB
import LMDBPages

extension MappedTree {
  /// LMDB's number of the table of tables.
  private static let mainTable: MDB_dbi = 1

  /// The tree of the table named `name`; `nil` where LMDB must be asked: in a write transaction, and
  /// where its record is not that of a plain tree.
  @unsafe
  init?(_ transaction: TransactionHandle, table name: String) {
    let pageByteCount = transaction.pageByteCount
    guard pageByteCount > 0 else { return nil }
    var name = name
    var value = unsafe MDB_val()
    let code = name.withUTF8 { bytes in
      var key = unsafe MDB_val(bytes)
      return unsafe mdb_get(transaction.pointer, Self.mainTable, &key, &value)
    }
    guard code == MDB_SUCCESS else { return nil }
    var info = unsafe MDB_envinfo()
    unsafe mdb_env_info(mdb_txn_env(transaction.pointer), &info)
    unsafe self.init(
      record: Span(mapped: value),
      pageByteCount: pageByteCount,
      // Another process may have let the file grow past this one's map.
      pageCount: min(UInt64(info.me_last_pgno) + 1, UInt64(info.me_mapsize / pageByteCount))
    )
  }
}
