public import Facts

/// A figure that nobody reported and that follows from figures of other periods.
///
/// The first half of 2004 is nine months less the third quarter; twelve months to September are
/// the year, plus these nine months, less the nine months of the year before.
public struct Derivation: Hashable, Sendable {
  /// A reported figure that is added or subtracted.
  public struct Operand: Hashable, Sendable {
    /// Whether the figure is subtracted.
    public var isSubtracted: Bool

    /// The claim that holds; its fact has the operand's period.
    public var row: FactRow
  }

  /// The reported figures, in the order in which their periods lead from the start to the end.
  public let operands: [Operand]

  /// The sum: with the most decimals that claim no more than the roundings leave open.
  ///
  /// A dash where every operand is one; among other figures a dash counts as nothing. The value is
  /// approximate if an operand is.
  public let figure: Figure

  /// The least number that the operands' roundings leave open.
  public let low: String

  /// The greatest.
  public let high: String

  /// How far the number can be from the value, either way; `nil` if it is exact.
  public let halfWidth: String?

  /// The moment that the operands are of, where they are not the newest; `nil` where they are.
  public internal(set) var vintage: Vintage?

  /// How wide the roundings leave the number open, to compare derivations by.
  let width: Int128

  /// The sum of `operands`.
  ///
  /// Returns `nil` if an operand is a bound ("more than") or the end of a range, or if the sum has more than 18 digits.
  init?(_ operands: [Operand]) {
    let figures = operands.map(\.row.figure)
    guard figures.allSatisfy({ $0.rangeEnd == .figure && !$0.isBound }),
      let sum = Interval.sum(operands),
      let value = Amount(
        fixedPoint: sum.center,
        fractionDigitCount: figures.lazy.compactMap(\.value?.fractionDigitCount).max() ?? 0
      )
    else { return nil }
    self.operands = operands
    width = sum.high - sum.low
    let half = max(sum.high - sum.center, sum.center - sum.low)
    figure = Figure(
      value: figures.allSatisfy { $0.value == nil } ? nil : value,
      decimals: Self.decimals(within: half),
      qualifier: figures.contains { $0.qualifier == .approximately } ? .approximately : nil
    )
    low = sum.low.fixedPointText()
    high = sum.high.fixedPointText()
    halfWidth = width == 0 ? nil : half.fixedPointText()
  }

  /// The most decimals of which half a unit is as much as `half`, in units of 10^-19, or more; `nil` if
  /// that is nothing.
  private static func decimals(within half: Int128) -> Int8? {
    guard half > 0 else { return nil }
    var decimals = 18
    while decimals > -19, Int128.powerOfTen(18 - decimals) * 5 < half { decimals -= 1 }
    return Int8(decimals)
  }
}

/// A moment at which figures belonged together that later filings restated in part.
public struct Vintage: Hashable, Sendable {
  /// The last moment whose filings count.
  public let published: Timestamp

  /// The filing of that moment that was the last to report one of the figures.
  public let filing: SymbolID
}

/// Why a figure that nobody reported cannot follow from others.
public enum NotDerivable: Hashable, Sendable {
  /// Its concept does not add up over time; `dataType` is what its values are.
  case doesNotAdd(concept: String, dataType: ConceptDefinition.DataType?)

  /// No definition declares whether its concept adds up over time.
  case unknownAdditivity(concept: String)

  /// A figure that it would be added up from is a bound, or the sum has too many digits.
  case isBound(concept: String)

  /// One of the figures was restated after another was last reported, and they never belonged together.
  case mixesVintages(restated: Report, stale: Report)

  /// A figure was reported only after the moment that the other derived figures of the column are of.
  case isLaterThanVintage(Report, vintage: String, published: PublishedTime)

  /// A figure as a filing reported it.
  public struct Report: Hashable, Sendable {
    /// What it measures.
    public let concept: String

    /// What time it is about.
    public let period: Period

    /// The filing.
    public let filing: String

    /// When that was published.
    public let published: PublishedTime
  }

  /// The reason for a concept, or `nil` if its durations add up.
  init?(_ definition: ConceptDefinition) {
    switch definition.isAdditive {
    case true?: return nil
    case false?:
      self = .doesNotAdd(concept: definition.concept, dataType: definition.dataType)
    case nil where definition.dataType?.neverAdds == true:
      self = .doesNotAdd(concept: definition.concept, dataType: definition.dataType)
    case nil: self = .unknownAdditivity(concept: definition.concept)
    }
  }
}

extension NotDerivable: CustomStringConvertible {
  /// The reason, as a clause.
  public var description: String {
    switch self {
    case .doesNotAdd(let concept, let dataType):
      let what =
        switch dataType {
        case .perShare: "a figure a share"
        case .perUnit: "a price or cost a unit"
        case .ratio: "a ratio"
        case .percent: "a percentage"
        case .shares: "an average number of shares"
        default: "an average or a ratio"
        }
      return "\(concept) is \(what), which does not add up over time"
    case .isBound(let concept):
      return
        "a figure of \(concept) that would be added up is a bound or a range, or the sum is too long"
    case .mixesVintages(let restated, let stale):
      return "\(restated.filing) restated \(restated.concept) \(restated.period) on "
        + "\(restated.published), after \(stale.filing) had last reported "
        + (stale.concept == restated.concept ? "" : "\(stale.concept) ")
        + "\(stale.period) on \(stale.published)"
    case .isLaterThanVintage(let report, let filing, let published):
      return "\(report.filing) reported \(report.concept) \(report.period) on "
        + "\(report.published), after \(filing) of \(published), which the derived figures of the "
        + "column are of"
    case .unknownAdditivity(let concept):
      return "the definition of \(concept) does not say whether it adds up over time"
    }
  }
}
