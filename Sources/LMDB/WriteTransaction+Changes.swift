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
    try unsafe change("mdb_del") { transaction in
      key.withKeyBytes { bytes in
        unsafe bytes.withUnsafeBufferPointer { buffer in
          var key = unsafe MDB_val(buffer)
          return unsafe mdb_del(transaction, table.index, &key, nil)
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
    _ = try unsafe change("mdb_drop") { unsafe mdb_drop($0, table.index, emptiesOnly) }
  }

  @_lifetime(self: copy self)
  private mutating func put<Schema>(
    _ value: Span<UInt8>,
    for key: Schema.Key,
    in table: Table<Schema>,
    flags: CInt
  ) throws(LMDBError) {
    _ = try unsafe change("mdb_put") { transaction in
      key.withKeyBytes { bytes in
        unsafe bytes.withUnsafeBufferPointer { keyBuffer in
          unsafe value.withUnsafeBufferPointer { valueBuffer in
            var key = unsafe MDB_val(keyBuffer)
            var value = unsafe MDB_val(valueBuffer)
            return unsafe mdb_put(transaction, table.index, &key, &value, UInt32(flags))
          }
        }
      }
    }
  }
}
