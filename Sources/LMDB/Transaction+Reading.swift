import CLMDB

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The value under `key`, or `nil`.
  ///
  /// Nothing is copied. Valid until the transaction ends or changes something.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(log *n*).
  @_lifetime(borrow self)
  public borrowing func value<Schema>(
    for key: Schema.Key,
    in table: Table<Schema>
  ) throws(LMDBError) -> Span<UInt8>? {
    let transaction = unsafe transactionHandle.pointer
    let index = unsafe table.index(in: transactionHandle)
    var found = unsafe MDB_val()
    let code = key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        var key = unsafe MDB_val(buffer)
        return unsafe mdb_get(transaction, index, &key, &found)
      }
    }
    guard code != MDB_NOTFOUND else { return nil }
    try check(code, "mdb_get")
    return unsafe _overrideLifetime(Span(mapped: found), borrowing: self)
  }

  /// A place in `table`, before its first and after its last entry: to move from there.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(1), with one allocation. Use one cursor for many look-ups.
  @_lifetime(borrow self)
  public borrowing func cursor<Schema>(
    over table: Table<Schema>
  ) throws(LMDBError) -> Cursor<Schema> {
    let cursor = try unsafe Cursor<Schema>(transactionHandle, table)
    return unsafe _overrideLifetime(cursor, borrowing: self)
  }

  /// A walk over `table` in key order, whose first ``Cursor/next()`` is the first entry at or after
  /// `key`.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(log *n*), with one allocation.
  @_lifetime(borrow self)
  public borrowing func cursor<Schema>(
    over table: Table<Schema>,
    from key: Schema.Key
  ) throws(LMDBError) -> Cursor<Schema> {
    var cursor = try unsafe Cursor<Schema>(transactionHandle, table)
    try cursor.moveBefore(key)
    return unsafe _overrideLifetime(cursor, borrowing: self)
  }

  /// The last entry of `table`, or `nil` when it is empty.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(log *n*), with one allocation: use ``Cursor/last()`` for many.
  @_lifetime(borrow self)
  public borrowing func lastEntry<Schema>(in table: Table<Schema>) throws(LMDBError) -> Entry? {
    var cursor = try unsafe Cursor<Schema>(transactionHandle, table)
    guard let entry = try cursor.last() else { return nil }
    return unsafe _overrideLifetime(entry, borrowing: self)
  }

  /// The last entry whose key is at or before `key`, or `nil`: the as-of lookup.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(log *n*), with one allocation: use ``Cursor/seek(atOrBefore:)`` for many.
  @_lifetime(borrow self)
  public borrowing func lastEntry<Schema>(
    atOrBefore key: Schema.Key,
    in table: Table<Schema>
  ) throws(LMDBError) -> Entry? {
    var cursor = try unsafe Cursor<Schema>(transactionHandle, table)
    guard let entry = try cursor.seek(atOrBefore: key) else { return nil }
    return unsafe _overrideLifetime(entry, borrowing: self)
  }

  /// How many rows `table` has.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(1).
  public borrowing func entryCount<Schema>(of table: Table<Schema>) throws(LMDBError) -> Int {
    try figures(of: table).entryCount
  }

  /// The size and shape of `table`.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(1).
  public borrowing func figures<Schema>(
    of table: Table<Schema>
  ) throws(LMDBError) -> TableFigures {
    let index = unsafe table.index(in: transactionHandle)
    var stat = MDB_stat()
    try unsafe check(mdb_stat(transactionHandle.pointer, index, &stat), "mdb_stat")
    return TableFigures(stat)
  }
}
