package import Platform

/// A check of the pages that a writer is about to change, with plain reads instead of the map: those on
/// the way from the root of a table to a key, as of the snapshot that the writer began with.
///
/// What it costs does not grow with the file. A page that was sound once is not looked at again, for as
/// long as no other writer follows. It finds on these pages what ``PageCheck`` finds on all; that a page
/// belongs to two trees is found only where both ways were gone.
package struct TouchedPages {
  private let descriptor: FileDescriptor
  private var meta: MetaPage
  private var tables: [String: (record: TableRecord, tree: TreeCheck)] = [:]

  /// The pages that were sound, and which were listed as free.
  private var sound: Set<UInt64> = []
  private var free: Set<UInt64> = []

  /// The leaves that were sound and hold every value themselves: nothing on them leads to another page.
  private var plainLeaves: Set<UInt64> = []

  /// Branches of the snapshot: most keys go by the same ones, and a read of each takes longer than LMDB's own
  /// search for the key.
  private var branches: [UInt64: Page] = [:]

  /// At most so many branches are kept: four mebibytes of the usual pages.
  private static let branchCountMax = 1 << 10

  /// A list of more pages is not compared with the pages that are used.
  private static let freeCountMax = 1 << 16

  /// The number of the snapshot.
  package var snapshot: UInt64 { meta.transactionID }

  /// Begins with a snapshot: reads the list of its tables and the first of its free pages.
  ///
  /// - Throws: ``DamagedPage``; ``DataFileError`` if the meta pages are damaged; ``SystemError`` if the
  ///   disk cannot be read.
  package init(of snapshot: UInt64, in descriptor: FileDescriptor) throws {
    self.descriptor = descriptor
    guard let meta = try MetaPage(of: snapshot, in: descriptor) else {
      throw Self.noMetaPage
    }
    self.meta = meta
    if let problem = meta.problemBesideTrees {
      throw DamagedPage(page: 0, table: nil, problem: problem, keyBefore: nil)
    }
    try readTables()
    try readFreePages()
  }

  /// Goes on with the snapshot that this process made of the last one.
  ///
  /// - Throws: As the initializer.
  package mutating func follow(_ snapshot: UInt64) throws {
    guard let meta = try MetaPage(of: snapshot, in: descriptor) else {
      throw Self.noMetaPage
    }
    self.meta = meta
    // What is used by now was taken from the free pages.
    free = []
    branches.removeAll(keepingCapacity: true)
    try readTables()
  }

  private static let noMetaPage = DamagedPage(
    page: 0,
    table: nil,
    problem: "no meta page is of the last commit",
    keyBefore: nil
  )

  /// Checks the way to a key.
  ///
  /// - Throws: ``DamagedPage``; ``SystemError`` if the disk cannot be read.
  /// - Complexity: O(log *n*).
  package mutating func check(_ key: Span<UInt8>, in table: String) throws {
    // Taken out, so that its room is not copied.
    guard var entry = tables.removeValue(forKey: table) else { return }
    defer { tables[table] = entry }
    try check(key, entry.record, &entry.tree)
  }

  private mutating func check(
    _ key: Span<UInt8>,
    _ record: TableRecord,
    _ tree: inout TreeCheck
  ) throws {
    var number = record.root
    guard number != MetaPage.noPage else { return }
    var (low, high): ([UInt8]?, [UInt8]?) = (nil, nil)
    for depth in 1...max(1, record.depth) {
      let isLeaf = depth == record.depth
      if isLeaf, plainLeaves.contains(number), !free.contains(number) { return }
      let page = try page(number, isLeaf: isLeaf, of: &tree, from: low, to: high)
      guard let index = page.index(of: key, isLeaf: isLeaf) else { return }
      guard let node = page.node(index) else { return }
      if isLeaf { return try checkValue(node, of: page, in: tree) }
      number = node.child
      if index > 0 { low = Array(page.bytes[node.key]) }
      if index + 1 < page.nodeCount, let next = page.node(index + 1) {
        high = Array(page.bytes[next.key])
      }
    }
  }

  /// Checks a page, unless that was done.
  private mutating func page(
    _ number: UInt64,
    isLeaf: Bool,
    of tree: inout TreeCheck,
    from low: [UInt8]?,
    to high: [UInt8]?
  ) throws -> Page {
    if !isLeaf, let kept = branches[number] { return kept }
    guard (2...meta.lastPage).contains(number) else {
      throw damage(at: number, PageProblem.isNotInFile, in: tree)
    }
    guard !free.contains(number) else {
      throw damage(at: number, PageProblem.isFreeAndUsed, in: tree)
    }
    let offset = Int(number) * meta.pageByteCount
    let page = Page(bytes: try descriptor.bytes(at: offset, count: meta.pageByteCount))
    guard page.bytes.count == meta.pageByteCount else {
      throw damage(at: number, PageProblem.endsBefore, in: tree)
    }
    guard !sound.contains(number) else {
      keep(page, at: number, isLeaf: isLeaf)
      return page
    }
    guard page.number == number else {
      throw damage(at: number, PageProblem.isNumbered(page.number), in: tree)
    }
    guard page.flags == (isLeaf ? Page.Flag.leaf : Page.Flag.branch) else {
      throw damage(at: number, PageProblem.isOfAnotherKind, in: tree)
    }
    do {
      try tree.check(page, isLeaf: isLeaf, from: low, to: high)
    } catch {
      throw damage(at: number, error.problem, in: tree)
    }
    sound.insert(number)
    keep(page, at: number, isLeaf: isLeaf)
    return page
  }

  /// Keeps what spares the next reads of a sound page.
  private mutating func keep(_ page: Page, at number: UInt64, isLeaf: Bool) {
    if !isLeaf {
      if branches.count < Self.branchCountMax { branches[number] = page }
    } else if !(0..<page.nodeCount).contains(where: { page.node($0)?.isOnOverflowPages ?? true }) {
      plainLeaves.insert(number)
    }
  }

  /// Checks where a long value begins: LMDB frees as many pages as that page says.
  private func checkValue(_ node: Page.Node, of page: Page, in tree: TreeCheck) throws {
    guard node.isOnOverflowPages else { return }
    let first: UInt64 = Array(page.bytes[node.inlineValue]).span.littleEndian(at: 0)
    guard (2...meta.lastPage).contains(first) else {
      throw damage(at: first, PageProblem.isNotInFile, in: tree)
    }
    let start = Page(
      bytes: try descriptor.bytes(
        at: Int(first) * meta.pageByteCount,
        count: Page.headerByteCount
      )
    )
    let byteCount = Page.headerByteCount + node.valueByteCount
    let pageCount = (byteCount + meta.pageByteCount - 1) / meta.pageByteCount
    guard start.bytes.count == Page.headerByteCount, start.number == first,
      start.flags == Page.Flag.overflow, start.overflowPageCount >= pageCount,
      UInt64(start.overflowPageCount) <= meta.lastPage - first + 1
    else {
      throw damage(at: first, PageProblem.beginsNoValue(byteCount: node.valueByteCount), in: tree)
    }
  }

  private mutating func readTables() throws {
    tables = [:]
    var tree = TreeCheck(.main)
    var found: [(String, TableRecord)] = []
    try visit(meta.mainTree, &tree) { key, value in
      guard let record = TableRecord(value.span) else { return PageProblem.tableRecord }
      found.append((String(decoding: key, as: UTF8.self), record))
      return nil
    }
    for (name, record) in found { tables[name] = (record, TreeCheck(.table(name))) }
  }

  private mutating func readFreePages() throws {
    var tree = TreeCheck(.free)
    var found: [UInt64] = []
    let lastTransaction = meta.transactionID
    let lastPage = meta.lastPage
    try visit(meta.freeTree, &tree) { key, value in
      guard let pages = FreePages.list(value) else { return PageProblem.freeList }
      let transaction: UInt64 = key.span.littleEndian(at: 0)
      guard transaction <= lastTransaction else { return PageProblem.freeFromTheFutureOn }
      guard pages.allSatisfy({ 2...lastPage ~= $0 }) else {
        return "a free page is not in the file"
      }
      // LMDB takes pages from the end of a list, and trusts that it is sorted downward.
      guard zip(pages, pages.dropFirst()).allSatisfy({ $0 > $1 }) else {
        return "a list of free pages is not sorted"
      }
      if found.count < Self.freeCountMax { found += pages }
      return nil
    }
    free = Set(found)
    guard free.count == found.count else {
      throw damage(at: meta.freeTree.root, "a page is listed as free twice", in: tree)
    }
    if let used = sound.first(where: free.contains) {
      throw damage(at: used, PageProblem.isFreeAndUsed, in: tree)
    }
  }

  /// Walks over a small tree whole; `body` gets its entries, and returns what is wrong.
  private mutating func visit(
    _ record: TableRecord,
    _ tree: inout TreeCheck,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> String?
  ) throws {
    guard record.root != MetaPage.noPage else { return }
    var numbers = [record.root]
    for depth in 1...max(1, record.depth) {
      var children: [UInt64] = []
      for number in numbers {
        let isLeaf = depth == record.depth
        let page = try page(number, isLeaf: isLeaf, of: &tree, from: nil, to: nil)
        for node in (0..<page.nodeCount).compactMap(page.node) {
          guard isLeaf else {
            children.append(node.child)
            continue
          }
          let value = try value(node, of: page, in: tree)
          if let problem = body(Array(page.bytes[node.key]), value) {
            throw damage(at: number, problem, in: tree)
          }
        }
      }
      numbers = children
    }
  }

  private func value(_ node: Page.Node, of page: Page, in tree: TreeCheck) throws -> [UInt8] {
    guard node.isOnOverflowPages else { return Array(page.bytes[node.inlineValue]) }
    try checkValue(node, of: page, in: tree)
    let first: UInt64 = Array(page.bytes[node.inlineValue]).span.littleEndian(at: 0)
    let bytes = try descriptor.bytes(
      at: Int(first) * meta.pageByteCount + Page.headerByteCount,
      count: node.valueByteCount
    )
    guard bytes.count == node.valueByteCount else {
      throw damage(at: first, PageProblem.endsBefore, in: tree)
    }
    return bytes
  }

  private func damage(at page: UInt64, _ problem: String, in tree: TreeCheck) -> DamagedPage {
    var name: String?
    if case .table(let table) = tree.kind { name = table }
    return DamagedPage(page: page, table: name, problem: problem, keyBefore: nil)
  }
}

extension Page {
  /// The node of a branch that leads to a key; the node of a leaf that has the key, if there is one.
  fileprivate func index(of key: Span<UInt8>, isLeaf: Bool) -> Int? {
    // The first of a branch stands for all keys before the second.
    var (low, high) = (isLeaf ? 0 : 1, nodeCount)
    while low < high {
      let middle = (low + high) / 2
      guard let node = node(middle) else { return nil }
      switch order(bytes.span.extracting(node.key), key) {
      case 0: return middle
      case ..<0: low = middle + 1
      default: high = middle
      }
    }
    return isLeaf ? nil : low - 1
  }

  /// Less than 0, 0 or more than 0, as `left` comes before `right`, is the same or comes after.
  private func order(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    for place in 0..<min(left.count, right.count) where left[place] != right[place] {
      return Int(left[place]) - Int(right[place])
    }
    return left.count - right.count
  }
}
