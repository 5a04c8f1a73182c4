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
    let content = JSONValue.object([
      (MediaType.problem.rawValue, .object([("schema", reference)]))
    ])
    let failure = JSONValue.object([
      ("description", .string("Why there is no answer (RFC 9457).")), ("content", content),
    ])
    return .object([
      ("summary", .string(route.summary)), ("parameters", .array(parameters)),
      (
        "responses",
        .object([
          (
            "200",
            .object([
              ("description", .string("The answer.")), ("content", .object([success(route)])),
            ])
          ), ("default", failure),
        ])
      ),
    ])
  }

  private static func success(_ route: Route) -> (key: String, value: JSONValue) {
    let pattern = route.pattern
    if route.isPage { return ("text/html", .object([])) }
    if pattern == "/v1/events" { return ("text/event-stream", .object([])) }
    if pattern.hasPrefix("/tile/") { return (MediaType.bytes.rawValue, .object([])) }
    if ["/checkpoint", "/metrics"].contains(pattern) { return ("text/plain", .object([])) }
    let object = JSONValue.object([("type", .string("object"))])
    return ("application/json", .object([("schema", object)]))
  }

  private static func parameter(_ name: String, _ place: String, isNeeded: Bool) -> JSONValue {
    let (schema, description) = forms[name] ?? (["type": "string"], nil)
    var members: [(key: String, value: JSONValue)] = [
      ("name", .string(name)), ("in", .string(place)), ("required", .bool(isNeeded)),
      (
        "schema",
        .object(schema.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      ),
    ]
    if let description { members.append(("description", .string(description))) }
    return .object(members)
  }

  /// What parameters are, by their names, where their names do not say it.
  private static let forms: [String: (schema: [String: String], description: String?)] = [
    "known-at": (
      ["type": "string"], "What the world could know then: a day (the whole of it, UTC) or a time."
    ),
    "recorded-at": (
      ["type": "string"], "What the ledger held then: a number of events, a day or a time."
    ),
    "to": (["type": "string"], "The later moment, or the last end of a period."),
    "from": (
      ["type": "string"], "The earlier moment; the first end of a period, or the first sequence."
    ),
    "as-of": (
      ["type": "string"], "A day such as 2004-09-30, or a period such as 2004Q3 or FY2003."
    ),
    "sequence": (["type": "integer"], "The place of an event in the log, from 0."),
    "since": (["type": "string"], "The first sequence; of restatements a day or a time."),
    "entity": (["type": "string"], "A unique part of the entity's name or identifier."),
    "words": (["type": "string"], "Words that name facts: concepts, periods, dimensions."),
    "measure": (
      ["type": "string"], "A concept, FIRST,SECOND or CONCEPT/CONCEPT; NAME= names the column."
    ),
    "vs": (["type": "string"], "Compare with what was known then."),
    "limit": (["type": "integer"], "How many rows a page has, at most 10,000."),
    "columns": (["type": "integer"], "How many columns of the span, 1 to 40."),
    "lag": (["type": "integer"], "How many days after its period a row is as of."),
    "all": (["type": "boolean"], "Every claim with its status."),
    "changes": (["type": "boolean"], "Only the lines that changed."),
    "growth": (["type": "boolean"], "Add the growth since a year before."),
    "triangle": (["type": "boolean"], "A row for each period, a column for each filing."),
    "file": (["type": "string"], "A name that ends in .json."),
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
