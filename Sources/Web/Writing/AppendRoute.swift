import Facts
import Intake
import JSON
import Ledger

/// Takes events: `POST /v1/events`.
enum AppendRoute {
  static let route = Route(
    "POST",
    "/v1/events",
    summary:
      "Appends event lines, all or none; 404 at a server without tokens. If-Match is the head that the ledger must "
      + "have, in quotation marks; under the same Idempotency-Key the same request is answered again.",
    options: ["dry-run"],
    .plain(append)
  )

  /// The types of event lines.
  private static let types: Set<String> = ["application/jsonl", "application/x-ndjson"]

  /// How many bytes a key may have.
  private static let keyByteCountMax = 255

  /// Who appends.
  ///
  /// - Throws: ``Problem`` 404 at a server without tokens, 401 or 403 for who may not.
  static func holder(_ request: WebRequest, _ site: Site) throws -> AccessTokens.Holder {
    guard let access = site.access else {
      throw Problem(
        404,
        "this server takes no events",
        remedy: "it has to be started with tokens"
      )
    }
    return try access.holder(of: request, .append)
  }

  @Sendable private static func append(_ call: Call) throws -> WebResponse {
    let holder = try holder(call.request, call.site)
    guard let queue = call.site.access?.queue else { throw Problem(404, "there is no queue") }
    let order = AppendQueue.Order(
      drafts: try drafts(of: call.request),
      expectedHead: try expectedHead(call.request),
      by: holder.name,
      request: try key(call.request).map {
        Batch.Request(key: $0, sha256: Ledger.checksum(of: call.request.body))
      }
    )
    let isDryRun = try call.flag("dry-run")
    let outcome = try isDryRun ? queue.check(order) : queue.append(order)
    return try answer(outcome, isDryRun: isDryRun, call)
  }

  /// The events of the body.
  ///
  /// - Throws: ``Problem`` 415 for another type, 422 for lines that are no events, for none, and for another
  ///   ledger's export.
  private static func drafts(of request: WebRequest) throws -> SpooledDrafts {
    let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard types.contains(String(type.filter { $0 != " " })) else {
      throw Problem(
        415,
        "the type of the body is \"\(type)\"",
        remedy: "send event lines as Content-Type: application/jsonl"
      )
    }
    let spool = DraftSpool()
    var reader = EventLineReader(file: "body")
    do {
      try reader.read(request.body[...]) { try spool.append($0) }
      try reader.finish { try spool.append($0) }
    } catch let refused as RefusedEvents {
      throw Problem(422, refused, "of the lines are no events", code: "no-events")
    }
    let drafts = spool.finish()
    guard drafts.count > 0 else {
      throw Problem(422, "the body has no events", code: "no-events")
    }
    guard !drafts.isExport else {
      throw Problem(
        422,
        "the body begins with a batch event: it is the export of another ledger",
        code: "no-events",
        remedy: "leave the batch events out, or replicate it where the ledger is"
      )
    }
    return drafts
  }

  /// How many events the ledger must hold; `nil` for any number.
  private static func expectedHead(_ request: WebRequest) throws -> UInt64? {
    guard let field = request.headers["if-match"], field != "*" else { return nil }
    let digits = field.dropFirst().dropLast()
    guard field.count > 2, field.first == "\"", field.last == "\"", let head = UInt64(digits) else {
      throw Problem(
        400,
        "If-Match is \(field), and no number of events in quotation marks",
        remedy: "write If-Match: \"1012\""
      )
    }
    return head
  }

  private static func key(_ request: WebRequest) throws -> String? {
    guard var key = request.headers["idempotency-key"]?[...] else { return nil }
    // The draft of the header field has a string in quotation marks; programs send it without.
    if key.count > 1, key.first == "\"", key.last == "\"" { key = key.dropFirst().dropLast() }
    guard 1...keyByteCountMax ~= key.utf8.count, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw Problem(
        400,
        "the Idempotency-Key is no text of 1 to \(keyByteCountMax) ASCII characters without spaces",
        remedy: "send a random name, such as a UUID"
      )
    }
    return String(key)
  }

  private static func answer(
    _ outcome: AppendQueue.Outcome,
    isDryRun: Bool,
    _ call: Call
  ) throws -> WebResponse {
    var members: [(key: String, value: JSONValue)] = [("schema", .string("assay.append/1"))]
    let (head, status): (UInt64, Int)
    switch outcome.result {
    case .conflict(let held):
      var problem = Problem(
        412,
        "the ledger holds \(held) events, not as many as expected",
        remedy: "read what is new, and send If-Match: \"\(held)\""
      )
      problem.headers = [("ETag", "\"\(held)\"")]
      throw problem
    case .appended(let first, let end, let skipped):
      (head, status) = (end, isDryRun ? 200 : 201)
      members.append(("first", .integer(Int(first))))
      members.append(("head", .integer(Int(end))))
      if !outcome.isRepeated { members.append(("skipped", .integer(skipped))) }
    case .nothingNew(let held, let skipped):
      (head, status) = (held, 200)
      members += [("head", .integer(Int(held))), ("skipped", .integer(skipped))]
    }
    var headers = [("Content-Type", MediaType.json.rawValue), ("Cache-Control", "no-store")]
    if isDryRun {
      members.append(("dryRun", .bool(true)))
    } else {
      let root = try call.site.ledger.read(at: Times(recordedAt: .head(head))) { try $0.root }
      members += [("root", .string(root)), ("acknowledged", .string("local"))]
      headers.append(("ETag", "\"\(head)\""))
    }
    if outcome.isRepeated { members.append(("repeated", .bool(true))) }
    if status == 201, case .appended(let first, _, _) = outcome.result {
      headers.append(("Location", "/v1/log?since=\(first)&recorded-at=\(head)"))
    }
    return WebResponse(
      status,
      headers: headers.map { (name: $0.0, value: $0.1) },
      body: .bytes(JSONValue.object(members).bytes + [UInt8(ascii: "\n")])
    )
  }
}

extension Problem {
  /// Events that were refused: how many, why, and the lines of the first of them.
  init(_ status: Int, _ refused: RefusedEvents, _ what: String, code: String) {
    self.init(status, "\(refused.count) \(what); nothing was written", code: code)
    refusals = refused.refusals
  }
}
