import Facts
import Foundation
import Intake
import Ledger
import TestSupport
import Testing
import Web

/// A ledger with a filing whose document is at hand.
private struct DocumentSite {
  let site: Site
  let ledger: Ledger
  let first: UInt64
  private let folder: TemporaryFolder

  init(_ document: String, name: String = "release.txt", places: [(Int, Int, String, String)] = [])
    throws
  {
    folder = try TemporaryFolder()
    let kept = folder("kept")
    try FileManager.default.createDirectory(
      atPath: kept + "/deep",
      withIntermediateDirectories: true
    )
    let bytes = Array(document.utf8)
    try Data(bytes).write(to: URL(filePath: kept + "/deep/some name.x"))
    ledger = try Ledger(path: folder("test.assay"), access: .create)
    let hash = Ledger.checksum(of: bytes)
    var lines = """
      {"type":"entity","entity":"x:q","name":"Quarry"}
      {"type":"concept","concept":"q:Cash","kind":"statement-line","periodType":"instant","label":"Cash"}
      {"type":"filing","filing":"f-1","entity":"x:q","published":"2011-05-02","document":{"name":"\(name)","bytes":\(bytes.count),"sha256":"\(hash)"}}
      {"type":"filing","filing":"f-2","entity":"x:q","published":"2011-05-03","document":{"name":"gone","sha256":"\(String(repeating: "0", count: 64))"}}

      """
    for (index, (line, column, text, value)) in places.enumerated() {
      lines +=
        #"{"type":"statement-line","filing":"f-1","entity":"x:q","concept":"q:Cash","period":"2011-03-\#(10 + index)","unit":"USD","value":"\#(value)","source":{"line":\#(line),"column":\#(column),"text":"\#(text)"}}"#
        + "\n"
    }
    let spool = DraftSpool()
    var reader = EventLineReader(file: nil)
    try reader.read(Array(lines.utf8)[...]) { try spool.append($0) }
    try reader.finish { try spool.append($0) }
    let time = Timestamp(microseconds: 1_790_000_000_000_000)
    _ = try ledger.append(spool.finish(), .init(by: "test", time: time))
    // The filing without a document at hand comes last.
    first = try ledger.read { $0.head } - UInt64(places.count) - 1
    site = Site(ledger, documents: try KeptDocuments(folder: kept))
  }
}

