import Platform

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

  private let isFree: Bool

  /// The last key of the last leaf.
  var lastKey: [UInt8]?
  var overflowPageCount = 0
  private var branchPageCount = 0
  private var leafPageCount = 0
  private var entryCount = 0

  private static let keyByteCountMax = 511

  /// Room for ``checkLayout(isLeaf:of:)``.
  private var nodeNumbers: [UInt16] = []

  init(_ kind: Kind) {
    self.kind = kind
    isFree = kind.isFree
  }

  /// What is wrong with a page.
  struct Fault: Error {
    let problem: String

    init(_ problem: String) { self.problem = problem }
  }

  /// Checks a page: each node within it, and with its key in place.
  mutating func check(
    _ page: Page,
    isLeaf: Bool,
    from low: [UInt8]?,
    to high: [UInt8]?
  ) throws(Fault) {
    let count = page.nodeCount
    // LMDB keeps two in a branch, but for a while one in that of the free list.
    guard count >= (isLeaf || kind.isFree ? 1 : 2),
      page.lower == Page.headerByteCount + 2 * count, page.upper >= page.lower
    else { throw Fault("the bounds in its header cannot be") }
    try checkLayout(isLeaf: isLeaf, of: page)
    try checkKeys(isLeaf: isLeaf, of: page, from: low, to: high)
    if isLeaf { leafPageCount += 1 } else { branchPageCount += 1 }
    if isLeaf { entryCount += count }
  }

  /// Nodes lie one after another, in any order, each at an even place, from `upper` to the end of the
  /// page.
  private mutating func checkLayout(isLeaf: Bool, of page: Page) throws(Fault) {
    let byteCount = page.bytes.count
    // For each even place, which node begins there, counted from 1.
    if nodeNumbers.count == byteCount / 2 {
      for place in nodeNumbers.indices { nodeNumbers[place] = 0 }
    } else {
      nodeNumbers = Array(repeating: 0, count: byteCount / 2)
    }
    for index in 0..<page.nodeCount {
      guard let node = page.node(index) else { throw Fault("an entry lies outside of it") }
      nodeNumbers[node.offset / 2] = UInt16(index + 1)
    }
    var (place, count) = (page.upper, 0)
    while place < byteCount, nodeNumbers[place / 2] > 0 {
      guard let node = page.node(Int(nodeNumbers[place / 2]) - 1), node.offset == place else {
        break
      }
      if isLeaf {
        let isLong = node.isOnOverflowPages
        let expected = kind.isMain ? Page.Node.Flag.isTable : 0
        guard node.flags == expected || (isLong && node.flags == 1 && !kind.isMain) else {
          throw Fault("an entry is of another kind than its table's")
        }
      }
      let end = isLeaf ? node.inlineValue.upperBound : node.key.upperBound
      (place, count) = ((end + 1) & ~1, count + 1)
    }
    guard count == page.nodeCount else { throw Fault("its entries do not lie side by side") }
    guard place == byteCount else { throw Fault("its entries do not fill it") }
  }

  private func checkKeys(
    isLeaf: Bool,
    of page: Page,
    from low: [UInt8]?,
    to high: [UInt8]?
  ) throws(Fault) {
    let bytes = page.bytes.span
    var last: Range<Int>?
    for index in (isLeaf ? 0 : 1)..<page.nodeCount {
      guard let node = page.node(index) else { throw Fault("an entry lies outside of it") }
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
    if isFree {
      return left.littleEndian(UInt64.self, at: 0) < right.littleEndian(at: 0)
    }
    let count = min(left.count, right.count)
    var place = 0
    while place + 8 <= count {
      let words = (left.bigEndian(UInt64.self, at: place), right.bigEndian(UInt64.self, at: place))
      if words.0 != words.1 { return words.0 < words.1 }
      place += 8
    }
    while place < count {
      if left[place] != right[place] { return left[place] < right[place] }
      place += 1
    }
    return left.count < right.count
  }

  /// How the record of the tree differs from the tree, if it does.
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
