import CWeb
import Facts
import Ledger
import Reports

/// The pages for people: each is whole without a script, and all that it shows is in its address.
enum PageRoutes {
  static let all: [Route] = [
    Route(
      "GET",
      "/",
      summary: "The entities, as a page.",
      options: ["words"],
      isPage: true,
      .view(index)
    ),
    Route(
      "GET",
      "/statements/{entity}",
      summary: "The statements of an entity, and its filings.",
      isPage: true,
      .view(entity)
    ),
    Route(
      "GET",
      "/statements/{entity}/{name}",
      summary: "A statement, with a list of days for each of the three times.",
      options: ["as-of", "layout", "currency", "unit", "span", "columns", "vs"],
      isPage: true,
      .view { try StatementPage($1).write($0) }
    ),
    Route(
      "GET",
      "/facts/{sequence}",
      summary: "The biography of the fact that an event claims.",
      isPage: true,
      .view { try BiographyPage($1).write($0) }
    ),
    Route(
      "GET",
      "/evidence/{sequence}",
      summary: "An event, and its proof checked in the browser.",
      isPage: true,
      .view(evidence)
    ),
    Route(
      "GET",
      "/restatements/{entity}",
      summary: "What later filings changed, the largest change first.",
      isPage: true,
      .view(restatements)
    ),
    Route(
      "GET",
      "/checks/{entity}",
      summary: "Ties: what adds up, and what does not.",
      isPage: true,
      .view(checks)
    ),
    Route(
      "GET",
      "/log",
      summary: "The newest events.",
      options: ["since"],
      isPage: true,
      .view(log)
    ),
    Route("GET", "/assets/page.css", summary: "The style of the pages.", .plain(style)),
    Route("GET", "/assets/page.js", summary: "The script of the pages.", .plain(script)),
  ]

  @Sendable private static func index(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    var page = Page("Entities", call)
    page.addMoment(of: view)
    guard view.head > 0 else {
      page.add("<p class=\"notice\">The ledger is empty.</p>\n")
      return page.response
    }
    let words = call.option("words") ?? ""
    page.add(
      """
      <form method="get"><p><label for="words">A part of the name or the identifier</label>
      <input id="words" name="words" value="\(words.htmlText)"> <button>Search</button></p></form>

      """
    )
    let found = try view.allEntities().filter { entity in
      words.isEmpty || "\(entity.name) \(entity.entity)".lowercased().contains(words.lowercased())
    }
    if found.count > rowCountMax {
      page.addAbout("the first \(rowCountMax) of \(found.count) entities")
    }
    page.add("<ul>\n")
    for entity in found.prefix(rowCountMax) {
      let address = call.address("/statements/\(entity.entity.percentEncoded)")
      page.add("<li><a href=\"\(address)\">\(entity.name.htmlText)</a> ")
      page.add("<code>\(entity.entity.htmlText)</code></li>\n")
    }
    page.add("</ul>\n")
    return page.response
  }

  @Sendable private static func entity(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try view.entity(matching: call["entity"])
    let path = entity.entity.percentEncoded
    var page = Page(entity.name, call)
    page.addMoment(of: view)
    page.add("<h2>Statements</h2>\n<ul>\n")
    for name in try view.statementNames(entity: entity.entity) {
      let address = call.address("/statements/\(path)/\(name.name.percentEncoded)")
      page.add("<li><a href=\"\(address)\">\(name.title.htmlText)</a></li>\n")
    }
    if try view.statementNames(entity: entity.entity).contains(where: {
      $0.name == UnitsPage.statement
    }) {
      page.add(
        "<li><a href=\"\(call.address("/units/\(path)"))\">Units, quarter by quarter</a></li>\n"
      )
    }
    page.add("</ul>\n<h2>Audit</h2>\n<ul>\n")
    for (address, title) in [
      ("restatements", "Restatements"), ("checks", "Ties"), ("diff", "Changes between two days"),
    ] {
      page.add("<li><a href=\"\(call.address("/\(address)/\(path)"))\">\(title)</a></li>\n")
    }
    page.add("</ul>\n<h2>Filings</h2>\n")
    var table = PageTable("Filings, the newest first", ["published", "filing", "form"])
    for filing in try view.filings(of: entity.entity).reversed() {
      table.add([
        filing.published.description.htmlText, documentLink(filing, call),
        (filing.form ?? "").htmlText,
      ])
    }
    page.add(table.html)
    return page.response
  }

  /// A filing's name; it leads to its document, if that is at hand.
  private static func documentLink(_ filing: Filing, _ call: Call) -> String {
    let name = filing.filing.htmlText
    guard let hash = filing.document?.sha256, call.site.documents.contains(sha256: hash) else {
      return name
    }
    return "<a href=\"\(call.address("/documents/\(filing.filing.percentEncoded)"))\">\(name)</a>"
  }

