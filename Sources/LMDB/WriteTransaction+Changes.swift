import CLMDB

extension WriteTransaction {
  /// Sets the value under `key`, replacing any other.
  ///
  /// - Parameters:
  ///   - value: Up to 4 GiB less one byte; may be empty.
  ///   - key: 1 to 511 bytes, encoded.
  ///   - table: Where.
  /// - Throws: ``LMDBError``: ``LMDBError/isMapFull`` when the map is full: let the transaction go,
  ///   call ``Environment/growMap(to:)``, write again.
  /// - Complexity: O(log *n*).
  @_lifetime(self: copy self)
  public mutating func set<Schema>(
    _ value: Span<UInt8>,
    for key: Schema.Key,
    in table: Table<Schema>
  ) throws(LMDBError) {
    try put(value, for: key, in: table, flags: 0)
  }

  /// Adds a row after every other: the fast way to fill a table in order.
  ///
  /// - Parameters:
  ///   - value: Up to 4 GiB less one byte; may be empty.
  ///   - key: Greater than every key in `table`; 1 to 511 bytes, encoded.
  ///   - table: Where.
  /// - Throws: ``LMDBError``: `MDB_KEYEXIST` if the key is not greater than all others;
  ///   ``LMDBError/isMapFull`` as ``set(_:for:in:)``.
  /// - Complexity: O(1) but for page splits.
  @_lifetime(self: copy self)
  public mutating func append<Schema>(
    _ value: Span<UInt8>,
    for key: Schema.Key,
    to table: Table<Schema>
  ) throws(LMDBError) {
    try put(value, for: key, in: table, flags: MDB_APPEND)
  }

  /// Removes the row under `key`.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: ``LMDBError``: ``LMDBError/isMapFull`` as ``set(_:for:in:)``, because a removal
  ///   writes new pages, too.
  /// - Complexity: O(log *n*).
  @discardableResult @_lifetime(self: copy self)
  public mutating func remove<Schema>(
    _ key: Schema.Key,
    from table: Table<Schema>
  ) throws(LMDBError) -> Bool {
    try checkPages(to: key, in: table)
    let index = unsafe table.index(in: transactionHandle)
    return try unsafe change("mdb_del") { transaction in
      key.withKeyBytes { bytes in
        unsafe bytes.withUnsafeBufferPointer { buffer in
          var key = unsafe MDB_val(buffer)
          return unsafe mdb_del(transaction, index, &key, nil)
        }
      }
    }
  }

  /// Removes every row of `table`.
  ///
  /// - Throws: ``LMDBError``: ``LMDBError/isMapFull`` as ``set(_:for:in:)``.
  /// - Complexity: O(*p*), for the *p* pages of the table.
  @_lifetime(self: copy self)
  public mutating func clear<Schema>(_ table: Table<Schema>) throws(LMDBError) {
    let emptiesOnly: CInt = 0
    let index = unsafe table.index(in: transactionHandle)
    _ = try unsafe change("mdb_drop") { unsafe mdb_drop($0, index, emptiesOnly) }
  }

  /// Empties `table` and fills it again from its start to its end: the fastest way for many rows.
  ///
  /// - Parameters:
  ///   - table: Which one.
  ///   - body: Calls `append` for each row, in the order of their keys.
  /// - Throws: What `body` throws, and what ``append(_:for:to:)`` does.
  /// - Complexity: O(*p*), for the *p* pages of the table, and O(1) for each row but for page splits.
  @_lifetime(self: copy self)
  public mutating func fill<Schema>(
    _ table: Table<Schema>,
    _ body: (
      _ append: (_ value: Span<UInt8>, _ key: Schema.Key) throws(LMDBError) -> Void
    ) throws -> Void
  ) throws {
    try clear(table)
    let transaction = unsafe transactionHandle.pointer
    let index = unsafe table.index(in: transactionHandle)
    // One cursor that stays at the end: `mdb_put` would look for the end each time.
    let cursor = unsafe try make("mdb_cursor_open") {
      unsafe mdb_cursor_open(transaction, index, &$0)
    }
    defer { unsafe mdb_cursor_close(cursor) }
    try body { value, key throws(LMDBError) in
      _ = try unsafe change("mdb_cursor_put") { _ in
        unsafe withValues(key, value) { key, value in
          unsafe mdb_cursor_put(cursor, &key, &value, UInt32(MDB_APPEND))
        }
      }
    }
  }

  @_lifetime(self: copy self)
  private mutating func put<Schema>(
    _ value: Span<UInt8>,
    for key: Schema.Key,
    in table: Table<Schema>,
    flags: CInt
  ) throws(LMDBError) {
    try checkPages(to: key, in: table)
    let index = unsafe table.index(in: transactionHandle)
    _ = try unsafe change("mdb_put") { transaction in
      unsafe withValues(key, value) { key, value in
        unsafe mdb_put(transaction, index, &key, &value, UInt32(flags))
      }
    }
  }
}

/// Calls `body` with a key and a value as LMDB takes them, good for that call.
@unsafe
private func withValues(
  _ key: some TableKey,
  _ value: Span<UInt8>,
  _ body: (_ key: inout MDB_val, _ value: inout MDB_val) -> CInt
) -> CInt {
  key.withKeyBytes { bytes in
    unsafe bytes.withUnsafeBufferPointer { keyBuffer in
      unsafe value.withUnsafeBufferPointer { valueBuffer in
        var key = unsafe MDB_val(keyBuffer)
        var value = unsafe MDB_val(valueBuffer)
        return unsafe body(&key, &value)
      }
    }
  }
}
