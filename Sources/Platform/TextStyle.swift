/// How a part of a text is shown on a terminal, for what it means.
///
/// In bytes, a styled part stands between two marks: single bytes that UTF-8 never has, so that no text can be
/// taken for one. ``TerminalText/shown(_:isEscaped:)`` makes commands for terminals of them.
public enum TextStyle: UInt8, Hashable, Sendable {
  /// Names what follows: bold.
  case title = 0xF8

  /// Must not be overlooked, as a contradiction: bold and red.
  case alarm

  /// Is not what it was: yellow.
  case change

  /// Stands where a figure is missing: faint.
  case faint

  /// What ends a styled part.
  public static let endMark: UInt8 = 0xFF

  /// What begins a part of this style.
  public var mark: UInt8 { rawValue }

  /// The parameters of "Select Graphic Rendition" (ISO 6429, 8.3.117).
  var parameters: String {
    switch self {
    case .title: "1"
    case .alarm: "1;31"
    case .change: "33"
    case .faint: "2"
    }
  }
}

extension TerminalText {
  private static let firstMark = TextStyle.title.mark
  private static let escape: UInt8 = 0x1B

  /// UTF-8 with the marks of styles as a terminal shows it: the styles are commands, and nothing else is.
  ///
  /// - Parameter isEscaped: Whether what commands terminals is escaped in the text itself, as
  ///   ``escaped(_:)`` does.
  public static func shown(_ bytes: [UInt8], isEscaped: Bool) -> [UInt8] {
    var shown: [UInt8] = []
    shown.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while true {
      let text = rest.prefix { $0 < firstMark }
      shown += isEscaped ? escaped(Array(text)) : Array(text)
      rest = rest.dropFirst(text.count)
      guard let mark = rest.popFirst() else { return shown }
      shown += "\u{1B}[\(TextStyle(rawValue: mark)?.parameters ?? "")m".utf8
    }
  }

  /// A copy of what a terminal shows, without the commands of styles in it.
  public static func withoutStyles(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(escape) else { return bytes }
    var plain: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      let parameters = rest.dropFirst(2).prefix { (0x30...0x3B).contains($0) }
      let end = parameters.endIndex
      let isStyle =
        byte == escape && rest.dropFirst().first == UInt8(ascii: "[") && end < rest.endIndex
        && rest[end] == UInt8(ascii: "m")
      if isStyle {
        rest = rest[(end + 1)...]
      } else {
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return plain
  }
}
