import CLMDB
import Platform

/// The tree of one table as of a read transaction, in place in the memory map.
///
/// The layout is that of ``Page``. Every number in a page is checked before it is followed: what does
/// not fit throws `MDB_CORRUPTED`.
///
/// Only for pages that nobody changes: those of a read transaction, for as long as it lasts.
@safe @usableFromInline
struct MappedTree {
  /// Where page 0 lies.
  private let map: UnsafeRawPointer

  /// How many pages the file has.
  private let pageCount: UInt64

  let pageByteCount: Int

  /// ``MetaPage/noPage`` for an empty tree.
  let root: UInt64

  /// How many pages lie on the way from the root to an entry, both ends counted.
  let depth: Int

  /// As many pages as a ``TreeWalk`` remembers, and the leaf: ten entries a page make a thousand million.
  static let depthMax = 9

  /// LMDB's number of the table of tables.
  private static let mainTable: MDB_dbi = 1

  /// The tree of the table named `name`; `nil` where LMDB must be asked: in a write transaction, and
  /// where its record is not plain.
  init?(_ transaction: TransactionHandle, table name: String) {
    guard transaction.pageByteCount > 0 else { return nil }
    var name = name
    var value = unsafe MDB_val()
    let code = name.withUTF8 { bytes in
      var key = unsafe MDB_val(bytes)
      return unsafe mdb_get(transaction.pointer, Self.mainTable, &key, &value)
    }
    guard code == MDB_SUCCESS, let record = unsafe TableRecord(Span(mapped: value)),
      record.flags == 0, record.depth <= Self.depthMax,
      record.root == MetaPage.noPage || record.depth > 0
    else { return nil }
    var info = unsafe MDB_envinfo()
    unsafe mdb_env_info(mdb_txn_env(transaction.pointer), &info)
    pageByteCount = transaction.pageByteCount
    // Another process may have let the file grow past this one's map.
    pageCount = unsafe min(
      UInt64(info.me_last_pgno) + 1,
      UInt64(info.me_mapsize / pageByteCount)
    )
    // The map lies at a multiple of the size of its pages: so does the one that the record is on.
    guard let place = unsafe UnsafeRawPointer(value.mv_data) else { return nil }
    let page = unsafe place - (Int(bitPattern: place) & (pageByteCount - 1))
    let number = unsafe page.load(as: UInt64.self)
    guard number < pageCount, pageCount <= UInt32.max else { return nil }
    unsafe map = page - Int(number) * pageByteCount
    (root, depth) = (record.root, record.depth)
  }

  /// Whether it is the same tree, of the same state of the same file.
  func isSame(as other: MappedTree) -> Bool {
    unsafe map == other.map && root == other.root
  }

  /// Where things are on a page.
  @usableFromInline
  enum Layout {
    static let flags = 10
    static let lower = 12
    static let overflowPageCount = 12

    /// The offsets of the nodes, two bytes each.
    @inlinable static var slots: Int { 16 }

    /// In a node: its flags, after the size of the value or the lower half of the child's number.
    @inlinable static var nodeFlags: Int { 4 }
    @inlinable static var nodeKeyByteCount: Int { 6 }

    /// The key, after a node's header.
    @inlinable static var nodeKey: Int { 8 }

    /// The bits that tell the kind of a page: of branch, leaf, overflow, meta and keyless leaf.
    static let kinds: UInt16 = 0x2F
  }

  static var damage: LMDBError { LMDBError(code: MDB_CORRUPTED, function: "a walk along pages") }

  /// The page `number`, which must be of this kind; with how many nodes it has.
  @unsafe @inline(__always)
  func page(
    _ number: UInt64,
    _ kind: UInt16
  ) throws(LMDBError) -> (start: UnsafeRawPointer, nodeCount: Int) {
    let start = try unsafe start(of: number, kind)
    let lower = Int(unsafe start.load(fromByteOffset: Layout.lower, as: UInt16.self))
    guard lower > Layout.slots, lower <= pageByteCount else { throw Self.damage }
    return unsafe (start, (lower - Layout.slots) / 2)
  }

  @unsafe @inline(__always)
  private func start(of number: UInt64, _ kind: UInt16) throws(LMDBError) -> UnsafeRawPointer {
    guard number < pageCount else { throw Self.damage }
    let start = unsafe map + Int(number) * pageByteCount
    guard unsafe start.load(as: UInt64.self) == number,
      unsafe start.load(fromByteOffset: Layout.flags, as: UInt16.self) & Layout.kinds == kind
    else { throw Self.damage }
    return unsafe start
  }

