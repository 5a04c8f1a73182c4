/// What a concept's name alone does not say: `metal` is `gold`, `operating-unit` is `La Camorra`.
///
/// Held as one text, `metal=gold;operating-unit=La Camorra`, sorted by key: two facts have the same
/// dimensions exactly if the texts are equal, and the text is what tables and CSV show.
public struct Dimensions: Hashable, Sendable {
  /// `key=value` pairs, joined by `;`, sorted by key; empty for none.
  public let text: String

  /// No dimensions.
  public static let none = Dimensions(canonicalText: "")

  /// Takes a text that another `Dimensions` gave.
  public init(canonicalText: String) { text = canonicalText }

  /// Sorts `pairs` by key.
  ///
  /// - Throws: ``Malformation`` if a key or value is empty, a key is given twice, a key holds `=`
  ///   or either holds `;` or a control character.
  public init(_ pairs: [(key: String, value: String)]) throws(Malformation) {
    for (index, pair) in pairs.enumerated() {
      guard Self.isClean(pair.key), !pair.key.utf8.contains(UInt8(ascii: "=")),
        Self.isClean(pair.value)
      else { throw .unusable("\(pair.key)=\(pair.value)") }
      guard !pairs[..<index].contains(where: { $0.key == pair.key }) else {
        throw .repeated(pair.key)
      }
    }
    let sorted = pairs.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    text = sorted.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }

  /// Reads `metal=gold;operating-unit=La Camorra`, in any order of keys.
  ///
  /// - Throws: ``Malformation`` if a part is no `key=value`, a key occurs twice, or a text cannot
  ///   be used.
  public init(_ text: some StringProtocol) throws(Malformation) {
    var pairs: [(key: String, value: String)] = []
    for part in String(text).utf8.split(separator: UInt8(ascii: ";")) {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
        throw .unusable(String(Substring(part)))
      }
      let value = part[part.index(after: equals)...]
      pairs.append((String(Substring(part[..<equals])), String(Substring(value))))
    }
    try self.init(pairs)
  }

  /// Why dimensions were refused.
  public enum Malformation: Error, Hashable, Sendable {
    /// Empty, or with a character that the text form has no place for.
    case unusable(String)

    /// The key occurs twice.
    case repeated(String)
  }

  /// These and other dimensions; `nil` if both have one key.
  ///
  /// - Complexity: O(*n* log *n*).
  public func merging(_ other: Dimensions) -> Dimensions? {
    guard !other.text.isEmpty else { return self }
    guard !text.isEmpty else { return other }
    return try? Dimensions(text + ";" + other.text)
  }

  private static func isClean(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: ";") && $0 != 0x7F }
  }

  /// The pairs, sorted by key.
  public var pairs: [(key: Substring, value: Substring)] {
    // By bytes: a mark that combines with the `=` before it belongs to the value.
    text.utf8.split(separator: UInt8(ascii: ";")).compactMap { part in
      part.firstIndex(of: UInt8(ascii: "=")).map {
        (Substring(part[..<$0]), Substring(part[part.index(after: $0)...]))
      }
    }
  }

  /// The value under `key`; `nil` if there is none.
  public subscript(_ key: String) -> Substring? { pairs.first { $0.key == key }?.value }

  /// Whether there are none.
  public var isEmpty: Bool { text.isEmpty }
}
