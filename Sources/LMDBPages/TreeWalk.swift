/// A place in a ``MappedTree``, to move from entry to entry without LMDB.
///
/// A call of LMDB for each entry takes longer than all that is done with most; and it looks for one key
/// at a time, while the memory could fetch the pages of many.
@safe
public struct TreeWalk {
  @usableFromInline typealias Layout = MappedTree.Layout

  /// The branches from the root down to the leaf.
  private var path = InlineArray<8, Step>(repeating: Step(page: 0, index: 0, nodeCount: 0))

  /// A node of a branch.
  private struct Step {
    var page: UInt32
    var index: UInt16
    var nodeCount: UInt16
  }

  /// The leaf; `nil` before it moved anywhere.
  @usableFromInline var page: UnsafeRawPointer?

  /// The entry that was returned last; one less than the next one's.
  @usableFromInline var index = 0

  /// How many entries the leaf has.
  @usableFromInline var count = 0

  /// The size of the page, for entries to lie within.
  @usableFromInline let end: Int

  /// A walk that is nowhere yet.
  public init(pageByteCount: Int) { end = pageByteCount }

  /// The next entry of the leaf; `nil` at its end, and for one that does not lie in it.
  @unsafe @inlinable @inline(__always) @_lifetime(immortal)
  public mutating func nextOnPage() -> Entry? {
    guard index + 1 < count, let page = unsafe page,
      let entry = unsafe entry(page, index + 1)
    else { return nil }
    index += 1
    return unsafe _overrideLifetime(entry, borrowing: ())
  }

  /// The entry of the leaf before; `nil` at its start, and for one that does not lie in it.
  @unsafe @inlinable @inline(__always) @_lifetime(immortal)
  public mutating func previousOnPage() -> Entry? {
    guard index > 0, let page = unsafe page, let entry = unsafe entry(page, index - 1) else {
      return nil
    }
    index -= 1
    return unsafe _overrideLifetime(entry, borrowing: ())
  }

  /// Entry `index` of a leaf, if it lies in it whole.
  @unsafe @inlinable @inline(__always) @_lifetime(immortal)
  func entry(_ page: UnsafeRawPointer, _ index: Int) -> Entry? {
    let node = Int(unsafe page.load(fromByteOffset: Layout.slots + 2 * index, as: UInt16.self))
    guard node >= Layout.slots, node + Layout.nodeKey <= end else { return nil }
    let valueByteCount = Int(unsafe page.loadUnaligned(fromByteOffset: node, as: UInt32.self))
    let flags = unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeFlags, as: UInt16.self)
    let keyByteCount = Int(
      unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeKeyByteCount, as: UInt16.self)
    )
    let key = node + Layout.nodeKey
    let value = key + keyByteCount
    guard flags == 0, value + valueByteCount <= end else { return nil }
    let start = unsafe page.assumingMemoryBound(to: UInt8.self)
    let entry = unsafe Entry(
      key: Span(_unsafeStart: start + key, count: keyByteCount),
      value: Span(_unsafeStart: start + value, count: valueByteCount)
    )
    return unsafe _overrideLifetime(entry, borrowing: ())
  }
}

extension TreeWalk {
  /// Goes onto the entry after the one it is on, which is there.
  public mutating func goOn() { index += 1 }

  /// Where a cursor can be: see ``Cursor``.
  public enum Move: Sendable {
    case first, last, next, previous, stay
  }

  /// Moves to another entry.
  ///
  /// Unsafe, because the entry does not keep the pages as they are.
  ///
  /// - Returns: The entry there; `nil` if there is none, and then the walk is nowhere.
  /// - Throws: ``DamagedTree`` if a page is not as LMDB wrote it: the file is to be restored.
  /// - Complexity: O(1) on average; O(log *n*) to the first or the last.
  @unsafe @_lifetime(immortal)
  public mutating func move(_ move: Move, in tree: MappedTree) throws(DamagedTree) -> Entry? {
    let isThere =
      switch move {
      case .first: try descend(toLast: false, in: tree)
      case .last: try descend(toLast: true, in: tree)
      case .next: try step(by: 1, in: tree)
      case .previous: try step(by: -1, in: tree)
      case .stay: true
      }
    guard isThere else {
      leaveTree()
      return nil
    }
    return try current(in: tree)
  }

  /// Moves to the entry beside; returns whether there is one.
  private mutating func step(by direction: Int, in tree: MappedTree) throws(DamagedTree) -> Bool {
    guard (0..<count).contains(index + direction) else {
      return try leave(by: direction, in: tree)
    }
    index += direction
    return true
  }

