extension String {
  /// The text with spaces behind it, to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with spaces before it, to `width` characters.
  func rightAligned(in width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// The text with spaces around it, to `width` characters; the odd one goes behind.
  func centered(in width: Int) -> String {
    (String(repeating: " ", count: max(0, width - count) / 2) + self).padded(to: width)
  }

  /// The text without the spaces at its end.
  var trimmedAtEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  /// The words of the text in lines of at most `width` characters, at least one line; longer
  /// words are cut.
  ///
  /// - Parameter restIndent: How many spaces every line but the first starts with.
  func wrapped(to width: Int, restIndent: Int = 0) -> [String] {
    let partLength = max(1, width - restIndent)
    var lines = [""]
    for word in split(separator: " ").flatMap({ $0.parts(ofLength: partLength) }) {
      let indent = lines.count == 1 ? 0 : restIndent
      let line = lines[lines.count - 1]
      if line.count == indent {
        lines[lines.count - 1] += word
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(repeating: " ", count: restIndent) + word)
      }
    }
    return lines
  }

  /// The least width in which the words of the text take at most `lineCount` lines.
  func leastWidth(lineCount: Int) -> Int {
    let longest = split(separator: " ").reduce(1) { max($0, $1.count) }
    return (longest...max(longest, count)).first { wrapped(to: $0).count <= lineCount } ?? count
  }

  /// Digits with a comma before every third from the end: `1749681` is `1,749,681`.
  var groupedInThousands: String {
    var grouped = ""
    for (index, digit) in enumerated() {
      if index > 0, (utf8.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return grouped
  }
}

extension Substring {
  fileprivate func parts(ofLength length: Int) -> [Substring] {
    var parts: [Substring] = []
    var rest = self
    while !rest.isEmpty {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts
  }
}
