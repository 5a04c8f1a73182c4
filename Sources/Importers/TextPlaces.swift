import JSON

/// Lines and columns of values in a JSON text, asked for in the order of the text.
struct TextPlaces {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1
  private var column = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where the last character of a value stands, quotation marks apart, both from 1.
  ///
  /// - Complexity: O(*n*) for all values of a text together.
  mutating func end(of node: JSONNode) -> (line: Int, column: Int) {
    // Of a number or a string without escapes, as figures are, the length is that in the text.
    let length = node.withUTF8 { $0.count }
    let end = node.byteOffset + length + (node.kind == .string ? 1 : 0)
    while offset < min(end, bytes.count) {
      if bytes[offset] == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 0)
      } else if bytes[offset] & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
    return (line, max(column, 1))
  }
}
