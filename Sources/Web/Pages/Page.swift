import Facts
import Ledger
import Reports

/// A page, written from its top to its end.
struct Page {
  private let title: String
  private let call: Call
  private var html: String

  /// A page with its heading and nothing below it.
  ///
  /// - Parameter heading: Where it is another than the title.
  init(_ title: String, heading: String? = nil, _ call: Call) {
    (self.title, self.call) = (title, call)
    html = "<h1>\((heading ?? title).htmlText)</h1>\n"
  }

  /// Adds HTML, in which every text from outside is escaped.
  mutating func add(_ text: String) { html += text }

  /// Adds a line about what is shown.
  mutating func addAbout(_ text: String) { html += "<p class=\"about\">\(text.htmlText)</p>\n" }

  /// Adds the first rows of an answer as a table.
  ///
  /// - Parameters:
  ///   - countMax: How many rows are shown.
  ///   - what: What the rows are, for the table's caption.
  mutating func add(_ answer: Table, countMax: Int, what: String) {
    let rows = answer.rows.prefix(countMax)
    var table = PageTable(
      "\(rows.count) of \(answer.rows.count) \(what)",
      answer.head.columns.map(\.title),
      areFigures: answer.head.columns.map { $0.alignment == .right }
    )
    for row in rows { table.add(row.cells.map { $0.readableText.htmlText }) }
    add(table.html)
  }

  /// Adds drawings; many of them can be folded away.
  mutating func add(_ charts: [Chart], isFolded: Bool = false) {
    guard !charts.isEmpty else { return }
    let figures = charts.map { HTMLPage.figure($0.unstyledSVG) }.joined()
    add(isFolded ? "<details><summary>Drawings</summary>\n\(figures)</details>\n" : figures)
  }

  /// Says which moment the page is about.
  mutating func addMoment(of view: borrowing Ledger.View) {
    let known = call.times.knownAt.map { "known at \($0)" } ?? "everything published"
    addAbout("\(known), head \(view.head)")
  }

  /// The whole page.
  var response: WebResponse {
    let start = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title.htmlText) - Assay</title>
      <link rel="stylesheet" href="/assets/page.css">
      <link rel="icon" href="data:,">
      <script type="module" src="/assets/page.js"></script>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header><nav aria-label="Pages"><a href="\(call.address("/"))">Entities</a>
      <a href="\(call.address("/frames"))">One figure of all</a>
      <a href="\(call.address("/log"))">Log</a></nav></header>
      <main id="main">

      """
    return WebResponse(.html, Array((start + html + HTMLPage.end).utf8))
  }
}

extension Call {
  /// An address of the same moment, ready for an attribute.
  ///
  /// - Parameter path: Percent-encoded.
  func address(_ path: String) -> String {
    let items = ["known-at", "recorded-at"].compactMap { name in
      option(name).map { "\(name)=\($0.percentEncoded)" }
    }
    return items.isEmpty ? path : path + "?" + items.joined(separator: "&amp;")
  }
}

/// A table of a page; its cells are HTML.
struct PageTable {
  private var rows = ""
  private let head: String
  private let areFigures: [Bool]

  /// - Parameter areFigures: For each column, whether it stands at the right.
  init(_ caption: String, _ columns: [String], areFigures: [Bool] = []) {
    self.areFigures = areFigures
    let cells = columns.enumerated().map { index, title in
      "<th scope=\"col\"\(Self.name(areFigures, index))>\(Self.lines(title))</th>"
    }
    head =
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"\(caption.htmlText)\">"
      + "<table><caption>\(caption.htmlText)</caption>\n<thead><tr>\(cells.joined())</tr></thead><tbody>\n"
  }

  private static func name(_ areFigures: [Bool], _ index: Int) -> String {
    areFigures.indices.contains(index) && areFigures[index] ? " class=\"figure\"" : ""
  }

  /// A heading, whose line feeds break it.
  private static func lines(_ title: String) -> String {
    title.split(separator: "\n").map { String($0).htmlText }.joined(separator: "<br>")
  }

  /// Adds a row as it is.
  mutating func add(row html: String) { rows += html }

  mutating func add(_ cells: [String]) {
    let row = cells.enumerated().map { "<td\(Self.name(areFigures, $0))>\($1)</td>" }
    rows += "<tr>\(row.joined())</tr>\n"
  }

  var html: String { head + rows + "</tbody></table></div>\n" }
}
