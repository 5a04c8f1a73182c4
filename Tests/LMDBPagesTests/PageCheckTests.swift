import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB
@testable import LMDBPages

@Suite("A look at every page")
struct PageCheckTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @discardableResult
  private func check(_ name: String = "a") throws -> PageFigures {
    let environment = try Environment(
      path: folder(name),
      access: .readOnly,
      options: options()
    )
    let transaction = try environment.beginRead()
    return try #require(try transaction.checkPages())
  }

  /// Changes one byte of the file `whole` and looks at it.
  private func damage(at offset: Int, _ change: (inout UInt8) -> Void) throws -> DamagedPage? {
    var bytes = try readBytes(folder("whole"))
    change(&bytes[offset])
    try write(bytes, to: folder("a"))
    do {
      try check()
      return nil
    } catch let damage as DamagedPage {
      return damage
    }
  }

  @Test("finds nothing in a new file, an empty table, and one row")
  func findsNothingInNewFileEmptyTable() throws {
    do { _ = try Environment(path: folder("new"), access: .create, options: options()) }
    #expect(try check("new") == PageFigures(pageCount: 2, freePageCount: 0, tableNames: []))
    try makeFile(folder("empty"), rowCount: 0)
    #expect(try check("empty").tableNames == ["rows"])
    try makeFile(folder("one"), rowCount: 1, byteCount: 0)
    #expect(try check("one").tableNames == ["rows"])
  }

  @Test("finds nothing in files of many random transactions", arguments: 0..<4)
  func findsNothingInFilesOfManyRandomTransactions(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for round in 0..<40 {
      try session(folder("a"), using: &generator)
      let figures = try check()
      #expect(figures.tableNames == ["rows"] && figures.pageCount > 2, "round \(round)")
    }
  }

  @Test("counts every page once, tells how far it is, and knows how many are free")
  func countsEveryPageOnceTellsHowFarItIs() throws {
    try makeFile(folder("a"), rowCount: 3000)
    do {
      let environment = try Environment(path: folder("a"), access: .readWrite, options: options())
      let rows = try environment.openTables(Rows.self)
      var transaction = try environment.beginWrite()
      try transaction.clear(rows)
      try transaction.commit()
    }
    let figures = try check()
    #expect(figures.freePageCount > 80 && figures.freePageCount < figures.pageCount - 2)
    let environment = try Environment(path: folder("a"), access: .readOnly, options: options())
    var told: [[Int]] = []
    _ = try environment.beginRead().checkPages { told.append([$0, $1]) }
    #expect(told == [[figures.pageCount, figures.pageCount]])
  }

  @Test("a snapshot that two commits have buried is to be looked for again")
  func snapshotThatTwoCommitsHaveBuriedIsToBeLookedForAgain() throws {
    try makeFile(folder("a"), rowCount: 3)
    let environment = try Environment(path: folder("a"), access: .readWrite, options: options())
    let rows = try environment.openTables(Rows.self)
    let old = try environment.beginRead()
    for key in 10..<12 as Range<UInt64> {
      var transaction = try environment.beginWrite()
      try transaction.set([1].span, for: key, in: rows)
      try transaction.commit()
      #expect(try (old.checkPages() == nil) == (key == 11))
    }
    let new = try environment.beginRead()
    #expect(new.id == old.id + 2)
    #expect(try new.checkPages() != nil)
  }

  /// Makes `whole`: a root with three leaves or more; says where the root and the first leaf
  /// begin.
  private func makeWhole() throws -> (root: Int, leaf: Int) {
    try makeFile(folder("whole"), rowCount: 300)
    let bytes = try readBytes(folder("whole"))
    let isBranch = { (page: Int) in bytes[page * 4096 + 10] == 1 }
    let root = try #require((2..<bytes.count / 4096).first(where: isBranch)) * 4096
    let node = root + Int(bytes[root + 16]) + Int(bytes[root + 17]) << 8
    return (root, Int(bytes[node]) * 4096)
  }

  @Test("says which page is wrong, of which table, after which key, and how")
  func saysWhichPageIsWrongOfWhichTable() throws {
    let (branch, leaf) = try makeWhole()
    let cases: [(offset: Int, bits: UInt8, problem: String)] = [
      (leaf, 0x04, "it says that it is page"),
      (leaf + 10, 0x04, "it is not the kind of page that belongs there"),
      (leaf + 12, 0x01, "the bounds in its header cannot be"),
      (leaf + 13, 0x40, "the bounds in its header cannot be"),
      (leaf + 15, 0x04, "its entries do not lie side by side"),
      (leaf + 16, 0x04, "its entries do not lie side by side"),
      (branch + 17, 0x40, "an entry lies outside of it"),
    ]
    for (offset, bits, problem) in cases {
      let found = try #require(try damage(at: offset) { $0 ^= bits }, "\(problem)")
      #expect(found.problem.hasPrefix(problem) && found.table == "rows", "\(found)")
      #expect(found.page == UInt64(offset / 4096))
    }
    // The last byte of the last key of a leaf, and the page that a branch leads to.
    let key = try #require(try damage(at: 4096 * (leaf / 4096 + 1) - 101) { $0 ^= 0x40 })
    #expect(key.problem == "its keys are not sorted" && key.keyBefore == nil)
    #expect(
      key.description.hasPrefix("the file is damaged: page \(leaf / 4096) of table rows: its keys")
    )
  }

  @Test("sees pages that are used twice, lost, or beyond the file")
  func seesPagesThatAreUsedTwiceLost() throws {
    let (root, leaf) = try makeWhole()
    let bytes = try readBytes(folder("whole"))
    let second = root + Int(bytes[root + 18]) + Int(bytes[root + 19]) << 8
    let pages = [leaf / 4096, Int(bytes[second])]
    let cases = [(pages[0] ^ pages[1], "it is used twice"), (0x80, "the file has no such page")]
    for (bits, problem) in cases {
      let found = try #require(try damage(at: second) { $0 ^= UInt8(bits) })
      #expect(found.problem == problem)
    }
  }

  @Test(
    "where it finds nothing, LMDB reads every row as before; nothing ends the process",
    arguments: 0..<2
  )
  func everyBit(seed: Int) async {
    await #expect(processExitsWith: .success) { [seed] in
      var generator = SeededGenerator(seed: UInt64(seed))
      let folder = try TemporaryFolder()
      try makeFile(folder("whole"), rowCount: 3000)
      try change(folder("whole"), using: &generator)
      let whole = try readBytes(folder("whole"))
      let rows = try keysAndLengths(folder("whole"))
      var foundCount = 0
      for _ in 0..<1500 {
        var bytes = whole
        // The start of a page is where it can hurt most.
        let page = generator.below(whole.count / 4096)
        let offset = page * 4096 + generator.below(generator.below(2) == 0 ? 64 : 4096)
        bytes[offset] ^= 1 << UInt8(generator.below(8))
        try write(bytes, to: folder("a"))
        if try isSound(folder("a")) {
          #expect(try keysAndLengths(folder("a")) == rows, "\(offset)")
        } else {
          foundCount += 1
        }
      }
      #expect(foundCount > 100, "\(foundCount)")
    }
  }
}

