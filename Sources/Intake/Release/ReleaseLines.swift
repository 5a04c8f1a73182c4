/// The lines of a release that comes in pieces: of a text as they are filed, of a page of HTML as
/// ``HTMLLayout`` sets them.
struct ReleaseLines {
  private enum Kind {
    /// The first bytes, until they tell which it is.
    case unknown([UInt8])
    case text(LineSplitter)
    case page(HTMLTokenizer, HTMLLayout)
  }

  private var kind = Kind.unknown([])

  /// How many bytes tell whether it is a page.
  private static let headByteCount = 1 << 16

  /// Tags that a page has, and a text does not.
  private static let pageTags = ["<html", "<!doctype html", "<td", "<tr", "<div", "<span"]

  /// How many lines were read.
  var lineCount: Int {
    switch kind {
    case .unknown: 0
    case .text(let splitter): splitter.lineCount
    case .page(let tokenizer, _):
      tokenizer.place.column == 0 ? tokenizer.place.line - 1 : tokenizer.place.line
    }
  }

  /// Calls `body` with each line that `bytes` ends.
  ///
  /// - Returns: Whether no line of a text was too long.
  mutating func append(
    _ bytes: [UInt8],
    _ body: (DocumentLine) throws -> Void
  ) rethrows -> Bool {
    switch kind {
    case .unknown(let head):
      let head = head + bytes
      guard head.count >= Self.headByteCount else {
        kind = .unknown(head)
        return true
      }
      kind = Self.kind(of: head)
      return try append(head, body)
    case .text(var splitter):
      defer { kind = .text(splitter) }
      return try splitter.append(bytes) { try body(DocumentLine($0, number: $1)) }
    case .page(var tokenizer, var layout):
      // Released first, so that the page in work is not copied.
      kind = .unknown([])
      defer { kind = .page(tokenizer, layout) }
      for byte in bytes {
        try tokenizer.append(byte) { try layout.take($0, at: $1, body) }
      }
      return true
    }
  }

  /// Calls `body` with what is left.
  mutating func finish(_ body: (DocumentLine) throws -> Void) rethrows {
    if case .unknown(let head) = kind {
      kind = Self.kind(of: head)
      _ = try append(head, body)
    }
    switch kind {
    case .unknown: break
    case .text(var splitter):
      try splitter.finish { try body(DocumentLine($0, number: $1)) }
      kind = .text(splitter)
    case .page(var tokenizer, var layout):
      try tokenizer.finish { try layout.take($0, at: $1, body) }
      try layout.finish(body)
      kind = .page(tokenizer, layout)
    }
  }

  /// What never ends in a page and hides all that follows, and the line where it begins.
  var hiding: (name: String, line: Int)? {
    guard case .page(let tokenizer, let layout) = kind else { return nil }
    if let part = tokenizer.openPart { return (part, tokenizer.openPlace.line) }
    return layout.hiding.map { ("hidden <\($0.name)>", $0.line) }
  }

  private static func kind(of head: [UInt8]) -> Kind {
    let start = String(decoding: head.prefix(headByteCount), as: UTF8.self).lowercased()
    return pageTags.contains(where: start.contains)
      ? .page(HTMLTokenizer(), HTMLLayout()) : .text(LineSplitter())
  }
}
