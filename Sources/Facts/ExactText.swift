/// A text that equals another only if their bytes are equal.
///
/// Swift's own strings are equal if they look alike, however they are composed; the ledger keeps
/// and proves bytes.
public struct ExactText: Hashable, Sendable {
  /// The text.
  public let text: String

  /// The text, to be compared by its bytes.
  public init(_ text: String) { self.text = text }

  /// Whether both have the same UTF-8 bytes.
  public static func == (lhs: Self, rhs: Self) -> Bool {
    let (left, right) = (lhs.text.utf8.span, rhs.text.utf8.span)
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  /// Feeds the UTF-8 bytes to `hasher`, as one number: texts are looked up by the thousand.
  public func hash(into hasher: inout Hasher) {
    let bytes = text.utf8.span
    var number = UInt64(bytes.count)  // FNV-1a, of 64 bits.
    for index in bytes.indices {
      number = (number ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
    }
    hasher.combine(number)
  }
}
