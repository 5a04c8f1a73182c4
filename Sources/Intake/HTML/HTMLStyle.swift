import Facts

/// What a tag says of where its text stands on paper.
struct HTMLStyle {
  /// How far the text is moved to the right, in hundredths of a point; a hanging first line counts.
  private(set) var indent = 0

  /// Whether the text is set above the line and smaller, as footnote marks are.
  private(set) var isRaised = false

  /// Whether the text is not shown.
  private(set) var isHidden = false

  init(_ tag: HTMLTag) {
    isRaised = tag.name == "sup"
    isHidden = tag.attributes["hidden"] != nil
    guard let style = tag.attributes["style"] else { return }
    for declaration in style.split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1).map {
        $0.split(separator: " ", omittingEmptySubsequences: true)
      }
      guard parts.count == 2, let name = parts[0].first else { continue }
      read(String(name), parts[1].map(String.init))
    }
  }

  private mutating func read(_ name: String, _ values: [String]) {
    guard let first = values.first else { return }
    switch name {
    case "padding-left", "margin-left", "text-indent": indent += Self.length(first)
    case "padding", "margin":
      // Top, right, bottom, left; of fewer, the second is right and left.
      let left = values.count == 4 ? values[3] : values.count > 1 ? values[1] : first
      indent += Self.length(left)
    case "display": isHidden = isHidden || first == "none"
    case "visibility": isHidden = isHidden || first == "hidden"
    case "vertical-align": isRaised = isRaised || first == "super" || Self.length(first) > 0
    case "top": isRaised = isRaised || Self.length(first) < 0
    default: break
    }
  }

  /// How many columns of text a length in hundredths of a point is: one a point.
  static func columnCount(of length: Int) -> Int { max(0, (length + 50) / 100) }

  /// A length in hundredths of a point; 0 for one that depends on the width of the page.
  private static func length(_ text: String) -> Int {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    guard let unit = hundredths[text.dropFirst(digits.count).lowercased()],
      let number = number(digits), number.fixedPoint.magnitude < lengthMax
    else { return 0 }
    return Int(number.fixedPoint * Int128(unit) / Int128.powerOfTen(19))
  }

  /// How many hundredths of a point the units of CSS have.
  private static let hundredths = [
    "pt": 100, "": 100, "px": 75, "em": 1200, "rem": 1200, "in": 7200, "cm": 2835, "mm": 284,
    "pc": 1200,
  ]

  /// Ten thousand, with 19 digits behind the point.
  private static let lengthMax = UInt128(Int128.powerOfTen(23))

  /// A number as CSS writes it: `12`, `.5`, `+3.25`.
  private static func number(_ text: Substring) -> Amount? {
    let sign = text.first == "-" ? "-" : ""
    let digits = text.drop { $0 == "-" || $0 == "+" }
    return try? Amount(sign + (digits.first == "." ? "0" : "") + digits)
  }
}
