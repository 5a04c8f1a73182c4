import JSON

/// A statement with its receipt, as this program printed or saved it earlier.
public struct ReceiptedStatement: Sendable {
  /// How it is written: text, Markdown, HTML or JSON.
  public let format: ReportFormat

  /// The question that it answers, as a command.
  public let query: String

  /// How many events the answer could use.
  public let head: UInt64

  /// The root over them, in hexadecimal.
  public let root: String

  /// The checksum of the facts used, in hexadecimal.
  public let factsChecksum: String

  /// The text, line ends and blanks at line ends as this program writes them.
  let text: String

  /// Reads a statement with its receipt, whatever was done to its line ends.
  ///
  /// - Throws: ``ReceiptedStatementError`` if there is no receipt, or more than one.
  public init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ReceiptedStatementError("it is not UTF-8")
    }
    self.text = Self.normalized(text)
    if self.text.first(where: { !$0.isWhitespace }) == "{" {
      format = .json
      let root: JSONNode
      do {
        root = try JSONParser().parse(self.text).root
      } catch {
        throw ReceiptedStatementError("it is no JSON: \(error)")
      }
      let recorded = root["recordedAt"]
      let values = [
        root["query"]?.string, recorded?["head"]?.numberText, recorded?["root"]?.string,
        root["factsChecksum"]?.string,
      ]
      (query, head, self.root, factsChecksum) = try Self.receipt(values)
    } else {
      let lines = self.text.split(separator: "\n")
      let found = ReceiptForm.allCases.map { form in
        (form: form, values: Receipt.names.map { form.values(named: $0, in: lines) })
      }.filter { $0.values.contains { !$0.isEmpty } }
      guard let receipt = found.first, found.count == 1 else {
        throw ReceiptedStatementError(
          found.isEmpty ? "it has no receipt" : "it mixes several formats"
        )
      }
      guard receipt.values.allSatisfy({ $0.count < 2 }) else {
        throw ReceiptedStatementError("it has more than one receipt: give one statement a file")
      }
      format = receipt.form.format
      (query, head, root, factsChecksum) = try Self.receipt(receipt.values.map(\.first))
    }
  }

  private static func receipt(
    _ values: [String?]
  ) throws -> (query: String, head: UInt64, root: String, factsChecksum: String) {
    for case (let name, nil) in zip(Receipt.names, values) {
      throw ReceiptedStatementError("its receipt does not tell the \(name)")
    }
    let values = values.compactMap(\.self)
    guard let head = UInt64(values[1]), head > 0 else {
      throw ReceiptedStatementError("the head on its receipt is \"\(values[1])\"")
    }
    return (values[0], head, values[2], values[3])
  }

  /// Lines end with a line feed, without blanks before it; no byte order mark comes first.
  private static func normalized(_ text: String) -> String {
    var text = Substring(text)
    if text.unicodeScalars.first == "\u{FEFF}" { text = Substring(text.unicodeScalars.dropFirst()) }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { line in
        var line = line
        while let last = line.last, last.isWhitespace { line.removeLast() }
        return String(line)
      }.joined(separator: "\n")
  }
}

/// A file that is no statement with a receipt.
public struct ReceiptedStatementError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  init(_ description: String) { self.description = description }
}

/// The form of the receipt that is printed under a statement.
private enum ReceiptForm: CaseIterable {
  case text, markdown, html

  var format: ReportFormat {
    switch self {
    case .text: .text
    case .markdown: .markdown
    case .html: .html
    }
  }

  /// The texts that follow `name`, one for each line that begins with it.
  func values(named name: String, in lines: [Substring]) -> [String] {
    lines.compactMap { line in
      switch self {
      case .text:
        guard line.hasPrefix(name + "  ") else { return nil }
        return String(line.dropFirst(name.count).drop { $0 == " " })
      case .markdown:
        guard line.hasPrefix("- \(name): ") else { return nil }
        return String(line.dropFirst(name.count + 4)).withoutMarkdownEscapes
      case .html:
        let (start, end) = ("<dt>\(name)</dt><dd>", "</dd>")
        guard line.hasPrefix(start), line.hasSuffix(end) else { return nil }
        return String(line.dropFirst(start.count).dropLast(end.count)).withoutHTMLEscapes
      }
    }
  }
}
