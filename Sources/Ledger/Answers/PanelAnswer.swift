public import Facts

/// Figures of many entities and periods, each as it was known some days after its period's end, as first reported, and
/// as it is known at the end.
public struct PanelAnswer: Sendable {
  /// What one concept says.
  public struct Reading: Hashable, Sendable {
    /// The name of the concept; `nil` where none of those asked for is reported.
    public var concept: String?

    /// The unit; `nil` as `concept`.
    public var unit: String?

    /// What holds.
    public var answer: FactAnswer

    /// Of what is not reported: how else the entity reports it; `nil` if it does not.
    public var absence: AbsenceReason?
  }

  /// A measure at one moment: what a concept says, or two of them.
  public struct Value: Hashable, Sendable {
    /// What the measure's concept says.
    public var reading: Reading

    /// What that is divided by; `nil` for no ratio.
    public var divisor: Reading?

    /// The number; `nil` where there is none, or more than one.
    ///
    /// A ratio is rounded to ``PanelAnswer/ratioDigitCount`` decimals.
    public var amount: Amount? {
      let value = reading.answer.figure?.value
      guard let divisor else { return value }
      guard let value, let other = divisor.answer.figure?.value else { return nil }
      return value.divided(by: other, fractionDigitCount: PanelAnswer.ratioDigitCount)
    }

    /// The unit of the number; `nil` where nothing is reported.
    public var unit: String? {
      guard let divisor else { return reading.unit }
      guard let unit = reading.unit, let other = divisor.unit else { return nil }
      return unit == other ? "pure" : "\(unit)/\(other)"
    }

    /// The claims that it rests on.
    public var claims: [ReportedFigure] {
      reading.answer.claims + (divisor?.answer.claims ?? [])
    }
  }

  /// A measure of a row.
  public struct Cell: Hashable, Sendable {
    /// As it was known at the row's moment.
    public var known: Value

    /// As it was reported first; `nil` if nobody reported it as such.
    public var first: Value?

    /// As it is known at the moment of the whole answer.
    public var now: Value

    /// The change since the same period a year before, as a share of that, both as known at the row's moment;
    /// `nil` where either has no number, or that one is zero.
    public var growth: Amount?
  }

  /// One entity and period.
  public struct Row: Sendable {
    /// The entity.
    public var entity: EntityDefinition

    /// The number of its fiscal year, and the quarter that ends with the period; `nil` where unknown.
    public var fiscalYear: Int?

    /// From 1 to 4.
    public var fiscalQuarter: Int?

    /// The span; a day where only instants are reported.
    public var period: Period

    /// The last moment whose filings count; `nil` for all.
    public var knownAt: PublishedTime?

    /// One cell for each measure.
    public var cells: [Cell]
  }

  /// What an entity reports of a measure beside the panel.
  public struct LeftOut: Hashable, Sendable {
    /// The entity's identifier.
    public var entity: String

    /// The name of the concept.
    public var concept: String

    /// The unit, which is another than that of the panel; `nil` for what is reported with dimensions alone.
    public var unit: String?
  }

  /// The measures, in the order of the cells.
  public var measures: [PanelMeasure]

  /// Whether cells have growth.
  public var hasGrowth: Bool

  /// The rows, by entity and the end of the period.
  public var rows: [Row]

  /// What is left out.
  public var leftOut: [LeftOut]

  /// How many events counted.
  public var head: UInt64

  /// The root of the Merkle tree over them, in hexadecimal.
  public var root: String

  /// Ratios and growth are rounded to so many decimals.
  public static let ratioDigitCount: UInt8 = 6
}
