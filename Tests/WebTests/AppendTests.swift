import Facts
import Foundation
import JSON
import Ledger
import TestSupport
import Testing
import Web

/// A site that takes events, over a new ledger of its own.
private struct WrittenSite {
  let site: Site
  let ledger: Ledger
  let token: String
  let reader: String
  private let folder: TemporaryFolder

  init(isPrivate: Bool = false) throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder("test.assay"), access: .create)
    let (token, line) = try AccessTokens.make(name: "importer", scopes: [.append])
    let (reader, other) = try AccessTokens.make(name: "auditor", scopes: [.read])
    (self.token, self.reader) = (token, reader)
    let access = SiteAccess(to: ledger, isPrivate: isPrivate) {
      try AccessTokens(text: "# who\n\n" + line + other)
    }
    site = Site(ledger, access: access)
  }

  /// Another server of the same ledger.
  var restarted: Site {
    Site(
      ledger,
      access: SiteAccess(to: ledger) { [token] in
        let hash = Ledger.checksum(of: Array(token.utf8))
        return try AccessTokens(text: "importer append \(hash)\n")
      }
    )
  }

  func post(
    _ lines: String,
    _ target: String = "/v1/events",
    headers: [String: String] = [:],
    to other: Site? = nil
  ) throws -> WebResponse {
    var all = ["content-type": "application/jsonl", "authorization": "Bearer \(token)"]
    all.merge(headers) { $1 }
    let request = try WebRequest("POST", target, headers: all, body: Array(lines.utf8))
    return (other ?? site).respond(to: request)
  }

  var head: UInt64 { get throws { try ledger.read { $0.head } } }
}

@Suite("Appends over HTTP")
struct AppendTests {
  private static func entity(_ name: String) -> String {
    #"{"type":"entity","entity":"x:\#(name)","name":"\#(name)"}"# + "\n"
  }

  @Test("answer 201 with head, root and what was reached")
  func eventsAreAppended() throws {
    let written = try WrittenSite()
    let response = try written.post(Self.entity("a") + Self.entity("b"))
    #expect(response.status == 201)
    let answer = try response.object
    let (head, root) = try written.ledger.read { ($0.head, try $0.root) }
    #expect(answer["schema"] as? String == "assay.append/1")
    #expect(answer["head"] as? Int == Int(head))
    #expect(answer["root"] as? String == root)
    #expect(answer["acknowledged"] as? String == "local")
    #expect(response["ETag"] == "\"\(head)\"")
    let again = try written.post(Self.entity("b"))
    #expect(again.status == 200)
    #expect(try again.object["skipped"] as? Int == 1)
    #expect(try again.object["first"] == nil)
    let more = try written.post(Self.entity("b") + Self.entity("c"))
    let location = try #require(more["Location"])
    let log = try written.site.get(location).object
    let events = try #require(log["rows"] as? [[String: Any]])
    #expect(events.count == 2)
    let lines = written.site.get(location, headers: ["accept": "application/jsonl"])
    #expect(try lines.text.contains(#""by":"importer""#))
  }

