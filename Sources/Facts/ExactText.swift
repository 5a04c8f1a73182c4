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
    lhs.text == rhs.text && lhs.text.utf8.elementsEqual(rhs.text.utf8)
  }

  /// Feeds the text to `hasher`: what has the same bytes looks alike, too.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
