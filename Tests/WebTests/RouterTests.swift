import Facts
import Foundation
import JSON
import Ledger
import Reports
import TestSupport
import Testing
import Web

@Suite("The router")
struct RouterTests {
  static let events = """
    {"type":"entity","entity":"cik:0000000042","name":"Example Quarry","fiscalYearEnd":"12-31"}
    {"type":"concept","concept":"quarry:Cash","kind":"statement-line","periodType":"instant","label":"Cash <in hand>"}
    {"type":"statement","entity":"cik:0000000042","statement":"cash","title":"Cash","columns":[{"span":"instant"}],"lines":[{"label":"Cash & notes","concept":"quarry:Cash"}]}
    {"type":"filing","filing":"q-1","entity":"cik:0000000042","form":"10-Q","published":"2011-05-02","fiscalYear":2011,"fiscalPeriod":"Q1"}
    {"type":"statement-line","filing":"q-1","entity":"cik:0000000042","concept":"quarry:Cash","period":"2011-03-31","unit":"USD","value":"100.5"}
    {"type":"filing","filing":"q-2","entity":"cik:0000000042","form":"10-Q","published":"2011-08-02T20:15:00Z","fiscalYear":2011,"fiscalPeriod":"Q2"}
    {"type":"statement-line","filing":"q-2","entity":"cik:0000000042","concept":"quarry:Cash","period":"2011-03-31","unit":"USD","value":"101.5"}
    {"type":"statement-line","filing":"q-2","entity":"cik:0000000042","concept":"quarry:Cash","period":"2011-06-30","unit":"USD","value":"-0.25"}
    {"type":"statement-line","filing":"q-2","entity":"cik:0000000042","concept":"quarry:Cash","period":"2011-07-30","unit":"USD","value":"7","qualifier":"approximately"}
    """

  private func site() throws -> Site { Site(try ServedLedgers.lines(Self.events)) }

  @Test("says what is not there, what is not allowed and what cannot be asked")
  func problemsHaveTheirStatus() throws {
    let site = try site()
    let cases: [(method: String, target: String, status: Int, code: String)] = [
      ("GET", "/nothing", 404, "not-found"), ("GET", "//v1/entities", 404, "not-found"),
      ("GET", "/v1/entities/", 404, "not-found"), ("GET", "/v1/../etc/passwd", 404, "not-found"),
      ("GET", "/v1/statements/quarry/nothing", 404, "not-found"),
      ("GET", "/v1/statements/nobody/cash", 404, "not-found"),
      ("GET", "/v1/facts/99999/claims", 404, "not-found"),
      ("GET", "/v1/facts/1/claims", 422, "not-answerable"),
      ("GET", "/v1/facts/x/claims", 404, "not-found"),
      ("GET", "/v1/proofs/9999999", 404, "not-found"),
      ("GET", "/v1/entities?known-at=yesterday", 422, "bad-option"),
      ("GET", "/v1/entities?recorded-at=999", 422, "not-answerable"),
      ("GET", "/v1/entities?recorded-at=-1", 422, "bad-option"),
      ("GET", "/v1/entities?as-of=2011-03-31", 422, "unknown-option"),
      ("GET", "/v1/facts?limit=0", 422, "bad-option"),
      ("GET", "/v1/facts?all=perhaps", 422, "bad-option"),
      ("GET", "/v1/statements/quarry/cash?columns=2", 422, "not-answerable"),
      ("GET", "/v1/statements/quarry/cash?span=week", 422, "bad-option"),
      ("GET", "/v1/diff?from=2012-01-01&to=2011-01-01", 422, "not-answerable"),
      ("GET", "/v1/diff?from=2012-01-01", 422, "bad-option"),
      ("GET", "/v1/history", 422, "bad-option"), ("GET", "/v1/panel", 422, "not-answerable"),
      ("GET", "/v1/restatements?min=much", 422, "bad-option"),
      ("GET", "/api/xbrl/companyfacts/CIK42.json", 404, "not-found"),
      ("GET", "/api/xbrl/companyfacts/CIK0000000042", 404, "not-found"),
      ("GET", "/api/xbrl/companyfacts/CIK0000000043.json", 404, "not-found"),
      ("GET", "/known-at/never/submissions/CIK0000000042.json", 422, "bad-option"),
      ("GET", "/known-at/2011-05-01/api/xbrl/companyfacts/CIK0000000042.json", 404, "not-found"),
      ("GET", "/tile/0/001", 404, "not-found"), ("GET", "/tile/9/000", 404, "not-found"),
      ("GET", "/tile/0/000.p/0", 404, "not-found"), ("GET", "/tile/0/0", 404, "not-found"),
      ("POST", "/v1/entities", 405, "method-not-allowed"),
      ("DELETE", "/health", 405, "method-not-allowed"),
    ]
    for (method, target, status, code) in cases {
      let response = site.get(target, method)
      #expect(response.status == status, "\(method) \(target)")
      #expect(response["Content-Type"] == "application/problem+json", "\(target)")
      let problem = try response.object
      #expect(problem["type"] as? String == "urn:assay:problem:\(code)", "\(target)")
      #expect(problem["status"] as? Int == status)
      #expect((problem["detail"] as? String)?.isEmpty == false)
    }
    #expect(site.get("/v1/entities", "POST")["Allow"] == "GET, HEAD, OPTIONS")
    #expect(site.get("/v1/entities", "OPTIONS").status == 204)
    #expect(site.get("/v1/entities", "HEAD").status == 200)
  }

