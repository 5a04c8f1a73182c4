import CLMDB
public import LMDBPages

/// What lies around a key in a table: the row before it, its own row, and the row after it.
public struct Neighbours: ~Escapable {
  /// The last row before the key; `nil` if there is none.
  public let before: Entry?

  /// The row under the key itself; `nil` if there is none.
  public let found: Entry?

  /// The first row after the key, unless the key has a row of its own: then it is not looked for.
  public let after: Entry?

  @_lifetime(copy before, copy found, copy after)
  init(before: Entry?, found: Entry?, after: Entry?) {
    (self.before, self.found, self.after) = (before, found, after)
  }
}

/// The values that a row and the row after it get; kept by the caller, so that its memory is used again.
public struct NeighbourValues {
  /// The value of the row itself.
  public var value: [UInt8] = []

  /// The value of the row after it, of the size that it has.
  public var after: [UInt8] = []

  /// Values of no bytes.
  public init() {}
}

extension WriteTransaction {
  /// Sets the value under `key`, and that of the row after it, by what lies around the key: with one
  /// look-up.
  ///
  /// - Parameters:
  ///   - key: 1 to 511 bytes, encoded.
  ///   - table: Where.
  ///   - values: Memory for the values; what it holds before does not matter.
  ///   - body: Puts the new values in the place of what `values` holds: of the row after the key only if
  ///     there is one.
  /// - Throws: What `body` throws: then nothing was changed. ``LMDBError``, as ``set(_:for:in:)``.
  /// - Complexity: O(log *n*).
  @_lifetime(self: copy self)
  public mutating func set<Schema>(
    for key: Schema.Key,
    in table: Table<Schema>,
    _ values: inout NeighbourValues,
    _ body: (_ neighbours: borrowing Neighbours, _ values: inout NeighbourValues) throws -> Void
  ) throws {
    let transaction = unsafe transactionHandle.pointer
    let index = unsafe table.index(in: transactionHandle)
    let cursor = unsafe try make("mdb_cursor_open") {
      unsafe mdb_cursor_open(transaction, index, &$0)
    }
    defer { unsafe mdb_cursor_close(cursor) }
    try key.withKeyBytes { bytes in
      try unsafe bytes.withUnsafeBufferPointer { buffer in
        // The memory of rows stays as it is until one is changed, below.
        var (nextKey, nextValue) = unsafe (MDB_val(buffer), MDB_val())
        var (beforeKey, beforeValue) = unsafe (MDB_val(), MDB_val())
        let next = unsafe mdb_cursor_get(cursor, &nextKey, &nextValue, MDB_SET_RANGE)
        if next != MDB_NOTFOUND { try check(next, "mdb_cursor_get") }
        let before = unsafe mdb_cursor_get(
          cursor,
          &beforeKey,
          &beforeValue,
          next == MDB_NOTFOUND ? MDB_LAST : MDB_PREV
        )
        if before != MDB_NOTFOUND { try check(before, "mdb_cursor_get") }
        let isEqual = unsafe Span(mapped: nextKey).elementsEqual(bytes)
        let isFound = next != MDB_NOTFOUND && isEqual
        let isAfter = next != MDB_NOTFOUND && !isFound
        try unsafe body(
          Neighbours(
            before: before == MDB_NOTFOUND ? nil : Entry(mapped: beforeKey, beforeValue),
            found: isFound ? Entry(mapped: nextKey, nextValue) : nil,
            after: isAfter ? Entry(mapped: nextKey, nextValue) : nil
          ),
          &values
        )
        if isAfter { try unsafe put(values.after, for: &nextKey, by: cursor) }
        var key = unsafe MDB_val(buffer)
        try unsafe put(values.value, for: &key, by: cursor)
      }
    }
  }

  @unsafe @_lifetime(self: copy self)
  private mutating func put(
    _ value: [UInt8],
    for key: inout MDB_val,
    by cursor: OpaquePointer
  ) throws(LMDBError) {
    _ = try unsafe change("mdb_cursor_put") { _ in
      unsafe value.withUnsafeBufferPointer { buffer in
        var value = unsafe MDB_val(buffer)
        return unsafe mdb_cursor_put(cursor, &key, &value, 0)
      }
    }
  }
}

extension Entry {
  /// The bytes that LMDB pointed at; the caller is responsible for how long they live.
  @unsafe @_lifetime(immortal)
  fileprivate init(mapped key: MDB_val, _ value: MDB_val) {
    unsafe self.init(key: Span(mapped: key), value: Span(mapped: value))
  }
}
