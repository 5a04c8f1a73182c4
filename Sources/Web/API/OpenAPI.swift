import JSON

/// Describes the addresses of a site as OpenAPI 3.1 has it, from the routes themselves: what is not there is not
/// described, and what is there is.
enum OpenAPI {
  /// The description.
  static func document(of site: Site) -> JSONValue {
    var paths: [(key: String, value: JSONValue)] = []
    for route in site.routes {
      let operation = (key: route.method.lowercased(), value: operation(route))
      let pattern = route.pattern.replacing("*}", with: "}")
      if let index = paths.firstIndex(where: { $0.key == pattern }),
        case .object(let others) = paths[index].value
      {
        paths[index].value = .object(others + [operation])
      } else {
        paths.append((pattern, .object([operation])))
      }
    }
    return .object([
      ("openapi", .string("3.1.0")),
      (
        "info",
        .object([
          ("title", .string("Assay")), ("version", .string(site.version)),
          (
            "description",
            .string(
              "A ledger of reported figures. The addresses below /api and /submissions are those of the SEC's data "
                + "API, as of any day; descriptions of concepts and particulars of companies that are not recorded are "
                + "null, figures with a qualifier and ranges are left out, and a filing of which only the day is known is "
                + "accepted at the very end of it. Figures of /v1 are exact decimals in strings."
            )
          ),
        ])
      ),
      ("paths", .object(paths)),
      ("components", .object([("schemas", .object([("Problem", problem)]))])),
    ])
  }

  private static func operation(_ route: Route) -> JSONValue {
    var parameters = route.parameterNames.map { name in
      parameter(name, "path", isNeeded: true)
    }
    parameters += (route.options + route.momentOptions).map { name in
      parameter(name, "query", isNeeded: false)
    }
    let reference = JSONValue.object([("$ref", .string("#/components/schemas/Problem"))])
    // A request that no route can read is answered without a page.
    let content = JSONValue.object(
      (route.isPage ? [("text/html", .object([]))] : [])
        + [(MediaType.problem.rawValue, .object([("schema", reference)]))]
    )
    let failure = JSONValue.object([
      ("description", .string("Why there is no answer (RFC 9457).")), ("content", content),
    ])
    let answer = JSONValue.object([
      ("description", .string("The answer.")), ("content", .object([success(route)])),
    ])
    var responses = [(key: "200", value: answer), (key: "default", value: failure)]
    var members: [(key: String, value: JSONValue)] = [
      ("summary", .string(route.summary)), ("parameters", .array(parameters)),
    ]
    if route.method == "POST" {
      members.append(("requestBody", body(route)))
      responses.insert(("201", answer), at: 1)
    }
    return .object(members + [("responses", .object(responses))])
  }

  /// What is sent: event lines, or the request of a log (C2SP tlog-witness).
  private static func body(_ route: Route) -> JSONValue {
    let type = route.pattern == "/v1/events" ? MediaType.jsonLines.rawValue : "text/plain"
    let text = JSONValue.object([("schema", .object([("type", .string("string"))]))])
    return .object([("required", .bool(true)), ("content", .object([(type, text)]))])
  }

  private static func success(_ route: Route) -> (key: String, value: JSONValue) {
    let pattern = route.pattern
    if route.isPage { return ("text/html", .object([])) }
    if pattern.hasSuffix(".css") { return ("text/css", .object([])) }
    if pattern.hasSuffix(".js") { return ("text/javascript", .object([])) }
    if pattern == "/v1/events", route.method == "GET" { return ("text/event-stream", .object([])) }
    if pattern.hasSuffix("/filed") { return ("text/html", .object([])) }
    if pattern.hasPrefix("/tile/") || pattern.hasSuffix("/bytes") {
      return (MediaType.bytes.rawValue, .object([]))
    }
    if ["/checkpoint", "/metrics", "/add-checkpoint"].contains(pattern) {
      return ("text/plain", .object([]))
    }
    let object = JSONValue.object([("type", .string("object"))])
    return ("application/json", .object([("schema", object)]))
  }

