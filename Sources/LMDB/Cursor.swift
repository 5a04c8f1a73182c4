import CLMDB
public import LMDBPages

/// A place in one table, to move from entry to entry.
///
///     var cursor = try transaction.cursor(over: events, from: 1)
///     while let entry = try cursor.next() { … }
///
/// Its entries stay valid when it moves on: they live as long as its transaction. Every move throws
/// ``LMDBError`` if the file is damaged. None allocates.
///
/// In a read transaction it finds its way by itself, see ``TreeWalk``; in a write transaction, LMDB's
/// own cursor does.
@safe
public struct Cursor<Schema: TableSchema>: ~Copyable, ~Escapable {
  /// LMDB's cursor; `nil` in a read transaction.
  private let handle: OpaquePointer?

  /// The table's pages; `nil` in a write transaction.
  private let tree: MappedTree?

  @usableFromInline var place = Place.outside

  /// Where it is among the table's pages, in a read transaction.
  ///
  /// It is on the entry that ``next()`` goes on from: where ``place`` is `beforeEntry`, that is one
  /// before the entry to return.
  @usableFromInline var walk: TreeWalk

  /// Where a cursor is in relation to the entries.
  ///
  /// LMDB does not document where its own cursor is after it found nothing, so that is kept here, and
  /// LMDB's is never moved on from there.
  @usableFromInline
  enum Place {
    /// Nowhere yet: before the first and after the last entry.
    case outside

    /// Before the entry that the next ``next()`` returns.
    case beforeEntry

    /// On the entry that was returned last.
    case onEntry

    case beforeFirst
    case afterLast
  }

  @unsafe @_lifetime(immortal)
  init(_ transaction: TransactionHandle, _ table: Table<Schema>) throws(LMDBError) {
    let index = table.index(in: transaction)
    tree = unsafe MappedTree(transaction, table: Schema.name)
    walk = TreeWalk(pageByteCount: tree?.pageByteCount ?? 0)
    guard tree == nil else {
      unsafe handle = nil
      return
    }
    unsafe handle = try make("mdb_cursor_open") {
      unsafe mdb_cursor_open(transaction.pointer, index, &$0)
    }
  }

  deinit { if let handle = unsafe handle { unsafe mdb_cursor_close(handle) } }
}

extension Cursor {
  /// Moves to the next entry, or from outside to the first.
  ///
  /// - Returns: The entry; `nil` after the last, from where ``previous()`` leads back to the last.
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(1) on average.
  @inlinable @inline(__always) @_lifetime(copy self)
  public mutating func next() throws(LMDBError) -> Entry? {
    if let entry = unsafe walk.nextOnPage() {
      place = .onEntry
      return unsafe _overrideLifetime(entry, copying: self)
    }
    return try nextElsewhere()
  }

  @usableFromInline @_lifetime(copy self)
  mutating func nextElsewhere() throws(LMDBError) -> Entry? {
    switch place {
    case .onEntry: return try move(.next, orElse: .afterLast)
    case .beforeEntry: return try move(tree == nil ? .stay : .next, orElse: .afterLast)
    case .outside, .beforeFirst: return try first()
    case .afterLast: return nil
    }
  }

  /// Moves to the entry before, or from outside to the last.
  ///
  /// - Returns: The entry; `nil` before the first, from where ``next()`` leads back to the first.
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(1) on average.
  @inlinable @inline(__always) @_lifetime(copy self)
  public mutating func previous() throws(LMDBError) -> Entry? {
    if case .onEntry = place, let entry = unsafe walk.previousOnPage() {
      return unsafe _overrideLifetime(entry, copying: self)
    }
    return try previousElsewhere()
  }

  @usableFromInline @_lifetime(copy self)
  mutating func previousElsewhere() throws(LMDBError) -> Entry? {
    switch place {
    case .beforeEntry:
      walk.goOn()
      return try move(.previous, orElse: .beforeFirst)
    case .onEntry: return try move(.previous, orElse: .beforeFirst)
    case .outside, .afterLast: return try last()
    case .beforeFirst: return nil
    }
  }

