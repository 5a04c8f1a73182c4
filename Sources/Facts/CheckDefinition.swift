/// A tie-out: how one reported figure follows from others.
///
/// The figure that follows is ``total``; it is compared with
/// `sum(weight × item) × multiplier / divisor`, for every period of which `total` is reported.
/// Without a total, ``comparison`` names what the check compares.
public struct CheckDefinition: Hashable, Sendable {
  /// What an auditor calls the check.
  public enum Kind: String, Sendable, CaseIterable {
    /// Lines add up to their subtotal.
    case foot

    /// Units or segments add up to the whole.
    case crossFoot = "cross-foot"

    /// An opening balance and flows give the closing balance.
    case rollForward = "roll-forward"

    /// A figure printed in two places is the same in both.
    case equal

    /// A figure is the quotient or product of others.
    case ratio

    /// The change of a balance is a line of the cash flow.
    case articulation

    /// The value of a claim is the one that its document prints.
    case vouch
  }

  /// What a check without a total compares.
  public enum Comparison: String, Sendable, CaseIterable {
    /// The claims of one fact within one filing.
    case claims

    /// A figure of a stretch of time with those of the shorter ones that make it up: two halves or
    /// four quarters are a year.
    case periods

    /// Each claim with the text that its document prints.
    case source
  }

  /// Where the dimensions and the unit of the operands come from.
  public enum Aspects: String, Sendable, CaseIterable {
    /// From the definition: each operand names its own dimensions and unit.
    case own

    /// From the total: the check is run once for every combination of dimensions, unit and period for
    /// which the total and at least one item are reported, and all operands have that combination. So
    /// the sums of a calculation linkbase bind (XBRL 2.1 §5.2.5.2, XBRL Calculations 1.1).
    case ofTotal = "of-total"
  }

  /// A figure that takes part in a check.
  public struct Operand: Hashable, Sendable {
    /// The concept; `nil` for a constant.
    public var concept: String?

    /// The fact's dimensions.
    public var dimensions: Dimensions

    /// The unit of the fact or the constant.
    public var unit: String

    /// The constant; `nil` for a fact.
    public var constant: Amount?

    /// 1 to add it, −1 to subtract it.
    public var weight: Int

    /// For an instant in a check over durations: which end of the duration.
    public var instant: StatementDefinition.Edge?

    /// What this operand alone is multiplied by: ounces, where costs an ounce are averaged.
    public var multiplier: [Operand]

    /// An operand with these aspects.
    public init(
      concept: String?,
      dimensions: Dimensions = .none,
      unit: String = "USD",
      constant: Amount? = nil,
      weight: Int = 1,
      instant: StatementDefinition.Edge? = nil,
      multiplier: [Operand] = []
    ) {
      self.concept = concept
      self.dimensions = dimensions
      self.unit = unit
      self.constant = constant
      self.weight = weight
      self.instant = instant
      self.multiplier = multiplier
    }
  }

  /// The name: `balance-sheet/total-current-assets`.
  public var check: String

  /// Whose figures it ties; `nil` for everybody's.
  public var entity: String?

  /// The filing whose claims alone it ties, restated later or not; `nil` ties what holds.
  public var filing: String?

  /// Where the dimensions and the unit of the operands come from.
  public var aspects: Aspects

  /// What an auditor calls it.
  public var kind: Kind

  /// A caption.
  public var title: String

  /// What is compared where there is no total.
  public var comparison: Comparison

  /// The figure that follows from the others; `nil` for a comparison.
  public var total: Operand?

  /// What is added up.
  public var items: [Operand]

  /// What the sum is multiplied by.
  public var multiplier: [Operand]

  /// What the sum is divided by: the sum of these.
  public var divisor: [Operand]

  /// A check with these aspects.
  public init(
    check: String,
    entity: String? = nil,
    filing: String? = nil,
    aspects: Aspects = .own,
    kind: Kind,
    title: String,
    comparison: Comparison = .claims,
    total: Operand? = nil,
    items: [Operand] = [],
    multiplier: [Operand] = [],
    divisor: [Operand] = []
  ) {
    self.check = check
    self.entity = entity
    self.filing = filing
    self.aspects = aspects
    self.kind = kind
    self.title = title
    self.comparison = comparison
    self.total = total
    self.items = items
    self.multiplier = multiplier
    self.divisor = divisor
  }
}
