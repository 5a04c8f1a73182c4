/// The number the ledger's dictionary gave a text, so that texts compare as integers.
public struct SymbolID: RawRepresentable, Hashable, Comparable, Sendable {
  /// From 0, in the order in which the texts first appeared in the log.
  public let rawValue: UInt32

  /// The symbol with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// What is wrong with a dictionary without this symbol.
  public var missingMessage: String { "the dictionary lacks symbol \(rawValue)" }

  /// Whether `lhs` first appeared before `rhs`.
  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A fact, with its texts as symbols.
public struct FactID: Hashable, Comparable, Sendable {
  /// All but the period.
  public var series: SeriesID

  /// The day at whose end the period is over.
  public var periodEnd: Int32

  /// The first day of a duration; ``instantStart`` for an instant.
  public var periodStart: Int32

  /// Stands for the missing first day of an instant.
  public static let instantStart = Int32.max

  /// The fact of a series with these ends of its period, as the properties of the same names.
  public init(series: SeriesID, periodEnd: Int32, periodStart: Int32) {
    self.series = series
    self.periodEnd = periodEnd
    self.periodStart = periodStart
  }

  /// The fact with these aspects.
  public init(
    entity: SymbolID,
    concept: SymbolID,
    dimensions: SymbolID,
    unit: SymbolID,
    period: Period
  ) {
    self =
      SeriesID(entity: entity, concept: concept, dimensions: dimensions, unit: unit).fact(period)
  }

  /// The fact with these aspects; the last two as the properties of the same names.
  public init(
    entity: SymbolID,
    concept: SymbolID,
    dimensions: SymbolID,
    unit: SymbolID,
    periodEnd: Int32,
    periodStart: Int32
  ) {
    series = SeriesID(entity: entity, concept: concept, dimensions: dimensions, unit: unit)
    self.periodEnd = periodEnd
    self.periodStart = periodStart
  }

  /// See ``Fact/entity``.
  @inlinable
  public var entity: SymbolID {
    get { series.entity }
    set { series.entity = newValue }
  }

  /// See ``Fact/concept``.
  @inlinable
  public var concept: SymbolID {
    get { series.concept }
    set { series.concept = newValue }
  }

  /// See ``Fact/dimensions``.
  @inlinable
  public var dimensions: SymbolID {
    get { series.dimensions }
    set { series.dimensions = newValue }
  }

  /// See ``Fact/unit``.
  @inlinable
  public var unit: SymbolID {
    get { series.unit }
    set { series.unit = newValue }
  }

  /// What time the fact is about.
  public var period: Period {
    let end = CivilDate(dayNumber: periodEnd)
    guard !isInstant else { return .instant(end) }
    return .duration(start: CivilDate(dayNumber: periodStart), end: end)
  }

  /// Whether the fact is about the end of a day.
  public var isInstant: Bool { periodStart == Self.instantStart }

  /// Before every fact that a ledger can hold.
  public static let first = FactID(
    entity: SymbolID(rawValue: 0),
    concept: SymbolID(rawValue: 0),
    dimensions: SymbolID(rawValue: 0),
    unit: SymbolID(rawValue: 0),
    periodEnd: .min,
    periodStart: .min
  )

  /// After every fact that a ledger can hold.
  public static let last = FactID(
    entity: SymbolID(rawValue: .max),
    concept: SymbolID(rawValue: .max),
    dimensions: SymbolID(rawValue: .max),
    unit: SymbolID(rawValue: .max),
    periodEnd: .max,
    periodStart: .max
  )

  /// Whether `lhs` comes before `rhs` in the order of the `facts` table.
  @inlinable
  public static func < (lhs: FactID, rhs: FactID) -> Bool {
    if lhs.series != rhs.series { return lhs.series < rhs.series }
    if lhs.periodEnd != rhs.periodEnd { return lhs.periodEnd < rhs.periodEnd }
    return lhs.periodStart < rhs.periodStart
  }
}

/// One claim, correction or withdrawal of a fact: a row of the `facts` table.
public struct FactRow: Hashable, Sendable {
  /// What happened to the fact's list of claims.
  public enum Change: Hashable, Sendable {
    /// A filing reports the fact.
    case claim