  @Test("refuses addresses that do not decode to text")
  func addressesDecode() {
    for target in ["/%", "/%4", "/%zz", "/%00", "/%ff", "/a%0a", "x", "/?a=%"] {
      #expect(throws: Problem.self, "\(target)") { try WebRequest("GET", target) }
    }
    #expect(throws: Problem.self) {
      try WebRequest("GET", "/" + String(repeating: "a", count: 9000))
    }
    #expect((try? WebRequest("GET", "/a%2Fb/c%20d?x=1+2&y"))?.path == ["a/b", "c d"])
  }

  @Test("answers for its own names alone, and lets no other page write")
  func namesAreChecked() throws {
    let hosts = HostNames(bound: "127.0.0.1", allowed: ["ledger.example"])
    let site = Site(try ServedLedgers.lines(Self.events), hosts: hosts)
    for (host, status) in [
      ("127.0.0.1:8080", 200), ("localhost", 200), ("[::1]:9", 200), ("LEDGER.example", 200),
      ("evil.example", 421), ("localhost.evil.example:80", 421), ("127.0.0.1:x", 421), ("", 421),
    ] {
      let response = site.get("/health", headers: ["host": host])
      #expect(response.status == status, "\(host)")
    }
    let other = ["host": "localhost", "origin": "http://evil.example"]
    #expect(site.get("/health", "POST", headers: other).status == 403)
    let own = ["host": "localhost", "origin": "http://localhost"]
    #expect(site.get("/health", "POST", headers: own).status == 405)
  }

  @Test("binds answers to their moment for caches")
  func answersArePinned() throws {
    let site = try site()
    let open = site.get("/v1/statements/quarry/cash?as-of=2011-03-31")
    #expect(open["Cache-Control"] == "no-cache")
    let address = try #require(open["Content-Location"])
    let pinned = site.get(address)
    #expect(pinned["Cache-Control"] == "public, max-age=31536000, immutable")
    #expect(pinned["Content-Location"] == nil)
    let tag = try #require(pinned["ETag"])
    let again = site.get(address, headers: ["if-none-match": "\"x\", W/\(tag)"])
    #expect(again.status == 304)
    #expect(try again.bytes.isEmpty)
    let earlier = address.replacing(/recorded-at=\d+/, with: "recorded-at=6")
    #expect(site.get(earlier)["ETag"] != tag)
    #expect(site.get(address, headers: ["accept": "text/csv"])["ETag"] != tag)
  }

  @Test("gives the answers of commands, in their shapes")
  func answersAreThoseOfCommands() throws {
    let ledger = try ServedLedgers.lines(Self.events)
    let site = Site(ledger)
    var question = StatementQuestion()
    question.knownAt = PublishedTime("2011-06-01")
    let report = try ledger.read(at: Times(knownAt: question.knownAt)) { view in
      try question.report(view.statement(question.request("cash", entity: "quarry", asOf: nil)))
    }
    let response = site.get("/v1/statements/quarry/cash?known-at=2011-06-01")
    #expect(try response.text == report.rendered(as: .json))
    #expect(try response.text.contains(#""value":"100.5""#))
    let csv = site.get("/v1/statements/quarry/cash", headers: ["accept": "text/csv"])
    #expect(csv["Content-Type"] == "text/csv; charset=utf-8")
    let picky = site.get("/v1/entities", headers: ["accept": "image/png"])
    #expect(picky.status == 406)
    let claims = try site.get("/v1/facts/\(try site.head - 5)/claims").object
    #expect(claims["schema"] as? String == "assay.history/2")
    for target in [
      "/v1/entities", "/v1/statements/quarry", "/v1/history?words=cash+2011-03-31",
      "/v1/history?words=cash&triangle", "/v1/diff?from=2011-05-02&to=2011-09-01",
      "/v1/restatements", "/v1/log", "/v1/panel?measure=quarry:Cash",
      "/v1/statements/quarry/cash?vs=2011-06-01&changes",
      "/v1/diff?from=2011-05-02&to=2011-09-01&statement=cash", "/v1/proofs/3",
    ] {
      let response = site.get(target)
      #expect(response.status == 200, "\(target)")
      let object = try response.object
      #expect(object["schema"] is String, "\(target)")
    }
  }

  /// The lines of a list, followed from page to page, each of one moment.
  private func pages(of path: String, from site: Site) throws -> (rows: [String], count: Int) {
    var (target, rows, count) = (Optional(path), [String](), 0)
    while let address = target {
      let response = site.get(address, headers: ["accept": "application/jsonl"])
      #expect(response.status == 200)
      rows += try response.text.split(separator: "\n").map(String.init)
      count += 1
      target = response["Link"]?.firstMatch(of: /<(.*)>; rel="next"/).map { String($0.1) }
      #expect(target?.contains("recorded-at=") ?? true)
    }
    return (rows, count)
  }

  @Test("gives lists page by page, of one moment")
  func listsHavePages() throws {
    let site = try site()
    for path in ["/v1/facts?all&limit=2", "/v1/log?limit=3"] {
      let (rows, pageCount) = try pages(of: path, from: site)
      let whole = site.get(
        path.replacing(/limit=\d/, with: "limit=9999"),
        headers: ["accept": "application/jsonl"]
      )
      #expect(try rows == whole.text.split(separator: "\n").map(String.init))
      #expect(pageCount > 1 && rows.count > 3)
    }
  }

  @Test("goes through no more of the ledger than its limits let it")
  func walksAreBounded() throws {
    var site = try site()
    site.limits.scannedEventCount = 5
    let (rows, pageCount) = try pages(of: "/v1/log?type=filing", from: site)
    #expect(rows.count == 2)
    #expect(pageCount == (try site.head + 4) / 5)
    site.limits.wholeLedgerEventCount = 3
    for path in [
      "/v1/facts", "/v1/history?words=cash", "/v1/restatements", "/v1/checks", "/v1/guidance",
      "/v1/diff?from=2011-05-02&to=2011-09-01",
    ] {
      let response = site.get(path)
      #expect(response.status == 422, "\(path)")
      #expect(try response.object["type"] as? String == "urn:assay:problem:too-broad")
      let separator = path.contains("?") ? "&" : "?"
      #expect(site.get("\(path)\(separator)entity=quarry").status != 422, "\(path)")
    }
  }

  @Test("ends an answer that takes too long, and goes on with the others")
  func answersAreBoundedInTime() throws {
    var site = try site()
    site.limits.answerDuration = .zero
    for path in [
      "/v1/statements/quarry/cash", "/statements/quarry/cash", "/v1/history?words=cash", "/v1/log",
      "/api/xbrl/companyfacts/CIK0000000042.json", "/v1/facts",
    ] {
      let response = site.get(path)
      let text = try response.text
      #expect(response.status == 422 && text.contains("takes longer"), "\(path)")
      #expect(text.contains("fewer periods"), "\(path)")
    }
    #expect(site.get("/health").status == 200)
    site.limits.answerDuration = .seconds(60)
    #expect(site.get("/v1/statements/quarry/cash").status == 200)
  }

  @Test("serves the tree of the log, file by file")
  func treeIsServed() throws {
    let ledger = try ServedLedgers.lines(Self.events)
    let site = Site(ledger)
    let head = try ledger.read { $0.head }
    var paths: [String] = []
    try ledger.forEachTile(size: head) { path, bytes in
      paths.append(path)
      let response = site.get("/" + path)
      #expect(response.status == 200, "\(path)")
      let served = try response.bytes
      #expect(served == bytes, "\(path)")
    }
    #expect(paths.count > 1)
    let checkpoint = try ledger.read { try $0.checkpoint().text }
    #expect(try site.get("/checkpoint").text == checkpoint)
  }

  @Test("sends events with their sequences, from any on")
  func eventsAreSent() throws {
    let site = try site()
    let head = try site.head
    let (bytes, next) = try site.eventStream(from: UInt64(head - 2))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.matches(of: /id: \d+\nevent: statement-line\ndata: \{.*\}\n\n/).count == 2)
    #expect(next == UInt64(head))
    #expect(try site.eventStream(from: next).bytes.isEmpty)
    guard
      case .events(let since, true) = site.get("/v1/events", headers: ["last-event-id": "7"]).body
    else {
      Issue.record("no events")
      return
    }
    #expect(since == 8)
  }
}

