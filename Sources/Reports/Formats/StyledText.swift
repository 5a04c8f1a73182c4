public import Platform

/// A line with parts that stand out where plain text is shown on a screen that can.
public struct StyledText: Sendable {
  /// The parts, one behind the other, each with its style.
  private(set) var parts: [(text: String, style: TextStyle?)]

  /// A line of one part.
  public init(_ text: String, _ style: TextStyle? = nil) { parts = [(text, style)] }

  /// The line without styles.
  public var text: String { parts.map(\.text).joined() }

  /// One line behind the other.
  static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.parts += right.parts
    return sum
  }

  /// The line without the spaces at its end.
  var trimmedAtEnd: StyledText {
    var trimmed = self
    while let last = trimmed.parts.last {
      let text = last.text.trimmedAtEnd
      trimmed.parts[trimmed.parts.count - 1].text = text
      guard text.isEmpty, trimmed.parts.count > 1 else { break }
      trimmed.parts.removeLast()
    }
    return trimmed
  }

  /// Appends the line without a line feed.
  func append(to bytes: inout [UInt8], on screen: Screen) {
    for part in parts {
      bytes.append(contentsOf: part.text.utf8[...], as: screen.isStyled ? part.style : nil)
    }
  }
}

extension [StyledText] {
  /// Lines of one style each.
  init(_ lines: [String], _ style: TextStyle? = nil) { self = lines.map { StyledText($0, style) } }
}

extension [UInt8] {
  /// Appends UTF-8 between the marks of a style; blanks stay outside, and what is empty has no marks.
  mutating func append(contentsOf text: some BidirectionalCollection<UInt8>, as style: TextStyle?) {
    let blank = UInt8(ascii: " ")
    guard let style, let first = text.firstIndex(where: { $0 != blank }),
      let last = text.lastIndex(where: { $0 != blank })
    else { return append(contentsOf: text) }
    append(contentsOf: text[..<first])
    append(style.mark)
    append(contentsOf: text[first...last])
    append(TextStyle.endMark)
    append(contentsOf: text[text.index(after: last)...])
  }
}
