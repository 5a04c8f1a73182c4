/// A place in a document: a line and a column in characters, both from 1.
struct HTMLPlace: Hashable {
  var line: Int
  var column: Int
}

/// A start tag: its name and the attributes that say where its text stands on paper.
struct HTMLTag {
  /// The name in small letters; the first 16 bytes of it.
  var name = ""

  /// The attributes that are kept (``HTMLTokenizer/keptAttributes``), in small letters.
  var attributes: [String: String] = [:]
}

/// What HTML consists of.
enum HTMLToken {
  case start(HTMLTag)
  case end(String)

  /// A character as shown, entities made characters; the place is that of its last one as filed.
  case character(Unicode.Scalar, HTMLPlace)
}

/// Takes HTML apart as it comes, piece by piece, by the rules of the WHATWG's tokenizer: tags, and every
/// character that is shown, with its place.
///
/// It makes no tree: libraries that do hold the whole page in memory (gumbo), or tell no place in long lines
/// (libxml2). Comments, scripts, style sheets and the title are passed over. Bytes that are no UTF-8 are
/// Windows-1252. Time is linear; memory is bounded by a few kilobytes, whatever the page.
struct HTMLTokenizer {
  /// The attributes that are kept.
  static let keptAttributes: Set<String> = ["align", "colspan", "hidden", "rowspan", "style"]

  /// Elements whose text is not shown in the page.
  private static let unshown: Set<String> = ["script", "style", "title"]

  private static let nameLengthMax = 16
  private static let valueLengthMax = 1024

  enum State {
    case text, tagOpen, endTagOpen, tagName, beforeAttribute, attributeName, beforeValue
    case quotedValue(UInt8)
    case plainValue, declaration, bogus, comment, unshown, unshownEnd
  }

  private(set) var state = State.text

  /// The place of the last character that was read.
  private(set) var place = HTMLPlace(line: 1, column: 0)

  /// The place at which the tag, comment or script that is open began.
  private(set) var openPlace = HTMLPlace(line: 1, column: 1)

  private var decoder = HTMLTextDecoder()
  private var endsWithReturn = false

  /// How many bytes the last character may still have, and how many it has behind the first.
  private var continuationCount = 0
  private var takenCount = 0

  private var tag = HTMLTag()
  private var isEndTag = false
  private var attribute: [UInt8] = []
  private var value: [UInt8] = []
  private var name: [UInt8] = []

  /// The last bytes of a comment or a declaration, which may end it.
  private var tail: [UInt8] = []

  /// The end tag that ends text that is not shown: `</script`, and how much of it was seen.
  private var ending: [UInt8] = []
  private var endingCount = 0

  /// Calls `body` with what the last bytes leave open.
  mutating func finish(_ body: (HTMLToken, HTMLPlace) throws -> Void) rethrows {
    try decoder.finish { try body(.character($0, $1), $1) }
    if case .tagOpen = state {
      try body(.character("<", openPlace), openPlace)
      state = .text
    }
  }

  /// Calls `body` with what the next byte of the page ends, and the place.
  mutating func append(_ byte: UInt8, _ body: (HTMLToken, HTMLPlace) throws -> Void) rethrows {
    if byte == UInt8(ascii: "\n"), endsWithReturn {
      endsWithReturn = false
      return
    }
    endsWithReturn = byte == UInt8(ascii: "\r")
    let isLineEnd = endsWithReturn || byte == UInt8(ascii: "\n")
    // The bytes of a character behind the first take no column.
    if HTMLTextDecoder.isContinuation(byte), continuationCount > 0 {
      continuationCount -= 1
      takenCount += 1
    } else {
      // Bytes that make no character of UTF-8 are characters of Windows-1252, each with its column.
      place.column += continuationCount > 0 ? 1 + takenCount : 1
      (continuationCount, takenCount) = (HTMLTextDecoder.length(of: byte) - 1, 0)
    }
    try take(isLineEnd ? UInt8(ascii: "\n") : byte, body)
    if isLineEnd { place = HTMLPlace(line: place.line + 1, column: 0) }
  }

  private mutating func take(_ byte: UInt8, _ body: (HTMLToken, HTMLPlace) throws -> Void) rethrows
  {
    switch state {
    case .text:
      guard byte == UInt8(ascii: "<") else {
        return try decoder.append(byte, at: place) { try body(.character($0, $1), $1) }
      }
      try decoder.finish { try body(.character($0, $1), $1) }
      (state, openPlace) = (.tagOpen, place)
    case .tagOpen: try openTag(byte, body)
    case .endTagOpen:
      if byte.isASCIILetter { return beginTag(byte, isEnd: true) }
      state = byte == UInt8(ascii: ">") ? .text : .bogus
    case .tagName, .beforeAttribute, .attributeName, .beforeValue, .quotedValue, .plainValue:
      try takeInTag(byte, body)
    case .declaration: takeDeclaration(byte)
    case .bogus: if byte == UInt8(ascii: ">") { state = .text }
    case .comment: takeComment(byte)
    case .unshown: takeUnshown(byte)
    case .unshownEnd:
      guard byte == UInt8(ascii: ">") else { return }
      state = .text
    }
  }

