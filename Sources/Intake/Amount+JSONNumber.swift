import Facts

extension Amount {
  /// Reads a JSON number exactly: like ``Facts/Amount/init(_:)``, and with an exponent or a minus
  /// before a zero, which change the spelling but not the number.
  ///
  /// - Throws: ``Facts/Amount/Malformation`` if the text is no number, or the number has more than
  ///   18 digits before and after the point.
  init(jsonNumber text: String) throws(Malformation) {
    do {
      try self.init(text)
    } catch .notDecimal {
      try self.init(Self.plainText(ofNumber: text))
    }
  }

  /// The digits of `text` with the point where its exponent moves it.
  private static func plainText(ofNumber text: String) throws(Malformation) -> String {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0 else {
      throw .notDecimal
    }
    let isNegative = parts[0].first == "-"
    let number = isNegative ? parts[0].dropFirst() : parts[0]
    guard number.first != "-" else { throw .notDecimal }
    let magnitude = try Amount(number)
    guard !magnitude.isZero else { return magnitude.description }
    let digits = String(magnitude.mantissa)
    guard -40...40 ~= exponent else { throw .tooManyDigits }
    let fractionCount = Int(magnitude.fractionDigitCount) - exponent
    let wholeCount = digits.utf8.count - fractionCount
    guard wholeCount <= digitCountMax, fractionCount <= digitCountMax else {
      throw .tooManyDigits
    }
    var plain = isNegative ? "-" : ""
    if wholeCount <= 0 {
      plain += "0." + String(repeating: "0", count: -wholeCount) + digits
    } else if fractionCount <= 0 {
      plain += digits + String(repeating: "0", count: -fractionCount)
    } else {
      plain += digits.prefix(wholeCount) + "." + digits.suffix(fractionCount)
    }
    return plain
  }
}
