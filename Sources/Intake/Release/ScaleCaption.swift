/// The words near a table's title that say what is printed in thousands: `(dollars in thousands, except per
/// share amounts - unaudited)`, `Dollars in millions`.
struct ScaleCaption: Hashable {
  /// The words, without `unaudited`, with `*` for each scale.
  let words: [String]

  /// The powers of ten that figures are printed divided by, in their order.
  let scales: [Int]

  /// The words as printed, on one line.
  let text: String

  private static let names = [
    "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
    "000s": 3, "000": 3, "mm": 6,
  ]

  /// How a line without parentheses begins that says a scale.
  private static let beginnings: Set<String> = [
    "in", "dollars", "amounts", "all", "figures", "expressed", "stated", "us", "millions",
    "thousands",
    "billions", "unaudited", "u", "$", "presented", "euros", "million", "thousand",
  ]

  private static let wordCountMax = 24

  /// Reads the last words that name a scale: in parentheses, or else on a line of their own; `nil` if none
  /// do.
  ///
  /// - Parameter lines: Lines near a table, in order.
  init?(in lines: [[Unicode.Scalar]]) {
    let text = Array(lines.joined(separator: [" "]))
    var found: ScaleCaption?
    var start: Int?
    for (index, character) in text.enumerated() {
      if character == "(" { start = index }
      if character == ")", let first = start {
        found = ScaleCaption(inside: text[(first + 1)..<index]) ?? found
        start = nil
      }
    }
    if found == nil {
      found = lines.last { Self.isLine($0[...]) }.flatMap { ScaleCaption(inside: $0[...]) }
    }
    guard let found else { return nil }
    self = found
  }

  private init?(inside text: ArraySlice<Unicode.Scalar>) {
    var words: [String] = []
    var scales: [Int] = []
    for word in Self.words(text) {
      if let scale = Self.names[word] {
        scales.append(scale)
        words.append("*")
      } else if word != "unaudited" {
        words.append(word)
      }
    }
    guard !scales.isEmpty else { return nil }
    (self.words, self.scales) = (words, scales)
    self.text = String(String.UnicodeScalarView(text)).split(separator: " ").joined(separator: " ")
  }

  private static func words(_ text: ArraySlice<Unicode.Scalar>) -> [String] {
    text.split { !$0.properties.isAlphabetic && !$0.isDigit }
      .map { String(String.UnicodeScalarView($0)).lowercased() }
      .filter { word in names[word] != nil || !word.allSatisfy(\.isNumber) }
  }

  /// Whether a line without parentheses says a scale and nothing else.
  static func isLine(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
    guard !line.contains("(") else { return false }
    let words = words(line)
    guard let first = words.first, words.count <= wordCountMax,
      words.contains(where: { names[$0] != nil })
    else { return false }
    return beginnings.contains(first)
      && !line.contains(where: { $0.isDigit && $0 != "0" })
  }

  /// Whether words in parentheses, which may not be closed yet, say a scale or that figures are unaudited.
  static func isAside(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let words = words(text)
    return words.contains { names[$0] != nil || $0 == "unaudited" }
  }
}
