import Archive
import JSON
import XML

/// What a document is, by its content.
enum DocumentKind: Equatable {
  case submission, page, instance, archive, xbrlJSON, companyFacts

  /// What is read, but not here, or not at all: its name, and what to do.
  case other(String, advice: String)

  /// How many bytes tell it.
  private static let byteCount = 1 << 16

  /// Looks at the first bytes.
  ///
  /// - Parameter file: The file, for those kinds that are told by more.
  init(_ bytes: RandomAccessBytes, in file: SourceFolder) throws {
    let head = try bytes.read(0..<min(bytes.count, Self.byteCount))
    if let kind = Self.binary(head) {
      self = kind
      return
    }
    let text = String(decoding: head, as: UTF8.self)
    let start = text.drop { $0 == "\u{FEFF}" || $0.isWhitespace }
    if start.isEmpty {
      self = .other("an empty file", advice: "download it again")
    } else if Self.submissionStarts.contains(where: { start.hasPrefix($0) }) {
      self = .submission
    } else if start.first == "{" || start.first == "[" {
      self = try Self.json(bytes)
    } else if start.first == "<" {
      self = try Self.markup(start, file)
    } else {
      self = .text
    }
  }

  private static let submissionStarts = [
    "-----BEGIN PRIVACY-ENHANCED MESSAGE-----", "<SEC-DOCUMENT>", "<SEC-HEADER>", "<SUBMISSION>",
    "<IMS-DOCUMENT>", "<IMS-HEADER>",
  ]

  private static let text = DocumentKind.other(
    "a text",
    advice: "an earnings release is read by the profile of its company: import it as a release; "
      + "tables of claims and lines of events are appended"
  )

  /// Kinds that begin with bytes of their own.
  private static func binary(_ head: [UInt8]) -> DocumentKind? {
    if isOfficeDocument(head) {
      return .other(
        "a workbook, or another document of an office program",
        advice: "the statements of a workbook are read by the profile of its company: import it as "
          + "a release; a table of claims is appended"
      )
    }
    if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      return .archive
    }
    if head.starts(with: "%PDF".utf8) {
      return .other(
        "a PDF",
        advice: "make a text of it (pdftotext -layout FILE.pdf) and import that as a release"
      )
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .other("a file of an old office program", advice: "save it as text or CSV")
    }
    if head.starts(with: [0x1F, 0x8B]) {
      return .other("a gzip file", advice: "unpack it (gunzip) and import what it holds")
    }
    // UTF-16 has zeros and marks of its own.
    if head.prefix(512).contains(0), !head.starts(with: [0xFF, 0xFE]),
      !head.starts(with: [0xFE, 0xFF]),
      !head.starts(with: [0x3C, 0]), !head.starts(with: [0, 0x3C])
    {
      return .other("a binary file", advice: "name a document that is text, or an archive of such")
    }
    return nil
  }

  /// Whether the first file of an archive is one that documents of office programs have (ECMA-376, part 2).
  private static func isOfficeDocument(_ head: [UInt8]) -> Bool {
    // A local file header (APPNOTE 4.3.7): the length of the name at 26, the name at 30.
    guard head.starts(with: [0x50, 0x4B, 3, 4]), head.count > 30 else { return false }
    let length = Int(head[26]) | Int(head[27]) << 8
    let name = String(decoding: head[30...].prefix(length), as: UTF8.self)
    return ["[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/"]
      .contains(where: name.hasPrefix)
  }

  private static func markup(_ start: Substring, _ file: SourceFolder) throws -> DocumentKind {
    if try ReportDocuments.declaresInline(file.names[0], in: file) { return .page }
    let root = try? XBRLRoot(of: file.names[0], in: file)
    switch (root?.name.namespace, root?.name.local) {
    case (XBRLNames.instance, "xbrl"): return .instance
    case (XBRLNames.linkbase, "linkbase"), (XBRLNames.schema, "schema"):
      return .other(
        "a part of an XBRL taxonomy",
        advice: "import the folder that holds it, with the report that it belongs to"
      )
    default:
      let isPage = start.prefix(4096).lowercased().contains("<html")
      return isPage
        ? .other(
          "a page without XBRL",
          advice:
            "an earnings release is read by the profile of its company: import it as a release"
        ) : .other("markup of another kind", advice: "name a report, or the folder of one")
    }
  }

  /// The first key that tells which of the SEC's files it is, or that it is a report.
  private static func json(_ bytes: RandomAccessBytes) throws -> DocumentKind {
    let source = SourceFile(path: "", bytes)
    let stream = JSONStream { try source.nextPiece() }
    var kind: DocumentKind?
    do {
      guard try stream.isAtObject() else { return .events }
      var seen: Set<String> = []
      try stream.object { key in
        kind = Self.kind(ofKey: key.text, after: seen)
        if kind != nil { throw Enough() }
        seen.insert(key.text)
        _ = try stream.value()
      }
    } catch is Enough {
    } catch is JSONError {
      return .other("damaged JSON", advice: Remedies.downloadAgain)
    }
    return kind
      ?? .other(
        "JSON of another kind",
        advice: "name an xBRL-JSON report or one of the SEC's files"
      )
  }

  /// What is looked for was seen.
  private struct Enough: Error {}

  private static let events = DocumentKind.other(
    "a file of events",
    advice: "append it instead of importing it"
  )

  private static func kind(ofKey key: String, after seen: Set<String>) -> DocumentKind? {
    switch key {
    case "documentInfo": .xbrlJSON
    case "facts": seen.contains("cik") ? .companyFacts : .xbrlJSON
    case "tag" where seen.contains("cik"): .companyFacts
    case "ccp":
      .other(
        "a file of the SEC's frames API",
        advice: "it does not say when its figures were published: import the companyfacts files of "
          + "the companies"
      )
    case "filings", "tickers", "sic":
      .other(
        "a file of the SEC's submissions API",
        advice: "it lists filings and holds no figure: import the filings or the companyfacts file"
      )
    case "type", "event": events
    default: nil
    }
  }
}
