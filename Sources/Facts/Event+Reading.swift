public import JSON

extension Event {
  /// Reads an event from one JSON object, strictly: unknown fields, impossible dates and numbers
  /// longer than 18 digits are refused.
  ///
  /// Whether its concept is known and its filing recorded is for the ledger to say.
  ///
  /// - Throws: ``InvalidEvent`` with the place in the JSON text where the mistake is.
  public init(_ node: JSONNode) throws(InvalidEvent) {
    self = try FieldReader.reading(node, Self.read)
  }

  private static func read(_ node: JSONNode) throws(InvalidEvent) -> Event {
    var fields = try FieldReader(node, "event")
    let type = try fields.identifier("type")
    return switch type {
    case "batch": .batch(try Batch(node))
    case "entity": .entity(try EntityDefinition(node))
    case "concept": .concept(try ConceptDefinition(node))
    case "statement": .statement(try StatementDefinition(node))
    case "filing": .filing(try Filing(node))
    case "correction", "withdrawal": .amendment(try Amendment(node, type: type))
    case "retraction": .retraction(try Retraction(node))
    case "check": .check(try CheckDefinition(node))
    case "profile": .profile(try ProfileDefinition(node))
    case "footnote": .footnote(try Footnote(node))
    case "coverage": .coverage(try Coverage(node))
    case "retirement": .retirement(try Retirement(node))
    case "layout": .layout(try StatementDefinition(layout: node))
    case "presentation": .presentation(try Presentation(node))
    default: .claim(try Claim(node, kind: type))
    }
  }
}

extension Batch {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "batch")
    _ = fields.field("type")
    let recorded = try fields.text("recorded")
    guard let time = Timestamp(recorded) else { throw fields.notTime(recorded, "recorded") }
    self.init(
      recorded: time,
      count: try fields.integer("count", in: 1...Int(Int32.max)),
      by: try fields.identifier("by"),
      request: try fields.value("request", Batch.Request.init)
    )
    try fields.finish()
  }
}

extension Batch.Request {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "request")
    self.init(key: try fields.identifier("key"), sha256: try fields.text("sha256"))
    try fields.checkHash(sha256, "sha256")
    try fields.finish()
  }
}

extension EntityDefinition {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "entity")
    _ = fields.field("type")
    self.init(entity: try fields.identifier("entity"), name: try fields.identifier("name"))
    if let text = try fields.optionalText("fiscalYearEnd") {
      guard let yearEnd = FiscalYearEnd(text) else {
        throw fields.refusal(
          of: "fiscalYearEnd",
          "\"fiscalYearEnd\" is \"\(text)\"",
          remedy: "write it as 12-31"
        )
      }
      fiscalYearEnd = yearEnd
    }
    namedBy = try fields.optionalIdentifier("namedBy")
    yearEndBy = try fields.optionalIdentifier("yearEndBy")
    try fields.finish()
  }
}

extension ConceptDefinition {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "concept")
    _ = fields.field("type")
    self.init(
      concept: try fields.identifier("concept"),
      label: try fields.optionalText("label"),
      description: try fields.optionalText("description"),
      kind: try fields.identifier("kind"),
      periodType: try fields.choice("periodType", PeriodType.self),
      dataType: try fields.choice("dataType", DataType.self),
      balance: try fields.choice("balance", Balance.self),
      isAdditive: try fields.flag("additive"),
      actual: try fields.optionalIdentifier("actual")
    )
    try fields.finish()
    guard !Event.reservedTypes.contains(kind) else {
      throw fields.refusal(
        of: "kind",
        "\"kind\" is \"\(kind)\", which is not a type of claim",
        remedy: "name a kind such as statement-line or production"
      )
    }
    guard concept.utf8.contains(UInt8(ascii: ":")) else {
      throw fields.refusal(
        of: "concept",
        "concept \"\(concept)\" has no prefix",
        remedy: "write PREFIX:NAME, as in us-gaap:Assets"
      )
    }
  }
}

extension Filing {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "filing")
    _ = fields.field("type")
    let text = try fields.text("published")
    guard let published = PublishedTime(text) else {
      throw fields.notTime(text, "published")
    }
    self.init(
      filing: try fields.identifier("filing"),
      entity: try fields.identifier("entity"),
      form: try fields.optionalIdentifier("form"),
      published: published,
      accepted: try fields.zonedTime("accepted"),
      fiscalYear: try fields.optionalInteger("fiscalYear", in: 1...9999),
      fiscalPeriod: try fields.optionalIdentifier("fiscalPeriod"),
      document: try fields.value("document", Document.init),
      documents: try fields.documents("documents"),
      entities: try fields.identifiers("entities"),
      report: try fields.value("report", Report.init)
    )
    try fields.finish()
    guard entities.isEmpty || entities.contains(where: { ExactText($0) == ExactText(entity) })
    else {
      throw fields.refusal(
        of: "entities",
        "\"entities\" lacks the entity \(entity)",
        remedy: "name all who filed, the entity of the filing among them"
      )
    }
  }
}

