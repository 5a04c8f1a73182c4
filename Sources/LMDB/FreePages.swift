/// The pages at the end of a data file that no table uses, as the file's free list has them.
///
/// The list is a B-tree of its own: transaction numbers to lists of page numbers. Read with bounds
/// on everything, because the file may be damaged: what cannot be read counts as not free.
struct FreePages: ~Copyable {
  /// The free pages from the first asked for on.
  private(set) var pages: Set<UInt64> = []

  private let meta: MetaPage
  private let first: UInt64

  private enum PageFlag {
    static let branch: UInt16 = 0x01
    static let leaf: UInt16 = 0x02
    static let overflow: UInt16 = 0x04
  }

  private enum Offset {
    static let pageFlags = 10
    static let slotsEnd = 12
    static let slots = 16
  }

  private static let nodeHeaderByteCount = 8
  private static let isOnOverflowPages: UInt16 = 0x01
  private static let depthMax = 32

  /// Collects the free pages from `first` to the last of `meta`.
  init(of meta: MetaPage, from first: UInt64, in file: borrowing DataFile) throws(LMDBError) {
    self.meta = meta
    self.first = first
    if meta.freeRoot != MetaPage.noPage {
      try visit(meta.freeRoot, depth: 1, in: file)
    }
  }

  private mutating func visit(
    _ number: UInt64,
    depth: Int,
    in file: borrowing DataFile
  ) throws(LMDBError) {
    guard depth <= Self.depthMax, let page = try page(number, in: file) else { return }
    let flags = page.integer(at: Offset.pageFlags, as: UInt16.self)
    for node in nodes(of: page) {
      if flags & PageFlag.branch != 0 {
        try visit(node.child, depth: depth + 1, in: file)
      } else if flags & PageFlag.leaf != 0 {
        try collect(node, in: file)
      }
    }
  }

  /// Adds the page numbers of one leaf node: their count, then as many.
  private mutating func collect(_ node: Node, in file: borrowing DataFile) throws(LMDBError) {
    var list = node.data
    if node.flags & Self.isOnOverflowPages != 0 {
      guard list.count == 8 else { return }
      list = try overflow(list.integer(at: 0, as: UInt64.self), node.dataByteCount, in: file)
    }
    guard list.count >= 8, list.count.isMultiple(of: 8) else { return }
    let count = list.integer(at: 0, as: UInt64.self)
    guard count < list.count / 8 else { return }
    for index in 0..<Int(count) {
      let page = list.integer(at: 8 + 8 * index, as: UInt64.self)
      if page >= first, page <= meta.lastPage { pages.insert(page) }
    }
  }

  private struct Node {
    let flags: UInt16
    let child: UInt64
    let dataByteCount: Int
    let data: [UInt8]
  }

  private func nodes(of page: [UInt8]) -> [Node] {
    let slotsEnd = Int(page.integer(at: Offset.slotsEnd, as: UInt16.self))
    guard slotsEnd >= Offset.slots, slotsEnd <= page.count else { return [] }
    return stride(from: Offset.slots, to: slotsEnd - 1, by: 2).compactMap { slot in
      node(of: page, at: Int(page.integer(at: slot, as: UInt16.self)))
    }
  }

  private func node(of page: [UInt8], at offset: Int) -> Node? {
    guard offset + Self.nodeHeaderByteCount <= page.count else { return nil }
    let low = UInt64(page.integer(at: offset, as: UInt16.self))
    let middle = UInt64(page.integer(at: offset + 2, as: UInt16.self))
    let flags = page.integer(at: offset + 4, as: UInt16.self)
    let keyByteCount = Int(page.integer(at: offset + 6, as: UInt16.self))
    let dataByteCount = Int(low | middle << 16)
    let start = offset + Self.nodeHeaderByteCount + keyByteCount
    let inlineByteCount = flags & Self.isOnOverflowPages != 0 ? 8 : dataByteCount
    let end = min(start + inlineByteCount, page.count)
    return Node(
      flags: flags,
      child: low | middle << 16 | UInt64(flags) << 32,
      dataByteCount: dataByteCount,
      data: start < end ? Array(page[start..<end]) : []
    )
  }

  private func page(
    _ number: UInt64,
    in file: borrowing DataFile
  ) throws(LMDBError) -> [UInt8]? {
    guard number <= meta.lastPage else { return nil }
    let page = try file.bytes(at: Int(number) * meta.pageByteCount, count: meta.pageByteCount)
    return page.count == meta.pageByteCount ? page : nil
  }

  /// The data that begins on overflow page `number`, after its header; empty if it is not there.
  private func overflow(
    _ number: UInt64,
    _ byteCount: Int,
    in file: borrowing DataFile
  ) throws(LMDBError) -> [UInt8] {
    guard
      let page = try page(number, in: file),
      page.integer(at: Offset.pageFlags, as: UInt16.self) & PageFlag.overflow != 0
    else { return [] }
    let start = Int(number) * meta.pageByteCount + Offset.slots
    guard start + byteCount <= meta.fileByteCount else { return [] }
    let data = try file.bytes(at: start, count: byteCount)
    return data.count == byteCount ? data : []
  }
}