  @Test("are refused with the status of what is wrong, and nothing is written")
  func wrongAppendsAreRefused() throws {
    let written = try WrittenSite()
    _ = try written.post(Self.entity("a"))
    let head = try written.head
    let claim =
      #"{"type":"statement-line","filing":"f","entity":"x:a","concept":"us-gaap:Assets","period":"2011-03-31","unit":"USD","value":"1"}"#
    let cases: [(lines: String, headers: [String: String], status: Int, code: String)] = [
      (Self.entity("b"), ["authorization": ""], 401, "unauthorized"),
      (Self.entity("b"), ["authorization": "Bearer assay-0"], 401, "unauthorized"),
      (Self.entity("b"), ["authorization": "Basic \(written.token)"], 401, "unauthorized"),
      (Self.entity("b"), ["authorization": "Bearer \(written.reader)"], 403, "forbidden"),
      (
        Self.entity("b"), ["origin": "https://evil.example", "host": "localhost"], 403, "forbidden"
      ),
      (Self.entity("b"), ["content-type": "text/plain"], 415, "unsupported-type"),
      (Self.entity("b"), ["if-match": "\"\(head + 1)\""], 412, "precondition-failed"),
      (Self.entity("b"), ["if-match": "\(head)"], 400, "bad-request"),
      (Self.entity("b"), ["if-match": "\"\""], 400, "bad-request"),
      (Self.entity("b"), ["idempotency-key": "a b"], 400, "bad-request"),
      (
        Self.entity("b"), ["idempotency-key": String(repeating: "k", count: 256)], 400,
        "bad-request"
      ),
      ("", [:], 422, "no-events"), ("\n \n", [:], 422, "no-events"),
      ("rubbish\n", [:], 422, "no-events"), ("\u{0}", [:], 422, "no-events"),
      (Self.entity("b") + "{}", [:], 422, "no-events"),
      (claim, [:], 409, "refused"), (Self.entity("b") + claim, [:], 409, "refused"),
      (
        #"{"type":"batch","recorded":"2026-01-01T00:00:00Z","count":1,"by":"x"}"# + "\n"
          + Self.entity("b"),
        [:], 422, "no-events"
      ),
    ]
    for (lines, headers, status, code) in cases {
      let response = try written.post(lines, headers: headers)
      #expect(response.status == status, "\(lines) \(headers)")
      let problem = try response.object
      #expect(problem["type"] as? String == "urn:assay:problem:\(code)", "\(lines) \(headers)")
      #expect(try written.head == head)
    }
    let refused = try written.post(Self.entity("b") + claim).object
    let first = try #require((refused["refusals"] as? [[String: Any]])?.first)
    #expect(first["line"] as? Int == 2)
    #expect((first["detail"] as? String)?.contains("filing") == true)
    #expect((first["remedy"] as? String)?.isEmpty == false)
    #expect(
      try written.post(Self.entity("b"), headers: ["if-match": "\"9\""])["ETag"] == "\"\(head)\""
    )
    #expect(
      try written.post(Self.entity("b"), headers: ["authorization": ""])["WWW-Authenticate"] != nil
    )
  }

  @Test("are not there at a server without tokens")
  func readersTakeNothing() throws {
    let site = Site(try ServedLedgers.lines(RouterTests.events))
    #expect(site.get("/v1/events", "POST").status == 404)
    #expect(site.get("/add-checkpoint", "POST").status == 404)
  }

  @Test("are checked only, where a dry run is asked for")
  func dryRunsWriteNothing() throws {
    let written = try WrittenSite()
    _ = try written.post(Self.entity("a"))
    let head = try written.head
    let response = try written.post(Self.entity("b"), "/v1/events?dry-run")
    #expect(response.status == 200)
    #expect(try response.object["dryRun"] as? Bool == true)
    #expect(try response.object["head"] as? Int == Int(head) + 2)
    #expect(try written.head == head)
  }

  @Test("are answered again under the same key, after a restart, too")
  func lostAnswersAreFoundAgain() throws {
    let written = try WrittenSite()
    _ = try written.post(Self.entity("a"))
    let headers = ["idempotency-key": "k-1", "if-match": "\"\(try written.head)\""]
    let first = try written.post(Self.entity("b"), headers: headers)
    #expect(first.status == 201)
    _ = try written.post(Self.entity("c"))
    let head = try written.head
    for site in [written.site, written.restarted] {
      let again = try written.post(Self.entity("b"), headers: headers, to: site)
      #expect(again.status == 201)
      for name in ["first", "head", "root"] {
        let (one, other) = (try first.object[name], try again.object[name])
        #expect("\(one ?? "")" == "\(other ?? "-")", "\(name)")
      }
      #expect(try again.object["repeated"] as? Bool == true)
      let other = try written.post(Self.entity("d"), headers: headers, to: site)
      #expect(other.status == 422)
      #expect(try other.object["type"] as? String == "urn:assay:problem:key-used")
    }
    #expect(try written.head == head)
  }

  @Test("of many clients at once are each recorded once, and one sync serves several")
  func manyAppendAtOnce() async throws {
    let written = try WrittenSite()
    _ = try written.post(Self.entity("a"))
    let before = try written.head
    let answers = try await withThrowingTaskGroup(of: WebResponse.self) { group in
      for index in 0..<40 {
        group.addTask {
          // Each is sent twice under its key; every fifth is refused.
          let name = "client-\(index / 2)"
          let lines = index / 2 % 5 == 4 ? "{}\n" : Self.entity(name)
          return try written.post(lines, headers: ["idempotency-key": name])
        }
      }
      var all: [WebResponse] = []
      for try await answer in group { all.append(answer) }
      return all
    }.map { ($0.status, try $0.object) }
    #expect(answers.count { $0.0 == 201 } == 32)
    #expect(answers.count { $0.0 == 422 } == 8)
    #expect(answers.count { $0.1["repeated"] != nil } == 16)
    // A batch event and an entity for each of 16 keys.
    #expect(try written.head == before + 32)
    let firsts = answers.compactMap { $0.1["first"] as? Int }
    #expect(Set(firsts).count == 16)
  }

  @Test("of a group leave each other alone: what is refused takes nothing with it")
  func groupsAreNotAllOrNone() throws {
    let written = try WrittenSite()
    _ = try written.post(Self.entity("a"))
    let head = try written.head
    let time = Timestamp(microseconds: 1_790_000_000_000_000)
    func order(_ line: String, at expected: UInt64? = nil) throws -> (
      SpooledDrafts, Ledger.AppendOptions
    ) {
      let spool = DraftSpool()
      let document = try JSONParser().parse(Array(line.utf8).span)
      try spool.append(Draft(Event(document.root)))
      var options = Ledger.AppendOptions(by: "test", time: time)
      options.expectedHead = expected
      return (spool.finish(), options)
    }
    let claim =
      #"{"type":"statement-line","filing":"none","entity":"x:a","concept":"us-gaap:Assets","period":"2011-03-31","unit":"USD","value":"1"}"#
    let results = written.ledger.append(group: [
      try order(Self.entity("b")), try order(claim), try order(Self.entity("c")),
      try order(Self.entity("d"), at: head), try order(Self.entity("e"), at: head + 4),
      try order(Self.entity("c")),
    ])
    let told = results.map { result in
      switch result {
      case .success(.appended(let first, let end, _)): "appended \(first - head) \(end - head)"
      case .success(.conflict(let held)): "conflict \(held - head)"
      case .success(.nothingNew): "nothing new"
      case .failure(let error as LedgerError): error.code.rawValue
      case .failure: "?"
      }
    }
    #expect(
      told == [
        "appended 0 2", "refused", "appended 2 4", "conflict 4", "appended 4 6", "nothing new",
      ]
    )
    #expect(try written.head == head + 6)
    // This process has the file open: a copy of it is checked.
    let copy = written.ledger.path + "-copy"
    try FileManager.default.copyItem(atPath: written.ledger.path, toPath: copy)
    let found = Ledger.verification(path: copy)
    guard case .sound = found else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("need no token to read, unless the site is private")
  func privateSitesAskForTokens() throws {
    let written = try WrittenSite(isPrivate: true)
    _ = try written.post(Self.entity("a"))
    let basic = Data("x:\(written.reader)".utf8).base64EncodedString()
    for (field, status) in [
      ("", 401), ("Bearer \(written.token)", 403), ("Bearer \(written.reader)", 200),
      ("Basic \(basic)", 200), ("Basic ?", 401), ("Digest x", 401),
    ] {
      #expect(written.site.get("/v1/entities", headers: ["authorization": field]).status == status)
    }
    #expect(written.site.get("/health").status == 200)
    let pinned = written.site.get(
      "/v1/entities?recorded-at=\(try written.head)",
      headers: ["authorization": "Bearer \(written.reader)"]
    )
    #expect(pinned["Cache-Control"] == "private, max-age=31536000, immutable")
    let open = try WrittenSite()
    _ = try open.post(Self.entity("a"))
    #expect(open.site.get("/checkpoint").status == 200)
  }
}