extension Filing.Document {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "document")
    self.init(
      name: try fields.identifier("name"),
      type: try fields.optionalIdentifier("type"),
      sequence: try fields.optionalInteger("sequence", in: 1...Int(Int32.max)),
      byteCount: try fields.optionalInteger("bytes", in: 0...JSONValue.largestInteger),
      sha256: try fields.optionalText("sha256")
    )
    try fields.finish()
    if let sha256 { try fields.checkHash(sha256, "sha256") }
  }
}

extension Claim {
  init(_ node: JSONNode, kind: String) throws(InvalidEvent) {
    var fields = try FieldReader(node, kind)
    _ = fields.field("type")
    let periodText = try fields.text("period")
    guard let period = Period(periodText) else {
      throw fields.refusal(
        of: "period",
        "\"period\" is \"\(periodText)\"",
        remedy: Period.remedy
      )
    }
    let fact = Fact(
      entity: try fields.identifier("entity"),
      concept: try fields.identifier("concept"),
      dimensions: try fields.dimensions(),
      unit: try fields.identifier("unit"),
      period: period
    )
    self.init(
      kind: kind,
      filing: try fields.identifier("filing"),
      fact: fact,
      figure: try Figure(&fields),
      source: try fields.value("source", Source.init)
    )
    try fields.finish()
  }
}

extension Figure {
  init(_ fields: inout FieldReader) throws(InvalidEvent) {
    let node = try fields.required("value")
    var value: Amount?
    if node.kind != .null {
      guard let text = node.string else {
        throw fields.refusal(
          of: "value",
          "\"value\" is not a text",
          remedy: "write the number in quotation marks, or null for a dash"
        )
      }
      do {
        value = try Amount(text)
      } catch {
        throw error == .tooManyDigits
          ? fields.refusal(
            of: "value",
            "value \"\(text)\" has more than \(Amount.digitCountMax) digits",
            remedy: "give at most \(Amount.digitCountMax) significant digits"
          )
          : fields.refusal(
            of: "value",
            "value \"\(text)\" is not a plain decimal number",
            remedy: "write digits with at most one point and a minus in front, as in -1234.50"
          )
      }
    }
    let decimals = try fields.optionalInteger("decimals", in: -18...18)
    self.init(
      value: value,
      decimals: decimals.map { Int8($0) },
      qualifier: try fields.choice("qualifier", Qualifier.self)
    )
    guard value != nil || (self.decimals == nil && qualifier == nil) else {
      throw InvalidEvent(
        "a dash has neither decimals nor a qualifier",
        remedy: "take them out, or give the value"
      )
    }
  }
}

extension Source {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "source")
    let line = try fields.optionalInteger("line", in: 1...Int(UInt32.max))
    let column = try fields.optionalInteger("column", in: 1...Int(UInt32.max))
    self.init(
      document: try fields.optionalIdentifier("document"),
      place: nil,
      text: try fields.optionalIdentifier("text")
    )
    try fields.finish()
    switch (line, column) {
    case (let line?, let column?): place = Place(line: UInt32(line), column: UInt32(column))
    case (nil, nil): break
    default:
      throw InvalidEvent(
        "\"source\" has a line or a column without the other",
        remedy: "give both or neither"
      )
    }
    guard place != nil || text != nil else {
      throw InvalidEvent("\"source\" is empty", remedy: "leave it out")
    }
    guard (text?.utf8.count ?? 0) <= Self.textByteCountMax else {
      throw fields.refusal(
        of: "text",
        "the printed text is longer than 255 bytes",
        remedy: "give the figure only"
      )
    }
  }
}

extension Presentation {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "presentation")
    _ = fields.field("type")
    self.init(
      filing: try fields.identifier("filing"),
      role: try fields.identifier("role"),
      statement: try fields.optionalUnqualifiedIdentifier("statement"),
      title: try fields.optionalIdentifier("title"),
      layout: try fields.text("layout")
    )
    try fields.finish()
    try fields.checkHash(layout, "layout")
  }
}

extension Period {
  /// How a period is written.
  static let remedy = "write 2004-09-30, or 2004-07-01/2004-09-30 with the earlier day first"
}

extension FieldReader {
  func notTime(_ text: String, _ field: String) -> InvalidEvent {
    refusal(
      of: field,
      "\"\(field)\" is \"\(text)\"",
      remedy: "write a time as 2004-11-04T13:00:30Z, or a day as 2004-11-04"
    )
  }

  func checkHash(_ text: String, _ field: String) throws(InvalidEvent) {
    let isHexadecimal = text.utf8.allSatisfy {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
    }
    guard isHexadecimal, text.utf8.count == 64 else {
      throw refusal(
        of: field,
        "\"\(field)\" is \"\(text.prefix(80))\"",
        remedy: "give a SHA-256 hash as 64 lower-case hexadecimal digits"
      )
    }
  }
}
