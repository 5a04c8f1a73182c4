import Facts

/// Whole numbers in English words: `no`, `twenty-five`, `one hundred and five thousand`.
enum EnglishNumber {
  private static let words: [Substring: Int64] = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
  ]
  private static let tens: [Substring: Int64] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
  ]
  private static let powers: [Substring: Int64] = [
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "quadrillion": 1_000_000_000_000_000,
  ]
  private static let none: Set<Substring> = ["no", "none", "nil"]

  /// The number that a text says; `nil` if it says none.
  ///
  /// - Throws: ``Facts/Amount/Malformation`` if it has more than 18 digits.
  static func number(_ text: some StringProtocol) throws(Amount.Malformation) -> Amount? {
    let words = text.lowercased().split {
      $0.isWhitespace || $0 == "," || TransformationRegistry.dashes.contains($0)
    }
    if words.count == 1, none.contains(words[0]) { return .zero }
    var total: Int64 = 0
    var lowestPower = Int64.max
    var group: Group?
    for word in words {
      if word == "and", group != nil || total > 0 { continue }
      if let power = powers[word] {
        guard power < lowestPower, let value = group?.value, value > 0 else { return nil }
        total += value * power
        (lowestPower, group) = (power, nil)
      } else {
        var next = group ?? Group()
        guard next.take(word) else { return nil }
        group = next
      }
    }
    guard let last = words.last, last != "and", group != nil || total > 0 else { return nil }
    return try Amount(String(total + (group?.value ?? 0)))
  }

  /// A number below a thousand.
  private struct Group {
    var value: Int64 = 0

    /// What may still follow: a number below this one.
    private var limit: Int64 = 1_000
    private var isStarted = false

    init() {}

    /// Takes the next word; `false` if the number cannot go on so.
    mutating func take(_ word: Substring) -> Bool {
      if word == "hundred" {
        guard 1...9 ~= value, limit == 1 else { return false }
        (value, limit) = (value * 100, 100)
        return true
      }
      // After tens a unit from one to nine; nothing after zero or a unit.
      if let number = EnglishNumber.words[word] {
        guard number < limit, number > 0 || !isStarted else { return false }
        (value, limit, isStarted) = (value + number, 1, true)
        return true
      }
      guard let number = EnglishNumber.tens[word], number < limit else { return false }
      (value, limit, isStarted) = (value + number, 10, true)
      return true
    }
  }
}