  private mutating func openTag(_ byte: UInt8, _ body: (HTMLToken, HTMLPlace) throws -> Void)
    rethrows
  {
    switch byte {
    case UInt8(ascii: "/"): state = .endTagOpen
    case UInt8(ascii: "!"): (state, tail) = (.declaration, [])
    case UInt8(ascii: "?"): state = .bogus
    case _ where byte.isASCIILetter: beginTag(byte, isEnd: false)
    default:
      state = .text
      try body(.character("<", openPlace), openPlace)
      try take(byte, body)
    }
  }

  private mutating func beginTag(_ byte: UInt8, isEnd: Bool) {
    (state, isEndTag, tag) = (.tagName, isEnd, HTMLTag())
    name = [byte.asSmallLetter]
  }

  // MARK: Tags

  private mutating func takeInTag(
    _ byte: UInt8,
    _ body: (HTMLToken, HTMLPlace) throws -> Void
  ) rethrows {
    if case .quotedValue(let quote) = state {
      if byte == quote {
        keepAttribute()
      } else if value.count < Self.valueLengthMax {
        value.append(byte.asSmallLetter)
      }
      return
    }
    if byte == UInt8(ascii: ">") {
      switch state {
      case .attributeName, .beforeValue, .plainValue: keepAttribute()
      default: break
      }
      return try endTag(body)
    }
    let isSpace = byte.isHTMLSpace || byte == UInt8(ascii: "/")
    switch state {
    case .tagName:
      if isSpace {
        state = .beforeAttribute
      } else if name.count < Self.nameLengthMax {
        name.append(byte.asSmallLetter)
      }
    case .beforeAttribute:
      if !isSpace { (state, attribute) = (.attributeName, [byte.asSmallLetter]) }
    case .attributeName:
      if byte == UInt8(ascii: "=") {
        (state, value) = (.beforeValue, [])
      } else if isSpace {
        keepAttribute()
      } else if attribute.count < Self.nameLengthMax {
        attribute.append(byte.asSmallLetter)
      }
    case .beforeValue:
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        state = .quotedValue(byte)
      } else if !byte.isHTMLSpace {
        (state, value) = (.plainValue, [byte.asSmallLetter])
      }
    case .plainValue:
      if byte.isHTMLSpace {
        keepAttribute()
      } else if value.count < Self.valueLengthMax {
        value.append(byte.asSmallLetter)
      }
    default: break
    }
  }

  private mutating func keepAttribute() {
    let attributeName = String(decoding: attribute, as: UTF8.self)
    if Self.keptAttributes.contains(attributeName), tag.attributes[attributeName] == nil {
      tag.attributes[attributeName] = String(decoding: value, as: UTF8.self)
    }
    (state, attribute, value) = (.beforeAttribute, [], [])
  }

  private mutating func endTag(_ body: (HTMLToken, HTMLPlace) throws -> Void) rethrows {
    state = .text
    tag.name = String(decoding: name, as: UTF8.self)
    guard !isEndTag else { return try body(.end(tag.name), openPlace) }
    if Self.unshown.contains(tag.name) {
      (state, ending, endingCount) = (.unshown, Array("</\(tag.name)".utf8), 0)
      return
    }
    try body(.start(tag), openPlace)
  }

  // MARK: What is not shown

  private mutating func takeDeclaration(_ byte: UInt8) {
    tail.append(byte)
    if tail == Array("--".utf8) {
      (state, tail) = (.comment, [])
    } else if byte == UInt8(ascii: ">") {
      state = .text
    } else if tail.count >= 2 {
      state = .bogus
    }
  }

  private mutating func takeComment(_ byte: UInt8) {
    tail.append(byte)
    // A comment ends with `-->`, and at once with `>` or `->`.
    if byte == UInt8(ascii: ">"),
      tail.count <= 2
        ? tail.dropLast().allSatisfy({ $0 == 0x2D })
        : tail.suffix(3) == Array("-->".utf8)
    {
      state = .text
    }
    // What is kept is never taken for the start again.
    if tail.count > 8 { tail.removeFirst(4) }
  }

  private mutating func takeUnshown(_ byte: UInt8) {
    if endingCount == ending.count {
      if byte == UInt8(ascii: ">") {
        state = .text
        return
      }
      if byte.isHTMLSpace || byte == UInt8(ascii: "/") {
        state = .unshownEnd
        return
      }
      endingCount = 0
    }
    if byte.asSmallLetter == ending[endingCount] {
      endingCount += 1
    } else {
      endingCount = byte == UInt8(ascii: "<") ? 1 : 0
    }
  }

  /// What is open at the end of the page, which hides all that comes behind it; `nil` if nothing is.
  var openPart: String? {
    switch state {
    case .text, .tagOpen: nil
    case .comment: "comment"
    case .unshown, .unshownEnd: String(decoding: ending.dropFirst(2), as: UTF8.self)
    default: "tag"
    }
  }
}

extension UInt8 {
  var isHTMLSpace: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D
  }

  var isASCIILetter: Bool { 0x41...0x5A ~= self || 0x61...0x7A ~= self }

  var asSmallLetter: UInt8 { 0x41...0x5A ~= self ? self + 0x20 : self }
}
