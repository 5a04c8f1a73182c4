/// What a check of one tree of pages has seen of it.
struct TreeCheck {
  /// Which tree of the file.
  enum Kind {
    /// Transactions to the pages that they gave back.
    case free

    /// Names to the records of the tables.
    case main

    case table(String)

    var isTable: Bool { if case .table = self { true } else { false } }

    var isFree: Bool { if case .free = self { true } else { false } }

    var isMain: Bool { if case .main = self { true } else { false } }
  }

  let kind: Kind

  /// The last key of the last leaf.
  var lastKey: [UInt8]?
  var overflowPageCount = 0
  private var branchPageCount = 0
  private var leafPageCount = 0
  private var entryCount = 0

  private static let keyByteCountMax = 511

  init(_ kind: Kind) { self.kind = kind }

  /// What is wrong with a page.
  struct Fault: Error {
    let problem: String

    init(_ problem: String) { self.problem = problem }
  }

  /// The nodes of a page, in order, each within the page and with its key in place.
  mutating func nodes(
    of page: Page,
    isLeaf: Bool,
    from low: [UInt8]?,
    to high: [UInt8]?
  ) throws(Fault) -> [Page.Node] {
    let count = page.nodeCount
    // LMDB keeps two in a branch, but for a while one in that of the free list.
    guard count >= (isLeaf || kind.isFree ? 1 : 2),
      page.lower == Page.headerByteCount + 2 * count, page.upper >= page.lower
    else { throw Fault("the bounds in its header cannot be") }
    var nodes: [Page.Node] = []
    nodes.reserveCapacity(count)
    for index in 0..<count {
      guard let node = page.node(index) else { throw Fault("an entry lies outside of it") }
      nodes.append(node)
    }
    try checkLayout(nodes, isLeaf: isLeaf, of: page)
    try checkKeys(isLeaf ? nodes[...] : nodes.dropFirst(), of: page, from: low, to: high)
    if isLeaf { leafPageCount += 1 } else { branchPageCount += 1 }
    if isLeaf { entryCount += count }
    return nodes
  }

  /// Nodes lie one after another, each at an even place, from `upper` to the end of the page.
  private func checkLayout(_ nodes: [Page.Node], isLeaf: Bool, of page: Page) throws(Fault) {
    var place = page.upper
    for node in nodes.sorted(by: { $0.offset < $1.offset }) {
      guard node.offset == place else { throw Fault("its entries do not lie side by side") }
      var end = node.key.upperBound
      if isLeaf {
        let isLong = node.isOnOverflowPages
        let expected = kind.isMain ? Page.Node.Flag.isTable : 0
        guard node.flags == expected || (isLong && node.flags == 1 && !kind.isMain) else {
          throw Fault("an entry is of another kind than its table's")
        }
        end = node.inlineValue.upperBound
      }
      place = (end + 1) & ~1
    }
    guard place == page.bytes.count else { throw Fault("its entries do not fill it") }
  }

  private func checkKeys(
    _ nodes: ArraySlice<Page.Node>,
    of page: Page,
    from low: [UInt8]?,
    to high: [UInt8]?
  ) throws(Fault) {
    let bytes = page.bytes.span
    var last: Range<Int>?
    for node in nodes {
      let isPossible =
        kind.isFree
        ? node.keyByteCount == 8 : 1...Self.keyByteCountMax ~= node.keyByteCount
      guard isPossible else { throw Fault("a key is \(node.keyByteCount) bytes long") }
      let key = bytes.extracting(node.key)
      if let last {
        guard isOrdered(bytes.extracting(last), key) else { throw Fault("its keys are not sorted") }
      } else if let low, isOrdered(key, low.span) {
        throw Fault("its keys come before those of its place")
      }
      last = node.key
    }
    if let last, let high, !isOrdered(bytes.extracting(last), high.span) {
      throw Fault("its keys come after those of its place")
    }
  }

  /// Whether `left` comes before `right`, which is another.
  private func isOrdered(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    if kind.isFree {
      return left.littleEndian(UInt64.self, at: 0) < right.littleEndian(at: 0)
    }
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  /// What the record of the tree says otherwise than the tree, if anything.
  func problem(against record: TableRecord) -> String? {
    guard record.flags == (kind.isFree ? TableRecord.integerKeys : 0), record.padding == 0 else {
      return "the flags of its table cannot be"
    }
    let isSame =
      record.branchPageCount == UInt64(branchPageCount)
      && record.leafPageCount == UInt64(leafPageCount)
      && record.overflowPageCount == UInt64(overflowPageCount)
      && record.entryCount == UInt64(entryCount)
      && (entryCount > 0) == (record.depth > 0)
    return isSame ? nil : "its tree has not as many pages and entries as is recorded"
  }
}