@Suite("Documents as they were filed")
struct DocumentTests {
  @Test("have a link at every figure that was read, and a line around the others")
  func figuresAreMarked() throws {
    let made = try DocumentSite(
      "Cash <in hand>\r\n  2011    1,234   (5)  99\r\n",
      places: [(2, 15, "1,234", "1234"), (2, 21, "(5)", "-5")]
    )
    let page = made.site.get("/documents/f-1")
    #expect(page.status == 200)
    let html = try page.text
    #expect(html.contains("Cash &lt;in hand&gt;"))
    #expect(
      html.contains(
        #"<a class="read" href="/facts/\#(made.first)" title="q:Cash, 2011-03-10">1,234</a>"#
      )
    )
    #expect(html.contains(">(5)</a>"))
    #expect(html.contains(#"<span class="unread">2011</span>"#))
    #expect(html.contains(#"<span class="unread">99</span>"#))
    #expect(html.contains("2 of 4 numbers are read"))
    let biography = try made.site.get("/facts/\(made.first)").text
    #expect(biography.contains("/documents/f-1?from=1#line-2"))
    #expect(try made.site.get("/statements/x:q").text.contains("/documents/f-1"))
  }

  @Test("are those that were filed, byte for byte, or are not there")
  func bytesAreTheFiled() throws {
    let made = try DocumentSite("text \u{e9}\n")
    #expect(try made.site.get("/documents/f-1/bytes").bytes == Array("text \u{e9}\n".utf8))
    for path in [
      "/documents/f-2", "/documents/f-3", "/documents/f-1?name=other", "/documents/..%2F..",
    ] {
      #expect(made.site.get(path).status == 404, "\(path)")
    }
    #expect(made.site.get("/documents/f-1?known-at=2011-05-01").status == 404)
    let plain = Site(made.ledger)
    #expect(plain.get("/documents/f-1").status == 404)
  }

  @Test(
    "of hostile pages run nothing, load nothing and lead nowhere",
    arguments: [
      "<script>alert(1)</script>", "<SCRIPT src=//evil.example/x.js></SCRIPT>",
      "<img src=x onerror=alert(1)>",
      "<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)></iframe>",
      "<a href='javascript:alert(1)'>x</a>",
      "<form action=//evil.example><input name=x></form>", "<base href=//evil.example>",
      "<meta http-equiv=refresh content='0;url=//evil.example'>",
      "<link rel=stylesheet href=//evil.example>",
      "<div style=\"background:url(//evil.example)\">x</div>",
      "<style>@import '//evil.example';</style>",
      "<div style='background:u\\72l(//evil.example)'>",
      "<p onclick=alert(1) title='\"><script>alert(1)</script>'>x</p>",
      "<<script>alert(1)//<</script>", "<scr<script>ipt>alert(1)</script>",
      "<!--><script>alert(1)</script>-->",
      "<p/onmouseover=alert(1)>", "<math><mtext><script>alert(1)</script></mtext></math>",
      "<table background=//evil.example><td width='1\" onload=\"alert(1)'>",
      "<object data=//evil.example></object>",
      "<p\u{0}onclick=alert(1)>", "<font color=\"</style><script>alert(1)</script>\">",
      "<p =onclick=alert(1)>",
      "<ix:nonfraction onclick=alert(1)>5</ix:nonfraction>",
      "<noscript><p title=\"</noscript><script>alert(1)</script>\">",
      "<style><a title=\"</style><script>alert(1)</script>\">",
      "<textarea><script>alert(1)</script></textarea>",
      "<video><source onerror=alert(1)></video>", "<p style='color:red", "<", "</", "<!",
      "<p title=",
    ]
  )
  func hostilePagesAreTamed(page: String) throws {
    let made = try DocumentSite("<html><body>\(page)<b>end</b></body></html>", name: "page.htm")
    let response = made.site.get("/documents/f-1/filed")
    #expect(response.status == 200)
    #expect(response["X-Content-Type-Options"] == "nosniff")
    let policies = response.headers.filter { $0.name == "Content-Security-Policy" }.map(\.value)
    #expect(policies.count == 1)
    #expect(
      policies.first?.hasPrefix("sandbox; default-src 'none'; style-src 'unsafe-inline'") == true
    )
    let html = try response.text
    for tag in html.matches(of: /<([a-zA-Z]+)([^>]*)>/) {
      let name = tag.1.lowercased()
      #expect(
        ["html", "head", "meta", "title", "body", "div", "p", "b", "table", "td", "font", "style"]
          .contains(name),
        "\(html)"
      )
      #expect(!tag.2.replacing(/"[^"]*"/, with: "").lowercased().contains("on"), "\(html)")
    }
    for text in ["evil.example", "javascript:", "<script", "url("]
    where !html.contains("&lt;\(text.dropFirst())") {
      #expect(!html.lowercased().replacing("charset=\"utf-8\"", with: "").contains(text), "\(html)")
    }
    // The page around it shows the source as a text, and frames the page without rights.
    let around = try made.site.get("/documents/f-1").text
    #expect(around.contains("<iframe class=\"filed\" sandbox title="))
    #expect(around.matches(of: /<script/).count == 1)
  }

  @Test("keep what a page looks like")
  func tablesStay() throws {
    let made = try DocumentSite(
      "<table border=1><tr><td align=right colspan=2><font size=2><b>5&nbsp;&lt;</b></font></td></tr></table>",
      name: "page.htm"
    )
    let html = try made.site.get("/documents/f-1/filed").text
    #expect(
      html.contains(
        "<table border=\"1\"><tr><td align=\"right\" colspan=\"2\"><font size=\"2\"><b>5&nbsp;&lt;</b></font>"
      )
    )
  }
}