    /// The right figure in place of the claim with this sequence, which had been copied wrongly.
    case correction(of: UInt64)

    /// The claim with this sequence no longer counts.
    case withdrawal(of: UInt64)

    /// The sequence of the event that no longer counts; `nil` for a claim.
    public var target: UInt64? {
      switch self {
      case .claim: nil
      case .correction(let target), .withdrawal(let target): target
      }
    }
  }

  /// The fact that it is about.
  public var fact: FactID

  /// When its filing became public.
  public var published: Timestamp

  /// Its place in the log.
  public var sequence: UInt64

  /// The figure that is reported.
  public var figure: Figure

  /// Its filing.
  public var filing: SymbolID

  /// ``change``: the target times two, and one more for a withdrawal; a claim has ``noTarget``.
  ///
  /// An enumeration with a payload would take the row past the 64 bytes of a cache line.
  private var changeCode: UInt64

  private static let noTarget = UInt64.max

  /// Claim, correction or withdrawal.
  public var change: Change {
    get {
      guard changeCode != Self.noTarget else { return .claim }
      return changeCode & 1 == 0
        ? .correction(of: changeCode >> 1) : .withdrawal(of: changeCode >> 1)
    }
    set { changeCode = Self.code(newValue) }
  }

  /// Whether it is a claim: neither correction nor withdrawal.
  public var isClaim: Bool { changeCode == Self.noTarget }

  /// Whether it takes a claim back.
  public var isWithdrawal: Bool { changeCode != Self.noTarget && changeCode & 1 == 1 }

  private static func code(_ change: Change) -> UInt64 {
    switch change {
    case .claim: noTarget
    case .correction(let target): target << 1
    case .withdrawal(let target): target << 1 | 1
    }
  }

  /// A row with these aspects.
  public init(
    fact: FactID,
    published: Timestamp,
    sequence: UInt64,
    filing: SymbolID,
    figure: Figure,
    change: Change
  ) {
    self.fact = fact
    self.published = published
    self.sequence = sequence
    self.filing = filing
    self.figure = figure
    changeCode = Self.code(change)
  }

  /// Its place in the order of the `facts` table.
  public var place: Place { Place(fact: fact, published: published, sequence: sequence) }

  /// A place in the order of the `facts` table: a fact, then a published time, then a sequence.
  public struct Place: Hashable, Sendable {
    /// The fact.
    public var fact: FactID

    /// The published time.
    public var published: Timestamp

    /// The sequence.
    public var sequence: UInt64

    /// The place of these three.
    public init(fact: FactID, published: Timestamp, sequence: UInt64) {
      self.fact = fact
      self.published = published
      self.sequence = sequence
    }

    /// Before every row of `fact`.
    public init(before fact: FactID) {
      self.init(fact: fact, published: Timestamp(microseconds: .min), sequence: 0)
    }

    /// After every row of `fact`.
    public init(after fact: FactID) {
      self.init(fact: fact, published: Timestamp(microseconds: .max), sequence: .max)
    }

    /// After every row of `fact` that was published at or before `time`.
    public init(after fact: FactID, publishedBy time: Timestamp) {
      guard time.microseconds < .max else {
        self.init(after: fact)
        return
      }
      let next = Timestamp(microseconds: time.microseconds + 1)
      self.init(fact: fact, published: next, sequence: 0)
    }

    /// After `row`, and before every row that follows it.
    public init(after row: FactRow) {
      self.init(fact: row.fact, published: row.published, sequence: row.sequence + 1)
    }

    /// Whether `row` comes before this place.
    public func isAfter(_ row: FactRow) -> Bool {
      if row.fact != fact { return row.fact < fact }
      if row.published != published { return row.published < published }
      return row.sequence < sequence
    }
  }

  /// Whether `lhs` comes before `rhs` in the order of the `facts` table.
  public static func isOrdered(_ lhs: FactRow, _ rhs: FactRow) -> Bool {
    if lhs.fact != rhs.fact { return lhs.fact < rhs.fact }
    if lhs.published != rhs.published { return lhs.published < rhs.published }
    return lhs.sequence < rhs.sequence
  }
}
