import Facts
public import Ledger
public import Reports

/// Everything that is served of one ledger: requests in, whole answers out, without a socket.
///
///     let site = Site(ledger)
///     let response = site.respond(to: try WebRequest("GET", "/v1/entities"))
///
/// Each request of figures asks one ``Ledger/Ledger/View``. What names its moment by a number of events never
/// changes, and says so; any other answer names the address of the same answer with its moment.
public struct Site: Sendable {
  let ledger: Ledger

  /// The version of the program: with it, answers may change.
  let version: String

  /// What the checkpoint calls the ledger; `nil` for the name from its first event.
  let origin: String?

  /// Signs the checkpoint; `nil` for no signature.
  let key: SigningKey?

  /// Which names requests may be addressed to.
  private let hosts: HostNames

  /// Who may append, and read where that is not for everybody; `nil` where all may read and nobody append.
  let access: SiteAccess?

  /// Cosigns the checkpoints of other ledgers; `nil` if it does not.
  let witness: SiteWitness?

  /// The documents at hand, as they were filed.
  let documents: KeptDocuments

  /// How much of the ledger one request may go through.
  public var limits = SiteLimits()

  /// Counts of what was answered.
  public let metrics = Metrics()

  let routes: [Route]

  /// The site of a ledger.
  ///
  /// - Parameters:
  ///   - origin: What the checkpoint calls the ledger; `nil` for the name from its first event.
  ///   - key: Signs the checkpoint; `nil` for no signature.
  ///   - hosts: Which names requests may be addressed to.
  ///   - access: Who may append, and read where that is not for everybody; `nil` where all may read and nobody
  ///     append.
  ///   - witness: Cosigns the checkpoints of other ledgers; `nil` for none.
  ///   - documents: The documents at hand, as they were filed.
  ///   - version: The version of the program: with it, answers may change.
  public init(
    _ ledger: Ledger,
    origin: String? = nil,
    key: SigningKey? = nil,
    hosts: HostNames = .any,
    access: SiteAccess? = nil,
    witness: SiteWitness? = nil,
    documents: KeptDocuments = KeptDocuments(),
    version: String = ProgramVersion.text
  ) {
    (self.ledger, self.origin, self.key) = (ledger, origin, key)
    (self.hosts, self.version) = (hosts, version)
    (self.access, self.witness, self.documents) = (access, witness, documents)
    routes =
      SECRoutes.all + APIRoutes.all + EvidenceRoutes.all + PageRoutes.all + ComparisonPages.all
      + [UnitsPage.route]
      + DocumentPage.routes
      + [AppendRoute.route, WitnessRoute.route]
  }

  /// The paths that are answered and their methods, as OpenAPI writes them.
  public var paths: [(method: String, pattern: String)] {
    routes.map { ($0.method, $0.pattern) }
  }

  /// Answers a request; a problem is an answer, too.
  public func respond(to request: WebRequest) -> WebResponse {
    let start = ContinuousClock.now
    let found = find(request)
    var response: WebResponse
    do {
      try check(request)
      response = try answer(request, found)
    } catch {
      response = Problem(error).response(asPage: found.first?.route.isPage ?? false)
    }
    let isStrict = response["Content-Security-Policy"] != nil
    response.headers += Self.protections(ofPage: found.first?.route.isPage ?? false).filter {
      !isStrict || $0.name != "Content-Security-Policy"
    }
    if access?.isPrivate == true { response.hideFromSharedCaches() }
    metrics.note(response.status, ContinuousClock.now - start)
    return response
  }

  /// The answer to a request that could not be read.
  public func refusal(_ error: any Error) -> WebResponse {
    var response = Problem(error).response
    metrics.note(response.status, .zero)
    response.headers += Self.protections(ofPage: false)
    return response
  }

  /// Checks that a request is meant for this server, and that no page of another site makes it.
  private func check(_ request: WebRequest) throws {
    let host = request.headers["host"]
    guard hosts.contains(host) else {
      throw Problem(
        421,
        "this server does not answer for \"\(host ?? "")\"",
        remedy: "allow the name where the server is started"
      )
    }
    if let origin = request.headers["origin"], !["GET", "HEAD"].contains(request.method) {
      guard let host, origin == "http://\(host)" || origin == "https://\(host)" else {
        throw Problem(403, "a page of \(origin) may not write here")
      }
    }
    // Who looks after the server needs to know whether it lives, and nothing else.
    guard let access, access.isPrivate, request.path != ["health"] else { return }
    guard request.method != "POST" else { return }
    _ = try access.holder(of: request, .read)
  }

