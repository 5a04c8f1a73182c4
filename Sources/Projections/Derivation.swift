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

  /// The sum: with the decimals of the coarsest operand.
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

  /// How wide the roundings leave the number open, to compare derivations by.
  let width: Int128

  /// The sum of `operands`.
  ///
  /// Returns `nil` if an operand is a bound ("more than") or the end of a range, or if the sum has more than 18 digits.
  init?(_ operands: [Operand]) {
    var sum = Interval.zero
    var value = Amount(mantissa: 0, fractionDigitCount: 0)
    for operand in operands {
      guard operand.row.figure.rangeEnd == .figure else { return nil }
      let interval = Interval(termOf: operand.row.figure)
      guard interval.low != .min, interval.high != .max,
        let next = sum.adding(operand.isSubtracted ? interval.negated : interval)
      else { return nil }
      sum = next
      guard let amount = operand.row.figure.value else { continue }
      guard let total = value.subtracting(operand.isSubtracted ? amount : amount.negated) else {
        return nil
      }
      value = total
    }
    let figures = operands.map(\.row.figure)
    self.operands = operands
    figure = Figure(
      value: figures.allSatisfy { $0.value == nil } ? nil : value,
      decimals: figures.compactMap(\.decimals).min(),
      qualifier: figures.contains { $0.qualifier == .approximately } ? .approximately : nil
    )
    low = sum.low.fixedPointText()
    high = sum.high.fixedPointText()
    width = sum.high - sum.low
    halfWidth = width == 0 ? nil : (sum.high - sum.center).fixedPointText()
  }
}

/// Why a figure that nobody reported cannot follow from others.
public enum NotDerivable: Hashable, Sendable {
  /// Its concept does not add up over time; `dataType` is what its values are.
  case doesNotAdd(concept: String, dataType: ConceptDefinition.DataType?)

  /// No definition declares whether its concept adds up over time.
  case unknownAdditivity(concept: String)

  /// A figure that it would be added up from is a bound, or the sum has too many digits.
  case isBound(concept: String)

  /// The reason for a concept, or `nil` if its durations add up.
  init?(_ definition: ConceptDefinition) {
    switch definition.isAdditive {
    case true?: return nil
    case false?:
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
    case .unknownAdditivity(let concept):
      return "the definition of \(concept) does not say whether it adds up over time"
    }
  }
}