  /// Moves to the first entry, or `nil` in an empty table.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func first() throws(LMDBError) -> Entry? {
    try move(.first, orElse: .afterLast)
  }

  /// Moves to the last entry, or `nil` in an empty table.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func last() throws(LMDBError) -> Entry? {
    try move(.last, orElse: .beforeFirst)
  }

  /// Moves to the first entry whose key is at or after `key`.
  ///
  /// - Returns: The entry; `nil` if all keys are before `key`, and the place is after the last.
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func seek(_ key: Schema.Key) throws(LMDBError) -> Entry? {
    try moveBefore(key)
    guard case .beforeEntry = place else { return nil }
    return try nextElsewhere()
  }

  /// Moves to the last entry whose key is at or before `key`: the as-of lookup.
  ///
  /// - Returns: The entry; `nil` if all keys are after `key`, and the place is before the first.
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(log *n*).
  @_lifetime(copy self)
  public mutating func seek(atOrBefore key: Schema.Key) throws(LMDBError) -> Entry? {
    guard let found = try seek(key) else { return try last() }
    let isExact = key.withKeyBytes { $0.elementsEqual(found.key) }
    return isExact ? found : try previous()
  }

  /// Moves before the first entry whose key is at or after `key`: ``next()`` returns that entry.
  ///
  /// - Throws: ``LMDBError`` if the file is damaged: restore it from a backup.
  /// - Complexity: O(log *n*).
  @_lifetime(self: copy self)
  public mutating func moveBefore(_ key: Schema.Key) throws(LMDBError) {
    try key.withKeyBytes { bytes throws(LMDBError) in
      try unsafe bytes.withUnsafeBufferPointer { buffer throws(LMDBError) in
        try unsafe enter(at: buffer)
      }
    }
  }

  /// Moves before the first entry whose key is at or after a key, or after the last.
  @unsafe @_lifetime(self: copy self)
  private mutating func enter(at key: UnsafeBufferPointer<UInt8>) throws(LMDBError) {
    if let tree {
      let bytes = UnsafeRawBufferPointer(key)
      do {
        place = try unsafe walk.moveBefore(bytes, in: tree) ? .beforeEntry : .afterLast
      } catch {
        throw LMDBError(error)
      }
      return
    }
    var (found, value) = unsafe (MDB_val(key), MDB_val())
    let code = unsafe mdb_cursor_get(handle, &found, &value, MDB_SET_RANGE)
    place = code == MDB_NOTFOUND ? .afterLast : .beforeEntry
    if code != MDB_NOTFOUND { try check(code, "mdb_cursor_get") }
  }

  @_lifetime(copy self)
  private mutating func move(
    _ move: TreeWalk.Move,
    orElse placeOtherwise: Place
  ) throws(LMDBError) -> Entry? {
    if let tree {
      do {
        let entry = try unsafe walk.move(move, in: tree)
        place = entry == nil ? placeOtherwise : .onEntry
        return unsafe _overrideLifetime(entry, copying: self)
      } catch {
        throw LMDBError(error)
      }
    }
    var (key, value) = unsafe (MDB_val(), MDB_val())
    let code = unsafe mdb_cursor_get(handle, &key, &value, move.operation)
    guard code != MDB_NOTFOUND else {
      place = placeOtherwise
      return nil
    }
    try check(code, "mdb_cursor_get")
    place = .onEntry
    let entry = unsafe Entry(key: Span(mapped: key), value: Span(mapped: value))
    return unsafe _overrideLifetime(entry, copying: self)
  }
}

// Many keys at once.
extension Cursor {
  /// Finds the first entries at or after several keys, side by side: while the memory fetches a page for
  /// one, the next is looked at.
  ///
  /// - Parameter keys: All with encodings of one length.
  /// - Returns: The places, for ``moveBefore(_:of:)``; they live as long as this cursor's transaction.
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(*k* log *n*) for *k* keys.
  @_lifetime(copy self)
  public borrowing func find(_ keys: [Schema.Key]) throws(LMDBError) -> FoundPlaces<Schema> {
    let walks = if let tree { try Self.walks(from: keys, in: tree) } else { [TreeWalk]() }
    let places = FoundPlaces<Schema>(keys: keys, tree: tree, walks: walks)
    return unsafe _overrideLifetime(places, copying: self)
  }

  private static func walks(
    from keys: [Schema.Key],
    in tree: MappedTree
  ) throws(LMDBError) -> [TreeWalk] {
    guard let first = keys.first else { return [] }
    let keyByteCount = first.withKeyBytes { $0.count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(keys.count * keyByteCount)
    for key in keys {
      key.withKeyBytes { encoded in
        precondition(encoded.count == keyByteCount, "keys of several lengths")
        unsafe encoded.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      }
    }
    do {
      return try TreeWalk.walks(from: bytes, keyByteCount: keyByteCount, in: tree)
    } catch {
      throw LMDBError(error)
    }
  }

  /// Moves before the first entry at or after one of the keys that were looked for.
  ///
  /// - Parameters:
  ///   - index: The number of the key among those, from 0.
  ///   - places: What ``find(_:)`` of a cursor over the same table in the same transaction found.
  /// - Throws: ``LMDBError`` if the file is damaged.
  /// - Complexity: O(1) in a read transaction, else O(log *n*).
  @_lifetime(self: copy self, copy places)
  public mutating func moveBefore(
    _ index: Int,
    of places: borrowing FoundPlaces<Schema>
  ) throws(LMDBError) {
    guard let tree else { return try moveBefore(places.keys[index]) }
    precondition(places.tree?.isSame(as: tree) == true, "the places are of another transaction")
    walk = places.walks[index]
    place = .beforeEntry
  }
}

/// Places in one table, which cannot outlive the transaction that they were found in: see
/// ``Cursor/find(_:)``.
@safe
public struct FoundPlaces<Schema: TableSchema>: ~Copyable, ~Escapable {
  let keys: [Schema.Key]

  /// The tree that ``walks`` are in; `nil` in a write transaction.
  let tree: MappedTree?

  /// A place for each key; none in a write transaction, which looks for each key by itself.
  let walks: [TreeWalk]

  @_lifetime(immortal)
  init(keys: [Schema.Key], tree: MappedTree?, walks: [TreeWalk]) {
    (self.keys, self.tree, self.walks) = (keys, tree, walks)
  }
}

extension TreeWalk.Move {
  /// The same, as LMDB calls it.
  fileprivate var operation: MDB_cursor_op {
    switch self {
    case .first: MDB_FIRST
    case .last: MDB_LAST
    case .next: MDB_NEXT
    case .previous: MDB_PREV
    case .stay: MDB_GET_CURRENT
    }
  }
}