  private static func parameter(_ name: String, _ place: String, isNeeded: Bool) -> JSONValue {
    let form = forms[name]
    var members: [(key: String, value: JSONValue)] = [
      ("name", .string(name)), ("in", .string(place)), ("required", .bool(isNeeded)),
      ("schema", form?.schema ?? .object([("type", .string("string"))])),
    ]
    if let form { members.append(("description", .string(form.description))) }
    return .object(members)
  }

  /// What a parameter is, where its name does not say it.
  private struct Form {
    var type = "string"
    var bounds: ClosedRange<Int>?
    var pattern: String?
    let description: String

    var schema: JSONValue {
      var members: [(key: String, value: JSONValue)] = [("type", .string(type))]
      if let bounds {
        members += [
          ("minimum", .integer(bounds.lowerBound)), ("maximum", .integer(bounds.upperBound)),
        ]
      }
      if let pattern { members.append(("pattern", .string(pattern))) }
      return .object(members)
    }
  }

  private static let forms: [String: Form] = [
    "known-at": Form(
      description: "What the world could know then: a day (the whole of it, UTC) or a time."
    ),
    "recorded-at": Form(
      description: "What the ledger held then: a number of events, a day or a time."
    ),
    "to": Form(description: "The later moment, or the last end of a period."),
    "from": Form(
      description: "The earlier moment; the first end of a period, or the first sequence."
    ),
    "as-of": Form(description: "A day such as 2004-09-30, or a period such as 2004Q3 or FY2003."),
    "sequence": Form(
      type: "integer",
      bounds: 0...JSONValue.largestInteger,
      description: "The place of an event in the log, from 0."
    ),
    "since": Form(description: "The first sequence; of restatements a day or a time."),
    "entity": Form(description: "A unique part of the entity's name or identifier."),
    "words": Form(description: "Words that name facts: concepts, periods, dimensions."),
    "measure": Form(
      description: "A concept, FIRST,SECOND or CONCEPT/CONCEPT; NAME= names the column."
    ),
    "vs": Form(description: "Compare with what was known then."),
    "limit": Form(
      type: "integer",
      bounds: 1...APIRoutes.pageRowCountMax,
      description: "How many rows a page has."
    ),
    "columns": Form(
      type: "integer",
      bounds: APIRoutes.columnCounts,
      description: "How many columns of the span."
    ),
    "lag": Form(
      type: "integer",
      bounds: APIRoutes.lagDayCounts,
      description: "How many days after its period a row is as of."
    ),
    "unnamed": Form(
      type: "boolean",
      description: "Events without names, for a listener to all of them."
    ),
    "dry-run": Form(type: "boolean", description: "Check everything, and write nothing."),
    "concept": Form(description: "A concept, such as us-gaap:Assets."),
    "frame": Form(description: "A stretch of the calendar: CY2019, CY2019Q1 or CY2019Q1I."),
    "name": Form(description: "The name of a check; of a document, where a filing has several."),
    "all": Form(type: "boolean", description: "Every claim with its status."),
    "changes": Form(type: "boolean", description: "Only the lines that changed."),
    "growth": Form(type: "boolean", description: "Add the growth since a year before."),
    "triangle": Form(
      type: "boolean",
      description: "A row for each period, a column for each filing."
    ),
    "file": Form(pattern: "\\.json$", description: "A name that ends in .json."),
    "company": Form(pattern: "^CIK[0-9]{10}$", description: "CIK and ten digits."),
  ]

  private static let problem = JSONValue.object([
    ("type", .string("object")),
    (
      "required",
      .array(["type", "title", "status", "detail"].map { .string($0) })
    ),
    (
      "properties",
      .object(
        [
          ("type", "string"), ("title", "string"), ("status", "integer"), ("detail", "string"),
          ("remedy", "string"),
        ].map { ($0, .object([("type", .string($1))])) }
      )
    ),
  ])
}

extension Route {
  /// The names of the parameters of its path, in order.
  fileprivate var parameterNames: [String] {
    pattern.split(separator: "/").compactMap { part -> String? in
      guard part.hasPrefix("{") else { return nil }
      return String(part.dropFirst().dropLast().replacing("*", with: ""))
    }
  }
}
