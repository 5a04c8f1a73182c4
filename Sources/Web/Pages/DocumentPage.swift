import Facts
import Ledger
import Platform
import Reports

/// A document as it was filed: every figure that was read is a mark that leads to its biography, the others are
/// outlined, and the browser checks the hash.
struct DocumentPage {
  static let routes: [Route] = [
    Route(
      "GET",
      "/documents/{filing}",
      summary:
        "A document as it was filed, with a mark at every figure that was read; where it is at hand.",
      options: ["name", "from"],
      isPage: true,
      .view { try DocumentPage($1, $0).write($0) }
    ),
    Route(
      "GET",
      "/documents/{filing}/bytes",
      summary: "The bytes of a document as it was filed.",
      options: ["name"],
      .view { try DocumentPage($1, $0).bytesAnswer }
    ),
    Route(
      "GET",
      "/documents/{filing}/filed",
      summary:
        "A page as it was filed, without scripts, forms and addresses, for a frame that runs nothing.",
      options: ["name"],
      .view { try DocumentPage($1, $0).filed }
    ),
  ]

  /// How many lines a page shows.
  private static let lineCountMax = 1500

  /// A longer line is shown around its marks alone.
  private static let lineLengthMax = 2500

  /// How much is shown on either side of a mark in a long line.
  private static let surroundingLength = 160

  private let call: Call
  private let filing: Filing
  private let document: Filing.Document
  private let sha256: String
  private let bytes: [UInt8]

  /// - Throws: `LedgerError` if there is no such filing; ``Problem`` 404 if the document is not at hand.
  init(_ call: Call, _ view: borrowing Ledger.View) throws {
    filing = try view.filing(named: call["filing"])
    self.call = call
    if let knownAt = view.knownAt, filing.published.timestamp > knownAt {
      throw Problem(404, "the filing \(filing.filing) was not published then")
    }
    let all = [filing.document].compactMap(\.self) + filing.documents
    let name = call.option("name")
    guard let document = name == nil ? all.first : all.first(where: { $0.name == name }),
      let sha256 = document.sha256
    else { throw Problem(404, "the filing \(filing.filing) has no such document with a hash") }
    guard let bytes = call.site.documents.bytes(sha256: sha256) else {
      throw Problem(
        404,
        "the document \(document.name) of \(filing.filing) is not at hand",
        remedy: "the server shows documents of a folder that it is started with"
      )
    }
    (self.document, self.sha256, self.bytes) = (document, sha256, bytes)
  }

  private var bytesAnswer: WebResponse {
    var response = WebResponse(.bytes, bytes)
    response.headers.append(("Content-Disposition", "attachment"))
    return response
  }

  private var isHTML: Bool {
    let name = document.name.lowercased()
    return name.hasSuffix(".htm") || name.hasSuffix(".html") || name.hasSuffix(".xhtml")
  }

  /// The bytes as a text: UTF-8, else each byte as a character.
  private var text: String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  private var filed: WebResponse {
    guard isHTML else {
      return WebResponse(.text, Array(text.utf8))
    }
    var page = FiledHTML(text)
    var response = WebResponse(.html, Array(page.sanitized().utf8))
    response.headers.append(
      (
        "Content-Security-Policy",
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
          + "frame-ancestors 'self'"
      )
    )
    return response
  }

  /// A figure that was read.
  private struct Mark {
    let start: Int
    let end: Int
    let sequence: UInt64
    let title: String
  }

  private func write(_ view: borrowing Ledger.View) throws -> WebResponse {
    // By scalars: a carriage return and a line feed are one character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(Array.init)
    let marks = try marks(view)
    let start = Int(clamping: try call.sequence("from") ?? 1)
    var page = Page("\(document.name) of \(filing.filing)", heading: document.name, call)
    page.addAbout("\(filing.filing), \(filing.form ?? "no form"), published \(filing.published)")
    page.addMoment(of: view)
    let readCount = marks.values.reduce(0) { $0 + $1.count }
    let unreadCount =
      isHTML
      ? 0
      : lines.indices.reduce(0) { count, index in
        count
          + Self.numbers(in: lines[index], besides: marks[index + 1] ?? [])
          .count
      }
    let said =
      isHTML
      ? "\(readCount) figures are read"
      : "\(readCount) of \(readCount + unreadCount) numbers are read"
    page.add("<p>\(said): each is a link to its biography.</p>\n")
    let name = call.option("name").map { "?name=\($0.percentEncoded)" } ?? ""
    let base = "/documents/\(filing.filing.percentEncoded)"
    page.add(
      "<p>SHA-256 <code>\(sha256)</code> <span id=\"hash\" role=\"status\" data-sha256=\"\(sha256)\" "
    )
    page.add("data-bytes=\"\(base)/bytes\(name.htmlText)\"></span></p>\n")
    if isHTML {
      page.add(
        "<h2>As filed</h2>\n<iframe class=\"filed\" sandbox title=\"\(document.name.htmlText) as filed\" "
      )
      page.add(
        "src=\"\(base)/filed\(name.htmlText)\"></iframe>\n<h2>Source with the figures that were read</h2>\n"
      )
    }
    page.add(
      "<pre class=\"document\" tabindex=\"0\" role=\"region\" aria-label=\"\(document.name.htmlText)\">"
    )
    let end = min(lines.count, max(0, start - 1) + Self.lineCountMax)
    for index in min(max(0, start - 1), lines.count)..<end {
      page.add("<span id=\"line-\(index + 1)\">")
      page.add(html(of: lines[index], marks[index + 1] ?? []))
      page.add("</span>\n")
    }
    page.add("</pre>\n")
    if end < lines.count {
      let separator = name.isEmpty ? "?" : "\(name.htmlText)&amp;"
      page.add(
        "<p><a href=\"\(base)\(separator)from=\(end + 1)\">Lines from \(end + 1) on</a></p>\n"
      )
    }
    return page.response
  }

