import JSON

extension Event {
  /// Appends the canonical line, RFC 8785 JSON without a line feed: the bytes that are hashed,
  /// proven, exported and replicated.
  public func appendCanonicalLine(to bytes: inout [UInt8]) {
    if case .claim(let claim) = self { return claim.appendCanonicalLine(to: &bytes) }
    bytes.append(contentsOf: json.canonicalBytes)
  }

  /// The canonical line, RFC 8785 JSON without a line feed.
  public var canonicalLine: [UInt8] {
    var bytes: [UInt8] = []
    appendCanonicalLine(to: &bytes)
    return bytes
  }

  private var json: JSONValue {
    var fields = Fields()
    fields.add("type", type)
    switch self {
    case .batch(let batch): batch.add(to: &fields)
    case .entity(let entity): entity.add(to: &fields)
    case .concept(let concept): concept.add(to: &fields)
    case .statement(let statement): statement.add(to: &fields)
    case .check(let check): check.add(to: &fields)
    case .profile(let profile): profile.add(to: &fields)
    case .layout(let layout): layout.addLayout(to: &fields)
    case .presentation(let presentation): presentation.add(to: &fields)
    case .filing(let filing): filing.add(to: &fields)
    case .claim: break  // A claim writes itself.
    case .amendment(let amendment): amendment.add(to: &fields)
    case .footnote(let footnote): footnote.add(to: &fields)
    case .coverage(let coverage): coverage.add(to: &fields)
    case .retirement(let retirement): retirement.add(to: &fields)
    case .retraction(let retraction): retraction.add(to: &fields)
    }
    return fields.json
  }
}

/// The members of an object under construction; `nil` leaves a member out.
struct Fields {
  private var members: [(key: String, value: JSONValue)] = []

  var json: JSONValue { .object(members) }

  mutating func add(_ key: String, _ value: JSONValue?) {
    if let value { members.append((key, value)) }
  }

  mutating func add(_ key: String, _ text: String?) { add(key, text.map(JSONValue.string)) }

  mutating func add(_ key: String, _ number: Int?) { add(key, number.map(JSONValue.integer)) }

  mutating func add(_ key: String, _ dimensions: Dimensions) {
    guard !dimensions.isEmpty else { return }
    add(key, .object(dimensions.pairs.map { (String($0.key), .string(String($0.value))) }))
  }
}

extension Batch {
  func add(to fields: inout Fields) {
    fields.add("recorded", recorded.description)
    fields.add("count", count)
    fields.add("by", by)
    fields.add("request", request?.json)
  }
}

extension Batch.Request {
  var json: JSONValue {
    var fields = Fields()
    fields.add("key", key)
    fields.add("sha256", sha256)
    return fields.json
  }
}

extension EntityDefinition {
  func add(to fields: inout Fields) {
    fields.add("entity", entity)
    fields.add("name", name)
    fields.add("fiscalYearEnd", fiscalYearEnd?.description)
    fields.add("namedBy", namedBy)
    fields.add("yearEndBy", yearEndBy)
  }
}

extension ConceptDefinition {
  func add(to fields: inout Fields) {
    fields.add("concept", concept)
    fields.add("label", label)
    fields.add("description", description)
    fields.add("kind", kind)
    fields.add("periodType", periodType?.rawValue)
    fields.add("dataType", dataType?.rawValue)
    fields.add("balance", balance?.rawValue)
    fields.add("additive", isAdditive.map(JSONValue.bool))
    fields.add("actual", actual)
  }
}

extension Filing {
  func add(to fields: inout Fields) {
    fields.add("filing", filing)
    fields.add("entity", entity)
    fields.add("form", form)
    fields.add("published", published.description)
    fields.add("accepted", accepted?.description)
    fields.add("fiscalYear", fiscalYear)
    fields.add("fiscalPeriod", fiscalPeriod)
    fields.add("document", document?.json)
    if !documents.isEmpty { fields.add("documents", .array(documents.map(\.json))) }
    if !entities.isEmpty { fields.add("entities", .array(entities.map(JSONValue.string))) }
    fields.add("report", report?.json)
  }
}

extension Filing.Document {
  var json: JSONValue {
    var fields = Fields()
    fields.add("name", name)
    fields.add("type", type)
    fields.add("sequence", sequence)
    fields.add("bytes", byteCount)
    fields.add("sha256", sha256)
    return fields.json
  }
}

