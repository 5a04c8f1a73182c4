package import Platform

/// A check of every page of one snapshot of a data file, with plain reads instead of the map.
///
/// It shares nothing with LMDB but the layout. In a file that passes it, LMDB meets nothing that it
/// does not expect: every page belongs to exactly one tree or is free, every offset lies within its
/// page, every key is in its place.
package struct PageCheck: ~Copyable {
  private let meta: MetaPage
  private let descriptor: FileDescriptor
  private let progress: (_ done: Int, _ of: Int) -> Void

  /// Whether the page of each number was seen: as part of a tree, or as free.
  private var seen: PageSet
  private var seenCount = 2  // The meta pages.
  private var freePageCount = 0

  /// The tree under way.
  private var tree: TreeCheck

  private static let progressInterval = 4096

  private init(
    _ meta: MetaPage,
    descriptor: FileDescriptor,
    progress: @escaping (_ done: Int, _ of: Int) -> Void
  ) {
    self.meta = meta
    self.descriptor = descriptor
    self.progress = progress
    seen = PageSet(capacity: Int(meta.lastPage) + 1)
    for page: UInt64 in 0...1 { _ = seen.insert(page) }
    tree = TreeCheck(.free)
  }

  /// Checks every page of a snapshot.
  ///
  /// - Parameters:
  ///   - snapshot: The number of the transaction that made it.
  ///   - descriptor: The open data file.
  ///   - progress: Called now and then with how many pages were checked, and how many there are.
  /// - Returns: What was found; `nil` if the file was written to twice since the snapshot was the
  ///   newest, so that no meta page describes it any more.
  /// - Throws: ``DamagedPage``; ``DataFileError`` if the meta pages are damaged; ``SystemError`` if the
  ///   disk cannot be read.
  /// - Complexity: O(*p*) for *p* pages, on two cores, with two bits of memory for each.
  package static func figures(
    of snapshot: UInt64,
    in descriptor: FileDescriptor,
    progress: @escaping (_ done: Int, _ of: Int) -> Void
  ) throws -> PageFigures? {
    guard let meta = try MetaPage(of: snapshot, in: descriptor) else { return nil }
    if meta.lastPage >= sharedPageCountMin {
      var pages = PageCheck(meta, descriptor: descriptor, progress: progress)
      if let figures = try? pages.run(isShared: true) { return figures }
      // Something is wrong. Which damage comes first is found by one thread, from the start.
    }
    var pages = PageCheck(meta, descriptor: descriptor, progress: progress)
    return try pages.run(isShared: false)
  }

  /// A file of fewer pages is not worth a thread.
  private static let sharedPageCountMin: UInt64 = 64

  /// Checks every page.
  ///
  /// - Parameter isShared: Whether another thread may check some of the tables. Then what is thrown
  ///   need not be the first damage.
  /// - Throws: ``DamagedPage``; ``SystemError`` if the disk cannot be read.
  private mutating func run(isShared: Bool) throws -> PageFigures {
    if let problem = meta.problemBesideTrees {
      throw DamagedPage(page: 0, table: nil, problem: problem, keyBefore: nil)
    }
    var tables: [(name: [UInt8], record: TableRecord)] = []
    try check(meta.mainTree, as: .main) { key, value in
      guard let record = TableRecord(value.span) else { return PageProblem.tableRecord }
      tables.append((key, record))
      return nil
    }
    try checkTables(tables, isShared: isShared)
    var free: [(page: UInt64, listed: [UInt64])] = []
    let lastTransaction = meta.transactionID
    try check(meta.freeTree, as: .free) { key, value in
      guard let pages = FreePages.list(value) else { return PageProblem.freeList }
      let transaction: UInt64 = key.span.littleEndian(at: 0)
      guard transaction <= lastTransaction else { return PageProblem.freeFromTheFutureOn }
      free.append((transaction, pages))
      return nil
    }
    for page in free.flatMap(\.listed) { try see(page, isFree: true) }
    if let lost = seen.firstMissing {
      throw damage(at: lost, "it belongs to no table and is not free")
    }
    progress(seenCount, seen.capacity)
    return PageFigures(
      pageCount: seen.capacity,
      freePageCount: freePageCount,
      tableNames: tables.map { String(decoding: $0.name, as: UTF8.self) }
    )
  }

  /// Walks over the trees of all tables.
  private mutating func checkTables(
    _ tables: [(name: [UInt8], record: TableRecord)],
    isShared: Bool
  ) throws {
    let (meta, descriptor) = (meta, descriptor)
    // A thread that helps gives the pages that it saw, this one has noted its own.
    try SharedParts<PageSet?>.run(
      partCount: tables.count,
      threadCountMax: isShared ? 2 : 1,
      help: { parts in
        while let part = parts.nextPart() {
          var check = PageCheck(meta, descriptor: descriptor) { _, _ in }
          parts.put(Result { try check.seenPages(of: tables[part]) }, for: part)
        }
      },
      work: { part in
        try check(tables[part])
        return nil
      },
      join: { seen in
        guard let seen else { return }
        try seen.visit { page in if page > 1 { try see(page) } }
      }
    )
  }

  private mutating func seenPages(
    of table: (name: [UInt8], record: TableRecord)
  ) throws -> PageSet {
    try check(table)
    return seen
  }

  private mutating func check(_ table: (name: [UInt8], record: TableRecord)) throws {
    let name = String(decoding: table.name, as: UTF8.self)
    try check(table.record, as: .table(name)) { _, _ in nil }
  }

  /// Walks over one tree; `body` gets its entries if it is not a table's, and returns what is wrong.
  private mutating func check(
    _ record: TableRecord,
    as kind: TreeCheck.Kind,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> String?
  ) throws {
    tree = TreeCheck(kind)
    if record.root != MetaPage.noPage {
      try visit(record.root, depth: 1, of: record, from: nil, to: nil, body)
    }
    if let problem = tree.problem(against: record) {
      throw damage(at: record.root == MetaPage.noPage ? 0 : record.root, problem)
    }
  }

  /// Walks over the tree under a page, whose keys are from `low` on and before `high`.
  private mutating func visit(
    _ number: UInt64,
    depth: Int,
    of record: TableRecord,
    from low: [UInt8]?,
    to high: [UInt8]?,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> String?
  ) throws {
    try see(number)
    let page = try page(number)
    guard depth <= record.depth else { throw damage(at: number, "its tree is deeper than it says") }
    let isLeaf = depth == record.depth
    guard page.flags == (isLeaf ? Page.Flag.leaf : Page.Flag.branch) else {
      throw damage(at: number, PageProblem.isOfAnotherKind)
    }
    do {
      try tree.check(page, isLeaf: isLeaf, from: low, to: high)
    } catch {
      throw damage(at: number, error.problem)
    }
    if isLeaf {
      var last: Range<Int>?
      for index in 0..<page.nodeCount {
        guard let node = page.node(index) else { continue }
        if node.isOnOverflowPages || !tree.kind.isTable { try take(node, of: page, body) }
        last = node.key
      }
      if let last { tree.lastKey = Array(page.bytes[last]) }
      return
    }
    let nodes = (0..<page.nodeCount).compactMap(page.node)
    for (index, node) in nodes.enumerated() {
      try visit(
        node.child,
        depth: depth + 1,
        of: record,
        from: index == 0 ? low : Array(page.bytes[node.key]),
        to: index + 1 < nodes.count ? Array(page.bytes[nodes[index + 1].key]) : high,
        body
      )
    }
  }

  /// Looks at a leaf's entry: at the pages of a long value, too.
  private mutating func take(
    _ node: Page.Node,
    of page: Page,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> String?
  ) throws {
    var value = page.bytes[node.inlineValue]
    if node.isOnOverflowPages {
      let first: UInt64 = Array(value).span.littleEndian(at: 0)
      let byteCount = Page.headerByteCount + node.valueByteCount
      let pageCountMin = (byteCount + meta.pageByteCount - 1) / meta.pageByteCount
      try see(first)
      let start = try self.page(first)
      guard start.flags == Page.Flag.overflow, start.overflowPageCount >= pageCountMin,
        UInt64(start.overflowPageCount) <= meta.lastPage - first + 1
      else { throw damage(at: first, PageProblem.beginsNoValue(byteCount: node.valueByteCount)) }
      for offset in 1..<UInt64(max(1, start.overflowPageCount)) { try see(first + offset) }
      tree.overflowPageCount += start.overflowPageCount
      guard !tree.kind.isTable else { return }
      let bytes = try bytes(at: first, count: byteCount)
      value = bytes.dropFirst(Page.headerByteCount)
    }
    guard !tree.kind.isTable else { return }
    if let problem = body(Array(page.bytes[node.key]), Array(value)) {
      throw damage(at: page.number, problem)
    }
  }

  private mutating func see(_ page: UInt64, isFree: Bool = false) throws {
    guard page >= 2, page <= meta.lastPage else {
      throw damage(at: page, PageProblem.isNotInFile)
    }
    guard seen.insert(page) else {
      throw damage(at: page, isFree ? PageProblem.isFreeAndUsed : "it is used twice")
    }
    if isFree { freePageCount += 1 }
    seenCount += 1
    if seenCount.isMultiple(of: Self.progressInterval) { progress(seenCount, seen.capacity) }
  }

  private func page(_ number: UInt64) throws -> Page {
    let page = Page(bytes: try bytes(at: number, count: meta.pageByteCount))
    guard page.number == number else {
      throw damage(at: number, PageProblem.isNumbered(page.number))
    }
    return page
  }

  private func bytes(at page: UInt64, count: Int) throws -> [UInt8] {
    let offset = Int(page) * meta.pageByteCount
    let bytes = try descriptor.bytes(at: offset, count: count)
    guard bytes.count == count else { throw damage(at: page, PageProblem.endsBefore) }
    return bytes
  }

  private func damage(at page: UInt64, _ problem: String) -> DamagedPage {
    var name: String?
    if case .table(let table) = tree.kind { name = table }
    return DamagedPage(page: page, table: name, problem: problem, keyBefore: tree.lastKey)
  }
}
