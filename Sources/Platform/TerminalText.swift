/// Texts for a terminal, which takes some characters for commands.
public enum TerminalText {
  /// The text with what a document must not do to a terminal as escapes: control characters, those of
  /// ISO 6429 among them (U+0080 to U+009F), and marks that change the direction of writing.
  public static func escaped(_ text: some StringProtocol) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isCommand(scalar) {
        plain.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  /// The same of UTF-8, in which line feeds and tabs stay.
  static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    let isPlain = bytes.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0A || $0 == 0x09) }
    guard !isPlain else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if isCommand(scalar), scalar != "\n", scalar != "\t" {
        plain.append(contentsOf: escape(scalar).utf8)
      } else {
        plain.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    return plain
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    guard scalar.value > 0xFF else {
      return "\\x\(scalar.value < 16 ? "0" : "")\(digits)"
    }
    return "\\u{\(digits)}"
  }

  private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    // The marks of the Unicode Bidirectional Algorithm (UAX #9 §2).
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
