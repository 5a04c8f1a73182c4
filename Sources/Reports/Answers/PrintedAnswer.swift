import Intake
import JSON
import Platform

/// An answer with its receipt, as this program printed or saved it earlier.
public struct PrintedAnswer: Sendable {
  /// How it is written: text, Markdown, HTML, JSON or a workbook; of ``isPrint``, HTML.
  public let format: ReportFormat

  /// Whether it is the text of printed pages, as of a PDF: blanks, line and page breaks are the printer's.
  public let isPrint: Bool

  /// The question that it answers, as a command.
  public let query: String

  /// How many events the answer could use.
  public let head: UInt64

  /// The root over them, in hexadecimal.
  public let root: String

  /// The checksum of the facts used, in hexadecimal.
  public let factsChecksum: String

  /// Who signed the receipt, and the signature; `nil` if nobody did.
  public let signature: String?

  /// What its signature is of.
  var signedText: String {
    Receipt(query: query, head: head, root: root, factsChecksum: factsChecksum).signedText
  }

  /// The text, line ends and blanks at line ends as this program writes them.
  let text: String

  /// Reads an answer with its receipt, whatever was done to its line ends.
  ///
  /// - Throws: ``PrintedAnswerError`` if there is no receipt, or more than one.
  public init(_ bytes: [UInt8]) throws {
    if bytes.starts(with: WorkbookCells.magic) {
      let lines = try Self.workbookLines(bytes)
      (format, isPrint) = (.xlsx, false)
      text = lines.map { "\($0.name)\t\($0.text)\n" }.joined()
      func value(_ name: String) -> String? { lines.last { $0.label == name }?.text }
      (query, head, root, factsChecksum) = try Self.receipt(Receipt.names.map(value))
      signature = value(Receipt.signatureName)
      return
    }
    let bytes = TerminalText.withoutStyles(bytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PrintedAnswerError("it is not UTF-8")
    }
    self.text = Self.normalized(text)
    if self.text.first(where: { !$0.isWhitespace }) == "{" {
      (format, isPrint) = (.json, false)
      let root: JSONNode
      do {
        root = try JSONParser().parse(self.text).root
      } catch {
        throw PrintedAnswerError("it is no JSON: \(error)")
      }
      let recorded = root["recordedAt"]
      let values = [
        root["query"]?.string, recorded?["head"]?.numberText, recorded?["root"]?.string,
        root["factsChecksum"]?.string,
      ]
      (query, head, self.root, factsChecksum) = try Self.receipt(values)
      signature = root["signature"]?.string
      return
    }
    let lines = self.text.split(separator: "\n")
    // Who takes the text out of pages ends each with a form feed.
    let found = bytes.contains(0x0C) ? [] : try Self.forms(lines)
    if let receipt = found.first {
      (format, isPrint) = (receipt.form.format, false)
      (query, head, root, factsChecksum) = try Self.receipt(receipt.values.map(\.first))
      signature = receipt.form.values(named: Receipt.signatureName, in: lines).first
    } else {
      guard let values = try PrintedReceipt.values(in: lines) else {
        throw PrintedAnswerError("it has no receipt")
      }
      (format, isPrint) = (.html, true)
      (query, head, root, factsChecksum) = try Self.receipt(Array(values.prefix(4)))
      signature = values[4]
    }
  }

  /// An answer of a receipt that stands elsewhere.
  init(text: String, receipt: Receipt, format: ReportFormat) {
    self.text = Self.normalized(text)
    (self.format, isPrint) = (format, false)
    (query, head, root) = (receipt.query, receipt.head, receipt.root)
    (factsChecksum, signature) = (receipt.factsChecksum, receipt.signature)
  }

  /// The only form in which the lines have a receipt, with what they have of its parts; empty for none.
  private static func forms(
    _ lines: [Substring]
  ) throws -> [(form: ReceiptForm, values: [[String]])] {
    let found = ReceiptForm.allCases.map { form in
      (form: form, values: Receipt.names.map { form.values(named: $0, in: lines) })
    }.filter { $0.values.contains { !$0.isEmpty } }
    guard found.count < 2 else { throw PrintedAnswerError("it mixes several formats") }
    guard found.allSatisfy({ $0.values.allSatisfy { $0.count < 2 } }) else {
      throw PrintedAnswerError.severalReceipts
    }
    return found
  }

  private static func receipt(
    _ values: [String?]
  ) throws -> (query: String, head: UInt64, root: String, factsChecksum: String) {
    for case (let name, nil) in zip(Receipt.names, values) {
      throw PrintedAnswerError("its receipt does not tell the \(name)")
    }
    let values = values.compactMap(\.self)
    guard let head = UInt64(values[1]), head > 0 else {
      throw PrintedAnswerError("the head on its receipt is \"\(values[1])\"")
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

/// A file that is no answer with a receipt.
public struct PrintedAnswerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  static let severalReceipts = PrintedAnswerError(
    "it has more than one receipt: give one answer a file"
  )

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
