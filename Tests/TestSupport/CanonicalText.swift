/// A JSON text without white space, its keys sorted: made without the product's reader or writer.
///
/// Strings and numbers stay as they are written, so that the text must be free of needless escapes.
struct CanonicalText {
  private let bytes: [UInt8]
  private var index = 0

  /// The elements of a text that is one array, each in its canonical form.
  static func elements(of text: [UInt8]) -> [String] {
    var reader = CanonicalText(bytes: text)
    return reader.list(from: "[", to: "]") { $0.value() }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipBlanks() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func list(
    from opener: Unicode.Scalar,
    to closer: Unicode.Scalar,
    _ element: (inout CanonicalText) -> String
  ) -> [String] {
    let isList = take(opener)
    precondition(isList, "expected \(opener) at byte \(index)")
    var elements: [String] = []
    if take(closer) { return elements }
    repeat { elements.append(element(&self)) } while take(",")
    let isClosed = take(closer)
    precondition(isClosed, "expected \(closer) at byte \(index)")
    return elements
  }

  private mutating func value() -> String {
    skipBlanks()
    switch bytes[index] {
    case UInt8(ascii: "["):
      return "[" + list(from: "[", to: "]") { $0.value() }.joined(separator: ",") + "]"
    case UInt8(ascii: "{"):
      var members: [(key: String, text: String)] = []
      _ = list(from: "{", to: "}") { reader in
        let key = reader.scalar()
        let isKey = reader.take(":")
        precondition(isKey, "expected : at byte \(reader.index)")
        members.append((String(key.dropFirst().dropLast()), key + ":" + reader.value()))
        return key
      }
      members.sort { Array($0.key.utf16).lexicographicallyPrecedes(Array($1.key.utf16)) }
      return "{" + members.map(\.text).joined(separator: ",") + "}"
    default: return scalar()
    }
  }

  private mutating func scalar() -> String {
    skipBlanks()
    let start = index
    if bytes[index] == UInt8(ascii: "\"") {
      index += 1
      while bytes[index] != UInt8(ascii: "\"") {
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      index += 1
    } else {
      while !",]} \n".utf8.contains(bytes[index]) { index += 1 }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}