@Suite("Tokens")
struct AccessTokenTests {
  @Test("are known by their hashes, and good for their scopes alone")
  func tokensAreFound() throws {
    let (token, line) = try AccessTokens.make(name: "a@b", scopes: [.cosign, .read])
    let tokens = try AccessTokens(text: line)
    #expect(tokens.holder(of: token) == .init(name: "a@b", scopes: [.read, .cosign]))
    #expect(tokens.holder(of: token + "x") == nil)
    #expect(!line.contains(token))
    #expect(line.hasPrefix("a@b read,cosign "))
  }

  @Test(
    "are refused with the line that is none",
    arguments: [
      "a append", "a write \(String(repeating: "0", count: 64))", "a append XYZ",
      "a/b append \(String(repeating: "0", count: 64))",
    ]
  )
  func wrongLinesAreRefused(line: String) throws {
    let error = #expect(throws: LedgerError.self) { try AccessTokens(text: "# x\n\(line)\n") }
    #expect(error?.message.contains("line 2") == true)
  }
}

@Suite("A witness over HTTP")
struct SiteWitnessTests {
  @Test("cosigns what has only grown, and says with C2SP's statuses why not")
  func checkpointsAreCosigned() throws {
    let folder = try TemporaryFolder()
    let log = try SigningKey(name: "example.com/log")
    let key = try SigningKey(name: "example.com/w", isWitness: true)
    let ledger = try Ledger(path: folder("log.assay"), access: .create)
    func append(_ name: String) throws {
      let spool = DraftSpool()
      try spool.append(Draft(.entity(EntityDefinition(entity: "x:\(name)", name: name))))
      let time = Timestamp(microseconds: 1_790_000_000_000_000)
      _ = try ledger.append(spool.finish(), .init(by: "test", time: time))
    }
    func request(old: UInt64, signedWith key: SigningKey? = log) throws -> String {
      try ledger.read { view in
        let kept = try view.checkpoint(origin: "example.com/log", signedWith: key)
        return "old \(old)\n\n\(kept.text)"
      }
    }
    let state = folder("state")
    #expect(throws: (any Error).self) {
      try SiteWitness(key: key, logs: [log.verifier], folder: state)
    }
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    #expect(throws: (any Error).self) {
      try SiteWitness(key: log, logs: [log.verifier], folder: state)
    }
    let witness = try SiteWitness(key: key, logs: [log.verifier], folder: state)
    let site = Site(ledger, witness: witness)
    func post(_ text: String) throws -> WebResponse {
      site.respond(to: try WebRequest("POST", "/add-checkpoint", body: Array(text.utf8)))
    }
    try append("a")
    #expect(try post("rubbish").status == 400)
    #expect(try post(request(old: 0, signedWith: nil)).status == 403)
    #expect(try post(request(old: 0).replacing("example.com/log\n", with: "other\n")).status == 404)
    #expect(try post(request(old: 99_999)).status == 400)
    let first = try post(request(old: 0))
    #expect(first.status == 200)
    #expect(try first.text.hasPrefix("\u{2014} example.com/w "))
    let size = try ledger.read { $0.head }
    // The same once more, and from where it no longer is.
    #expect(try post(request(old: size)).status == 200)
    let outgrown = try post(request(old: 0))
    #expect(outgrown.status == 409)
    #expect(outgrown["Content-Type"] == "text/x.tlog.size")
    #expect(try outgrown.text == "\(size)\n")
    try append("b")
    // Without hashes nothing shows that it has grown.
    #expect(try post(request(old: size)).status == 422)
    let grown = try ledger.read { view in
      let earlier = try ledger.read(at: Times(recordedAt: .head(size))) {
        try $0.checkpoint(origin: log.name)
      }
      let kept = try view.checkpoint(origin: log.name, signedWith: log)
      return try view.proof(of: nil, since: earlier, at: kept).fileBytes(as: .addCheckpoint)
    }
    #expect(try post(String(decoding: grown, as: UTF8.self)).status == 200)
    let again = try SiteWitness(key: key, logs: [log.verifier], folder: state)
    let other = Site(ledger, witness: again)
    let body = Array(try request(old: 0).utf8)
    #expect(try other.respond(to: WebRequest("POST", "/add-checkpoint", body: body)).status == 409)
  }
}
