import Facts
import Ledger
import Reports

/// The command line's answers, each in the one shape that it has there.
enum APIRoutes {
  static let all: [Route] = [
    Route(
      "GET",
      "/v1/entities",
      summary: "The entities of the ledger.",
      .view { try $1.answer(EntitiesReport($0.allEntities())) }
    ),
    Route(
      "GET",
      "/v1/statements/{entity}",
      summary: "The statements and tables of notes that can be printed for an entity.",
      .view { try $1.answer(StatementNamesReport($0.statementNames(entity: $1["entity"]))) }
    ),
    Route(
      "GET",
      "/v1/statements/{entity}/{name}",
      summary: "A statement on the three times; with vs: then, now and the change of each line.",
      options: ["as-of", "layout", "currency", "unit", "span", "columns", "vs", "changes"],
      .view(statement)
    ),
    Route(
      "GET",
      "/v1/facts",
      summary: "The claims that hold, or with all every claim with its status; page by page.",
      options: ["words", "entity", "as-of", "all", "from", "limit"],
      .view(facts)
    ),
    Route(
      "GET",
      "/v1/facts/{sequence}/claims",
      summary:
        "The biography of the fact that an event claims: every claim, and what each changed.",
      .view(claims)
    ),
    Route(
      "GET",
      "/v1/history",
      summary: "The biographies of the facts that a few words name.",
      options: ["words", "entity", "triangle"],
      .view(history)
    ),
    Route(
      "GET",
      "/v1/diff",
      summary: "What changed and what became known between two moments.",
      knownAt: "to",
      options: ["from", "entity", "concept", "as-of", "statement", "changes"],
      .view(difference)
    ),
    Route(
      "GET",
      "/v1/restatements",
      summary:
        "Every figure that a later filing changed beyond rounding, the largest change first.",
      options: ["entity", "concept", "since", "min"],
      .view(restatements)
    ),
    Route(
      "GET",
      "/v1/checks",
      summary: "Ties: what adds up, what rounding explains, and what does not.",
      options: ["name", "entity", "as-of", "tolerance", "calculation"],
      .view(checks)
    ),
    Route(
      "GET",
      "/v1/guidance",
      summary: "What was forecast, and when, with what was later reported.",
      options: ["words", "entity"],
      .view(guidance)
    ),
    Route(
      "GET",
      "/v1/panel",
      summary:
        "Figures of entities over periods, each as it was known so many days after its period.",
      options: ["measure", "entity", "span", "lag", "from", "to", "unit", "growth"],
      .view(panel)
    ),
    Route(
      "GET",
      "/v1/log",
      summary:
        "Events in the order of the log; page by page, of which one of a rare type may have few or none.",
      options: ["since", "type", "limit"],
      .view(log)
    ),
  ]

  @Sendable private static func statement(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let question = try call.statementQuestion
    let request = question.request(
      call["name"],
      entity: call["entity"],
      asOf: try call.label("as-of").map { try view.day($0, of: call["entity"]).date }
    )
    if let earlier = try call.time("vs") {
      let comparison = try view.comparison(request, with: earlier)
      return try call.answer(
        ComparisonReport(comparison, listsChangesOnly: call.flag("changes"))
      )
    }
    return try call.answer(question.report(view.statement(request)))
  }

  /// How many rows a page has, if the request does not say.
  private static let pageRowCount = 1000

  /// How many columns of a span a statement may have.
  static let columnCounts = 1...40

  /// How many days after its period a row of a panel may be as of.
  static let lagDayCounts = 0...3660

  /// The most rows that a page may have.
  static let pageRowCountMax = 10_000

  /// Refuses a question about every entity of a large ledger.
  ///
  /// - Throws: ``Problem`` 422.
  private static func checkBreadth(_ view: borrowing Ledger.View, _ call: Call) throws {
    let countMax = call.site.limits.wholeLedgerEventCount
    guard call.option("entity") == nil, view.head > countMax else { return }
    throw Problem(
      422,
      "the ledger holds \(view.head) events, too many to go through for one question",
      code: "too-broad",
      remedy: "name an entity, or go through /v1/log page by page"
    )
  }

  @Sendable private static func facts(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try checkBreadth(view, call)
    let request = Ledger.FactsRequest(
      entity: call.option("entity"),
      words: call.words("words"),
      asOf: try call.label("as-of"),
      isAll: try call.flag("all")
    )
    let limit = try call.count("limit", in: 1...pageRowCountMax) ?? pageRowCount
    var (spool, count, next) = (WebSpool(), 0, UInt64?.none)
    let format = try call.format
    let gathered = GatheredBytes()
    var report = try ClaimReport(format) { gathered.bytes += $0 }
    let latest = try view.forEachClaim(
      request,
      from: call.sequence("from") ?? 0,
      limit: limit + 1
    ) { claim in
      if count < limit { try report.append(claim) } else { next = claim.sequence }
      count += 1
      try spool.append(gathered.take())
    }
    try report.finish(latestPublished: latest)
    try spool.append(gathered.take())
    var response = call.found(spool, as: format)
    if let next { response.headers.append(call.link(toNext: "from", next, head: view.head)) }
    return response
  }