  /// The figures that were read, by line.
  private func marks(_ view: borrowing Ledger.View) throws -> [Int: [Mark]] {
    var marks: [Int: [Mark]] = [:]
    let isMain = document == filing.document
    let request = Ledger.FactsRequest(entity: filing.entity, isAll: true, filing: filing.filing)
    do {
      _ = try view.forEachClaim(request) { listed in
        guard let source = listed.claim.source, let place = source.place, let text = source.text,
          source.document == document.name || source.document == nil && isMain
        else { return }
        let fact = listed.claim.fact
        let end = Int(place.column)
        let start = max(0, end - text.unicodeScalars.count)
        marks[Int(place.line), default: []].append(
          Mark(
            start: start,
            end: end,
            sequence: listed.sequence,
            title: "\(fact.concept), \(fact.period)"
          )
        )
      }
    } catch let error as LedgerError where error.code == .notFound {
      // A filing without figures: a document without marks.
    }
    return marks.mapValues { marks in
      // Two claims of one place, as of a figure in two roles, are one mark.
      var last = 0
      return marks.sorted { ($0.start, $0.sequence) < ($1.start, $1.sequence) }.filter { mark in
        guard mark.start >= last else { return false }
        last = mark.end
        return true
      }
    }
  }

  /// A line with its marks.
  private func html(of scalars: [Unicode.Scalar], _ marks: [Mark]) -> String {
    let isLong = scalars.count > Self.lineLengthMax
    let unread = isHTML ? [] : Self.numbers(in: scalars, besides: marks)
    var pieces = marks.filter { $0.end <= scalars.count }.map { mark in
      (mark.start..<mark.end, call.address("/facts/\(mark.sequence)"), mark.title)
    }
    pieces += unread.map { ($0, "", "") }
    pieces.sort { $0.0.lowerBound < $1.0.lowerBound }
    var (html, place) = ("", 0)
    func plain(to end: Int) -> String {
      guard isLong else { return Self.text(scalars[place..<end]) }
      let near = Self.surroundingLength
      guard end - place > 2 * near else { return Self.text(scalars[place..<end]) }
      let (head, tail) = (place == 0 ? 0 : near, end == scalars.count ? 0 : near)
      return Self.text(scalars[place..<place + head]) + " … " + Self.text(scalars[end - tail..<end])
    }
    for (range, address, title) in pieces where range.lowerBound >= place {
      html += plain(to: range.lowerBound)
      let text = Self.text(scalars[range])
      html +=
        address.isEmpty
        ? "<span class=\"unread\">\(text)</span>"
        : "<a class=\"read\" href=\"\(address)\" title=\"\(title.htmlText)\">\(text)</a>"
      place = range.upperBound
    }
    return html + plain(to: scalars.count)
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    for scalar in scalars where scalar != "\r" { view.append(scalar) }
    return String(view).htmlText
  }

  /// The numbers of a line that are in no mark.
  private static func numbers(
    in scalars: [Unicode.Scalar],
    besides marks: [Mark]
  ) -> [Range<Int>] {
    var (found, index) = ([Range<Int>](), 0)
    while index < scalars.count {
      guard ("0"..."9").contains(scalars[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < scalars.count,
        ("0"..."9").contains(scalars[index]) || scalars[index] == "," || scalars[index] == "."
      {
        index += 1
      }
      var end = index
      while !("0"..."9").contains(scalars[end - 1]) { end -= 1 }
      if !marks.contains(where: { $0.start < end && start < $0.end }) { found.append(start..<end) }
    }
    return found
  }
}
