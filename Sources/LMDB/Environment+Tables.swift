import CLMDB
import Synchronization

extension Environment {
  /// Whether the file holds nothing yet, no table either.
  ///
  /// - Throws: ``LMDBError`` if no transaction can begin, because every reader slot is taken.
  /// - Complexity: O(1).
  public func isEmpty() throws(LMDBError) -> Bool {
    let transaction = try beginRead()  // Keeps the map where it is.
    var stat = MDB_stat()
    try unsafe check(mdb_env_stat(handle, &stat), "mdb_env_stat")
    try transaction.end()
    return stat.ms_entries == 0
  }

  /// Opens tables; creates, all together, those that are missing, if asked to.
  ///
  ///     let (rows, names) = try environment.openTables(Rows.self, Names.self)
  ///
  /// Call it once, at start. Tables stay open as long as the environment.
  ///
  /// - Parameters:
  ///   - isCreating: Whether to create what is missing, where it may write.
  ///   - schemas: The layouts of the tables. Each has a name of its own.
  /// - Precondition: This thread has no write transaction open.
  /// - Throws: ``LMDBError``. It has ``LMDBError/isTableMissing`` and the table's name if there
  ///   is no such table and it was not to be created, `MDB_INCOMPATIBLE` if the table is of another
  ///   kind: then the file is another program's.
  /// - Complexity: O(*k* log *n*) for *k* of *n* tables; one durable commit if some were missing.
  public func openTables<each Schema: TableSchema>(
    isCreating: Bool = true,
    _ schemas: repeat (each Schema).Type
  ) throws(LMDBError) -> (repeat Table<each Schema>) {
    try tableOpening.withLock { _ throws(LMDBError) in
      do throws(LMDBError) {
        let transaction = try beginRead()
        let tables = (repeat try transaction.openTable(each schemas, flags: 0))
        try transaction.end()  // Keeps the tables open; leaving scope would close them.
        return tables
      } catch {
        guard error.isTableMissing, isCreating, access != .readOnly else { throw error }
      }
      let transaction = try beginWrite()
      let tables = (repeat try transaction.openTable(each schemas, flags: MDB_CREATE))
      try transaction.commit()
      return tables
    }
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  fileprivate borrowing func openTable<Schema>(
    _ schema: Schema.Type,
    flags: CInt
  ) throws(LMDBError) -> Table<Schema> {
    let transaction = unsafe transactionHandle.pointer
    var index: MDB_dbi = 0
    let code = unsafe mdb_dbi_open(transaction, Schema.name, UInt32(flags), &index)
    try check(code, "mdb_dbi_open", Schema.name)
    var tableFlags: UInt32 = 0
    try unsafe check(mdb_dbi_flags(transaction, index, &tableFlags), "mdb_dbi_flags", Schema.name)
    // Another order of keys, or several values for one: not ours.
    guard tableFlags == 0 else {
      throw LMDBError(code: MDB_INCOMPATIBLE, function: "mdb_dbi_open", subject: Schema.name)
    }
    return Table(index: index, environment: unsafe transactionHandle.environment)
  }
}
