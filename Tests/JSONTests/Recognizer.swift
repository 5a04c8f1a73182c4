/// The grammar of RFC 8259 written down a second time, plainly: what the parser is tested against.
///
/// Accepts ASCII without `\u` escapes only. Keys must be unique.
struct Recognizer {
  private var rest: ArraySlice<UInt8>

  static func accepts(_ text: [UInt8]) -> Bool {
    var recognizer = Recognizer(rest: text[...])
    return recognizer.value() && recognizer.rest.isEmpty
  }

  private mutating func take(_ characters: String) -> UInt8? {
    guard let byte = rest.first, characters.utf8.contains(byte) else { return nil }
    rest.removeFirst()
    return byte
  }

  private mutating func skipSpace() { while take(" \t\r\n") != nil {} }

  private mutating func value() -> Bool {
    skipSpace()
    defer { skipSpace() }
    for name in ["null", "true", "false"] where rest.starts(with: name.utf8) {
      rest.removeFirst(name.utf8.count)
      return true
    }
    switch rest.first {
    case UInt8(ascii: "{"): return list(closing: "}") { $0.member(&$1) }
    case UInt8(ascii: "["): return list(closing: "]") { recognizer, _ in recognizer.value() }
    case UInt8(ascii: "\""): return string() != nil
    default: return number()
    }
  }

  private mutating func list(
    closing: String,
    item: (inout Recognizer, inout [[UInt8]]) -> Bool
  ) -> Bool {
    rest.removeFirst()
    skipSpace()
    if take(closing) != nil { return true }
    var keys: [[UInt8]] = []
    repeat {
      if !item(&self, &keys) { return false }
    } while take(",") != nil
    return take(closing) != nil
  }

  private mutating func member(_ keys: inout [[UInt8]]) -> Bool {
    skipSpace()
    guard let key = string(), !keys.contains(key) else { return false }
    keys.append(key)
    skipSpace()
    return take(":") != nil && value()
  }

  private mutating func string() -> [UInt8]? {
    guard take("\"") != nil else { return nil }
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return text }
      guard byte >= 0x20 else { return nil }
      text.append(byte)
      if byte == UInt8(ascii: "\\") {
        guard let escape = take("\"\\/bfnrt") else { return nil }
        text.append(escape)
      }
    }
    return nil
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if take("0") == nil, !digits() { return false }
    if take(".") != nil, !digits() { return false }
    guard take("eE") != nil else { return true }
    _ = take("+-")
    return digits()
  }

  private mutating func digits() -> Bool {
    guard take("0123456789") != nil else { return false }
    while take("0123456789") != nil {}
    return true
  }
}
