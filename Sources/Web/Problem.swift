import Facts
import JSON
import Ledger
import Reports

/// Why there is no answer, as RFC 9457 has it: 404 for what is not there, 422 for what cannot be asked, 500
/// for damage.
public struct Problem: Error, Sendable {
  /// The status.
  public var status: Int

  /// What kind of problem it is, the last part of its type.
  public var code: String

  /// What is wrong, as a sentence without a full stop.
  public var detail: String

  /// What can be done; `nil` where the detail says it, or nothing can.
  public var remedy: String?

  /// Headers that the status needs: `Allow`, `Retry-After`, `WWW-Authenticate`.
  public var headers: [(name: String, value: String)] = []

  /// Events that were refused, the first of them.
  var refusals: [InvalidEvent] = []

  /// What is sent instead of a problem in JSON, where another protocol says so.
  var plainBody: (type: String, text: String)?

  /// A problem.
  public init(_ status: Int, _ detail: String, code: String? = nil, remedy: String? = nil) {
    self.status = status
    self.code = code ?? Self.codes[status] ?? "failure"
    self.detail = detail
    self.remedy = remedy
  }

  /// An option of the query that does not read.
  init(option name: String, _ text: String, isNo form: String) {
    self.init(422, "\(name) is \"\(text)\", and not \(form)", code: "bad-option")
  }

  private static let codes: [Int: String] = [
    400: "bad-request", 401: "unauthorized", 403: "forbidden", 404: "not-found",
    405: "method-not-allowed", 406: "not-acceptable", 409: "conflict", 412: "precondition-failed",
    413: "too-large", 414: "too-long", 415: "unsupported-type", 421: "misdirected",
    422: "not-answerable", 428: "precondition-required", 431: "too-large", 500: "damaged",
    503: "busy", 507: "no-room",
  ]

  private static let titles: [Int: String] = [
    400: "The request cannot be read", 401: "A token is needed", 403: "This is not allowed",
    404: "There is no such thing", 405: "The method is not allowed",
    406: "There is no such form of the answer", 409: "The events do not fit",
    412: "The ledger has grown", 413: "The body is too large", 414: "The address is too long",
    415: "The type of the body is not taken", 421: "This server does not answer for that host",
    422: "The question cannot be asked", 428: "A condition is needed",
    431: "The headers are too large", 500: "The ledger cannot be read",
    503: "The server is busy", 507: "There is no room",
  ]

  /// The status in words.
  var title: String { Self.titles[status] ?? "There is no answer" }

  /// What an error means to a client.
  ///
  /// Of a failure of the machine nothing is told but that it is one: paths and
  /// names of the server are nobody's business.
  init(_ error: any Error) {
    if let problem = error as? Problem {
      self = problem
      return
    }
    guard let error = error as? LedgerError else {
      self.init(500, "the server failed", code: "machine")
      return
    }
    let status =
      switch error.code {
      case .notFound, .notKnownYet: 404
      case .ambiguous, .notAnswerable: 422
      case .refused, .conflict: 409
      case .busy: 503
      case .damaged, .foreignFormat, .machine: 500
      }
    guard status != 500 else {
      let detail =
        error.code == .machine
        ? "the server could not read the ledger" : "the ledger is damaged: \(error.message)"
      self.init(500, detail, code: error.code.rawValue, remedy: "tell who keeps the ledger")
      return
    }
    self.init(
      status,
      error.message,
      code: error.code.rawValue,
      remedy: error.remedy?.description
    )
    if status == 503 { headers = [("Retry-After", "1")] }
    guard error.refusalCount > 0 else { return }
    refusals = error.refusals
    let count = error.refusalCount
    detail =
      "\(count) of the events \(count == 1 ? "does" : "do") not fit the ledger; nothing was written"
  }

  /// The answer that tells of it, for programs.
  var response: WebResponse {
    if let plainBody {
      return WebResponse(
        status,
        headers: [("Content-Type", plainBody.type), ("Cache-Control", "no-store")] + headers,
        body: .bytes(Array(plainBody.text.utf8))
      )
    }
    var members: [(key: String, value: JSONValue)] = [
      ("type", .string("urn:assay:problem:\(code)")), ("title", .string(title)),
      ("status", .integer(status)), ("detail", .string(detail)),
    ]
    if let remedy { members.append(("remedy", .string(remedy))) }
    if !refusals.isEmpty { members.append(("refusals", .array(refusals.map(\.json)))) }
    return WebResponse(
      status,
      headers: [("Content-Type", MediaType.problem.rawValue), ("Cache-Control", "no-store")]
        + headers,
      body: .bytes(JSONValue.object(members).bytes + [UInt8(ascii: "\n")])
    )
  }

  /// The answer that tells of it: a page where one was asked for.
  func response(asPage isPage: Bool) -> WebResponse {
    guard isPage else { return response }
    var told = response
    let remedy = remedy.map { "<p>\($0.htmlText)</p>\n" } ?? ""
    told.body = .bytes(
      Array(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(title.htmlText)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="/assets/page.css"></head>
        <body><main><h1>\(title.htmlText)</h1>
        <p>\(detail.htmlText)</p>\(remedy)<p><a href="/">Entities</a></p></main></body></html>

        """.utf8
      )
    )
    told.headers = told.headers.map { name, value in
      (name, name == "Content-Type" ? MediaType.html.rawValue : value)
    }
    return told
  }
}

extension InvalidEvent {
  /// Why an event was refused, where in the body, and what would be right.
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    if let line { members.append(("line", .integer(line))) }
    if let column { members.append(("column", .integer(column))) }
    return .object(members + [("detail", .string(message)), ("remedy", .string(remedy))])
  }
}
