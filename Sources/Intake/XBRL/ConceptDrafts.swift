import Facts

/// What a report's taxonomy says of a concept beyond what its facts show.
struct ConceptDeclaration {
  var dataType: ConceptDefinition.DataType?
  var balance: ConceptDefinition.Balance?
  var periodType: ConceptDefinition.PeriodType?
}

/// The concepts that figures are of: their kinds, and definitions for those the ledger lacks.
struct ConceptDrafts {
  private let known: KnownDefinitions
  private var names: [String] = []
  private var definitions: [String: ConceptDefinition] = [:]
  private var traits: [String: ConceptTraits] = [:]

  /// The kind of claims whose concepts the ledger does not know.
  private static let kind = "statement-line"

  init(known: KnownDefinitions) { self.known = known }

  /// Notes the fact, and gives the kind of its claims.
  mutating func kind(of fact: Fact) throws -> String {
    if traits[fact.concept] == nil {
      names.append(fact.concept)
      definitions[fact.concept] = try known.concept(fact.concept)
    }
    traits[fact.concept, default: ConceptTraits()].add(fact)
    return definitions[fact.concept]?.kind ?? Self.kind
  }

  /// Definitions of what the ledger lacks, in the order of their first facts; and anew of what this
  /// document tells more of.
  ///
  /// - Parameter unitsTell: Whether a currency as the unit shows that a concept is money.
  func events(
    declared: (_ concept: String) -> ConceptDeclaration?,
    label: (_ concept: String) -> String?,
    unitsTell: Bool = true
  ) -> [Event] {
    names.compactMap { name in
      guard let traits = traits[name] else { return nil }
      let element = known.element(name)
      var definition = traits.definition(
        of: name,
        kind: Self.kind,
        label: label(name),
        description: nil,
        element: element
      )
      if !unitsTell, element?.dataType == nil, definition.dataType == .monetary {
        definition.dataType = nil
      }
      if let declared = declared(name) {
        definition.dataType = declared.dataType ?? definition.dataType
        definition.balance = declared.balance ?? definition.balance
      }
      let adds = definition.dataType == .monetary && definition.periodType == .duration
      definition.isAdditive = adds ? true : nil
      guard let recorded = definitions[name] else { return .concept(definition) }
      return recorded.joined(with: definition, isElement: element != nil).map { .concept($0) }
    }
  }
}
