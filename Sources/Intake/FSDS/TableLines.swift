import Facts

/// Reads a table of tab-separated lines whose first names the columns, in any order; the columns
/// that a reader does not ask for do not matter.
///
/// Only one line at a time is held.
struct TableLines {
  /// How long a line may be, in bytes.
  static let lineByteCountMax = 1 << 20

  private let file: String
  private let required: [String]
  private var rest: [UInt8] = []
  private var lineNumber = 0
  private var indices: [String: Int] = [:]

  /// - Parameter required: The columns that must be there.
  init(file: String, required: [String]) {
    (self.file, self.required) = (file, required)
  }

  /// One line.
  struct Row {
    fileprivate let bytes: ArraySlice<UInt8>
    fileprivate let fields: [Range<Int>]
    fileprivate let indices: [String: Int]

    /// The file, for messages.
    let file: String

    /// The line in it, from 1.
    let line: Int

    /// The text in a column; `nil` if it is empty or the table has no such column.
    subscript(_ column: String) -> String? {
      guard let index = indices[column], !fields[index].isEmpty else { return nil }
      let field = bytes[fields[index]]
      // The older sets hold names in ISO 8859-1, of which every byte is a scalar.
      return String(validating: field, as: UTF8.self)
        ?? String(String.UnicodeScalarView(field.map { Unicode.Scalar($0) }))
    }

    /// The column of the last character of a field, from 1.
    func end(of column: String) -> Int {
      guard let index = indices[column] else { return 1 }
      return max(1, bytes[bytes.startIndex..<fields[index].upperBound].count { $0 & 0xC0 != 0x80 })
    }

    func error(_ message: String, remedy: String) -> ImportError {
      ImportError(file: file, place: .line(line), message: message, remedy: remedy)
    }

    /// The text in a column that may not be empty.
    func required(_ column: String) throws(ImportError) -> String {
      guard let text = self[column] else {
        throw error("\(column) is empty", remedy: FSDSReader.remedy)
      }
      return text
    }
  }

  /// Calls `body` with each row that ends in `bytes`.
  mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (Row) throws -> Void) throws {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if rest.isEmpty {
        try take(bytes[start..<end], body)
      } else {
        rest += bytes[start..<end]
        try take(rest[...], body)
        rest.removeAll(keepingCapacity: true)
      }
      start = end + 1
    }
    rest += bytes[start...]
    guard rest.count <= Self.lineByteCountMax else {
      throw error("the line is longer than \(Self.lineByteCountMax) bytes", at: lineNumber + 1)
    }
  }

  /// Reads the last line, if no line feed ends it.
  mutating func finish(_ body: (Row) throws -> Void) throws {
    if !rest.isEmpty { try take(rest[...], body) }
    guard lineNumber > 0 else { throw error("the file is empty", at: 1) }
  }

  private func error(_ message: String, at line: Int) -> ImportError {
    ImportError(
      file: file,
      place: .line(line),
      message: message,
      remedy: FSDSReader.remedy
    )
  }

  private mutating func take(
    _ line: ArraySlice<UInt8>,
    _ body: (Row) throws -> Void
  ) throws {
    lineNumber += 1
    let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    var fields: [Range<Int>] = []
    fields.reserveCapacity(indices.count)
    var start = line.startIndex
    for index in line.indices where line[index] == UInt8(ascii: "\t") {
      fields.append(start..<index)
      start = index + 1
    }
    fields.append(start..<line.endIndex)
    guard lineNumber > 1 else { return try takeHeader(line, fields) }
    if line.isEmpty { return }
    guard fields.count == indices.count else {
      throw error("\(fields.count) fields and not \(indices.count)", at: lineNumber)
    }
    try body(
      Row(bytes: line, fields: fields, indices: indices, file: file, line: lineNumber)
    )
  }

  private mutating func takeHeader(
    _ line: ArraySlice<UInt8>,
    _ fields: [Range<Int>]
  ) throws {
    for (index, field) in fields.enumerated() {
      let name = String(decoding: line[field], as: UTF8.self)
      guard indices.updateValue(index, forKey: name) == nil else {
        throw error(repeatedColumn(name), at: 1)
      }
    }
    for name in required where indices[name] == nil {
      throw error("the table has no column \"\(name)\"", at: 1)
    }
  }
}