  @Sendable private static func claims(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try call.answer(HistoryReport([view.history(ofClaimAt: call.pathSequence)]))
  }

  @Sendable private static func history(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try checkBreadth(view, call)
    let words = call.words("words")
    guard !words.isEmpty else {
      throw Problem(422, "words name the fact, and there are none", code: "bad-option")
    }
    let histories = try view.history(
      Ledger.FactsRequest(entity: call.option("entity"), words: words, isAll: true)
    )
    return try call.flag("triangle")
      ? call.answer(TriangleReport(histories)) : call.answer(HistoryReport(histories))
  }

  @Sendable private static func restatements(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try checkBreadth(view, call)
    let minimum = try call.option("min", "a percentage such as 5 or 0.5") { text in
      let amount = try Amount(text)
      return amount.mantissa < 0 ? nil : Int(amount.scaledDigits(scale: -2, places: 0).whole)
    }
    let request = Ledger.FactsRequest(
      entity: call.option("entity"),
      words: call.option("concept").map { [$0] } ?? [],
      isAll: true
    )
    return try call.answer(
      RestatementsReport(
        view.restatements(request, since: call.time("since"), basisPoints: minimum ?? 0)
      )
    )
  }

  @Sendable private static func checks(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try checkBreadth(view, call)
    let entity = call.option("entity")
    let answer = try view.checks(
      call.option("name"),
      entity: entity,
      asOf: try call.label("as-of").map { try view.day($0, of: entity).date },
      tolerance: try call.option("tolerance", "an amount such as 1000") { text in
        let amount = try Amount(text)
        return amount.mantissa < 0 ? nil : amount
      },
      calculation: try call.choice("calculation", CalculationRule.self) ?? .complete
    )
    return try call.answer(CheckReport(answer, isVerbose: true))
  }

  @Sendable private static func guidance(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try checkBreadth(view, call)
    let request = Ledger.FactsRequest(
      entity: call.option("entity"),
      words: call.words("words"),
      isAll: true
    )
    return try call.answer(GuidanceReport(view.guidance(request)))
  }

  @Sendable private static func difference(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    // The later moment is that of the view.
    guard let earlier = try call.time("from"), let later = call.times.knownAt else {
      throw Problem(
        422,
        "from and to say which two moments are compared, and one is missing",
        code: "bad-option"
      )
    }
    guard earlier.timestamp <= later.timestamp else {
      throw Problem(422, "\(earlier) is later than \(later)", remedy: "exchange from and to")
    }
    try checkBreadth(view, call)
    let entity = call.option("entity")
    if let name = call.option("statement") {
      let asOf = try call.label("as-of").map { try view.day($0, of: entity).date }
      let request = StatementRequest(name, entity: entity, asOf: asOf)
      return try call.answer(
        ComparisonReport(
          view.comparison(request, with: earlier),
          listsChangesOnly: call.flag("changes")
        )
      )
    }
    let request = Ledger.FactsRequest(
      entity: entity,
      words: call.option("concept").map { [$0] } ?? [],
      asOf: try call.label("as-of")
    )
    return try call.answer(DiffReport(view.difference(request, since: earlier)))
  }

  @Sendable private static func panel(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let measures = try call.request.query.filter { $0.name == "measure" }.map { item in
      do { return try PanelMeasure(item.value) } catch {
        throw Problem(422, "\(error)", code: "bad-option")
      }
    }
    guard !measures.isEmpty else {
      throw Problem(422, "measure names what the columns show, and there is none")
    }
    let days = "a day such as 2004-09-30"
    let request = Ledger.PanelRequest(
      measures,
      entities: call.request.query.filter { $0.name == "entity" }.map(\.value),
      span: try call.choice("span", StatementRequest.Span.self) ?? .quarter,
      lag: try call.count("lag", in: lagDayCounts),
      from: try call.option("from", days) { CivilDate($0) },
      through: try call.option("to", days) { CivilDate($0) },
      unit: call.option("unit"),
      hasGrowth: try call.flag("growth")
    )
    return try call.answer(PanelReport(view.panel(request)))
  }

  @Sendable private static func log(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let limit = try call.count("limit", in: 1...pageRowCountMax) ?? pageRowCount
    let (format, type) = (try call.format, call.option("type"))
    var (report, spool) = (try LogReport(format), WebSpool())
    var (count, scannedCount, next) = (0, 0, UInt64?.none)
    try view.forEachEvent(from: call.sequence("since") ?? 0) { sequence, event, recorded in
      guard count < limit, scannedCount < call.site.limits.scannedEventCount else {
        next = sequence
        return false
      }
      scannedCount += 1
      guard type == nil || event.type == type else { return true }
      count += 1
      try report.append(event, sequence: sequence, recorded: recorded)
      if report.byteCount > 1 << 16 { try spool.append(report.takeBytes()) }
      return true
    }
    try report.finish()
    try spool.append(report.takeBytes())
    var response = call.found(spool, as: format)
    if let next { response.headers.append(call.link(toNext: "since", next, head: view.head)) }
    return response
  }
}
