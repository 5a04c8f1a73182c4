/// The receipt in the text of printed pages, where a printer broke its lines as it liked.
enum PrintedReceipt {
  /// The five parts, the last of which may be missing; `nil` if no line begins with the first.
  ///
  /// - Throws: ``PrintedAnswerError`` if there is more than one receipt.
  static func values(in lines: [Substring]) throws -> [String?]? {
    let lines = lines.map(\.trimmed).filter { !$0.isPageMargin }
    let starts = lines.indices.filter { isStart(lines[$0]) }
    guard let start = starts.first else { return nil }
    guard starts.count == 1 else {
      throw PrintedAnswerError.severalReceipts
    }
    let names = Receipt.names + ["latest filing used", Receipt.signatureName]
    var parts: [String: [Substring]] = [:]
    var name: String?
    for line in lines[start...] where !line.isEmpty {
      if let next = names.first(where: { parts[$0] == nil && text(of: $0, in: line) != nil }) {
        name = next
        parts[next] = [text(of: next, in: line) ?? ""]
      } else if let name {
        parts[name]?.append(line)
      }
    }
    return Receipt.names.enumerated().map { index, name in
      guard let lines = parts[name] else { return nil }
      switch index {
      case 0: return joined(lines)
      case 1: return lines[0].prefix { !$0.isWhitespace }.description
      default: return String(lines.joined().filter(\.isHexDigit).prefix(64))
      }
    } + [parts[Receipt.signatureName].map(signature)]
  }

  /// Whether a receipt begins with the line.
  static func isStart(_ line: Substring) -> Bool {
    text(of: "query", in: line)?.hasPrefix("assay ") == true
  }

  /// The name of the key and the signature, which may be broken anywhere.
  private static func signature(_ lines: [Substring]) -> String {
    let words = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace)
    // Four bytes of the key's number and 64 of Ed25519, in base 64.
    return "\(words.first ?? "") \(words.dropFirst().joined().prefix(92))"
  }

  /// What follows the name of a part at the start of a line; `nil` for another line.
  private static func text(of name: String, in line: Substring) -> Substring? {
    guard line.hasPrefix(name) else { return nil }
    let rest = line.dropFirst(name.count)
    guard rest.isEmpty || rest.first?.isWhitespace == true else { return nil }
    return rest.trimmed
  }

  /// The lines as one; browsers break lines after hyphens and strokes, too.
  private static func joined(_ lines: [Substring]) -> String {
    lines.reduce("") { text, line in
      guard let last = text.last else { return String(line) }
      return text + (last == "-" || last == "/" ? "" : " ") + line
    }
  }
}

extension Substring {
  /// The text without white space at its end.
  var trimmedAtEnd: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// The text without white space at its ends.
  var trimmed: Substring {
    drop(while: \.isWhitespace).trimmedAtEnd
  }
}
