import Facts

extension Event {
  /// What the event says, in a line.
  var summary: String {
    switch self {
    case .batch(let batch): "\(counted(batch.count, "event", "events")) by \(batch.by)"
    case .entity(let entity): "\(entity.entity) is \(entity.name)"
    case .concept(let concept): "\(concept.concept), a \(concept.kind)"
    case .statement(let statement):
      "\(statement.statement): \(statement.title)"
        + (statement.entity.map { " of \($0)" } ?? "")
    case .check(let check): "\(check.check), a \(check.kind.rawValue)"
    case .profile(let profile): "\(profile.profile): releases of \(profile.entity)"
    case .layout(let layout): "\(layout.title): \(counted(layout.lines.count, "line", "lines"))"
    case .presentation(let presentation): "\(presentation.shortName) of \(presentation.filing)"
    case .filing(let filing):
      "\(filing.filing) \(filing.form ?? "") of \(filing.entity), published \(filing.published)"
    case .footnote(let footnote): "\(footnote.statement) of \(footnote.filing): \(footnote.text)"
    case .coverage(let coverage):
      "\(coverage.unmappedCount) of \(coverage.figureCount) figures of \(coverage.statement) of "
        + "\(coverage.filing) are not recorded"
    case .retirement(let retirement):
      "\(retirement.kind.rawValue) \(retirement.definition.qualifiedName): \(retirement.reason)"
    case .claim(let claim): claim.summary
    case .amendment(let amendment):
      amendment.named + (amendment.figure.map { " is \($0.value?.description ?? "nil")" } ?? "")
        + (amendment.particulars?.summary ?? "") + ": \(amendment.reason)"
    case .retraction(let retraction):
      "\(retraction.filing) takes back "
        + (retraction.statement ?? retraction.concepts.joined(separator: ", "))
        + " of \(retraction.entity), "
        + retraction.periods.map(\.description).joined(separator: ", ")
    }
  }
}

extension Amendment {
  fileprivate var named: String {
    switch subject {
    case .event(let hash): "event \(hash.prefix(12))…"
    case .filing(let name): "filing \(name)"
    case .batch(let hash): "batch \(hash.prefix(12))…"
    }
  }
}

extension FilingCorrection {
  fileprivate var summary: String {
    let parts = [
      published.map { "published \($0)" }, form.map { "form \($0)" },
      fiscalYear.map { "of fiscal year \($0)" }, fiscalPeriod.map { "of fiscal period \($0)" },
      document.map { "document \($0.name)" }, accepted.map { "accepted \($0)" },
      documents.isEmpty ? nil : "\(documents.count) documents",
      entities.isEmpty ? nil : "filed by \(entities.count)",
      report.map { "a report with \($0.namespaces.count) namespaces" },
    ]
    return " is " + parts.compactMap(\.self).joined(separator: ", ")
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
