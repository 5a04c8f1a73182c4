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
  ///
  /// - Parameter element: What the taxonomy says of it: its data type counts more than the facts' units,
  ///   and its label more than the document's, so that all documents give it one.
  func definition(
    of concept: String,
    kind: String,
    label: String?,
    description: String?,
    element: ConceptDefinition?
  ) -> ConceptDefinition {
    let dataTypes = Set(units.map(Self.dataType))
    let ofUnits = dataTypes.count == 1 ? dataTypes.first.flatMap(\.self) : nil
    let dataType = element?.dataType ?? ofUnits
    return ConceptDefinition(
      concept: concept,
      label: element?.label ?? label,
      description: description,
      kind: kind,
      periodType: periodType,
      dataType: dataType,
      balance: element?.balance,
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
