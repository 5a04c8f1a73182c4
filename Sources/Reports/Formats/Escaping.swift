import Intake

/// The characters that a format cannot take as they are, all of them ASCII, and what stands for them.
enum Escapes {
  case tsv, markdown, html

  /// What stands for a byte; `nil` for itself.
  func replacement(for byte: UInt8) -> StaticString? {
    switch self {
    case .tsv:
      switch byte {
      case 0x09: "\\t"
      case 0x0A: "\\n"
      case 0x0D: "\\r"
      case UInt8(ascii: "\\"): "\\\\"
      default: nil
      }
    case .markdown:
      // Without any effect of its punctuation.
      switch byte {
      case UInt8(ascii: "\\"): "\\\\"
      case UInt8(ascii: "`"): "\\`"
      case UInt8(ascii: "*"): "\\*"
      case UInt8(ascii: "_"): "\\_"
      case UInt8(ascii: "["): "\\["
      case UInt8(ascii: "]"): "\\]"
      case UInt8(ascii: "<"): "\\<"
      case UInt8(ascii: ">"): "\\>"
      case UInt8(ascii: "|"): "\\|"
      case UInt8(ascii: "~"): "\\~"
      case 0x0A, 0x0D: " "
      default: nil
      }
    case .html:
      switch byte {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      case UInt8(ascii: "\""): "&quot;"
      case UInt8(ascii: "'"): "&#39;"
      default: nil
      }
    }
  }
}

extension [UInt8] {
  /// Escapes the text from `start` to the end.
  mutating func escape(from start: Int, for escapes: Escapes) {
    guard let first = self[start...].firstIndex(where: { escapes.replacement(for: $0) != nil })
    else { return }
    let rest = Array(self[first...])
    removeSubrange(first...)
    for byte in rest {
      if let replacement = escapes.replacement(for: byte) {
        append(contentsOf: replacement.description.utf8)
      } else {
        append(byte)
      }
    }
  }

  /// Puts an apostrophe before the text from `start` to the end, if a spreadsheet would take it for a
  /// formula: see ``Intake/SpreadsheetText``.
  mutating func disarmFormula(from start: Int) {
    if SpreadsheetText.isFormula(self[start...]) { insert(UInt8(ascii: "'"), at: start) }
  }

  /// Puts the text from `start` to the end in quotes, where RFC 4180 §2 wants them.
  mutating func quoteForCSV(from start: Int) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes = self[start...].contains {
      $0 == UInt8(ascii: ",") || $0 == quote || $0 == 0x0A || $0 == 0x0D
    }
    guard needsQuotes else { return }
    let text = Array(self[start...])
    removeSubrange(start...)
    append(quote)
    for byte in text {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}

extension String {
  /// The text in a cell of a Markdown table, without any effect of its punctuation.
  var markdownText: String { escaped(for: .markdown) }

  /// The text in an element or an attribute of HTML.
  public var htmlText: String { escaped(for: .html) }

  private func escaped(for escapes: Escapes) -> String {
    var bytes = Array(utf8)
    bytes.escape(from: 0, for: escapes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text that `markdownText` wrote as this.
  var withoutMarkdownEscapes: String {
    var text = ""
    var isEscaped = false
    for character in self {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        text.append(character)
        isEscaped = false
      }
    }
    return text
  }

  /// The text that `htmlText` wrote as this.
  var withoutHTMLEscapes: String {
    replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
