import JSON

extension CheckDefinition {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "check")
    _ = fields.field("type")
    let name = try fields.unqualifiedIdentifier("check")
    let entity = try fields.optionalIdentifier("entity")
    guard let kind = try fields.choice("kind", Kind.self) else {
      throw InvalidEvent("check \"\(name)\" has no \"kind\"", remedy: "add the field")
    }
    let comparison = try fields.choice("compare", Comparison.self)
    self.init(
      check: name,
      entity: entity,
      filing: try fields.optionalIdentifier("filing"),
      aspects: try fields.choice("aspects", Aspects.self) ?? .own,
      kind: kind,
      title: try fields.identifier("title"),
      comparison: comparison ?? .claims
    )
    total = try fields.value("total", Operand.init)
    items = try fields.list("items", Operand.init)
    multiplier = try fields.list("multiplier", Operand.init)
    divisor = try fields.list("divisor", Operand.init)
    try fields.finish()
    guard total?.constant == nil, (total == nil) == items.isEmpty,
      total == nil || comparison == nil
    else {
      throw InvalidEvent(
        "check \"\(name)\" does not say what follows from what",
        remedy:
          "give a total that is a fact, and items; or neither, to compare claims, periods or texts"
      )
    }
    let factors = multiplier + divisor + items.flatMap(\.multiplier)
    guard kind == .ratio || factors.isEmpty else {
      throw InvalidEvent(
        "check \"\(name)\" multiplies or divides and is a \(kind.rawValue)",
        remedy: "write \"kind\":\"ratio\""
      )
    }
    try checkAspects()
  }

  /// - Throws: ``InvalidEvent`` if the operands take their dimensions and unit from the total, and one
  ///   of them names its own.
  private func checkAspects() throws(InvalidEvent) {
    guard total != nil || filing == nil && aspects == .own else {
      throw InvalidEvent(
        "check \"\(check)\" has no total for its filing or its aspects",
        remedy: "give a total and items"
      )
    }
    guard aspects == .ofTotal else { return }
    let isPlain = ([total].compactMap(\.self) + items + multiplier + divisor).allSatisfy {
      $0 == Operand(concept: $0.concept, constant: $0.constant, weight: $0.weight)
    }
    guard isPlain, !items.contains(where: { $0.constant != nil }) else {
      throw InvalidEvent(
        "check \"\(check)\" takes the aspects of its total, and an operand says its own",
        remedy: "give operands a concept and a weight only, or leave \"aspects\" out"
      )
    }
  }

  func add(to fields: inout Fields) {
    fields.add("check", check)
    fields.add("entity", entity)
    fields.add("filing", filing)
    fields.add("aspects", aspects == .own ? nil : aspects.rawValue)
    fields.add("kind", kind.rawValue)
    fields.add("title", title)
    fields.add("compare", comparison == .claims ? nil : comparison.rawValue)
    fields.add("total", total?.json)
    fields.add("items", items.isEmpty ? nil : .array(items.map(\.json)))
    fields.add("multiplier", multiplier.isEmpty ? nil : .array(multiplier.map(\.json)))
    fields.add("divisor", divisor.isEmpty ? nil : .array(divisor.map(\.json)))
  }
}

extension CheckDefinition.Operand {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "operand of a check")
    self.init(
      concept: try fields.optionalIdentifier("concept"),
      dimensions: try fields.dimensions(),
      unit: try fields.optionalIdentifier("unit") ?? "USD",
      weight: try fields.optionalInteger("weight", in: -1...1) ?? 1,
      instant: try fields.choice("instant", StatementDefinition.Edge.self)
    )
    if let text = try fields.optionalText("value") {
      guard let value = try? Amount(text) else {
        throw fields.refusal(
          of: "value",
          "\"value\" is \"\(text)\"",
          remedy: "write a plain decimal number"
        )
      }
      constant = value
    }
    multiplier = try fields.list("multiplier", CheckDefinition.Operand.init)
    try fields.finish()
    guard (concept == nil) != (constant == nil), weight != 0 else {
      throw InvalidEvent(
        "an operand is neither a fact nor a constant",
        remedy: "give a concept or a value, and a weight of 1 or -1"
      )
    }
  }

  var json: JSONValue {
    var fields = Fields()
    fields.add("concept", concept)
    fields.add("dimensions", dimensions)
    fields.add("unit", unit == "USD" ? nil : unit)
    fields.add("value", constant?.description)
    fields.add("weight", weight == 1 ? nil : weight)
    fields.add("instant", instant?.rawValue)
    fields.add("multiplier", multiplier.isEmpty ? nil : .array(multiplier.map(\.json)))
    return fields.json
  }
}
