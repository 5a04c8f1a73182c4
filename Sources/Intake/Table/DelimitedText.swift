import Facts

/// Rows of fields, parted by commas, tabs or semicolons: RFC 4180, as spreadsheets save it.
///
/// A field in quotation marks may hold anything; a quotation mark in it stands twice. Lines end with
/// a line feed, a carriage return or both; blank lines do not count. Text that is no UTF-8 is
/// Windows-1252. An apostrophe that keeps a text from being a formula is taken away: see
/// ``SpreadsheetText``. Only one row at a time is held.
struct DelimitedText {
  /// How long a row may be, in bytes.
  static let rowByteCountMax = 1 << 20

  /// A row.
  struct Row {
    /// The line on which it begins, from 1.
    let line: Int

    var fields: [String]
  }

  /// What parts fields: tabs if the first line has any, else commas, else semicolons; `nil` before
  /// that line has ended.
  private var delimiter: UInt8?

  /// What parts fields for certain; `nil` to look at the first line.
  private let knownDelimiter: UInt8?

  /// The start of the text, until its first line has ended.
  private var header: [UInt8] = []

  private var line = 1
  private var row = Row(line: 1, fields: [])
  private var rowByteCount = 0
  private var field: [UInt8] = []
  private var (isQuoted, wasQuoted) = (false, false)

  /// Whether the last byte was a quotation mark in a quoted field: the next tells if it ends it.
  private var isAtQuote = false

  /// Whether the last byte was a carriage return: a line feed after it says nothing more.
  private var isAfterReturn = false

  /// The line on which a quotation mark is opened that nothing has closed.
  private var openLine = 1

  /// - Parameter delimiter: What parts fields; `nil` to find it in the first line.
  init(delimiter: UInt8? = nil) { knownDelimiter = delimiter }

  /// Calls `body` with each row that ends in `bytes`, the header first.
  ///
  /// - Throws: ``Facts/InvalidEvent`` if a row is too long; whatever `body` throws.
  mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (Row) throws -> Void) throws {
    guard delimiter == nil else { return try take(bytes, body) }
    header += bytes
    let isWhole = bytes.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    if isWhole || header.count > Self.rowByteCountMax { try begin(body) }
  }

  /// Reads the last row, if nothing ended it.
  ///
  /// - Throws: ``Facts/InvalidEvent`` if a quotation mark is not closed; whatever `body` throws.
  mutating func finish(_ body: (Row) throws -> Void) throws {
    if delimiter == nil { try begin(body) }
    if isQuoted, !isAtQuote { throw unclosed }
    try endRow(body)
  }

  private mutating func begin(_ body: (Row) throws -> Void) throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = header.starts(with: mark) ? header[3...] : header[...]
    let first = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let delimiters = [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
    delimiter = knownDelimiter ?? delimiters.first { first.contains($0) } ?? UInt8(ascii: ",")
    header = []
    try take(text, body)
  }

  private var unclosed: InvalidEvent {
    InvalidEvent(
      "a quotation mark is opened and never closed",
      remedy: "close it",
      line: openLine
    )
  }

  private mutating func take(
    _ bytes: ArraySlice<UInt8>,
    _ body: (Row) throws -> Void
  ) throws {
    for byte in bytes {
      let isAfterReturn = isAfterReturn
      self.isAfterReturn = byte == UInt8(ascii: "\r")
      if isAfterReturn, byte == UInt8(ascii: "\n") { continue }
      rowByteCount += 1
      guard rowByteCount <= Self.rowByteCountMax else { throw tooLong }
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd { line += 1 }
      if isAtQuote {
        isAtQuote = false
        if byte == UInt8(ascii: "\"") {
          field.append(byte)
          continue
        }
        isQuoted = false
      }
      if isQuoted {
        isAtQuote = byte == UInt8(ascii: "\"")
        if !isAtQuote { field.append(isLineEnd ? UInt8(ascii: "\n") : byte) }
      } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted, openLine) = (true, true, line)
      } else if byte == delimiter {
        endField()
      } else if isLineEnd {
        try endRow(body)
      } else {
        field.append(byte)
      }
    }
  }

  private var tooLong: InvalidEvent {
    guard !isQuoted else { return unclosed }
    return InvalidEvent(
      "the row is longer than \(Self.rowByteCountMax) bytes",
      remedy: "is this a table of claims? Its rows end with line feeds",
      line: row.line
    )
  }

  private mutating func endField() {
    row.fields.append(text(of: field, wasQuoted: wasQuoted))
    field.removeAll(keepingCapacity: true)
    wasQuoted = false
  }

  private mutating func endRow(_ body: (Row) throws -> Void) throws {
    endField()
    let ended = row
    row = Row(line: line, fields: [])
    (rowByteCount, isQuoted, isAtQuote) = (0, false, false)
    if ended.fields.contains(where: { !$0.isEmpty }) { try body(ended) }
  }

  private func text(of field: [UInt8], wasQuoted: Bool) -> String {
    let text =
      String(validating: field, as: UTF8.self)
      ?? String(String.UnicodeScalarView(field.map(DocumentLine.windowsScalar)))
    let isEscaped = delimiter == UInt8(ascii: "\t") && !wasQuoted && text.contains("\\")
    return SpreadsheetText.text(ofCell: isEscaped ? Self.unescaped(text) : text)
  }

  /// A field of tab-separated values: `\t`, `\n`, `\r` and `\\` stand for what they do in reports.
  private static func unescaped(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        let meaning: [Unicode.Scalar: Unicode.Scalar] = ["t": "\t", "n": "\n", "r": "\r"]
        plain.append(meaning[scalar] ?? scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }
}
