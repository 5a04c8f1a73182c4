import CPrefetch
import Platform

/// The tree of one table as of a read transaction, in place in the memory map.
///
/// The layout is that of ``Page``. Every number in a page is checked before it is followed: one that
/// leads out of its page or of the file throws ``DamagedTree``.
///
/// Only for pages that nobody changes: those of a read transaction, for as long as it lasts.
@safe
public struct MappedTree {
  /// Where page 0 lies.
  private let map: UnsafeRawPointer

  /// How many pages the file has.
  private let pageCount: UInt64

  /// The size of a page.
  public let pageByteCount: Int

  /// ``MetaPage/noPage`` for an empty tree.
  let root: UInt64

  /// How many pages lie on the way from the root to an entry, both ends counted.
  let depth: Int

  /// The greatest ``depth`` of a tree that is walked along without LMDB.
  ///
  /// A ``TreeWalk`` has room for eight branches, and the leaf is the ninth page. A tree whose pages had
  /// but ten entries each would hold a thousand million of them at that depth.
  static let depthMax = 9

  /// The tree that a record describes; `nil` where LMDB must be asked, because the record is not that
  /// of a plain tree.
  ///
  /// Unsafe, because it does not keep the pages as they are.
  ///
  /// - Parameters:
  ///   - record: The record of the table, where it lies in the memory map.
  ///   - pageByteCount: The size of a page; pages lie at multiples of it in memory.
  ///   - pageCount: How many pages the map holds.
  @unsafe
  public init?(record bytes: Span<UInt8>, pageByteCount: Int, pageCount: UInt64) {
    guard let record = TableRecord(bytes), record.flags == 0, record.depth <= Self.depthMax,
      record.root == MetaPage.noPage || record.depth > 0,
      let place = unsafe bytes.withUnsafeBufferPointer({ unsafe UnsafeRawPointer($0.baseAddress) })
    else { return nil }
    // The map lies at a multiple of the size of its pages: so does the one that the record is on.
    let page = unsafe place - (Int(bitPattern: place) & (pageByteCount - 1))
    let number = unsafe page.load(as: UInt64.self)
    guard number < pageCount, pageCount <= UInt32.max else { return nil }
    unsafe map = page - Int(number) * pageByteCount
    (root, depth) = (record.root, record.depth)
    (self.pageByteCount, self.pageCount) = (pageByteCount, pageCount)
  }

  /// Whether it is the same tree, of the same state of the same file.
  public func isSame(as other: MappedTree) -> Bool {
    unsafe map == other.map && root == other.root
  }

  /// The places of things on a page, in bytes from its start or from that of a node.
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

    /// The bits of a page's flags that give its kind: of branch, leaf, overflow, meta and keyless leaf.
    static let kinds: UInt16 = 0x2F
  }

  /// The page `number`, which must be of this kind; with how many nodes it has.
  @unsafe @inline(__always)
  func page(
    _ number: UInt64,
    _ kind: UInt16
  ) throws(DamagedTree) -> (start: UnsafeRawPointer, nodeCount: Int) {
    let start = try unsafe start(of: number, kind)
    let lower = Int(unsafe start.load(fromByteOffset: Layout.lower, as: UInt16.self))
    guard lower > Layout.slots, lower <= pageByteCount else { throw DamagedTree() }
    return unsafe (start, (lower - Layout.slots) / 2)
  }

  @unsafe @inline(__always)
  private func start(of number: UInt64, _ kind: UInt16) throws(DamagedTree) -> UnsafeRawPointer {
    guard number < pageCount else { throw DamagedTree() }
    let start = unsafe map + Int(number) * pageByteCount
    guard unsafe start.load(as: UInt64.self) == number,
      unsafe start.load(fromByteOffset: Layout.flags, as: UInt16.self) & Layout.kinds == kind
    else { throw DamagedTree() }
    return unsafe start
  }

  /// The bytes of a value that lies on pages of its own, from page `number` on.
  @unsafe
  func overflow(_ number: UInt64, byteCount: Int) throws(DamagedTree) -> UnsafeRawPointer {
    let start = try unsafe start(of: number, Page.Flag.overflow)
    let pages = UInt64(
      unsafe start.load(fromByteOffset: Layout.overflowPageCount, as: UInt32.self)
    )
    let room = Int(pages) * pageByteCount - Page.headerByteCount
    guard pages <= pageCount - number, byteCount <= room else { throw DamagedTree() }
    return unsafe start + Page.headerByteCount
  }

  /// Where node `index` begins in its page.
  @unsafe @inline(__always)
  func node(_ page: UnsafeRawPointer, _ index: Int) throws(DamagedTree) -> Int {
    let node = unsafe nodeUnchecked(page, index)
    guard node >= Layout.slots, node + Layout.nodeKey <= pageByteCount else { throw DamagedTree() }
    return node
  }

  @unsafe @inline(__always)
  private func nodeUnchecked(_ page: UnsafeRawPointer, _ index: Int) -> Int {
    Int(unsafe page.load(fromByteOffset: Layout.slots + 2 * index, as: UInt16.self))
  }

  /// The page that node `index` of a branch leads to.
  @unsafe @inline(__always)
  func child(_ page: UnsafeRawPointer, _ index: Int) throws(DamagedTree) -> UInt64 {
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

  /// The key of node `index` of a leaf, where it lies.
  @unsafe
  func key(
    _ page: UnsafeRawPointer,
    _ index: Int
  ) throws(DamagedTree) -> UnsafeRawBufferPointer {
    let node = try unsafe node(page, index)
    let count = Int(
      unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeKeyByteCount, as: UInt16.self)
    )
    let start = node + Layout.nodeKey
    guard start + count <= pageByteCount else { throw DamagedTree() }
    return unsafe UnsafeRawBufferPointer(start: page + start, count: count)
  }

  /// Whether the key of node `index` comes before `key`, or, if asked, is the same.
  @unsafe @inline(__always)
  func isNode(
    _ page: UnsafeRawPointer,
    _ index: Int,
    before key: UnsafeRawBufferPointer,
    orAt isAtWanted: Bool
  ) throws(DamagedTree) -> Bool {
    let node = try unsafe node(page, index)
    let count = Int(
      unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeKeyByteCount, as: UInt16.self)
    )
    let start = node + Layout.nodeKey
    guard start + count <= pageByteCount else { throw DamagedTree() }
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
  ) throws(DamagedTree) -> Int {
    // The first node has no key: it holds what comes before that of the second.
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
