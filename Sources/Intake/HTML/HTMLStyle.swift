/// What a tag says of where its text stands on paper.
struct HTMLStyle {
  /// How far the text is moved to the right, in points; a hanging first line counts.
  private(set) var indent = 0.0

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
    case "padding-left", "margin-left", "text-indent": indent += Self.points(first)
    case "padding", "margin":
      // Top, right, bottom, left; of fewer, the second is right and left.
      let left = values.count == 4 ? values[3] : values.count > 1 ? values[1] : first
      indent += Self.points(left)
    case "display": isHidden = isHidden || first == "none"
    case "visibility": isHidden = isHidden || first == "hidden"
    case "vertical-align": isRaised = isRaised || first == "super" || Self.points(first) > 0
    case "top": isRaised = isRaised || Self.points(first) < 0
    default: break
    }
  }

  /// A length in points; 0 for one that depends on the width of the page.
  ///
  /// It is where something stands on the page, and never a figure.
  private static func points(_ text: String) -> Double {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    guard let number = Double(digits), number.magnitude < 10_000 else { return 0 }
    switch text.dropFirst(digits.count) {
    case "pt", "": return number
    case "px": return number * 0.75
    case "em", "rem": return number * 12
    case "in": return number * 72
    case "cm": return number * 28.35
    case "mm": return number * 2.835
    case "pc": return number * 12
    default: return 0
    }
  }
}
