import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB
@testable import LMDBPages

@Suite("A look at the pages that a writer touches")
struct TouchedPagesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Sets each key in a transaction that checks what it touches; what it found.
  private func set(_ keys: [UInt64], byteCount: Int = 50) throws -> DamagedPage? {
    let environment = try Environment(path: folder("a"), access: .readWrite, options: options())
    let rows = try environment.openTables(Rows.self)
    var transaction = try environment.beginWrite()
    do {
      try transaction.beginPageChecks(isContinued: false)
      for key in keys {
        try transaction.set([UInt8](repeating: 9, count: byteCount).span, for: key, in: rows)
      }
    } catch let error as LMDBError where error.isDamage {
      return transaction.touchedDamage
    } catch let damage as DamagedPage {
      return damage
    }
    try transaction.commit()
    return nil
  }

  @Test("finds nothing amiss in files of many random transactions", arguments: 0..<4)
  func findsNothingInSoundFiles(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for round in 0..<25 {
      try session(folder("a"), using: &generator)
      let keys = (0..<20).map { _ in UInt64.random(in: 0..<7000, using: &generator) }
      #expect(try set(keys) == nil, "round \(round)")
      let environment = try Environment(path: folder("a"), access: .readOnly, options: options())
      #expect(try environment.beginRead().checkPages() != nil)
    }
  }

  @Test("finds nothing amiss where one transaction follows another of the same store")
  func followsItsOwnCommits() throws {
    try makeFile(folder("a"), rowCount: 3000)
    let environment = try Environment(path: folder("a"), access: .readWrite, options: options())
    let rows = try environment.openTables(Rows.self)
    var generator = SeededGenerator(seed: 7)
    for round in 0..<200 {
      var transaction = try environment.beginWrite()
      try transaction.beginPageChecks(isContinued: round > 0)
      for _ in 0..<Int.random(in: 1..<30, using: &generator) {
        let key = UInt64.random(in: 0..<4000, using: &generator)
        if Bool.random(using: &generator) {
          try transaction.remove(key, from: rows)
        } else {
          let byteCount = Int.random(in: 0..<9000, using: &generator)
          try transaction.set([UInt8](repeating: 1, count: byteCount).span, for: key, in: rows)
        }
      }
      #expect(transaction.touchedDamage == nil)
      if round % 7 == 6 { continue }
      try transaction.commit()
    }
    #expect(try environment.beginRead().checkPages() != nil)
  }

  @Test("every changed byte that the walk over all pages finds on the way to a key is found, too")
  func findsDamageOnTheWay() throws {
    try makeFile(folder("whole"), rowCount: 400, byteCount: 40)
    let whole = try readBytes(folder("whole"))
    var counts = (found: 0, elsewhere: 0)
    for offset in stride(from: 2 * 4096, to: whole.count, by: 23) {
      var bytes = whole
      bytes[offset] ^= 1 << (offset % 8)
      try LMDBTestSupport.write(bytes, to: folder("a"))
      let all = try damage()
      // All keys: every page is touched.
      let touched = try set(Array(0..<400))
      if all == nil {
        #expect(touched == nil, "\(offset)")
      } else if touched != nil {
        counts.found += 1
      } else {
        // A number of pages or entries that is wrong: only the walk over all counts them.
        counts.elsewhere += 1
      }
    }
    #expect(counts.found > 50 && counts.elsewhere * 10 < counts.found, "\(counts)")
  }

  @Test("every page that is numbered as another is found on the way to its keys")
  func findsNumbersOfOtherPages() throws {
    try makeFile(folder("whole"), rowCount: 400, byteCount: 40)
    let whole = try readBytes(folder("whole"))
    var foundCount = 0
    for start in stride(from: 2 * 4096, to: whole.count, by: 4096) {
      var bytes = whole
      bytes[start] ^= 1
      try LMDBTestSupport.write(bytes, to: folder("a"))
      // Pages that are free are not looked at.
      guard let problem = try damage()?.problem, problem.hasPrefix("it says that it is page") else {
        continue
      }
      #expect(try set(Array(0..<400))?.problem == problem, "page \(start / 4096)")
      foundCount += 1
    }
    #expect(foundCount > 5)
  }

  private func damage() throws -> DamagedPage? {
    let environment = try Environment(path: folder("a"), access: .readOnly, options: options())
    do {
      _ = try environment.beginRead().checkPages()
      return nil
    } catch let damage as DamagedPage {
      return damage
    }
  }

  @Test("damage beside the way is not looked at, and nothing is written where there is some on it")
  func looksOnlyAtTheWay() throws {
    try makeFile(folder("a"), rowCount: 3000)
    var bytes = try readBytes(folder("a"))
    // The leaf that begins with key 0: its first entry is the last of the page.
    let leaf = try #require(
      (2..<bytes.count / 4096).first { number in
        let page = Page(bytes: Array(bytes[number * 4096..<(number + 1) * 4096]))
        guard page.flags == Page.Flag.leaf, let node = page.node(0), node.keyByteCount == 8 else {
          return false
        }
        return page.bytes[node.key].allSatisfy { $0 == 0 }
      }
    )
    bytes[leaf * 4096 + 12] ^= 0x40
    try LMDBTestSupport.write(bytes, to: folder("a"))
    #expect(try set([2999]) == nil)
    let before = try readBytes(folder("a"))
    let found = try set([0])
    #expect(found?.table == "rows", "\(String(describing: found))")
    #expect(try readBytes(folder("a")) == before)
  }

  @Test("a page that is listed as free and used is found before LMDB takes it")
  func findsUsedPageThatIsListedAsFree() throws {
    try makeFile(folder("a"), rowCount: 3000)
    #expect(try set([7]) == nil)
    var bytes = try readBytes(folder("a"))
    func page(_ number: UInt64) -> Page {
      Page(bytes: Array(bytes[Int(number) * 4096..<Int(number + 1) * 4096]))
    }
    let meta = try MetaPage.newest(in: bytes, pageByteCount: 4096, path: "a")
    let main = page(meta.mainTree.root)
    let node = try #require(main.node(0) as Page.Node?)
    let value = Array(main.bytes[node.inlineValue])
    let found = TableRecord(value.span)
    let record = try #require(found)
    let list = try #require(page(meta.freeTree.root).node(0))
    // The first of the list, which is sorted downward, becomes the root of the table.
    let place = Int(meta.freeTree.root) * 4096 + list.inlineValue.lowerBound + 8
    for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: record.root >> (8 * byte)) }
    try LMDBTestSupport.write(bytes, to: folder("a"))
    #expect(try set([2000])?.problem == "it is listed as free, and used")
    #expect(try readBytes(folder("a")) == bytes)
  }
}