extension Figure {
  func add(to fields: inout Fields) {
    fields.add("value", value.map { .string($0.description) } ?? .null)
    fields.add("decimals", decimals.map { Int($0) })
    fields.add("qualifier", qualifier?.rawValue)
  }
}

extension Source {
  var json: JSONValue {
    var fields = Fields()
    fields.add("document", document)
    fields.add("line", place.map { Int($0.line) })
    fields.add("column", place.map { Int($0.column) })
    fields.add("text", text)
    return fields.json
  }
}

extension Amendment {
  func add(to fields: inout Fields) {
    switch subject {
    case .event(let hash): fields.add("event", hash)
    case .filing(let name): fields.add("filing", name)
    case .batch(let hash): fields.add("batch", hash)
    }
    fields.add("reason", reason)
    figure?.add(to: &fields)
    fields.add("source", source?.json)
    fields.add("published", particulars?.published?.description)
    fields.add("form", particulars?.form)
    fields.add("fiscalYear", particulars?.fiscalYear)
    fields.add("fiscalPeriod", particulars?.fiscalPeriod)
    fields.add("document", particulars?.document?.json)
    fields.add("accepted", particulars?.accepted?.description)
    if let documents = particulars?.documents, !documents.isEmpty {
      fields.add("documents", .array(documents.map(\.json)))
    }
    if let entities = particulars?.entities, !entities.isEmpty {
      fields.add("entities", .array(entities.map(JSONValue.string)))
    }
    fields.add("report", particulars?.report?.json)
  }
}

extension Retraction {
  func add(to fields: inout Fields) {
    fields.add("filing", filing)
    fields.add("entity", entity)
    fields.add("concepts", concepts.isEmpty ? nil : .array(concepts.map(JSONValue.string)))
    fields.add("statement", statement)
    fields.add("periods", .array(periods.map { .string($0.description) }))
    fields.add("source", source?.json)
  }
}

extension StatementDefinition {
  func add(to fields: inout Fields) {
    fields.add("statement", statement)
    fields.add("entity", entity)
    addLayout(to: &fields)
  }

  /// Adds all but name and entity.
  func addLayout(to fields: inout Fields) {
    fields.add("title", title)
    fields.add("caption", caption)
    fields.add("layout", layout == .columns ? nil : layout.rawValue)
    fields.add("unit", unit == "USD" ? nil : unit)
    fields.add("scale", scale == 0 ? nil : scale)
    fields.add("places", places == 0 ? nil : places)
    fields.add("columns", columns.isEmpty ? nil : .array(columns.map(\.json)))
    fields.add("lines", .array(lines.map(\.json)))
  }
}

extension Presentation {
  func add(to fields: inout Fields) {
    fields.add("filing", filing)
    fields.add("role", role)
    fields.add("statement", statement)
    fields.add("title", title)
    fields.add("layout", layout)
  }
}

extension StatementDefinition.Column {
  var json: JSONValue {
    var fields = Fields()
    fields.add("span", span.rawValue)
    fields.add("years", years == 0 ? nil : years)
    fields.add("at", isAtFiscalYearEnd ? "fiscal-year-end" : nil)
    return fields.json
  }
}

extension StatementDefinition.Line {
  var json: JSONValue {
    var fields = Fields()
    fields.add("label", label)
    fields.add("depth", depth == 0 ? nil : depth)
    fields.add("concept", concept)
    fields.add(
      "alternatives",
      alternatives.isEmpty ? nil : .array(alternatives.map(JSONValue.string))
    )
    fields.add("dimensions", dimensions)
    fields.add("unit", unit)
    fields.add("scale", scale)
    fields.add("places", places)
    fields.add("qualifier", qualifier?.rawValue)
    fields.add("negated", isNegated ? .bool(true) : nil)
    fields.add("currency", hasCurrencySign ? .bool(true) : nil)
    fields.add("subtotal", isSubtotal ? .bool(true) : nil)
    fields.add("total", isTotal ? .bool(true) : nil)
    fields.add("instant", instant?.rawValue)
    fields.add("optional", isOptional ? .bool(true) : nil)
    fields.add("addsTo", addsTo)
    fields.add("weight", weight == 1 ? nil : weight)
    return fields.json
  }
}
