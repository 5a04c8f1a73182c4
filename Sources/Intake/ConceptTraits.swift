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
      if currencies.contains(unit[...]) {
        .monetary
      } else if unit.hasSuffix("/shares"), currencies.contains(unit.dropLast("/shares".count)) {
        .perShare
      } else {
        nil
      }
    }
  }

  /// Whether a unit is a currency.
  static func isCurrency(_ unit: String) -> Bool { currencies.contains(unit[...]) }

  /// The currencies of ISO 4217, and those replaced since 2009, when XBRL filings began.
  private static let currencies = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BYR BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP \
    GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS \
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU \
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB \
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY \
    TTD TWD TZS UAH UGX USD UYU UZS VED VEF VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMK ZMW ZWG ZWL
    """.split(separator: " ")
  )
}