@Suite("The OpenAPI description")
struct OpenAPITests {
  @Test("names every route and its options, and no other")
  func describesTheRoutes() throws {
    let site = Site(try ServedLedgers.lines(RouterTests.events))
    let object = try site.get("/openapi.json").object
    #expect(object["openapi"] as? String == "3.1.0")
    let paths = try #require(object["paths"] as? [String: [String: Any]])
    let described = paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } }
    let routed = site.paths.map { path in
      "\(path.method.lowercased()) \(path.pattern.replacing("*}", with: "}"))"
    }
    #expect(described.sorted() == routed.sorted())
    #expect(Set(routed).count == routed.count)
    for (path, operations) in paths {
      for (method, operation) in operations {
        let operation = try #require(operation as? [String: Any])
        #expect((operation["summary"] as? String)?.hasSuffix(".") == true, "\(path)")
        let parameters = try #require(operation["parameters"] as? [[String: Any]])
        for parameter in parameters where parameter["in"] as? String == "query" && method == "get" {
          // What is described is taken: it is not called unknown.
          let target = path.replacing(/\{[^}]*\}/, with: "x") + "?\(parameter["name"] ?? "")=x"
          #expect(try !site.get(target).text.contains("unknown-option"), "\(target)")
        }
      }
    }
  }
}
