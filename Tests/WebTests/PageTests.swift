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
    "/restatements/quarry", "/checks/quarry", "/statements/nobody/cash", "/facts/99999",
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
    #expect(html.matches(of: /<title>[^<]+<\/title>/).count == 1)
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
