import LMDB
import Platform

/// A walk over a linked table in key order, which throws where a row is missing or damaged.
struct LinkedCursor<Schema: LinkedTable>: ~Copyable, ~Escapable {
  private var cursor: Cursor<Schema>

  /// The hash of the last key of the table.
  private let end: UInt64

  /// The hash of the key of the row before the next; 0 for none.
  private var before: UInt64 = 0

  /// Where the walk began, until the first row is read.
  private var start: Schema.Key?

  /// A walk from nowhere: see ``moveBefore(_:_:of:)``.
  @_lifetime(copy cursor)
  init(_ cursor: consuming Cursor<Schema>, end: UInt64) {
    self.cursor = cursor
    self.end = end
  }

  /// A walk whose cursor is before the first row at or after `start`.
  ///
  /// - Throws: ``DamagedLedger`` if it is not.
  @_lifetime(copy cursor)
  init(_ cursor: consuming Cursor<Schema>, end: UInt64, from start: Schema.Key) throws {
    self.init(cursor, end: end)
    try begin(at: start)
  }

  /// Moves before the first row at or after one of the keys that were looked for.
  ///
  /// - Throws: ``DamagedLedger`` if the row there is not that.
  @_lifetime(self: copy self, copy places)
  mutating func moveBefore(
    _ start: Schema.Key,
    _ index: Int,
    of places: borrowing FoundPlaces<Schema>
  ) throws {
    try cursor.moveBefore(index, of: places)
    try begin(at: start)
  }

  /// The places of several keys: see `Cursor.find(_:)`.
  @_lifetime(copy self)
  borrowing func find(_ keys: [Schema.Key]) throws -> FoundPlaces<Schema> { try cursor.find(keys) }

  @_lifetime(self: copy self)
  private mutating func begin(at start: Schema.Key) throws {
    (before, self.start) = (0, start)
    guard let entry = try cursor.previous() else { return }
    guard start.withKeyBytes({ entry.key.precedes($0) }) else {
      throw DamagedLedger.brokenLink(Schema.name)
    }
    before = RowLink.hash(entry.key)
  }

  /// Moves to the next row.
  ///
  /// - Returns: The row, its value without the link; `nil` after the last.
  /// - Throws: ``DamagedLedger`` if its link does not fit, or rows are missing at the end.
  @inline(__always) @_lifetime(copy self)
  mutating func next() throws -> Entry? {
    guard let entry = try cursor.next() else {
      guard before == end else { throw DamagedLedger.brokenLink(Schema.name) }
      return nil
    }
    let hash = RowLink.hash(entry.key)
    guard let value = entry.value.withoutLink(),
      RowLink(key: hash, value: value).after(before) == entry.value.link
    else { throw DamagedLedger.brokenLink(Schema.name) }
    if let start {
      guard start.withKeyBytes({ !entry.key.precedes($0) }) else {
        throw DamagedLedger.brokenLink(Schema.name)
      }
      self.start = nil
    }
    before = hash
    return Entry(key: entry.key, value: value)
  }
}

extension LinkedCursor {
  /// Moves to the next row; returns whether there is one.
  ///
  /// - Throws: As ``next()``.
  @inline(never) @_lifetime(self: copy self)
  mutating func advance() throws -> Bool {
    guard let entry = try next() else { return false }
    return !entry.key.isEmpty
  }
}

/// A walk over a linked table against key order, which throws where a row is missing or damaged.
struct BackwardLinkedCursor<Schema: LinkedTable>: ~Copyable, ~Escapable {
  private var cursor: Cursor<Schema>

  /// The hash of the last key of the table.
  private let end: UInt64

  /// What links the row after the next one, and its link; `nil` if that is the last row of the table.
  private var after: (row: RowLink, link: UInt32)?

  /// Where the walk began, until the first row is read.
  private var start: Schema.Key?

  /// A walk whose cursor is nowhere: from the last row back.
  @_lifetime(copy cursor)
  init(_ cursor: consuming Cursor<Schema>, end: UInt64) {
    self.cursor = cursor
    self.end = end
  }

  /// A walk whose cursor is before the first row at or after `start`: from the last row before it back.
  ///
  /// - Parameter isThrough: Whether a row under `start` itself is the first.
  /// - Throws: ``DamagedLedger`` if the cursor is not there.
  @_lifetime(copy cursor)
  init(
    _ cursor: consuming Cursor<Schema>,
    end: UInt64,
    from start: Schema.Key,
    isThrough: Bool = false
  ) throws {
    self.init(cursor, end: end)
    guard let entry = try self.cursor.next() else {
      self.start = start
      return
    }
    guard start.withKeyBytes({ !entry.key.precedes($0) }) else {
      throw DamagedLedger.brokenLink(Schema.name)
    }
    let isAtStart = isThrough && start.withKeyBytes { !$0.precedes(entry.key) }
    if !isAtStart {
      after = try Self.linked(entry)
      self.start = start
    } else if let following = try self.cursor.next() {
      after = try Self.linked(following)
    }
  }

  private static func linked(_ entry: borrowing Entry) throws -> (row: RowLink, link: UInt32) {
    guard let value = entry.value.withoutLink() else {
      throw DamagedLedger.brokenLink(Schema.name)
    }
    return (RowLink(key: RowLink.hash(entry.key), value: value), entry.value.link)
  }

