import Facts
import Foundation
import Ledger
import Reports
import TestSupport
import Testing
import Web

@Suite("The pages")
struct PageTests {
  private func site() throws -> Site { Site(try ServedLedgers.lines(RouterTests.events)) }

  private static let paths = [
    "/", "/statements/quarry", "/statements/quarry/cash", "/facts/CLAIM", "/evidence/CLAIM", "/log",
    "/restatements/quarry", "/checks/quarry", "/diff/quarry", "/frames",
    "/frames?concept=quarry:Cash&frame=CY2011Q1I", "/?words=quar", "/statements/nobody/cash",
    "/facts/99999",
    "/statements/quarry/cash?as-of=never",
  ]

  @Test("have a language, a title, one heading and no script of their own", arguments: paths)
  func pagesAreWhole(path: String) throws {
    let site = try site()
    let response = site.get(path.replacing("CLAIM", with: "\(try site.head - 5)"))
    #expect(response["Content-Type"] == "text/html; charset=utf-8")
    #expect(response["Content-Security-Policy"]?.contains("script-src 'self'") == true)
    let html = try response.text
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(html.matches(of: /<h1>/).count == 1)
    let head = html.components(separatedBy: "</head>")[0]
    #expect(head.matches(of: /<title>[^<]+<\/title>/).count == 1)
    #expect(!html.contains("style=") && !html.contains("onclick") && !html.contains("<script>"))
    // Whatever is opened is closed.
    for tag in ["table", "tr", "dl", "form", "main", "select", "svg", "ul"] {
      let opened = html.matches(of: try Regex("<\(tag)[ >]")).count
      #expect(opened == html.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
  }

  @Test("show what comes from outside as text")
  func textsAreEscaped() throws {
    let site = try site()
    #expect(try site.get("/facts/\(site.head - 5)").text.contains("<h1>Cash &lt;in hand&gt;</h1>"))
    #expect(try site.get("/statements/quarry/cash").text.contains("Cash &amp; notes"))
    for path in [
      "/statements/%3Cscript%3E/x", "/statements/quarry/%22%3E%3Cscript%3E",
      "/statements/quarry/cash?as-of=%3Cscript%3E", "/statements/quarry/cash?%3Cscript%3E=1",
      "/statements/quarry/cash?currency=%22%3E%3Cscript%3E",
    ] {
      let html = try site.get(path).text
      #expect(!html.contains("<script>") && !html.contains("\"><script"), "\(path)")
    }
  }

  @Test("show the figures of the command, each with a link to its own biography")
  func figuresAreThoseOfTheCommand() throws {
    let ledger = try ServedLedgers.lines(RouterTests.events)
    let site = Site(ledger)
    for times in [
      "", "?known-at=2011-06-01", "?as-of=2011-03-31", "?as-of=2011-03-31&known-at=2011-06-01",
    ] {
      let html = try site.get("/statements/quarry/cash" + times).text
      let object = try site.get("/v1/statements/quarry/cash" + times).object
      let lines = try #require(object["lines"] as? [[String: Any]])
      let cells = lines.flatMap { $0["cells"] as? [[String: Any]] ?? [] }
      let shown = html.matches(of: /<td class="figure" data-key="[^"]*">(.*?)<\/td>/)
      #expect(shown.count == cells.count)
      for (cell, match) in zip(cells, shown) {
        guard let sequence = cell["sequence"] as? Int, let value = cell["value"] as? String else {
          #expect(!match.1.contains("<a"))
          continue
        }
        let link = try #require(match.1.firstMatch(of: /<a href="([^"]*)">(.*)<\/a>/))
        #expect(link.1.hasPrefix("/facts/\(sequence)"))
        let biography = try site.get(String(link.1).replacing("&amp;", with: "&")).text
        #expect(biography.contains("\(try Amount(value).grouped)</td>"), "\(link.1)")
      }
    }
  }

  @Test("keep the moment in their links")
  func linksKeepTheMoment() throws {
    let html = try site().get("/statements/quarry/cash?known-at=2011-06-01").text
    for match in html.matches(of: /href="(\/facts[^"]*)"/) {
      #expect(match.1.hasSuffix("?known-at=2011-06-01"))
    }
    let site = try site()
    let biography = try site.get("/facts/\(site.head - 5)?known-at=2011-06-01").text
    #expect(biography.contains("known at 2011-06-01"))
  }

  @Test("lead nowhere but to answers: every link of every page is followed")
  func linksLead() throws {
    let site = try site()
    var (waiting, seen) = (["/"], Set(["/"]))
    while let target = waiting.popLast() {
      let response = site.get(target)
      let html = response.body.byteCount == nil ? "" : try response.text
      // That a figure was not known yet, or has no such span, is an answer.
      #expect([200, 404, 422].contains(response.status), "\(target)")
      for mistake in ["there is no option", "nothing at this address", ", and not "] {
        #expect(!html.contains(mistake), "\(target)")
      }
      guard response["Content-Type"]?.hasPrefix("text/html") == true else { continue }
      for match in html.matches(of: /(?:href|src)="([^"#]+)[^"]*"/) where match.1.hasPrefix("/") {
        let link = String(match.1).replacing("&amp;", with: "&")
        if seen.insert(link).inserted { waiting.append(link) }
      }
      // Every choice of a form is an address, too.
      for form in html.matches(of: /<select id="([^"]*)"[^>]*>(.*?)<\/select>/) {
        for option in form.2.matches(of: /<option value="([^"]+)"/) {
          let path = target.prefix { $0 != "?" }
          let link = "\(path)?\(form.1)=\(option.1)"
          if seen.insert(link).inserted { waiting.append(link) }
        }
      }
    }
    #expect(seen.count > 30)
    #expect(seen.contains { $0.contains("vs=") } && seen.contains { $0.contains("span=") })
  }

  @Test("compare a statement with what was known on a day, as the command does")
  func changesAreMarked() throws {
    let html = try site().get("/statements/quarry/cash?as-of=2011-03-31&vs=2011-06-01").text
    #expect(html.contains("<td class=\"figure changed\">") || html.contains("figure changed"))
    #expect(html.contains("101.5") && html.contains("100.5"))
    let same = try site().get("/statements/quarry/cash?as-of=2011-03-31&vs=2011-12-31").text
    #expect(!same.contains("figure changed"))
  }

  @Test("lay one figure of all entities, and two days, beside each other")
  func comparisonsAreShown() throws {
    let frame = try site().get("/frames?concept=quarry:Cash&unit=USD&frame=CY2011Q1I").text
    #expect(frame.contains("1 of 1 entities") && frame.contains(">101.5</a>"))
    let earlier = try site().get(
      "/frames?concept=quarry:Cash&unit=USD&frame=CY2011Q1I&known-at=2011-06-01"
    ).text
    #expect(earlier.contains(">100.5</a>"))
    let changes = try site().get("/diff/quarry?from=2011-05-02&known-at=2011-08-02").text
    #expect(changes.contains("100.5") && changes.contains("101.5"))
    #expect(try site().get("/diff/quarry?from=2012-01-01&known-at=2011-01-01").status == 422)
    #expect(try !site().get("/?words=nobody").text.contains("/statements/cik"))
  }

  @Test("let one go on from a day to later ones, which were not known then")
  func laterDaysAreTicks() throws {
    for path in ["/statements/quarry/cash", "/diff/quarry"] {
      let now = try site().get(path).text
      let then = try site().get("\(path)?known-at=2011-06-01").text
      for day in ["2011-05-02", "2011-08-02"] {
        #expect(
          now.contains("value=\"\(day)\"") && then.contains("value=\"\(day)\""),
          "\(path) at \(day)"
        )
      }
    }
  }

  @Test("draw what they show in a table, with the same figures")
  func drawingsHaveTheFigures() throws {
    let ledger = try ServedLedgers.lines(RouterTests.events)
    let site = Site(ledger)
    let sequence = try site.head - 5
    let biography = try site.get("/facts/\(sequence)").text
    let claims = try #require(
      try site.get("/v1/facts/\(sequence)/claims").object["rows"] as? [[String: Any]]
    )
    for claim in claims {
      let value = try Amount(#require(claim["value"] as? String)).grouped
      #expect(biography.contains(": \(value), "), "a mark says \(value)")
    }
    #expect(biography.contains("<svg class=\"chart\"") && !biography.contains("<style>"))
    let style = try site.get("/assets/page.css").text
    #expect(style.contains(".restated") && style.contains(Chart.style))
    let quarters = try site.get("/statements/quarry/cash?span=quarter&columns=4").text
    #expect(quarters.contains("<details><summary>Drawings</summary>") == quarters.contains("<svg"))
  }

  @Test("changes and frames have the figures of the API, and of the moment that was asked")
  func comparisonsAgree() throws {
    let site = try site()
    for day in ["2011-08-02", "2011-06-01"] {
      let rows = try #require(
        try site.get("/v1/diff?entity=quarry&from=2011-05-02&to=\(day)").object["rows"]
          as? [[String: Any]]
      )
      let page = try site.get("/diff/quarry?from=2011-05-02&known-at=\(day)").text
      for row in rows {
        for (name, qualifier) in [("then", "thenQualifier"), ("now", "nowQualifier")] {
          guard let value = row[name] as? String, !(row[qualifier] is String) else { continue }
          #expect(page.contains(">\(try Amount(value).grouped)<"), "\(day): \(value)")
        }
      }
      let frame = try site.get("/frames?concept=quarry:Cash&frame=CY2011Q1I&known-at=\(day)").text
      let facts =
        try site.get("/v1/facts?entity=quarry&words=quarry:Cash&as-of=2011-03-31&known-at=\(day)")
        .object["claims"] as? [[String: Any]]
      let value = try #require(facts?.first?["value"] as? String)
      #expect(frame.contains(">\(try Amount(value).grouped)</a>"), "\(day): \(value)")
    }
  }

  @Test("need a small front end")
  func frontEndIsSmall() throws {
    let site = try site()
    let script = try site.get("/assets/page.js").text
    let style = try site.get("/assets/page.css").bytes
    #expect(script.utf8.count + style.count <= 30_000)
    #expect(script.components(separatedBy: "\n").count <= 400)
    #expect(!script.contains("innerHTML") && !script.contains("eval("))
  }
}
