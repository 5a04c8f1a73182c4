import Platform

/// The pages at the end of a data file that no table uses, as the file's free list has them.
///
/// The list is a B-tree of its own: transaction numbers to lists of page numbers. Read with bounds
/// on everything, because the file may be damaged: what cannot be read counts as not free.
struct FreePages: ~Copyable {
  /// The free pages from the first asked for on.
  private(set) var pages: Set<UInt64> = []

  private let meta: MetaPage
  private let first: UInt64

  private static let depthMax = 32

  /// Collects the free pages from `first` to the last of `meta`.
  init(of meta: MetaPage, from first: UInt64, in file: borrowing DataFile) throws(SystemError) {
    self.meta = meta
    self.first = first
    if meta.freeTree.root != MetaPage.noPage {
      try visit(meta.freeTree.root, depth: 1, in: file)
    }
  }

  private mutating func visit(
    _ number: UInt64,
    depth: Int,
    in file: borrowing DataFile
  ) throws(SystemError) {
    guard depth <= Self.depthMax, let page = try page(number, in: file) else { return }
    for node in (0..<page.nodeCount).compactMap(page.node) {
      if page.flags & Page.Flag.branch != 0 {
        try visit(node.child, depth: depth + 1, in: file)
      } else if page.flags & Page.Flag.leaf != 0, node.inlineValue.upperBound <= page.bytes.count {
        try collect(node, of: page, in: file)
      }
    }
  }

  /// Adds the page numbers of one leaf node: their count, then as many.
  private mutating func collect(
    _ node: Page.Node,
    of page: Page,
    in file: borrowing DataFile
  ) throws(SystemError) {
    var list = Array(page.bytes[node.inlineValue])
    if node.isOnOverflowPages {
      list = try overflow(list.integer(at: 0, as: UInt64.self), node.valueByteCount, in: file)
    }
    for page in Self.list(list) ?? [] where page >= first && page <= meta.lastPage {
      pages.insert(page)
    }
  }

  /// The pages of an entry of the free list: their count, then as many; `nil` if it is damaged.
  static func list(_ value: [UInt8]) -> [UInt64]? {
    guard value.count >= 8, value.count.isMultiple(of: 8) else { return nil }
    let count: UInt64 = value.span.littleEndian(at: 0)
    guard count < value.count / 8 else { return nil }
    return (0..<Int(count)).map { value.span.littleEndian(at: 8 + 8 * $0) }
  }

  private func page(
    _ number: UInt64,
    in file: borrowing DataFile
  ) throws(SystemError) -> Page? {
    guard number <= meta.lastPage else { return nil }
    let bytes = try file.bytes(at: Int(number) * meta.pageByteCount, count: meta.pageByteCount)
    return bytes.count == meta.pageByteCount ? Page(bytes: bytes) : nil
  }

  /// The data that begins on overflow page `number`, after its header; empty if it is not there.
  private func overflow(
    _ number: UInt64,
    _ byteCount: Int,
    in file: borrowing DataFile
  ) throws(SystemError) -> [UInt8] {
    guard
      let page = try page(number, in: file),
      page.flags & Page.Flag.overflow != 0
    else { return [] }
    let start = Int(number) * meta.pageByteCount + Page.headerByteCount
    guard start + byteCount <= meta.fileByteCount else { return [] }
    let data = try file.bytes(at: start, count: byteCount)
    return data.count == byteCount ? data : []
  }
}