  /// Moves before the first entry whose key is at or after `key`.
  ///
  /// Unsafe, because it does not keep the pages as they are.
  ///
  /// - Returns: Whether the tree has any entries.
  /// - Throws: ``DamagedTree`` if a page is not as LMDB wrote it: the file is to be restored.
  /// - Complexity: O(log *n*).
  @unsafe
  public mutating func moveBefore(
    _ key: UnsafeRawBufferPointer,
    in tree: MappedTree
  ) throws(DamagedTree) -> Bool {
    guard tree.root != MetaPage.noPage else { return false }
    try open(unsafe leaf(for: key, in: tree), in: tree)
    var end = count
    while try unsafe halve(&end, key, in: tree) {}
    index -= 1
    return true
  }

  /// Halves the entries from the index to `end` among which the first at or after `key` is; returns
  /// whether some are left.
  @unsafe @inline(__always)
  private mutating func halve(
    _ end: inout Int,
    _ key: UnsafeRawBufferPointer,
    in tree: MappedTree
  ) throws(DamagedTree) -> Bool {
    guard index < end, let page = unsafe page else { return false }
    let middle = (index + end) / 2
    if try unsafe tree.isNode(page, middle, before: key, orAt: false) {
      index = middle + 1
    } else {
      end = middle
    }
    return index < end
  }

  /// The entry here, wherever its value lies.
  @_lifetime(immortal)
  private func current(in tree: MappedTree) throws(DamagedTree) -> Entry? {
    guard let page = unsafe page, index >= 0, index < count else { return nil }
    if let entry = unsafe entry(page, index) {
      return unsafe _overrideLifetime(entry, borrowing: ())
    }
    let node = try unsafe tree.node(page, index)
    let keyByteCount = Int(
      unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeKeyByteCount, as: UInt16.self)
    )
    let valueByteCount = Int(unsafe page.loadUnaligned(fromByteOffset: node, as: UInt32.self))
    let flags = unsafe page.loadUnaligned(fromByteOffset: node + Layout.nodeFlags, as: UInt16.self)
    let key = node + Layout.nodeKey
    guard flags == Page.Node.Flag.isOnOverflowPages, key + keyByteCount + 8 <= end else {
      throw DamagedTree()
    }
    let number = unsafe page.loadUnaligned(
      fromByteOffset: key + keyByteCount,
      as: UInt64.self
    )
    let value = try unsafe tree.overflow(number, byteCount: valueByteCount)
    let entry = unsafe Entry(
      key: Span(
        _unsafeStart: page.assumingMemoryBound(to: UInt8.self) + key,
        count: keyByteCount
      ),
      value: Span(
        _unsafeStart: value.assumingMemoryBound(to: UInt8.self),
        count: valueByteCount
      )
    )
    return unsafe _overrideLifetime(entry, borrowing: ())
  }

  /// Goes nowhere.
  private mutating func leaveTree() {
    unsafe page = nil
    (index, count) = (0, 0)
  }

  /// Goes to the first or the last entry of all; returns whether there is one.
  private mutating func descend(
    toLast isLast: Bool,
    in tree: MappedTree
  ) throws(DamagedTree) -> Bool {
    guard tree.root != MetaPage.noPage else {
      leaveTree()
      return false
    }
    try descend(from: tree.root, at: 0, toLast: isLast, in: tree)
    return true
  }

  /// Goes from the page `number`, `level` pages below the root, to the first or last entry under it.
  private mutating func descend(
    from number: UInt64,
    at level: Int,
    toLast isLast: Bool,
    in tree: MappedTree
  ) throws(DamagedTree) {
    var (number, level) = (number, level)
    while level < tree.depth - 1 {
      let (branch, nodeCount) = try unsafe tree.page(number, Page.Flag.branch)
      let index = isLast ? nodeCount - 1 : 0
      path[level] = Step(page: UInt32(number), index: UInt16(index), nodeCount: UInt16(nodeCount))
      number = try unsafe tree.child(branch, index)
      level += 1
    }
    try open(number, in: tree)
    if isLast { index = count - 1 }
  }

  /// The number of the leaf on which `key` is, or would be, in a tree that is not empty.
  @unsafe
  private mutating func leaf(
    for key: UnsafeRawBufferPointer,
    in tree: MappedTree
  ) throws(DamagedTree) -> UInt64 {
    var number = tree.root
    for level in 0..<tree.depth - 1 {
      let (branch, nodeCount) = try unsafe tree.page(number, Page.Flag.branch)
      let index = try unsafe tree.branchIndex(branch, nodeCount, key)
      path[level] = Step(page: UInt32(number), index: UInt16(index), nodeCount: UInt16(nodeCount))
      number = try unsafe tree.child(branch, index)
    }
    return number
  }

  /// Goes to the first entry of the leaf `number`.
  private mutating func open(_ number: UInt64, in tree: MappedTree) throws(DamagedTree) {
    let (leaf, nodeCount) = try unsafe tree.page(number, Page.Flag.leaf)
    unsafe page = leaf
    (index, count) = (0, nodeCount)
  }

  /// Goes to the leaf after this one, or to the one before; returns whether there is one.
  ///
  /// Its keys must lie beyond those of this one: branches that lead to one leaf twice would else make a
  /// walk without an end.
  private mutating func leave(
    by direction: Int,
    in tree: MappedTree
  ) throws(DamagedTree) -> Bool {
    guard let left = unsafe page else { return false }
    let edge = try unsafe tree.key(left, direction > 0 ? count - 1 : 0)
    var level = tree.depth - 2
    while level >= 0 {
      let step = path[level]
      let index = Int(step.index) + direction
      if index >= 0, index < Int(step.nodeCount) {
        path[level].index = UInt16(index)
        let (branch, nodeCount) = try unsafe tree.page(UInt64(step.page), Page.Flag.branch)
        let child = try unsafe tree.child(branch, index)
        if (0..<nodeCount).contains(index + direction) {
          tree.prefetchSlots(of: try unsafe tree.child(branch, index + direction))
        }
        try descend(from: child, at: level + 1, toLast: direction < 0, in: tree)
        guard let entered = unsafe page,
          try unsafe tree.isNode(entered, self.index, before: edge, orAt: direction > 0)
            == (direction < 0)
        else { throw DamagedTree() }
        return true
      }
      level -= 1
    }
    return false
  }
}

