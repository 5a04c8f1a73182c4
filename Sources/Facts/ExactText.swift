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
    if left.isIdentical(to: right) { return true }
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  /// Feeds the UTF-8 bytes to `hasher`, eight at a time.
  public func hash(into hasher: inout Hasher) {
    let bytes = text.utf8.span
    var word: UInt64 = 0
    for index in bytes.indices {
      word = word << 8 | UInt64(bytes[index])
      if index & 7 == 7 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(bytes.count)
  }
}
