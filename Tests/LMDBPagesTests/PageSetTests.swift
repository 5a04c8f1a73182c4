import TestSupport
import Testing

@testable import LMDBPages

@Suite("Sets of pages")
struct PageSetTests {
  @Test("hold what a plain set holds", arguments: [1, 63, 64, 65, 32_767, 32_768, 100_000])
  func agreesWithPlainSet(capacity: Int) {
    var generator = SeededGenerator(seed: UInt64(capacity))
    var pages = PageSet(capacity: capacity)
    var plain: Set<UInt64> = []
    for _ in 0..<min(3 * capacity, 3000) {
      let page = UInt64.random(in: 0..<UInt64(capacity), using: &generator)
      #expect(pages.insert(page) == plain.insert(page).inserted)
    }
    var visited: [UInt64] = []
    pages.visit { visited.append($0) }
    #expect(visited == plain.sorted())
    #expect(pages.firstMissing == (0..<UInt64(capacity)).first { !plain.contains($0) })
    for page in 0..<UInt64(capacity) { _ = pages.insert(page) }
    #expect(pages.firstMissing == nil)
  }

  @Test("of a thousand million pages take no memory for those that are not there")
  func isSparse() {
    var pages = PageSet(capacity: 1 << 30)
    #expect(pages.firstMissing == 0)
    #expect(pages.insert(1 << 29) && !pages.insert(1 << 29))
    for page: UInt64 in 0..<(1 << 15) { _ = pages.insert(page) }
    #expect(pages.firstMissing == 1 << 15)
  }
}
