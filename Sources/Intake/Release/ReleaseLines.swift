import Facts

/// The lines of a release that comes in pieces: of a text as they are filed, of a page of HTML as
/// ``HTMLLayout`` sets them, of a table of a spreadsheet program as ``SheetLines`` does.
struct ReleaseLines {
  private enum Kind {
    /// The first bytes, until they tell which it is.
    case unknown([UInt8])
    case text(LineSplitter)
    case page(HTMLTokenizer, HTMLLayout)

    /// Rows of fields parted by commas or tabs.
    case table(WideText, DelimitedText, SheetLines)

    /// The bytes of a workbook, which can only be read when all are there.
    case workbook([UInt8], SheetLines)
  }

  /// The document, as the user named it: the ending tells a table from a text.
  let file: String

  init(of file: String) { self.file = file }

  private var kind = Kind.unknown([])

  /// How many bytes tell whether it is a page.
  private static let headByteCount = 1 << 16

  /// What a page begins with, and a text does not.
  private static let pageStarts = ["<html", "<!doctype html"]

  /// Tags of which a page without that has two at least; a text may speak of one.
  private static let pageTags = ["<td", "<tr", "<div", "<span"]

  /// How many lines were read.
  var lineCount: Int {
    switch kind {
    case .unknown: 0
    case .table(_, _, let lines), .workbook(_, let lines): lines.lineCount
    case .text(let splitter): splitter.lineCount
    case .page(let tokenizer, _):
      tokenizer.place.column == 0 ? tokenizer.place.line - 1 : tokenizer.place.line
    }
  }

  /// Calls `body` with each line that `bytes` ends.
  ///
  /// - Returns: Whether no line of a text was too long.
  /// - Throws: ``ImportError`` if a table or a workbook is damaged or too large; whatever `body` throws.
  mutating func append(
    _ bytes: [UInt8],
    _ body: (DocumentLine) throws -> Void
  ) throws -> Bool {
    switch kind {
    case .unknown(let head):
      let head = head + bytes
      guard head.count >= Self.headByteCount else {
        kind = .unknown(head)
        return true
      }
      kind = kind(of: head)
      return try append(head, body)
    case .table(var wide, var text, var lines):
      kind = .unknown([])
      defer { kind = .table(wide, text, lines) }
      try explained { try text.read(wide.utf8(bytes[...])[...]) { try lines.take($0, body) } }
      return true
    case .workbook(let start, let lines):
      kind = .unknown([])
      try Workbook.checkSize(start.count + bytes.count, of: file)
      kind = .workbook(start + bytes, lines)
      return true
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
  ///
  /// - Throws: As ``append(_:_:)``.
  mutating func finish(_ body: (DocumentLine) throws -> Void) throws {
    if case .unknown(let head) = kind {
      kind = kind(of: head)
      _ = try append(head, body)
    }
    switch kind {
    case .unknown: break
    case .table(var wide, var text, var lines):
      try explained {
        try text.read(wide.utf8([], isLast: true)[...]) { try lines.take($0, body) }
        try text.finish { try lines.take($0, body) }
      }
      kind = .table(wide, text, lines)
    case .workbook(let bytes, var lines):
      try lines.take(try Workbook(path: file, bytes), body)
      kind = .workbook([], lines)
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

  /// Whether a file is a table of a spreadsheet program by its name.
  static func isTable(_ file: String) -> Bool {
    [".csv", ".tsv", ".xlsx"].contains(where: file.hasSuffix)
  }

  private func kind(of head: [UInt8]) -> Kind {
    if head.starts(with: Workbook.magic) { return .workbook([], SheetLines()) }
    if Self.isTable(file) {
      let delimiter = file.hasSuffix(".tsv") ? UInt8(ascii: "\t") : nil
      return .table(WideText(), DelimitedText(delimiter: delimiter), SheetLines())
    }
    let start = String(decoding: head.prefix(Self.headByteCount), as: UTF8.self).lowercased()
    let isPage =
      Self.pageStarts.contains(where: start.contains)
      || Self.pageTags.reduce(0) { $0 + start.ranges(of: $1).count } > 1
    return isPage ? .page(HTMLTokenizer(), HTMLLayout()) : .text(LineSplitter())
  }

  /// Gives refusals of a table the file.
  private func explained(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let refusal as InvalidEvent {
      throw ImportError(
        file: file,
        place: refusal.line.map { .line($0) } ?? .file,
        message: refusal.message,
        remedy: refusal.remedy
      )
    }
  }
}

extension SheetLines {
  /// Calls `body` with the line of a row of fields.
  fileprivate mutating func take(
    _ row: DelimitedText.Row,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    var fields: [(column: Int, count: Int, text: String)] = []
    for (index, field) in row.fields.enumerated() {
      if field.unicodeScalars.contains(where: { $0.plain != " " }) {
        fields.append((index + 1, 1, field))
      } else if let last = fields.last,
        last.text.unicodeScalars.contains(where: \.properties.isAlphabetic)
      {
        // Words go on over the empty fields behind them, as cells that were merged.
        fields[fields.count - 1].count = index + 2 - last.column
      }
    }
    try take(fields, at: row.line, body)
  }
}
