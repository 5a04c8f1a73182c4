import Archive
import Facts

/// An EDGAR full submission: its header, and where its documents are.
struct Submission {
  let header: SubmissionHeader
  let parts: [Part]

  /// The submission, as the user named it.
  let path: String
  let bytes: RandomAccessBytes

  /// A document of a submission.
  struct Part {
    /// Its name.
    var name = ""

    /// `10-Q`, `EX-99.1`, `GRAPHIC`.
    var type = ""

    /// Its number, from 1.
    var sequence: Int?

    /// Where its bytes are, without the lines that EDGAR puts around them.
    var range = 0..<0

    /// Whether they are written as text (uuencode).
    var isEncoded = false

    /// Whether EDGAR made it from the others.
    var isRendered: Bool { ["XML", "EXCEL", "ZIP", "JSON"].contains(type) }
  }

  /// Reads a submission's header, and finds its documents.
  ///
  /// - Throws: ``ImportError`` if it is none, is cut off, or holds two documents of one name; what
  ///   reading the bytes throws.
  /// - Complexity: O(*n*) time, in memory for the header and the list.
  init(path: String, _ bytes: RandomAccessBytes) throws {
    (self.path, self.bytes) = (path, bytes)
    var scan = SubmissionScan(path: path)
    try bytes.forEachPiece { try scan.take($0) }
    (header, parts) = try scan.finish()
  }

  /// Calls `body` with the bytes of a document, decoded, in pieces.
  ///
  /// - Throws: ``ImportError`` if it cannot be decoded; what reading and `body` throw.
  func read(_ part: Part, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    guard part.isEncoded else { return try bytes.part(part.range).forEachPiece(body) }
    var decoder = UUDecoder()
    do {
      try bytes.part(part.range).forEachPiece { try body(decoder.decode($0)[...]) }
      try decoder.finish()
    } catch let error as UUDecoder.Malformation {
      throw ImportError(
        file: "\(path)/\(part.name)",
        place: .line(error.line),
        message: "the line is no uuencoded one",
        remedy: Remedies.downloadAgain
      )
    }
  }

  /// The documents as files of one folder, without those that EDGAR made of them.
  var folder: SourceFolder {
    let filed = parts.filter { !$0.isRendered }
    let named = Dictionary(filed.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return SourceFolder(path: path, names: Array(named.keys)) { name, body in
      if let part = named[name] { try read(part, body) }
    }
  }

  /// Name, type, number, size and hash of each document.
  func documents() throws -> [Filing.Document] {
    try parts.map { part in
      var digest = DocumentDigest()
      try read(part) { digest.update($0) }
      var document = digest.document(name: part.name)
      document.type = part.type.onOneLine
      document.sequence = part.sequence
      return document
    }
  }
}

/// Finds the documents of a submission, line by line.
private struct SubmissionScan {
  private let path: String

  /// The first bytes of the line that is read, and where it begins.
  private var line: [UInt8] = []
  private var lineStart = 0
  private var offset = 0
  private var lineNumber = 1

  private var headerLines: [String] = []
  private var headerByteCount = 0
  private var parts: [Submission.Part] = []
  private var names: Set<String> = []
  private var place = Place.before

  /// Where the line begins that ends what EDGAR put around a document, if nothing came after it.
  private var wrapperEnd: Int?

  private enum Place {
    case before, header, between, document

    /// In the text of a document: at its start, until a line is seen that is not EDGAR's.
    case textStart, text
    case after
  }

  /// Tags that matter are short, and so are lines.
  private static let tagLengthMax = 32
  private static let lineByteCountMax = 4096
  private static let headerByteCountMax = 1 << 22
  private static let partCountMax = 10_000

  /// Lines that EDGAR puts around the bytes of some documents.
  private static let wrappers: Set<String> = ["XBRL", "XML", "PDF", "JSON"]

  init(path: String) { self.path = path }

