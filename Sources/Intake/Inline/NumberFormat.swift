import Facts

/// How a number is written in a page: what a numeric rule of a transformation registry accepts, and what it
/// makes of it.
enum NumberFormat {
  /// Digits that may be grouped, and a mark before the fraction.
  case grouped(separators: String, decimal: Character, Grouping)

  /// Digits of a unit, words, digits of its hundredth part: `12 dollars 50 cents`.
  case units(separators: String, Grouping)

  /// One of these dashes, for zero.
  case dash(String)

  /// Any text, for zero.
  case zero

  /// Any text, for nothing: no figure can have this.
  case nothing

  /// A number in English words.
  case englishWords

  /// How digits before the point are grouped.
  enum Grouping {
    /// Three by three, with a separator between any two groups.
    case threes

    /// Three by three, with a separator or without.
    case optionalThrees

    /// Three at the end and two by two before them, with separators or without any.
    case indian

    /// Separators anywhere.
    case free
  }

  /// The number that a text stands for, never below zero; `nil` if the rule does not accept the text.
  ///
  /// - Throws: ``Facts/Amount/Malformation`` if it has more than 18 digits.
  func number(_ text: some StringProtocol) throws(Amount.Malformation) -> Amount? {
    let text = text.trimmed
    switch self {
    case .zero: return .zero
    case .nothing: return nil
    case .dash(let dashes):
      return text.count == 1 && dashes.contains(text) ? .zero : nil
    case .englishWords: return try EnglishNumber.number(text)
    case .grouped(let separators, let decimal, let grouping):
      return try Self.grouped(text, separators, decimal, grouping)
    case .units(let separators, let grouping):
      return try Self.units(Substring(text.map(Self.narrow)), separators, grouping)
    }
  }

  private static func grouped(
    _ text: some StringProtocol,
    _ separators: String,
    _ decimal: Character,
    _ grouping: Grouping
  ) throws(Amount.Malformation) -> Amount? {
    let parts = text.split(separator: decimal, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count <= 2,
      let whole = digits(parts[0], separators, grouping)
    else { return nil }
    guard parts.count == 2 else { return try amount(whole, "") }
    var fraction = String(parts[1])
    if case .free = grouping { fraction.removeAll { $0 == " " || $0 == "\u{A0}" } }
    guard !fraction.isEmpty, fraction.allSatisfy(\.isDigit) else { return nil }
    return try amount(whole, fraction)
  }

  private static func units(
    _ text: Substring,
    _ separators: String,
    _ grouping: Grouping
  ) throws(Amount.Malformation) -> Amount? {
    let isPart: (Character) -> Bool = { $0.isDigit || separators.contains($0) }
    var first = text.prefix(while: isPart)
    // A space before the words groups nothing.
    while let last = first.last, last.isWhitespace { first.removeLast() }
    let words = text[first.endIndex...].prefix { !$0.isDigit }
    let second = text[words.endIndex...].prefix(while: \.isDigit)
    let rest = text[second.endIndex...]
    guard !words.isEmpty, 1...2 ~= second.count,
      !rest.contains(where: { isPart($0) && !$0.isWhitespace }),
      let whole = digits(first, separators, grouping), !whole.isEmpty
    else { return nil }
    return try amount(whole, second.count == 1 ? "0" + second : String(second))
  }

  private static func amount(
    _ whole: String,
    _ fraction: String
  ) throws(Amount.Malformation) -> Amount? {
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    return try Amount(lexical: fraction.isEmpty ? whole : "\(whole).\(fraction)")
  }

  /// The digits of a text without its separators; `nil` if it is grouped otherwise.
  private static func digits(
    _ text: some StringProtocol,
    _ separators: String,
    _ grouping: Grouping
  ) -> String? {
    let groups = text.split(omittingEmptySubsequences: false) { separators.contains($0) }
    let digits = groups.joined()
    guard digits.allSatisfy(\.isDigit) else { return nil }
    let counts = groups.map(\.count)
    switch grouping {
    case .free: return digits
    case .threes:
      guard 1...3 ~= counts[0], counts.dropFirst().allSatisfy({ $0 == 3 }) else { return nil }
    case .optionalThrees:
      // Between two separators, and after the last, there are whole groups.
      guard counts[0] > 0, counts.dropFirst().allSatisfy({ $0 > 0 && $0 % 3 == 0 }) else {
        return nil
      }
    case .indian:
      guard counts.count > 1 else { return digits.isEmpty ? nil : digits }
      guard 1...2 ~= counts[0], counts.last == 3,
        counts.dropFirst().dropLast().allSatisfy({ $0 == 2 })
      else { return nil }
    }
    return digits
  }

  /// A digit as wide as a Chinese character is the same digit.
  private static func narrow(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, 0xFF10...0xFF19 ~= scalar.value,
      let digit = Unicode.Scalar(scalar.value - 0xFF10 + 0x30)
    else { return character }
    return Character(digit)
  }
}

extension Character {
  fileprivate var isDigit: Bool { "0"..."9" ~= self }
}

extension Amount {
  static let zero = Amount(mantissa: 0, fractionDigitCount: 0)
}