  /// Refuses a request whose body need not be read, because whoever sends it may not: a stranger cannot fill the
  /// memory.
  ///
  /// - Returns: The refusal; `nil` for a request whose body is wanted.
  public func refusal(beforeBodyOf request: WebRequest) -> WebResponse? {
    do {
      try check(request)
      switch request.path {
      case ["v1", "events"]: _ = try AppendRoute.holder(request, self)
      case ["add-checkpoint"]: try WitnessRoute.check(request, self)
      default: return respond(to: request)
      }
      return nil
    } catch {
      return refusal(error)
    }
  }

  /// What a browser needs to know of every answer: nothing of it is run, framed or guessed.
  private static func protections(ofPage isPage: Bool) -> [(name: String, value: String)] {
    let policy =
      isPage
      ? "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      : "default-src 'none'; frame-ancestors 'none'"
    return [
      ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
  }
}

extension WebResponse {
  /// Lets no cache keep the answer but that of who asked.
  fileprivate mutating func hideFromSharedCaches() {
    for (index, header) in headers.enumerated() where header.name == "Cache-Control" {
      headers[index].value = header.value.replacing("public", with: "private")
    }
  }
}

extension Site {
  /// A route of the path of a request, whatever its method.
  fileprivate struct Found {
    let route: Route
    let parameters: [String: String]
    let times: Times
  }

  /// The routes of a path, the most particular first.
  private func find(_ request: WebRequest) -> [Found] {
    let (path, moment) = (request.path[...], Times())
    let direct = routes.compactMap { route in
      route.match(path).map { Found(route: route, parameters: $0, times: moment) }
    }
    return direct.sorted { $0.route.wordCount > $1.route.wordCount }
  }

  private func answer(_ request: WebRequest, _ found: [Found]) throws -> WebResponse {
    guard !found.isEmpty else {
      throw Problem(404, "there is nothing at this address", remedy: "see /openapi.json")
    }
    let method = request.method == "HEAD" ? "GET" : request.method
    guard let chosen = found.first(where: { $0.route.method == method }) else {
      let methods = Set(found.map(\.route.method))
      let allowed = methods.contains("GET") ? methods.union(["HEAD"]) : methods
      let allow = [(name: "Allow", value: (allowed.sorted() + ["OPTIONS"]).joined(separator: ", "))]
      if method == "OPTIONS" { return WebResponse(204, headers: allow, body: .bytes([])) }
      var problem = Problem(405, "\(request.method) is not allowed here")
      problem.headers = allow
      throw problem
    }
    return try answer(request, chosen)
  }

  private func answer(_ request: WebRequest, _ found: Found) throws -> WebResponse {
    let route = found.route
    let known = route.options + route.momentOptions
    for item in request.query where !known.contains(item.name) {
      throw Problem(
        422,
        "there is no option \"\(item.name)\" here",
        code: "unknown-option",
        remedy: known.isEmpty ? "leave it out" : "give one of: \(known.joined(separator: ", "))"
      )
    }
    switch route.handler {
    case .plain(let body):
      return try body(Call(request, found.parameters, found.times, self))
    case .view(let body):
      let times = try self.times(of: request, found)
      let call = Call(request, found.parameters, times, self)
      return try ledger.read(at: times, within: limits.answerDuration) { view in
        let pin = try Pin(of: view, call)
        if pin.isFresh(request) { return pin.notModified }
        return try pin.marking(body(view, call))
      }
    }
  }

  /// The moment that a request asks about: by its query, or by the first parts of its path.
  private func times(of request: WebRequest, _ found: Found) throws -> Times {
    let call = Call(request, found.parameters, Times(), self)
    func text(_ parameter: String, _ option: String) -> String? {
      found.parameters[parameter] ?? call.option(option)
    }
    var times = Times()
    let knownAt = found.route.knownAt
    if let text = text("known-at", knownAt) {
      guard let time = PublishedTime(reading: text) else {
        throw Problem(option: knownAt, text, isNo: Call.timeForm)
      }
      times.knownAt = time
    }
    if let text = text("recorded-at", "recorded-at") {
      guard let recorded = Times.Recorded(reading: text) else {
        throw Problem(
          option: "recorded-at",
          text,
          isNo: "a number of events or \(Call.timeForm)"
        )
      }
      times.recordedAt = recorded
    }
    return times
  }
}
