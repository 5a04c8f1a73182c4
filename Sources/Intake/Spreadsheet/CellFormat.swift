import Facts

/// How a cell of a workbook shows its number (ECMA-376 part 1, §18.8.30): `#,##0_);(#,##0);"-"`.
///
/// What people read is what is read: places are cut off by rounding, a format that ends in a comma shows
/// thousands, a percent sign multiplies, a zero may be a dash.
struct CellFormat {
  /// Whether the number is a day.
  private(set) var isDay = false

  private var sections: [Section] = []

  /// The part of a format for positive numbers, for negative ones or for zero.
  private struct Section {
    var isGeneral = false
    var isPercent = false
    var hasGroups = false
    var hasParentheses = false
    var hasDash = false
    var currency = ""

    /// How many places there are behind the point, at least and at most.
    var places = (least: 0, most: 0)

    /// Whether digits are shown; none for a text alone.
    var hasDigits = false

    /// Whether a zero is shown as a digit: places that are `?` are left blank.
    var showsZero = false

    /// By how many thousands the number is divided.
    var thousandCount = 0
  }

  /// The format of a code; `nil` or an unknown one shows the number as it is.
  init(_ code: String?) {
    guard let code, !code.lowercased().hasPrefix("general") else {
      sections = [Section(isGeneral: true)]
      return
    }
    sections = Self.parts(of: Array(code.unicodeScalars)).map { section($0) }
  }

  /// The codes of formats that a workbook need not define.
  static func builtIn(_ number: Int) -> String? {
    switch number {
    case 1: "0"
    case 2: "0.00"
    case 3: "#,##0"
    case 4: "#,##0.00"
    case 9: "0%"
    case 10: "0.00%"
    case 14...17, 22: "yyyy-mm-dd"
    case 37, 38: "#,##0_);(#,##0)"
    case 39, 40: "#,##0.00_);(#,##0.00)"
    case 41: "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)"
    case 42: "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)"
    case 43: "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)"
    case 44: "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)"
    default: nil
    }
  }

  private static func parts(of code: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var parts: [[Unicode.Scalar]] = [[]]
    var isQuoted = false
    for scalar in code {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == ";", !isQuoted {
        parts.append([])
      } else {
        parts[parts.count - 1].append(scalar)
      }
    }
    return parts
  }

  private mutating func section(_ code: [Unicode.Scalar]) -> Section {
    var section = Section()
    var rest = code[...]
    var commaCount = 0
    var isBehindPoint = false
    while let scalar = rest.popFirst() {
      switch scalar {
      case "0", "#", "?":
        if commaCount > 0 { section.hasGroups = true }
        (section.hasDigits, commaCount) = (true, 0)
        if scalar != "?" { section.showsZero = true }
        if isBehindPoint {
          section.places.most += 1
          if scalar == "0" { section.places.least = section.places.most }
        }
      case ",": if section.hasDigits { commaCount += 1 }
      case ".": isBehindPoint = true
      case "%": section.isPercent = true
      case "(": section.hasParentheses = true
      case "-": section.hasDash = true
      case "$", "€", "£", "¥": section.currency = String(scalar)
      case "\"":
        let literal = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(literal.count + 1)
        take(literal, into: &section)
      case "\\":
        take(rest.prefix(1), into: &section)
        rest = rest.dropFirst()
      case "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        if inside.first == "$" {
          section.currency = String(
            String.UnicodeScalarView(inside.dropFirst().prefix { $0 != "-" })
          )
        }
      case "y", "Y", "d", "D": isDay = true
      case "E", "e", "/": section.isGeneral = true
      default: break
      }
    }
    section.thousandCount = commaCount
    return section
  }

  private func take(_ literal: ArraySlice<Unicode.Scalar>, into section: inout Section) {
    for scalar in literal {
      switch scalar.plain {
      case "-": section.hasDash = true
      case "(": section.hasParentheses = true
      case "$", "€", "£", "¥": section.currency = String(scalar)
      default: break
      }
    }
  }

  /// What the cell shows of a number.
  func shown(_ number: Amount) -> String {
    var section = sections[0]
    if number.isZero, sections.count > 2 { section = sections[2] }
    if number.mantissa < 0, sections.count > 1 { section = sections[1] }
    if section.isGeneral { return number.description }
    if number.isZero, section.hasDash, !section.showsZero { return "-" }
    guard section.hasDigits else { return section.hasDash ? "-" : "" }
    let shift = (section.isPercent ? 2 : 0) - 3 * section.thousandCount
    guard let scaled = number.scaled(byPowerOfTen: shift) else { return number.description }
    var digits = scaled.rounded(
      section.places.least...max(section.places.least, section.places.most)
    )
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    if section.hasGroups { digits = Self.grouped(digits) }
    if section.isPercent { digits += "%" }
    if isNegative { digits = section.hasParentheses ? "(\(digits))" : "-\(digits)" }
    return section.currency + digits
  }

  private static func grouped(_ digits: String) -> String {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
      whole.append(digit)
    }
    return parts.count == 2 ? "\(whole).\(parts[1])" : whole
  }
}

extension Amount {
  /// The number with so many places, rounded half away from zero.
  fileprivate func rounded(_ places: ClosedRange<Int>) -> String {
    var (magnitude, count) = (mantissa.magnitude, Int(fractionDigitCount))
    while count > places.upperBound {
      // Of several digits that go, only the first decides: the others only move it further from half.
      magnitude = count == places.upperBound + 1 ? (magnitude + 5) / 10 : magnitude / 10
      count -= 1
    }
    while count > places.lowerBound, magnitude % 10 == 0 {
      (magnitude, count) = (magnitude / 10, count - 1)
    }
    var digits = String(magnitude)
    while count < places.lowerBound { (digits, count) = (digits + "0", count + 1) }
    if count > 0 {
      while digits.count <= count { digits = "0" + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -count))
    }
    return mantissa < 0 && magnitude > 0 ? "-" + digits : digits
  }

  /// A number as a workbook stores it.
  ///
  /// Spreadsheets count with fifteen digits and write up to seventeen, of which the last are those of a binary
  /// fraction: 5.1 is stored as `5.0999999999999996`, and is read as 5.1.
  ///
  /// - Returns: `nil` if it is no number, or one that a ledger cannot hold.
  init?(stored text: String) {
    if let exact = try? Amount(lexical: text), exact.digitCount <= Self.spreadsheetDigitCount {
      self = exact
      return
    }
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    guard let first = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0 else {
      return nil
    }
    let isNegative = first.first == "-"
    let written = first.drop { $0 == "-" || $0 == "+" }
    let sides = written.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = sides.count == 2 ? sides[1] : ""
    let digits = (sides[0] + fraction).drop { $0 == "0" }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    let extra = digits.count - Self.spreadsheetDigitCount
    guard extra > 0, var mantissa = Int64(digits.prefix(Self.spreadsheetDigitCount)) else {
      return nil
    }
    if let next = digits.dropFirst(Self.spreadsheetDigitCount).first, next >= "5" { mantissa += 1 }
    let whole = Amount(mantissa: isNegative ? -mantissa : mantissa, fractionDigitCount: 0)
    guard let scaled = whole.scaled(byPowerOfTen: exponent - fraction.count + extra) else {
      return nil
    }
    self = scaled.withoutTrailingZeros
  }

  private static let spreadsheetDigitCount = 15

  private var digitCount: Int { String(mantissa.magnitude).utf8.count }
}
