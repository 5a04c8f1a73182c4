import Merkle
import Testing

@testable import EventStore

@Suite("Tiles that were proven")
struct ProvenTilesTests {
  @Test("are remembered each by itself, on every level")
  func eachIsRemembered() {
    let tiles = ProvenTiles()
    func place(_ level: Int, _ index: UInt64) -> MerkleTile.Place {
      MerkleTile.Place(level: level, index: index)
    }
    var noted: Set<MerkleTile.Place> = []
    for (level, index) in [(0, 0), (0, 63), (0, 64), (0, 433_600), (1, 5), (2, 0)] {
      tiles.insert(place(level, UInt64(index)))
      noted.insert(place(level, UInt64(index)))
    }
    for level in 0...3 {
      for index in Array(0..<200) + Array(433_500..<433_700) + [UInt64.max] {
        #expect(tiles.contains(place(level, index)) == noted.contains(place(level, index)))
      }
    }
  }
}
