import Facts

extension Amount {
  /// Reads a number as XML Schema and XBRL write it, exactly: white space around it, a plus sign,
  /// zeros in front, a point without digits on one side, an exponent.
  ///
  /// - Throws: ``Facts/Amount/Malformation`` if the text is no number, or the number has more than
  ///   18 digits before and after the point.
  init(lexical text: some StringProtocol) throws(Malformation) {
    do {
      try self.init(text)
      return
    } catch .tooManyDigits {
      throw .tooManyDigits
    } catch {}
    var number = Substring(text.trimmed)
    var sign = ""
    if let first = number.first, first == "+" || first == "-" {
      number.removeFirst()
      if first == "-" { sign = "-" }
    }
    guard number.first != "+", number.first != "-" else { throw .notDecimal }
    let exponent = number.firstIndex { $0 == "e" || $0 == "E" } ?? number.endIndex
    let parts = number[..<exponent].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { throw .notDecimal }
    var whole = parts[0].drop { $0 == "0" }
    if whole.isEmpty { whole = "0" }
    let fraction = parts.count == 2 && !parts[1].isEmpty ? "." + parts[1] : ""
    try self.init(jsonNumber: sign + whole + fraction + number[exponent...])
  }

  /// The number without zeros at the end of its fraction.
  var withoutTrailingZeros: Amount {
    var (mantissa, count) = (mantissa, fractionDigitCount)
    while count > 0, mantissa % 10 == 0 { (mantissa, count) = (mantissa / 10, count - 1) }
    return Amount(mantissa: mantissa, fractionDigitCount: count)
  }

  /// What XBRL 2.1 §4.6.6 infers from the `precision` attribute: how far the number is rounded.
  ///
  /// - Parameter precision: How many digits are right, at least 1.
  /// - Returns: `nil` for zero, which is exact.
  func decimals(ofPrecision precision: Int) -> Int? {
    guard !isZero else { return nil }
    return precision - (String(mantissa.magnitude).utf8.count - Int(fractionDigitCount))
  }
}

extension StringProtocol {
  /// The text without white space of XML around it.
  var trimmed: SubSequence {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || 0x09...0x0D ~= $0 }
    let text = drop { $0.utf8.allSatisfy(isSpace) }
    let spaceCount = text.reversed().prefix { $0.utf8.allSatisfy(isSpace) }.count
    return text.dropLast(spaceCount)
  }
}

extension StringProtocol {
  /// The text on one line, as the source of a claim has it; `nil` for nothing.
  var asPrinted: String? { onOneLine?.prefix(utf8Count: Source.textByteCountMax) }

  /// The longest start of the text that has at most `utf8Count` bytes and no space at its end.
  func prefix(utf8Count: Int) -> String {
    guard utf8.count > utf8Count else { return String(self) }
    var count = 0
    let start = unicodeScalars.prefix { scalar in
      count += UTF8.width(scalar)
      return count <= utf8Count
    }
    var text = String(String.UnicodeScalarView(start))
    while text.utf8.last == 0x20 { text.unicodeScalars.removeLast() }
    return text
  }
}
