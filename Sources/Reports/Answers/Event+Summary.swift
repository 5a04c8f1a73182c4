import Facts

extension Event {
  /// What the event says, in a line.
  var summary: String {
    switch self {
    case .batch(let batch): "\(batch.count) events by \(batch.by)"
    case .entity(let entity): "\(entity.entity) is \(entity.name)"
    case .concept(let concept): "\(concept.concept), a \(concept.kind)"
    case .statement(let statement):
      "\(statement.statement): \(statement.title)"
        + (statement.entity.map { " of \($0)" } ?? "")
    case .check(let check): "\(check.check), a \(check.kind.rawValue)"
    case .profile(let profile): "\(profile.profile): releases of \(profile.entity)"
    case .layout(let layout): "\(layout.title): \(layout.lines.count) lines"
    case .presentation(let presentation): "\(presentation.shortName) of \(presentation.filing)"
    case .filing(let filing):
      "\(filing.filing) \(filing.form ?? "") of \(filing.entity), published \(filing.published)"
    case .footnote(let footnote): "\(footnote.statement) of \(footnote.filing): \(footnote.text)"
    case .retirement(let retirement):
      "\(retirement.kind.rawValue) \(retirement.definition.qualifiedName): \(retirement.reason)"
    case .claim(let claim): claim.summary
    case .amendment(let amendment):
      "event \(amendment.event.prefix(12))…"
        + (amendment.figure.map { " is \($0.value?.description ?? "nil")" } ?? "")
        + ": \(amendment.reason)"
    }
  }
}

extension Claim {
  fileprivate var summary: String {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    let qualifier = figure.qualifier.map { "\($0.rawValue) " } ?? ""
    let value = figure.value?.description ?? "nil"
    return "\(fact.concept)\(dimensions) \(fact.period) = \(qualifier)\(value) \(fact.unit)"
  }
}
