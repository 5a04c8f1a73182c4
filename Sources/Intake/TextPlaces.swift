import JSON

/// Lines and columns of values in a JSON text that comes in pieces, asked for in the order of the
/// text.
///
/// Only the bytes between the last place asked for and the end of what came are held.
struct TextPlaces {
  private var bytes: [UInt8] = []

  /// The offset of the first of them in the text.
  private var bytesOffset = 0

  private var offset = 0
  private var line = 1
  private var column = 0

  /// Takes the next bytes of the text.
  mutating func append(_ piece: [UInt8]) {
    bytes.removeFirst(offset - bytesOffset)
    bytesOffset = offset
    bytes += piece
  }

  /// Forgets the bytes after the last place asked for: they will come again.
  mutating func forgetRest() { (bytes, bytesOffset) = ([], offset) }

  /// The line and column of a value's last character without quotation marks, both from 1.
  ///
  /// - Parameter baseOffset: Where the text that `node` is of begins in the whole, in bytes.
  /// - Complexity: O(*n*) for all values of a text together.
  mutating func end(of node: JSONNode, from baseOffset: Int) -> (line: Int, column: Int) {
    // Of a number or a string without escapes, as figures are, the length is that in the text.
    let length = node.withUTF8 { $0.count }
    advance(to: baseOffset + node.byteOffset + length + (node.kind == .string ? 1 : 0))
    return (line, max(column, 1))
  }

  /// Skips the bytes before `end`.
  mutating func advance(to end: Int) {
    let bytes = bytes
    let text = bytes.span
    while offset < min(end, bytesOffset + text.count) {
      let byte = text[offset - bytesOffset]
      if byte == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 0)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
  }
}
