/// Splits bytes that come in pieces into lines, which end with a line feed, a carriage return or
/// both.
struct LineSplitter {
  /// How long a line may be, in bytes.
  static let byteCountMax = 1 << 16

  /// How many lines have ended.
  private(set) var lineCount = 0

  private var line: [UInt8] = []
  private var endsWithReturn = false

  /// Calls `body` with each line that `bytes` ends.
  ///
  /// - Returns: Whether no line was too long.
  mutating func append(
    _ bytes: [UInt8],
    _ body: (_ line: [UInt8], _ number: Int) throws -> Void
  ) rethrows -> Bool {
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
        endsWithReturn = false
        continue
      }
      line.append(contentsOf: bytes[start..<index])
      start = index + 1
      if byte == UInt8(ascii: "\n"), endsWithReturn {
        endsWithReturn = false
        continue
      }
      endsWithReturn = byte == UInt8(ascii: "\r")
      guard line.count <= Self.byteCountMax else { return false }
      try end(body)
    }
    line.append(contentsOf: bytes[start...])
    return line.count <= Self.byteCountMax
  }

  /// Calls `body` with the last line, if no line feed ended it.
  mutating func finish(_ body: (_ line: [UInt8], _ number: Int) throws -> Void) rethrows {
    if !line.isEmpty { try end(body) }
  }

  private mutating func end(_ body: (_ line: [UInt8], _ number: Int) throws -> Void) rethrows {
    lineCount += 1
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if lineCount == 1, line.starts(with: byteOrderMark) { line.removeFirst(3) }
    try body(line, lineCount)
    line.removeAll(keepingCapacity: true)
  }
}
