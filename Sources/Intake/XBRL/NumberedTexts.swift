import Facts

/// Texts that many figures share, and their numbers.
struct NumberedTexts {
  private var texts: [String] = []
  private var numbers: [ExactText: UInt32] = [:]

  /// The text of a number.
  subscript(number: UInt32) -> String { texts[Int(number)] }

  /// The number of `text`.
  mutating func number(of text: String) -> UInt32 {
    let key = ExactText(text)
    if let number = numbers[key] { return number }
    let number = UInt32(texts.count)
    texts.append(text)
    numbers[key] = number
    return number
  }
}