  @Sendable private static func restatements(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try view.entity(matching: call["entity"])
    let request = Ledger.FactsRequest(entity: entity.entity, isAll: true)
    let changes = try view.restatements(request, since: nil, basisPoints: 0)
    return tablePage(
      "Restatements of \(entity.name)",
      RestatementsReport(changes).rows,
      view,
      call
    )
  }

  @Sendable private static func checks(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try view.entity(matching: call["entity"])
    let answer = try view.checks(
      nil,
      entity: entity.entity,
      asOf: nil,
      tolerance: nil,
      calculation: .complete
    )
    let report = CheckReport(answer, isVerbose: true)
    return tablePage("Ties of \(entity.name)", report.rows, view, call)
  }

  /// How many rows a page shows of a list.
  private static let rowCountMax = 200

  private static func tablePage(
    _ title: String,
    _ rows: Table,
    _ view: borrowing Ledger.View,
    _ call: Call
  ) -> WebResponse {
    var page = Page(title, call)
    page.addMoment(of: view)
    page.add(rows, countMax: rowCountMax, what: "rows")
    return page.response
  }

  /// How many events the log shows.
  private static let eventCount: UInt64 = 100

  @Sendable private static func log(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    var page = Page("Log", call)
    page.addMoment(of: view)
    let newest = view.head > eventCount ? view.head - eventCount : 0
    let start = try call.sequence("since") ?? newest
    var table = PageTable("Events from \(start) on", ["event", "recorded", "type", "what it says"])
    var count: UInt64 = 0
    try view.forEachEvent(from: start) { sequence, event, recorded in
      let address = call.address("/evidence/\(sequence)")
      let line = String(decoding: event.canonicalLine, as: UTF8.self)
      table.add([
        "<a href=\"\(address)\">\(sequence)</a>", "\(recorded)".htmlText, event.type.htmlText,
        "<code>\(line.prefix(lineCharacterCount).description.htmlText)</code>",
      ])
      count += 1
      return count < eventCount
    }
    // The newest page goes on by itself.
    let isLive = start + count >= view.head && call.times.recordedAt == nil
    page.add(isLive ? "<div data-live=\"\(view.head)\">\(table.html)</div>\n" : table.html)
    if start > 0 {
      let earlier = start > eventCount ? start - eventCount : 0
      page.add("<p><a href=\"/log?since=\(earlier)\">Earlier events</a></p>\n")
    }
    return page.response
  }

  /// How much of a line the log shows.
  private static let lineCharacterCount = 160

  @Sendable private static func evidence(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let sequence = try call.pathSequence
    let hash = try view.leafHash(at: sequence)
    var line = ""
    try view.forEachEvent(from: sequence) { _, event, _ in
      line = String(decoding: event.canonicalLine, as: UTF8.self)
      return false
    }
    var page = Page("Evidence of event \(sequence)", call)
    page.add(
      """
      <p>This line is what the ledger recorded. Its hash is a leaf of the tree whose root stands under every
      statement. Paste a checkpoint that you kept, and your browser itself finds out whether the line is in it.</p>
      <pre id="line">\(line.htmlText)</pre>
      <dl><dt>leaf hash</dt><dd><code>\(hash)</code></dd>
      <dt>head</dt><dd>\(view.head)</dd><dt>root</dt><dd><code>\(try view.root)</code></dd></dl>
      <form class="evidence" data-sequence="\(sequence)">
      <p><label for="checkpoint">Checkpoint that you kept (nothing for the ledger's own word)</label>
      <textarea id="checkpoint" name="checkpoint" spellcheck="false"></textarea></p>
      <p><label for="key">Verifier key that must have signed it (nothing for none)</label>
      <input id="key" name="key" size="60" spellcheck="false" autocomplete="off"></p>
      <p><button>Check the proof</button></p>
      </form>
      <p class="verdict" id="verdict" role="status"></p>
      <p>The same by hand: <code>/v1/proofs/\(sequence)</code> and <code>/checkpoint</code> are what is checked.</p>

      """
    )
    if line.contains("\"filing\":") && line.contains("\"period\":") {
      let address = call.address("/facts/\(sequence)")
      page.add("<p><a href=\"\(address)\">The figure's biography</a></p>\n")
    }
    return page.response
  }

  @Sendable private static func style(_ call: Call) throws -> WebResponse {
    var count = 0
    let start = unsafe assay_web_style(&count)
    let own = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    // The rules of drawings come first: the page's own are for what is dark, too.
    return asset(.style, Array(Chart.style.utf8) + own)
  }

  @Sendable private static func script(_ call: Call) throws -> WebResponse {
    var count = 0
    let start = unsafe assay_web_script(&count)
    return unsafe asset(.script, Array(UnsafeBufferPointer(start: start, count: count)))
  }

  /// - Parameter bytes: Are part of the program, and never change.
  private static func asset(_ type: MediaType, _ bytes: [UInt8]) -> WebResponse {
    var response = WebResponse(type, bytes)
    response.headers.append(("Cache-Control", "no-cache"))
    return response
  }
}
