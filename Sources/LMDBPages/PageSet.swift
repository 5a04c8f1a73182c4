/// A set of pages, of which as much takes memory as there is: a file may say that it has a thousand
/// million pages, and have few.
struct PageSet {
  private static let chunkBitCount = 1 << 15

  /// The bits of each chunk; none for a chunk without pages.
  private var chunks: [[UInt64]]

  /// How many pages there may be.
  let capacity: Int

  /// An empty set of pages below `capacity`.
  init(capacity: Int) {
    self.capacity = capacity
    let count = (capacity + Self.chunkBitCount - 1) / Self.chunkBitCount
    chunks = Array(repeating: [], count: count)
  }

  /// Adds a page.
  ///
  /// - Returns: Whether it was not in the set before.
  mutating func insert(_ page: UInt64) -> Bool {
    let (chunk, bit) = Int(page).quotientAndRemainder(dividingBy: Self.chunkBitCount)
    if chunks[chunk].isEmpty {
      chunks[chunk] = Array(repeating: 0, count: Self.chunkBitCount / 64)
    }
    let mask: UInt64 = 1 << UInt64(bit & 63)
    guard chunks[chunk][bit >> 6] & mask == 0 else { return false }
    chunks[chunk][bit >> 6] |= mask
    return true
  }

  /// The first page that is not in the set; `nil` if all are.
  var firstMissing: UInt64? {
    for (chunk, words) in chunks.enumerated() {
      let first = chunk * Self.chunkBitCount
      guard let word = words.firstIndex(where: { $0 != .max }) else {
        if words.isEmpty, first < capacity { return UInt64(first) }
        continue
      }
      let page = first + word << 6 + (~words[word]).trailingZeroBitCount
      return page < capacity ? UInt64(page) : nil
    }
    return nil
  }

  /// Calls `body` with each page of the set, in order.
  func visit(_ body: (UInt64) throws -> Void) rethrows {
    for (chunk, words) in chunks.enumerated() {
      for (index, word) in words.enumerated() where word != 0 {
        var rest = word
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          try body(UInt64(chunk * Self.chunkBitCount + index << 6 + bit))
          rest &= rest - 1
        }
      }
    }
  }
}
