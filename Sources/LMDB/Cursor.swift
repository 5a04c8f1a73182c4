import CLMDB

/// A key and its value, in place in the memory map.
public struct Entry: ~Escapable {
  /// The encoded key.
  public let key: Span<UInt8>

  /// The value, at no particular alignment.
  public let value: Span<UInt8>

  @usableFromInline @_lifetime(copy key, copy value)
  init(key: Span<UInt8>, value: Span<UInt8>) {
    self.key = key
    self.value = value
  }
}

/// A place in one table, to move from entry to entry.
///
///     var cursor = try transaction.cursor(over: events, from: 1)
///     while let entry = try cursor.next() { … }
///
/// Its entries stay valid when it moves on: they live as long as its transaction. Every move throws
/// ``LMDBError`` if the file is damaged. None allocates.
///
/// In a read transaction ``next()`` goes on along the page by itself, and asks LMDB again at its
/// end: LMDB's own cursor then stands behind, on an earlier entry of the page.
@safe
public struct Cursor<Schema: TableSchema>: ~Copyable, ~Escapable {
  private let handle: OpaquePointer
  private var place = Place.outside

  /// The page that the entry is on, and the entries of it that follow.
  @usableFromInline var leaf: LeafWalk

  /// Where LMDB's own cursor is after it found nothing is not documented: never move on from there.
  private enum Place {
    /// Nowhere yet: before the first and after the last entry.
    case outside

    /// On the entry that the next ``next()`` returns.
    case beforeEntry

    /// On the entry that was returned last.
    case onEntry

    case beforeFirst
    case afterLast
  }

  @unsafe @_lifetime(immortal)
  init(_ transaction: TransactionHandle, _ table: Table<Schema>) throws(LMDBError) {
    leaf = LeafWalk(pageByteCount: transaction.pageByteCount)
    unsafe handle = try make("mdb_cursor_open") {
      unsafe mdb_cursor_open(transaction.pointer, table.index, &$0)
    }
  }

  deinit { unsafe mdb_cursor_close(handle) }
}

extension Cursor {
  /// Moves to the next entry, or from outside to the first.
  ///
  /// - Returns: The entry; `nil` after the last, from where ``previous()`` leads back to the last.
  /// - Complexity: O(1) on average.
  @inlinable @_lifetime(copy self)
  public mutating func next() throws(LMDBError) -> Entry? {
    if let entry = leaf.next() { return unsafe _overrideLifetime(entry, copying: self) }
    return try nextByLMDB()
  }

  @usableFromInline @_lifetime(copy self)
  mutating func nextByLMDB() throws(LMDBError) -> Entry? {
    switch place {
    case .onEntry:
      if let entry = try startLeaf() { return entry }
      try catchUp()
      return try move(MDB_NEXT, orElse: .afterLast)
    case .beforeEntry: return try move(MDB_GET_CURRENT, orElse: .afterLast)
    case .outside, .beforeFirst: return try first()
    case .afterLast: return nil
    }
  }

  /// The next entry of the page, where LMDB has just moved to an entry of it.
  @_lifetime(copy self)
  private mutating func startLeaf() throws(LMDBError) -> Entry? {
    guard leaf.start(), let entry = leaf.next() else { return nil }
    return unsafe _overrideLifetime(entry, copying: self)
  }

  /// Moves LMDB's own cursor to the entry that was returned last.
  @_lifetime(self: copy self)
  private mutating func catchUp() throws(LMDBError) {
    guard leaf.isAhead, let key = unsafe leaf.key else { return }
    var found = unsafe MDB_val(key)
    var value = unsafe MDB_val()
    try unsafe check(mdb_cursor_get(handle, &found, &value, MDB_SET_KEY), "mdb_cursor_get")
    leaf.leave()
  }

  /// Moves to the entry before, or from outside to the last.
  ///
  /// - Returns: The entry; `nil` before the first, from where ``next()`` leads back to the first.
  /// - Complexity: O(1) on average.
  @_lifetime(copy self)
  public mutating func previous() throws(LMDBError) -> Entry? {
    switch place {
    case .onEntry, .beforeEntry:
      try catchUp()
      return try move(MDB_PREV, orElse: .beforeFirst)
    case .outside, .afterLast: return try last()
    case .beforeFirst: return nil
    }
  }

  /// Moves to the first entry, or `nil` in an empty table.
  ///
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func first() throws(LMDBError) -> Entry? {
    try move(MDB_FIRST, orElse: .afterLast)
  }

  /// Moves to the last entry, or `nil` in an empty table.
  ///
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func last() throws(LMDBError) -> Entry? {
    try move(MDB_LAST, orElse: .beforeFirst)
  }

  /// Moves to the first entry whose key is at or after `key`.
  ///
  /// - Returns: The entry; `nil` if all keys are before `key`, and the place is after the last.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func seek(_ key: Schema.Key) throws(LMDBError) -> Entry? {
    let handle = unsafe handle
    var found = unsafe MDB_val()
    var value = unsafe MDB_val()
    let code = key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe found = MDB_val(buffer)
        return unsafe mdb_cursor_get(handle, &found, &value, MDB_SET_RANGE)
      }
    }
    return try unsafe entry(code, found, value, orElse: .afterLast)
  }

  /// Moves to the last entry whose key is at or before `key`: the as-of lookup.
  ///
  /// - Returns: The entry; `nil` if all keys are after `key`, and the place is before the first.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func seek(atOrBefore key: Schema.Key) throws(LMDBError) -> Entry? {
    guard let found = try seek(key) else { return try last() }
    let isExact = key.withKeyBytes { $0.elementsEqual(found.key) }
    return isExact ? found : try previous()
  }

  /// Moves before the first entry whose key is at or after `key`: ``next()`` returns that entry.
  @_lifetime(self: copy self)
  mutating func moveBefore(_ key: Schema.Key) throws(LMDBError) {
    if try seek(key) != nil { place = .beforeEntry }
  }

  @_lifetime(copy self)
  private mutating func move(
    _ operation: MDB_cursor_op,
    orElse placeOtherwise: Place
  ) throws(LMDBError) -> Entry? {
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    let code = unsafe mdb_cursor_get(handle, &key, &value, operation)
    return try unsafe entry(code, key, value, orElse: placeOtherwise)
  }

  /// What `mdb_cursor_get` returned, and where the cursor is now.
  @unsafe @_lifetime(copy self)
  private mutating func entry(
    _ code: CInt,
    _ key: MDB_val,
    _ value: MDB_val,
    orElse placeOtherwise: Place
  ) throws(LMDBError) -> Entry? {
    leaf.leave()
    guard code != MDB_NOTFOUND else {
      place = placeOtherwise
      return nil
    }
    try check(code, "mdb_cursor_get")
    place = .onEntry
    unsafe leaf.enter(at: key)
    let entry = unsafe Entry(key: Span(mapped: key), value: Span(mapped: value))
    return unsafe _overrideLifetime(entry, copying: self)
  }
}
