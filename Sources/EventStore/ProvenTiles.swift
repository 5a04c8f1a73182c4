import Merkle
import Synchronization

/// Which full tiles of the Merkle tree were proven, a bit each: for any number of threads.
///
/// None is ever forgotten. To prove a tile takes 255 hashes, and the figures of one moment of many companies lie in
/// as many tiles; of 100 million events the bits take 50 kilobytes.
final class ProvenTiles: Sendable {
  /// The bits of each level, 64 a word.
  private let levels = Mutex<[[UInt64]]>([])

  /// Whether a tile was proven.
  func contains(_ place: MerkleTile.Place) -> Bool {
    let (word, bit) = place.index.quotientAndRemainder(dividingBy: 64)
    return levels.withLock { levels in
      guard place.level < levels.count, word < levels[place.level].count else { return false }
      return levels[place.level][Int(word)] & 1 << bit != 0
    }
  }

  /// Notes that a tile was proven.
  func insert(_ place: MerkleTile.Place) {
    let (word, bit) = place.index.quotientAndRemainder(dividingBy: 64)
    levels.withLock { levels in
      while levels.count <= place.level { levels.append([]) }
      let missing = Int(word) + 1 - levels[place.level].count
      if missing > 0 { levels[place.level].append(contentsOf: repeatElement(0, count: missing)) }
      levels[place.level][Int(word)] |= 1 << bit
    }
  }
}
