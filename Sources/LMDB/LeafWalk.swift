import CLMDB

/// Walks along the entries of one leaf page, in place in the memory map, without LMDB.
///
/// A call of LMDB for each entry takes longer than all that is done with most. The page's layout is
/// that of ``Page``; each offset is checked before it is followed. What is not plain, a value on
/// pages of its own or an entry that does not lie within the page, is left to LMDB.
///
/// Only for pages that nobody changes: those of a read transaction.
@safe @usableFromInline
struct LeafWalk {
  /// 0: nothing is walked along.
  private let pageByteCount: Int

  /// The key of the entry that LMDB moved to last; `nil` if it is none of a page.
  private var entered: UnsafeRawPointer?

  /// The page; `nil` before ``start()``.
  @usableFromInline var page: UnsafeRawPointer?

  /// The entry that was returned last.
  @usableFromInline var index = 0

  /// How many entries the page has.
  @usableFromInline var count = 0

  /// The size of the page, for entries to lie within.
  @usableFromInline var end = 0

  /// Whether an entry was returned after the one that LMDB moved to.
  @usableFromInline var isAhead = false

  init(pageByteCount: Int) { self.pageByteCount = pageByteCount }

  /// Notes that LMDB moved to the entry with this key.
  @unsafe
  mutating func enter(at key: MDB_val) {
    if pageByteCount > 0 { unsafe entered = UnsafeRawPointer(key.mv_data) }
  }

  /// Notes that LMDB moved, or is about to move, from here.
  mutating func leave() {
    unsafe page = nil
    unsafe entered = nil
    (index, count, isAhead) = (0, 0, false)
  }

  /// Finds the page of the entry that LMDB moved to, and the entry on it.
  ///
  /// - Returns: Whether others can follow; `false` if the walk is on its way already.
  mutating func start() -> Bool {
    guard unsafe page == nil, let key = unsafe entered else { return false }
    unsafe entered = nil
    // Pages lie at multiples of their size: the map does, and they do in it.
    let offset = Int(bitPattern: key) & (pageByteCount - 1)
    let page = unsafe key - offset
    let flags = unsafe page.load(fromByteOffset: Layout.flags, as: UInt16.self)
    let lower = Int(unsafe page.load(fromByteOffset: Layout.lower, as: UInt16.self))
    guard flags & Layout.kinds == Page.Flag.leaf, lower > Layout.slots, lower <= pageByteCount
    else { return false }
    let count = (lower - Layout.slots) / 2
    let slot = UInt16(truncatingIfNeeded: offset - Page.nodeHeaderByteCount)
    var index = 0
    while index < count {
      let found = unsafe page.load(fromByteOffset: Layout.slots + 2 * index, as: UInt16.self)
      if found == slot { break }
      index += 1
    }
    guard index < count else { return false }
    unsafe self.page = page
    (self.index, self.count, end) = (index, count, pageByteCount)
    return true
  }

  /// The next entry of the page; `nil` at its end and where LMDB must be asked.
  @inlinable @inline(__always) @_lifetime(immortal)
  mutating func next() -> Entry? {
    guard index + 1 < count, let page = unsafe page else { return nil }
    let slot = Layout.slots + 2 * (index + 1)
    let node = Int(unsafe page.load(fromByteOffset: slot, as: UInt16.self))
    guard node + Layout.nodeKey <= end else { return nil }
    let valueByteCount = Int(unsafe page.loadUnaligned(fromByteOffset: node, as: UInt32.self))
    let flags = unsafe page.loadUnaligned(fromByteOffset: node + 4, as: UInt16.self)
    let keyByteCount = Int(unsafe page.loadUnaligned(fromByteOffset: node + 6, as: UInt16.self))
    let value = node + Layout.nodeKey + keyByteCount
    guard flags == 0, value + valueByteCount <= end else { return nil }
    index += 1
    isAhead = true
    let start = unsafe page.assumingMemoryBound(to: UInt8.self)
    let entry = unsafe Entry(
      key: Span(_unsafeStart: start + node + Layout.nodeKey, count: keyByteCount),
      value: Span(_unsafeStart: start + value, count: valueByteCount)
    )
    return unsafe _overrideLifetime(entry, borrowing: ())
  }

  /// The key of the entry that was returned last.
  @unsafe
  var key: UnsafeBufferPointer<UInt8>? {
    guard let page = unsafe page else { return nil }
    let slot = Layout.slots + 2 * index
    let node = Int(unsafe page.load(fromByteOffset: slot, as: UInt16.self))
    let count = Int(unsafe page.loadUnaligned(fromByteOffset: node + 6, as: UInt16.self))
    let start = unsafe page.assumingMemoryBound(to: UInt8.self) + node + Layout.nodeKey
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// Where things are on a page: see ``Page``.
  @usableFromInline
  enum Layout {
    static let flags = 10
    static let lower = 12

    /// The offsets of the nodes, two bytes each.
    @usableFromInline static let slots = 16

    /// The key, after a node's header.
    @usableFromInline static let nodeKey = 8

    /// The bits that tell the kind of a page: of branch, leaf, overflow, meta and keyless leaf.
    static let kinds: UInt16 = 0x2F
  }
}