// Many keys at once: while one page is fetched from memory, others are asked for.
extension TreeWalk {
  /// Walks that are each before the first entry at or after one of several keys.
  ///
  /// - Parameters:
  ///   - keys: The encodings of the keys, one after the other.
  ///   - keyByteCount: The length of each of them; at least 1.
  ///   - tree: The tree, none of whose pages may change meanwhile.
  /// - Throws: ``DamagedTree``.
  /// - Complexity: O(*k* log *n*) for *k* keys.
  public static func walks(
    from keys: [UInt8],
    keyByteCount: Int,
    in tree: MappedTree
  ) throws(DamagedTree) -> [TreeWalk] {
    let keyCount = keys.count / keyByteCount
    var all = Array(repeating: TreeWalk(pageByteCount: tree.pageByteCount), count: keyCount)
    guard tree.root != MetaPage.noPage else { return all }
    var walks = all.mutableSpan
    try unsafe keys.withUnsafeBufferPointer { bytes throws(DamagedTree) in
      let bytes = UnsafeRawBufferPointer(bytes)
      func key(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index * keyByteCount
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + keyByteCount])
      }
      var leaves: [UInt64] = []
      leaves.reserveCapacity(keyCount)
      for index in 0..<keyCount {
        leaves.append(try unsafe walks[index].leaf(for: key(index), in: tree))
        tree.prefetchSlots(of: leaves[index])
      }
      var ends: [Int] = []
      ends.reserveCapacity(keyCount)
      for index in 0..<keyCount {
        try walks[index].open(leaves[index], in: tree)
        ends.append(walks[index].count)
        walks[index].prefetchMiddle(before: ends[index], in: tree)
      }
      var isOpen = true
      while isOpen {
        isOpen = false
        for index in 0..<keyCount {
          guard try unsafe walks[index].halve(&ends[index], key(index), in: tree) else { continue }
          walks[index].prefetchMiddle(before: ends[index], in: tree)
          isOpen = true
        }
      }
      for index in 0..<keyCount {
        walks[index].prefetchEntries(in: tree)
        walks[index].index -= 1
      }
    }
    return all
  }

  /// Asks for the next entries.
  @inline(__always)
  private func prefetchEntries(in tree: MappedTree) {
    guard let page = unsafe page else { return }
    for index in index..<min(index + 8, count) { unsafe tree.prefetchEntry(page, index) }
  }

  /// Asks for the entry that is compared next.
  @inline(__always)
  private func prefetchMiddle(before end: Int, in tree: MappedTree) {
    guard let page = unsafe page, index < end else { return }
    unsafe tree.prefetchNode(page, (index + end) / 2)
  }
}
