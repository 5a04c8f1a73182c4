import JSON

extension StatementDefinition {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "statement")
    let name = try fields.unqualifiedIdentifier("statement")
    let entity = try fields.optionalIdentifier("entity")
    try self.init(&fields, "statement \"\(name)\"")
    (statement, self.entity) = (name, entity)
  }

  /// Reads a layout, which is a statement without name and entity.
  init(layout node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "layout")
    try self.init(&fields, "the layout")
  }

  private init(_ fields: inout FieldReader, _ name: String) throws(InvalidEvent) {
    _ = fields.field("type")
    self.init(
      statement: "",
      title: try fields.identifier("title"),
      caption: try fields.optionalIdentifier("caption"),
      layout: try fields.choice("layout", Layout.self) ?? .columns,
      unit: try fields.optionalIdentifier("unit") ?? "USD",
      scale: try fields.optionalInteger("scale", in: Self.scales) ?? 0,
      places: try fields.optionalInteger("places", in: Self.placeCounts) ?? 0,
      lines: []
    )
    columns = try fields.list("columns", Column.init)
    lines = try fields.list("lines", Line.init)
    try fields.finish()
    guard !lines.isEmpty, columns.isEmpty == (layout == .list) else {
      throw InvalidEvent(
        "\(name) lacks lines or columns",
        remedy: "give lines, and columns unless its layout is list"
      )
    }
  }

  static let scales = -6...12
  static let placeCounts = 0...8
}

extension StatementDefinition.Column {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "column of a statement")
    guard let span = try fields.choice("span", Span.self) else {
      throw InvalidEvent("a column has no \"span\"", remedy: "add the field")
    }
    self.init(span: span, years: try fields.optionalInteger("years", in: -50...0) ?? 0)
    if let edge = try fields.optionalText("at") {
      guard edge == "fiscal-year-end", span == .instant else {
        throw fields.refusal(
          of: "at",
          "a column is \"at\" \"\(edge)\"",
          remedy: "write fiscal-year-end, for an instant"
        )
      }
      isAtFiscalYearEnd = true
    }
    try fields.finish()
  }
}

extension StatementDefinition.Line {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "line of a statement")
    self.init(
      label: try fields.text("label"),
      depth: try fields.optionalInteger("depth", in: 0...9) ?? 0,
      concept: try fields.optionalIdentifier("concept"),
      dimensions: try fields.dimensions(),
      unit: try fields.optionalIdentifier("unit"),
      scale: try fields.optionalInteger("scale", in: StatementDefinition.scales),
      places: try fields.optionalInteger("places", in: StatementDefinition.placeCounts),
      qualifier: try fields.choice("qualifier", Qualifier.self),
      isNegated: try fields.flag("negated") ?? false,
      hasCurrencySign: try fields.flag("currency") ?? false,
      isSubtotal: try fields.flag("subtotal") ?? false,
      isTotal: try fields.flag("total") ?? false,
      instant: try fields.choice("instant", StatementDefinition.Edge.self),
      isOptional: try fields.flag("optional") ?? false,
      addsTo: try fields.optionalIdentifier("addsTo"),
      weight: try fields.optionalInteger("weight", in: -1...1) ?? 1
    )
    if let node = fields.field("alternatives") {
      guard node.kind == .array, node.elements.allSatisfy({ $0.string?.isEmpty == false }) else {
        throw fields.refusal(
          of: "alternatives",
          "\"alternatives\" is no list of concepts",
          remedy: "write [\"…\"]"
        )
      }
      alternatives = node.elements.compactMap(\.string)
    }
    try fields.finish()
    guard
      concept != nil
        || (unit == nil && scale == nil && alternatives.isEmpty && addsTo == nil)
    else {
      throw InvalidEvent("line \"\(label)\" has no concept", remedy: "add the field")
    }
    guard weight != 0, addsTo != nil || weight == 1 else {
      throw InvalidEvent(
        "line \"\(label)\" has the weight \(weight)",
        remedy: "give 1 or -1, and with addsTo the line that it adds to"
      )
    }
  }
}
