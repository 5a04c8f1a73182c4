import Facts

/// What the facts of a concept tell of the concept, where its taxonomy is not at hand.
struct ConceptTraits {
  private(set) var units: Set<String> = []
  private var hasInstants = false
  private var hasDurations = false

  mutating func add(_ fact: Fact) {
    if fact.period.start == nil { hasInstants = true } else { hasDurations = true }
    if !units.contains(fact.unit) { units.insert(fact.unit) }
  }

  /// Instant or duration; `nil` if there are facts of both.
  var periodType: ConceptDefinition.PeriodType? {
    hasInstants && hasDurations ? nil : hasInstants ? .instant : .duration
  }

  /// The concept's definition: what its facts do not agree on stays open.
  func definition(
    of concept: String,
    kind: String,
    label: String?,
    description: String?
  ) -> ConceptDefinition {
    let dataTypes = Set(units.map(Self.dataType))
    let dataType = dataTypes.count == 1 ? dataTypes.first.flatMap(\.self) : nil
    return ConceptDefinition(
      concept: concept,
      label: label,
      description: description,
      kind: kind,
      periodType: periodType,
      dataType: dataType,
      isAdditive: dataType == .monetary && periodType == .duration ? true : nil
    )
  }

  private static func dataType(ofUnit unit: String) -> ConceptDefinition.DataType? {
    switch unit {
    case "shares": .shares
    case "pure": .pure
    default:
      if Currency.isCurrency(unit) {
        .monetary
      } else if unit.hasSuffix("/shares"), Currency.isCurrency(unit.dropLast("/shares".count)) {
        .perShare
      } else {
        nil
      }
    }
  }

  /// Whether a unit is a currency.
  static func isCurrency(_ unit: String) -> Bool { Currency.isCurrency(unit) }
}