  /// The bytes of a value that lies on pages of its own, from page `number` on.
  @unsafe
  func overflow(_ number: UInt64, byteCount: Int) throws(LMDBError) -> UnsafeRawPointer {
    let start = try unsafe start(of: number, Page.Flag.overflow)
    let pages = UInt64(
      unsafe start.load(fromByteOffset: Layout.overflowPageCount, as: UInt32.self)
    )
    let room = Int(pages) * pageByteCount - Page.headerByteCount
    guard pages <= pageCount - number, byteCount <= room else { throw Self.damage }
    return unsafe start + Page.headerByteCount
  }

  /// Where node `index` begins in its page.
  @unsafe @inline(__always)
  func node(_ page: UnsafeRawPointer, _ index: Int) throws(LMDBError) -> Int {
    let node = unsafe nodeUnchecked(page, index)
    guard node >= Layout.slots, node + Layout.nodeKey <= pageByteCount else { throw Self.damage }
    return node
  }

  @unsafe @inline(__always)
  private func nodeUnchecked(_ page: UnsafeRawPointer, _ index: Int) -> Int {
    Int(unsafe page.load(fromByteOffset: Layout.slots + 2 * index, as: UInt16.self))
  }

  /// The page that node `index` of a branch leads to.
  @unsafe @inline(__always)
  func child(_ page: UnsafeRawPointer, _ index: Int) throws(LMDBError) -> UInt64 {
    let node = try unsafe node(page, index)
    // Six bytes, of which the last two lie where a leaf has flags.
    let bits = unsafe page.loadUnaligned(fromByteOffset: node, as: UInt64.self)
    return bits & 0xFFFF_FFFF_FFFF
  }

  /// Asks for the page `number`, which is read soon.
  @inline(__always)
  func prefetchSlots(of number: UInt64) {
    guard number < pageCount else { return }
    let start = unsafe map + Int(number) * pageByteCount
    unsafe assay_prefetch(start)
    unsafe assay_prefetch(start + 64)
    unsafe assay_prefetch(start + 128)
  }

  /// Asks for node `index`, which is read soon.
  @unsafe @inline(__always)
  func prefetchNode(_ page: UnsafeRawPointer, _ index: Int) {
    unsafe assay_prefetch(page + nodeUnchecked(page, index))
  }

  /// Asks for all of node `index`, if it is a short one.
  @unsafe @inline(__always)
  func prefetchEntry(_ page: UnsafeRawPointer, _ index: Int) {
    let start = unsafe page + nodeUnchecked(page, index)
    unsafe assay_prefetch(start)
    unsafe assay_prefetch(start + 63)
  }

  /// Whether the key of node `index` comes before `key`, or, if asked, is the same.
  @unsafe @inline(__always)
  func isNode(
    _ page: UnsafeRawPointer,
    _ index: Int,
    before key: UnsafeRawBufferPointer,
    orAt isAtWanted: Bool
  ) throws(LMDBError) -> Bool {
    let node = try unsafe node(page, index)
    let count = Int(
      unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeKeyByteCount, as: UInt16.self)
    )
    let start = node + Layout.nodeKey
    guard start + count <= pageByteCount else { throw Self.damage }
    let shared = min(count, key.count)
    var offset = 0
    while offset + 8 <= shared {
      let mine = unsafe page.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
      let theirs = unsafe key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if mine != theirs { return mine.bigEndian < theirs.bigEndian }
      offset += 8
    }
    while offset < shared {
      let mine = unsafe page.load(fromByteOffset: start + offset, as: UInt8.self)
      let theirs = unsafe key[offset]
      if mine != theirs { return mine < theirs }
      offset += 1
    }
    return count == key.count ? isAtWanted : count < key.count
  }

  /// The node of a branch under which `key` is, or would be.
  @unsafe
  func branchIndex(
    _ page: UnsafeRawPointer,
    _ nodeCount: Int,
    _ key: UnsafeRawBufferPointer
  ) throws(LMDBError) -> Int {
    // The key of the first node says nothing.
    var (low, high) = (1, nodeCount)
    while low < high {
      let middle = (low + high) / 2
      if try unsafe isNode(page, middle, before: key, orAt: true) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low - 1
  }
}
