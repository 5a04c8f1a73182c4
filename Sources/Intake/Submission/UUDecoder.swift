/// Decodes uuencoded lines (POSIX.1-2017, uuencode), which come in pieces.
struct UUDecoder {
  private var line: [UInt8] = []
  private var lineNumber = 1
  private var state = State.before

  private enum State { case before, inside, after }

  /// The line that is wrong.
  struct Malformation: Error {
    /// Its number, from 1.
    let line: Int
  }

  /// Whether a line begins an encoded file: `begin 644 NAME`.
  static func isStart(_ line: some StringProtocol) -> Bool {
    let words = line.split(separator: " ")
    return words.count >= 3 && words[0] == "begin" && words[1].utf8.count <= 4
      && words[1].utf8.allSatisfy { 0x30...0x37 ~= $0 }
  }

  /// Decodes the next bytes.
  ///
  /// - Throws: ``Malformation`` if a line is none.
  /// - Complexity: O(*n*).
  mutating func decode(_ piece: ArraySlice<UInt8>) throws(Malformation) -> [UInt8] {
    var output: [UInt8] = []
    for byte in piece {
      guard byte == UInt8(ascii: "\n") else {
        // A longer line is none, whatever follows.
        if line.count < 256 { line.append(byte) }
        continue
      }
      try decodeLine(to: &output)
      line.removeAll(keepingCapacity: true)
      lineNumber += 1
    }
    return output
  }

  /// Ends the text.
  ///
  /// - Throws: ``Malformation`` if its end is missing.
  mutating func finish() throws(Malformation) {
    var output: [UInt8] = []
    if !line.isEmpty { try decodeLine(to: &output) }
    guard state == .after, output.isEmpty else { throw Malformation(line: lineNumber) }
  }

  private mutating func decodeLine(to output: inout [UInt8]) throws(Malformation) {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    switch state {
    case .before: if line.starts(with: "begin ".utf8) { state = .inside }
    case .after: break
    case .inside where line.elementsEqual("end".utf8): state = .after
    case .inside:
      guard let first = line.first, 0x20...0x60 ~= first else {
        if line.isEmpty { return }
        throw Malformation(line: lineNumber)
      }
      let count = Int(value(first))
      let groupCount = (count + 2) / 3
      // Spaces at the end of a line may have been cut off; a byte more is a checksum.
      guard line.count <= 2 + 4 * groupCount, line.allSatisfy({ 0x20...0x60 ~= $0 }) else {
        throw Malformation(line: lineNumber)
      }
      line += [UInt8](repeating: 0x20, count: max(0, 1 + 4 * groupCount - line.count))
      var decoded: [UInt8] = []
      for group in 0..<groupCount {
        let values = (0..<4).map { value(line[1 + 4 * group + $0]) }
        decoded.append(values[0] << 2 | values[1] >> 4)
        decoded.append(values[1] << 4 | values[2] >> 2)
        decoded.append(values[2] << 6 | values[3])
      }
      output += decoded.prefix(count)
    }
  }

  private func value(_ byte: UInt8) -> UInt8 { (byte - 0x20) & 0x3F }
}
