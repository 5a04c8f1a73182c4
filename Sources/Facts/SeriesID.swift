/// The facts of one entity, concept, dimensions and unit, whatever their periods, with the texts as
/// symbols: a time series.
public struct SeriesID: Hashable, Comparable, Sendable {
  /// See ``Fact/entity``.
  public var entity: SymbolID

  /// See ``Fact/concept``.
  public var concept: SymbolID

  /// See ``Fact/dimensions``.
  public var dimensions: SymbolID

  /// See ``Fact/unit``.
  public var unit: SymbolID

  /// The series with these aspects.
  public init(entity: SymbolID, concept: SymbolID, dimensions: SymbolID, unit: SymbolID) {
    self.entity = entity
    self.concept = concept
    self.dimensions = dimensions
    self.unit = unit
  }

  /// The fact of the series about `period`.
  public func fact(_ period: Period) -> FactID {
    FactID(
      series: self,
      periodEnd: period.end.dayNumber,
      periodStart: period.start?.dayNumber ?? FactID.instantStart
    )
  }

  /// A bound in the order of the `facts` table: at or before every fact of the series whose period ends
  /// on the day `periodEnd` or later.
  public func first(endingOnOrAfter periodEnd: Int32 = .min) -> FactID {
    FactID(series: self, periodEnd: periodEnd, periodStart: .min)
  }

  /// A bound in the order of the `facts` table: at or after every fact of the series whose period ends
  /// on the day `periodEnd` or earlier.
  public func last(endingOnOrBefore periodEnd: Int32 = .max) -> FactID {
    FactID(series: self, periodEnd: periodEnd, periodStart: .max)
  }

  /// Whether `lhs` comes before `rhs` in the order of the `facts` table.
  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool {
    if lhs.entity != rhs.entity { return lhs.entity < rhs.entity }
    if lhs.concept != rhs.concept { return lhs.concept < rhs.concept }
    if lhs.dimensions != rhs.dimensions { return lhs.dimensions < rhs.dimensions }
    return lhs.unit < rhs.unit
  }
}
