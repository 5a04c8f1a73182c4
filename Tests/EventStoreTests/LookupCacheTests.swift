import Testing

@testable import EventStore

@Suite("The cache of look-ups")
struct LookupCacheTests {
  @Test("keeps what is asked for again, however much else is asked for, within its bound")
  func workingSet() {
    let cache = LookupCache<Int, Int>(countMax: 100)
    var lookUpCount = 0
    func value(_ key: Int) -> Int? {
      cache.value(key) {
        lookUpCount += 1
        return key * 2
      }
    }
    for key in 0..<10 { #expect(value(key) == key * 2) }
    for other in 1000..<5000 {
      _ = value(other)
      #expect(cache.count <= 100)
      if other.isMultiple(of: 20) { for key in 0..<10 { #expect(value(key) == key * 2) } }
    }
    #expect(lookUpCount == 10 + 4000)
  }

  @Test("does not keep that nothing was found, and forgets what nobody asked for")
  func forgetsWhatNobodyAskedFor() {
    let cache = LookupCache<Int, Int>(countMax: 4)
    #expect(cache.value(1) { nil } == nil)
    #expect(cache.value(1) { 2 } == 2)
    for key in 2..<9 { _ = cache.value(key) { key } }
    #expect(cache.value(1) { 3 } == 3)
  }
}
