import JSON

extension Amendment {
  init(_ node: JSONNode, type: String) throws(InvalidEvent) {
    var fields = try FieldReader(node, type)
    _ = fields.field("type")
    if type == "withdrawal" {
      subject = try Self.withdrawn(&fields)
      reason = try fields.identifier("reason")
    } else if node["filing"] != nil {
      subject = .filing(try fields.identifier("filing"))
      reason = try fields.identifier("reason")
      particulars = try FilingCorrection(&fields)
    } else {
      let event = try fields.text("event")
      try fields.checkHash(event, "event")
      subject = .event(event)
      reason = try fields.identifier("reason")
      figure = try Figure(&fields)
      source = try fields.value("source", Source.init)
    }
    try fields.finish()
  }

  /// The one thing that a withdrawal names.
  private static func withdrawn(_ fields: inout FieldReader) throws(InvalidEvent) -> Subject {
    let event = try fields.optionalText("event")
    let filing = try fields.optionalIdentifier("filing")
    let batch = try fields.optionalText("batch")
    switch (event, filing, batch) {
    case (let event?, nil, nil):
      try fields.checkHash(event, "event")
      return .event(event)
    case (nil, let filing?, nil): return .filing(filing)
    case (nil, nil, let batch?):
      try fields.checkHash(batch, "batch")
      return .batch(batch)
    default:
      throw InvalidEvent(
        "a withdrawal names one thing that it takes back",
        remedy: "give one of \"event\", \"filing\" and \"batch\""
      )
    }
  }
}

extension FilingCorrection {
  /// Reads what is right about a filing.
  init(_ fields: inout FieldReader) throws(InvalidEvent) {
    self.init()
    if let text = try fields.optionalText("published") {
      guard let time = PublishedTime(text) else { throw fields.notTime(text, "published") }
      published = time
    }
    form = try fields.optionalIdentifier("form")
    fiscalYear = try fields.optionalInteger("fiscalYear", in: 1...9999)
    fiscalPeriod = try fields.optionalIdentifier("fiscalPeriod")
    document = try fields.value("document", Filing.Document.init)
    accepted = try fields.zonedTime("accepted")
    documents = try fields.documents("documents")
    entities = try fields.identifiers("entities")
    report = try fields.value("report", Filing.Report.init)
    guard !isEmpty else {
      throw InvalidEvent(
        "the correction of a filing corrects nothing",
        remedy: "give what is right: \"published\", \"accepted\", \"form\", \"fiscalYear\", "
          + "\"fiscalPeriod\", \"document\", \"documents\", \"entities\" or \"report\""
      )
    }
  }
}

extension Retraction {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "retraction")
    _ = fields.field("type")
    self.init(
      filing: try fields.identifier("filing"),
      entity: try fields.identifier("entity"),
      concepts: try fields.texts("concepts"),
      statement: try fields.optionalIdentifier("statement"),
      periods: try fields.texts("periods").map { (text) throws(InvalidEvent) in
        guard let period = Period(text) else {
          throw fields.refusal(
            of: "periods",
            "the period \"\(text)\" is none",
            remedy: Period.remedy
          )
        }
        return period
      },
      source: try fields.value("source", Source.init)
    )
    try fields.finish()
    guard concepts.isEmpty == (statement != nil) else {
      throw InvalidEvent(
        "a retraction names concepts or a statement",
        remedy: "give \"concepts\", or \"statement\", and not both"
      )
    }
    guard !periods.isEmpty else {
      throw InvalidEvent(
        "a retraction names no period",
        remedy: "give \"periods\" with the periods of the figures that are retracted"
      )
    }
  }
}

extension FieldReader {
  /// The texts of a list; none if the field is missing.
  fileprivate mutating func texts(_ field: String) throws(InvalidEvent) -> [String] {
    let remedy = "write a list of texts in quotation marks"
    return try list(field) { (node) throws(InvalidEvent) in
      guard let text = node.string, !text.isEmpty else {
        throw InvalidEvent("an element of \"\(field)\" is no text", remedy: remedy)
      }
      return text
    }
  }
}
