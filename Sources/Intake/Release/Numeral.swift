import Facts

/// A word read as a number: `33,718`, `(11,292)`, `0.685`, `-5`, `28,290(1)`.
struct Numeral {
  /// What it says.
  private(set) var content: PrintedFigure.Content = .malformed("it is no number")

  /// Whether it is a number, or one that is too long.
  private(set) var isFigure = false

  /// How many characters the footnote mark behind it has.
  private(set) var markCount = 0

  /// How many characters close it: a parenthesis, a percent sign.
  private(set) var closingCount = 0

  /// Whether a percent sign stands behind it.
  private(set) var isPercent = false

  /// Whether it is one or two digits in parentheses.
  private(set) var looksLikeMark = false

  /// Whether it is a year: four digits without a comma, from 1900 to 2099.
  private(set) var looksLikeYear = false

  /// Reads `word`.
  init(_ word: ArraySlice<Unicode.Scalar>) {
    var rest = word
    var isNegative = false
    let isOpen = rest.first == "("
    if isOpen || rest.first == "-" {
      isNegative = true
      rest = rest.dropFirst()
    }
    let number = rest.prefix { $0.isDigit || $0 == "," || $0 == "." }
    rest = rest.dropFirst(number.count)
    if rest.first == "%" {
      isPercent = true
      closingCount += 1
      rest = rest.dropFirst()
    }
    if isOpen {
      guard rest.first == ")" else { return }
      closingCount += 1
      rest = rest.dropFirst()
    }
    if !isPercent, rest.first == "%" {
      isPercent = true
      closingCount += 1
      rest = rest.dropFirst()
    }
    if !rest.isEmpty {
      guard Self.isMark(rest) else { return }
      markCount = rest.count
    }
    guard let digits = Self.digits(of: number) else { return }
    isFigure = true
    looksLikeMark = isOpen && !isPercent && number.count <= 2 && number.allSatisfy(\.isDigit)
    looksLikeYear =
      !isNegative && !isPercent && number.count == 4 && markCount == 0
      && (number.starts(with: ["1", "9"]) || number.starts(with: ["2", "0"]))
      && number.allSatisfy(\.isDigit)
    guard let amount = try? Amount(digits) else {
      content = .malformed(Amount.tooManyDigitsReason)
      return
    }
    content = .number(isNegative && !amount.isZero ? amount.negated : amount)
  }

  private static func isMark(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard text.first == "(", text.last == ")" else { return false }
    let digits = text.dropFirst().dropLast()
    return 1...2 ~= digits.count && digits.allSatisfy(\.isDigit)
  }

  /// The digits and the point, with a zero before a point that has none, and without zeros in
  /// front; `nil` if commas do not part thousands or there is more than one point.
  private static func digits(of number: ArraySlice<Unicode.Scalar>) -> String? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard 1...3 ~= groups[0].count, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
        return nil
      }
    }
    let plain = whole.filter { $0 != "," }.drop { $0 == "0" }
    var text = String(String.UnicodeScalarView(plain))
    if text.isEmpty { text = "0" }
    guard parts.count == 2 else { return whole.isEmpty ? nil : text }
    guard !parts[1].isEmpty, !parts[1].contains(",") else { return nil }
    return text + "." + String(String.UnicodeScalarView(parts[1]))
  }
}

extension Amount {
  /// Why a printed number is no figure that a ledger can hold.
  static let tooManyDigitsReason = "it has more than \(digitCountMax) digits"
}