/// One transaction that leaves entries of all lengths, free pages, and a value on pages of its own.
private func change(_ path: String, using generator: inout SeededGenerator) throws {
  let environment = try Environment(path: path, access: .readWrite, options: options())
  let rows = try environment.openTables(Rows.self)
  var transaction = try environment.beginWrite()
  for _ in 0..<500 {
    let value = [UInt8](repeating: 7, count: generator.below(200))
    try transaction.set(value.span, for: UInt64(generator.below(5000)), in: rows)
    try transaction.remove(UInt64(generator.below(3000)), from: rows)
  }
  try transaction.set([UInt8](repeating: 9, count: 50_000).span, for: 9999, in: rows)
  try transaction.commit()
}

private func isSound(_ path: String) throws -> Bool {
  do {
    let environment = try Environment(path: path, access: .readOnly, options: options())
    let transaction = try environment.beginRead()
    return try transaction.checkPages() != nil
  } catch {
    guard error is DamagedPage || error is DataFileError else { throw error }
    return false
  }
}

/// The key and the length of the value of every row.
private func keysAndLengths(_ path: String) throws -> [[Int]] {
  let environment = try Environment(path: path, access: .readOnly, options: options())
  let rows = try environment.openTables(Rows.self)
  let transaction = try environment.beginRead()
  var cursor = try transaction.cursor(over: rows)
  var found: [[Int]] = []
  while let entry = try cursor.next() {
    found.append([Int(entry.number ?? 0), entry.value.count])
  }
  return found
}
