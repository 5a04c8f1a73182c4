/// Takes a Swift file apart: its code without comments and texts, and its string literals.
///
/// It knows as much of the language as a formatted file needs: comments, string literals of every
/// kind with what is interpolated in them, and regular expressions.
struct SwiftScanner {
  /// One string literal; what is interpolated in it is left out as `\()`.
  struct Literal: Hashable {
    var line: Int
    var text: String
  }

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var code: [UInt8] = []
  private(set) var literals: [Literal] = []

  /// Scans the text of a file.
  init(_ text: String) {
    bytes = Array(text.utf8)
    scanCode(isInterpolation: false)
  }

  /// The lines of the file, without comments and with empty string literals.
  var codeLines: [String] {
    code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func starts(_ text: StaticString, at start: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      (0..<count).allSatisfy { bytes[start + $0] == buffer[$0] }
    }
  }

  private func starts(_ text: StaticString) -> Bool { starts(text, at: index) }

  private mutating func advance(keeping: Bool = false) {
    if bytes[index] == UInt8(ascii: "\n") {
      line += 1
      code.append(bytes[index])
    } else if keeping {
      code.append(bytes[index])
    }
    index += 1
  }

  /// Reads code up to the end or, inside a literal, up to the parenthesis that ends an interpolation.
  private mutating func scanCode(isInterpolation: Bool) {
    var depth = 0
    while index < bytes.count {
      if starts("//") {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { advance() }
      } else if starts("/*") {
        while index < bytes.count, !starts("*/") { advance() }
        for _ in 0..<2 where index < bytes.count { advance() }
      } else if let hashCount = hashesBefore(UInt8(ascii: "\"")) {
        scanLiteral(hashCount: hashCount)
      } else if startsRegex {
        scanRegex()
      } else {
        if bytes[index] == UInt8(ascii: "(") { depth += 1 }
        if bytes[index] == UInt8(ascii: ")") {
          if isInterpolation, depth == 0 { return }
          depth -= 1
        }
        advance(keeping: true)
      }
    }
  }

  /// How many `#` stand here before this byte; `nil` if something else stands here.
  private func hashesBefore(_ byte: UInt8) -> Int? {
    var end = index
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == byte ? end - index : nil
  }

  /// Whether a slash here begins a regular expression: formatted division has a space after it.
  private var startsRegex: Bool {
    guard bytes[index] == UInt8(ascii: "/"), index > 0, index + 1 < bytes.count else {
      return false
    }
    return " (,[#".utf8.contains(bytes[index - 1]) && bytes[index + 1] != UInt8(ascii: " ")
      && bytes[index + 1] != UInt8(ascii: ")")
  }

  private mutating func scanRegex() {
    advance()
    while index < bytes.count, !starts("/"), !starts("\n") {
      if starts("\\") { advance() }
      advance()
    }
    if starts("/") { advance() }
  }

  private mutating func scanLiteral(hashCount: Int) {
    var literal = Literal(line: line, text: "")
    var text: [UInt8] = []
    for _ in 0..<hashCount { advance() }
    let quoteCount = starts("\"\"\"") ? 3 : 1
    for _ in 0..<quoteCount { advance() }
    while index < bytes.count {
      if endsLiteral(quoteCount: quoteCount, hashCount: hashCount) {
        for _ in 0..<(quoteCount + hashCount) { advance() }
        break
      }
      if starts("\\"), hashes(hashCount, at: index + 1) {
        let next = index + 1 + hashCount
        if starts("(", at: next) {
          text += Array("\\()".utf8)
          while index <= next { advance() }
          scanCode(isInterpolation: true)
        } else {
          text += bytes[index..<min(next + 1, bytes.count)]
          while index < next { advance() }
        }
      } else {
        text.append(bytes[index])
      }
      if index < bytes.count { advance() }
    }
    literal.text = String(decoding: text, as: UTF8.self)
    literals.append(literal)
    code += Array("\"\"".utf8)
  }

  private func hashes(_ count: Int, at start: Int) -> Bool {
    start + count < bytes.count
      && bytes[start..<(start + count)].allSatisfy { $0 == UInt8(ascii: "#") }
  }

  private func endsLiteral(quoteCount: Int, hashCount: Int) -> Bool {
    let end = index + quoteCount + hashCount
    guard end <= bytes.count else { return false }
    return bytes[index..<(index + quoteCount)].allSatisfy { $0 == UInt8(ascii: "\"") }
      && bytes[(index + quoteCount)..<end].allSatisfy { $0 == UInt8(ascii: "#") }
  }
}
