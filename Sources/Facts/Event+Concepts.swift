extension Event {
  /// The concepts that a statement, a check or a concept's definition names, each once, in their order.
  public var namedConcepts: [String] {
    var named: [String] = []
    var seen: Set<ExactText> = []
    func add(_ names: [String]) {
      for name in names where seen.insert(ExactText(name)).inserted { named.append(name) }
    }
    switch self {
    case .statement(let statement):
      for line in statement.lines {
        add([line.concept, line.addsTo].compactMap(\.self) + line.alternatives)
      }
    case .check(let check):
      let operands =
        (check.total.map { [$0] } ?? []) + check.items + check.multiplier + check.divisor
      for operand in operands { add(([operand] + operand.multiplier).compactMap(\.concept)) }
    case .concept(let concept): add(concept.actual.map { [$0] } ?? [])
    case .retraction(let retraction): add(retraction.concepts)
    case .batch, .entity, .profile, .layout, .presentation, .footnote, .coverage, .filing, .claim,
      .amendment, .retirement:
      break
    }
    return named
  }

  /// Whether the definition belongs to one filing: the concepts that it names are the filer's own, and need
  /// no definition in the ledger.
  public var belongsToFiling: Bool {
    if case .check(let check) = self { return check.filing != nil }
    return false
  }
}
