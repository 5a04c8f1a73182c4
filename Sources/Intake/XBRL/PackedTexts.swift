/// Texts and their numbers, in little more memory than their bytes.
///
/// Texts are the same only if their bytes are.
struct PackedTexts {
  private var bytes: [UInt8] = []

  /// Where each text ends in `bytes`.
  private var ends: [Int] = []

  /// The numbers of texts, each at or behind the slot that its hash tells: two slots or more a text.
  private var slots = [UInt32](repeating: none, count: 16)

  private static let none = UInt32.max

  /// How many texts there are.
  var count: Int { ends.count }

  /// The text of a number.
  subscript(number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

  /// The number of `text`: ``count`` so far if the text is new.
  ///
  /// - Complexity: O(1).
  mutating func number(of text: String) -> Int {
    let text = Array(text.utf8)
    let slot = slot(of: text[...])
    guard slots[slot] == Self.none else { return Int(slots[slot]) }
    slots[slot] = UInt32(count)
    bytes += text
    ends.append(bytes.count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  private func range(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  /// The slot with the number of `text`, or the free one where it would be.
  private func slot(of text: ArraySlice<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: text.hashValue) & (slots.count - 1)
    while slots[slot] != Self.none, bytes[range(of: Int(slots[slot]))] != text {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: Self.none, count: slots.count * 2)
    for number in 0..<count { slots[slot(of: bytes[range(of: number)])] = UInt32(number) }
  }
}