  mutating func take(_ piece: ArraySlice<UInt8>) throws {
    var rest = piece
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      keep(rest[..<end])
      offset += end - rest.startIndex + 1
      try takeLine()
      line.removeAll(keepingCapacity: true)
      (lineStart, lineNumber) = (offset, lineNumber + 1)
      rest = rest[(end + 1)...]
    }
    keep(rest)
    offset += rest.count
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    line += bytes.prefix(Self.lineByteCountMax - line.count)
  }

  private func error(_ message: String) -> ImportError {
    ImportError(
      file: path,
      place: .line(lineNumber),
      message: message,
      remedy: Remedies.downloadAgain
    )
  }

  private mutating func takeLine() throws {
    // Most lines are of a text, and begin otherwise.
    let first = line.first
    if place == .text, first != UInt8(ascii: "<") {
      wrapperEnd = nil
      return
    }
    let text = String(decoding: line, as: UTF8.self)
    let start = text.prefix(Self.tagLengthMax)
    let tag = start.first == "<" ? String(start.dropFirst().prefix { $0 != ">" }).uppercased() : ""
    switch place {
    case .before:
      if ["SEC-HEADER", "SUBMISSION", "IMS-HEADER"].contains(tag) { place = .header }
    case .header:
      if tag == "DOCUMENT" {
        startDocument()
      } else if tag == "/SEC-HEADER" || tag == "/IMS-HEADER" {
        place = .between
      } else {
        headerByteCount += text.utf8.count
        guard headerByteCount <= Self.headerByteCountMax else {
          throw error("the header has no end")
        }
        headerLines.append(text)
      }
    case .between:
      if tag == "DOCUMENT" { startDocument() }
      if ["/SEC-DOCUMENT", "/SUBMISSION", "/IMS-DOCUMENT"].contains(tag) { place = .after }
    case .document: try takeField(tag, text)
    case .textStart, .text: try takeText(tag, text)
    case .after: break
    }
  }

  private mutating func startDocument() {
    parts.append(Submission.Part())
    place = .document
  }

  private mutating func takeField(_ tag: String, _ text: String) throws {
    guard parts.count <= Self.partCountMax else {
      throw error("it has more than \(Self.partCountMax) documents")
    }
    let value = text.split(separator: ">", maxSplits: 1).dropFirst().first?.onOneLine ?? ""
    let last = parts.count - 1
    switch tag {
    case "TYPE": parts[last].type = value
    case "SEQUENCE": parts[last].sequence = Int(value).flatMap { $0 > 0 ? $0 : nil }
    case "FILENAME": parts[last].name = value
    case "TEXT":
      parts[last].range = offset..<offset
      place = .textStart
    case "/DOCUMENT": try endDocument()
    default: break
    }
  }

  private mutating func takeText(_ tag: String, _ text: String) throws {
    let last = parts.count - 1
    if tag == "/TEXT" {
      let start = parts[last].range.lowerBound
      parts[last].range = start..<max(start, wrapperEnd ?? lineStart)
      (place, wrapperEnd) = (.document, nil)
    } else if place == .text {
      wrapperEnd = Self.wrappers.contains { tag == "/\($0)" } ? lineStart : nil
    } else if place == .textStart {
      if Self.wrappers.contains(tag) {
        parts[last].range = offset..<offset
      } else {
        parts[last].isEncoded = text.hasPrefix("begin ") && UUDecoder.isStart(text)
        place = .text
      }
    }
  }

  private mutating func endDocument() throws {
    let last = parts.count - 1
    if parts[last].name.isEmpty {
      parts[last].name = "document-\(parts[last].sequence ?? last + 1).txt"
    }
    guard names.insert(parts[last].name).inserted else {
      throw error("it has two documents with the name \(parts[last].name)")
    }
    place = .between
  }

  mutating func finish() throws -> (SubmissionHeader, [Submission.Part]) {
    if !line.isEmpty { try takeLine() }
    guard place == .after || place == .between else {
      throw error(
        place == .before
          ? "it is no EDGAR submission: it has no header" : "the submission is cut off"
      )
    }
    return (SubmissionHeader(headerLines), parts)
  }
}
