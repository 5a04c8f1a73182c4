/// Rows of fields, parted by commas, tabs or semicolons: RFC 4180, as spreadsheets save it.
///
/// A field in quotation marks may hold anything; a quotation mark in it stands twice. Lines end with
/// a line feed, a carriage return or both; blank lines do not count. Text that is no UTF-8 is
/// Windows-1252.
struct DelimitedText {
  /// A row.
  struct Row {
    /// The line on which it begins, from 1.
    let line: Int

    var fields: [String]
  }

  /// The rows, the header first.
  private(set) var rows: [Row] = []

  /// The line on which a quotation mark is opened that nothing closes; `nil` if all are closed.
  private(set) var openLine: Int?

  private let delimiter: UInt8

  /// Reads the rows of `bytes`.
  ///
  /// The first line tells what parts fields: tabs if it has any, else commas, else semicolons.
  init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    let header = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    delimiter =
      [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")].first { header.contains($0) }
      ?? UInt8(ascii: ",")
    read(text)
  }

  private mutating func read(_ text: ArraySlice<UInt8>) {
    var field: [UInt8] = []
    var row = Row(line: 1, fields: [])
    var line = 1
    var (isQuoted, wasQuoted) = (false, false)
    var index = text.startIndex
    func endField() {
      row.fields.append(self.text(of: field, wasQuoted: wasQuoted))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      let isReturn = byte == UInt8(ascii: "\r")
      if isReturn, index < text.endIndex, text[index] == UInt8(ascii: "\n") { continue }
      let isLineEnd = isReturn || byte == UInt8(ascii: "\n")
      if isLineEnd { line += 1 }
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(isReturn ? UInt8(ascii: "\n") : byte)
        } else if index < text.endIndex, text[index] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted, openLine) = (true, true, line)
      } else if byte == delimiter {
        endField()
      } else if isLineEnd {
        endField()
        if row.fields.contains(where: { !$0.isEmpty }) { rows.append(row) }
        row = Row(line: line, fields: [])
      } else {
        field.append(byte)
      }
    }
    endField()
    if row.fields.contains(where: { !$0.isEmpty }) { rows.append(row) }
    if !isQuoted { openLine = nil }
  }

  private func text(of field: [UInt8], wasQuoted: Bool) -> String {
    let text =
      String(validating: field, as: UTF8.self)
      ?? String(String.UnicodeScalarView(field.map(DocumentLine.windowsScalar)))
    let isEscaped = delimiter == UInt8(ascii: "\t") && !wasQuoted && text.contains("\\")
    return isEscaped ? Self.unescaped(text) : text
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