  /// Moves to the row before.
  ///
  /// That its value is as it was written is known when the next one was read.
  ///
  /// - Returns: The row, its value without the link; `nil` before the first.
  /// - Throws: ``DamagedLedger`` if the link of the row after it does not fit.
  @_lifetime(copy self)
  mutating func previous() throws -> Entry? {
    let entry = try cursor.previous()
    var hash: UInt64 = 0
    if let entry { hash = RowLink.hash(entry.key) }
    if let after {
      guard after.row.after(hash) == after.link else {
        throw DamagedLedger.brokenLink(Schema.name)
      }
    } else {
      guard hash == end else { throw DamagedLedger.brokenLink(Schema.name) }
    }
    guard let entry, let value = entry.value.withoutLink() else { return nil }
    if let start {
      guard start.withKeyBytes({ entry.key.precedes($0) }) else {
        throw DamagedLedger.brokenLink(Schema.name)
      }
      self.start = nil
    }
    after = (RowLink(key: hash, value: value), entry.value.link)
    return Entry(key: entry.key, value: value)
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The hashes of the last keys of the linked tables.
  ///
  /// - Throws: ``DamagedLedger``.
  borrowing func linkEnds(_ tables: Tables) throws -> LinkEnds {
    guard let bytes = try value(for: LinkEnds.key, in: tables.meta) else { return LinkEnds() }
    guard let ends = LinkEnds(bytes) else {
      throw DamagedLedger("the ends of the tables are of no form", table: MetaTable.name)
    }
    return ends
  }

  /// A walk over a linked table whose first row is the first at or after `key`.
  ///
  /// - Throws: ``DamagedLedger``, `LMDBError`.
  /// - Complexity: O(log *n*).
  @_lifetime(borrow self)
  borrowing func linkedCursor<Schema: LinkedTable>(
    over table: Table<Schema>,
    from key: Schema.Key,
    _ tables: Tables
  ) throws -> LinkedCursor<Schema> {
    let end = try linkEnds(tables)[Schema.self]
    return try LinkedCursor(cursor(over: table, from: key), end: end, from: key)
  }

  /// The value under `key` without its link; `nil` where its neighbours tell that there is none.
  ///
  /// - Throws: ``DamagedLedger``, `LMDBError`.
  /// - Complexity: O(log *n*).
  @_lifetime(borrow self)
  borrowing func linkedValue<Schema: LinkedTable>(
    for key: Schema.Key,
    in table: Table<Schema>,
    _ tables: Tables
  ) throws -> Span<UInt8>? {
    var cursor = try linkedCursor(over: table, from: key, tables)
    guard let entry = try cursor.next(), key.withKeyBytes({ !$0.precedes(entry.key) }) else {
      return nil
    }
    return entry.value
  }

  /// The last row at or before `key`, its value without the link; `nil` where there is none.
  ///
  /// - Throws: ``DamagedLedger``, `LMDBError`.
  /// - Complexity: O(log *n*).
  @_lifetime(borrow self)
  borrowing func lastLinkedEntry<Schema: LinkedTable>(
    atOrBefore key: Schema.Key,
    in table: Table<Schema>,
    _ tables: Tables
  ) throws -> Entry? {
    var cursor = try BackwardLinkedCursor(
      cursor(over: table, from: key),
      end: linkEnds(tables)[Schema.self],
      from: key,
      isThrough: true
    )
    guard let found = try cursor.previous() else { return nil }
    // The row before it tells that the row is as it was written.
    _ = try cursor.previous()
    return found
  }

  /// Walks over the whole of a linked table.
  ///
  /// - Throws: ``DamagedLedger`` if a link does not fit.
  /// - Complexity: O(*n*).
  borrowing func checkLinks<Schema: LinkedTable>(
    of table: Table<Schema>,
    _ tables: Tables
  ) throws {
    let end = try linkEnds(tables)[Schema.self]
    var cursor = LinkedCursor(try cursor(over: table), end: end)
    while try cursor.advance() {}
  }
}

extension WriteTransaction {
  /// Sets the value under `key` in a linked table, and links it to its neighbours.
  ///
  /// - Parameters:
  ///   - value: Without a link.
  ///   - values: Memory that is used again.
  /// - Throws: ``DamagedLedger`` if the neighbours are not linked now, so that no new link hides what
  ///   happened to them. `LMDBError`.
  /// - Complexity: O(log *n*).
  mutating func setLinked<Schema: LinkedTable>(
    _ value: Span<UInt8>,
    for key: Schema.Key,
    in table: Table<Schema>,
    _ tables: Tables,
    _ values: inout NeighbourValues
  ) throws {
    let hash = key.withKeyBytes { RowLink.hash($0) }
    let link = RowLink(key: hash, value: value)
    var lastBefore: UInt64?
    try set(for: key, in: table, &values) { neighbours, values in
      var before: UInt64 = 0
      if let row = neighbours.before { before = RowLink.hash(row.key) }
      values.value.replace(with: value, link: link.after(before))
      if let after = neighbours.after {
        let row = try RowLink(of: after, after: before, Schema.name)
        let count = after.value.count - RowLink.byteCount
        values.after.replace(with: after.value.extracting(0..<count), link: row.after(hash))
      } else if let found = neighbours.found {
        _ = try RowLink(of: found, after: before, Schema.name)
      } else {
        lastBefore = before
      }
    }
    guard let lastBefore else { return }
    var ends = try linkEnds(tables)
    guard ends[Schema.self] == lastBefore else {
      throw DamagedLedger.brokenLink(Schema.name)
    }
    ends[Schema.self] = hash
    try set(ends.encode().span, for: LinkEnds.key, in: tables.meta)
  }
}
