/// The number the ledger's dictionary gave a text, so that texts compare as integers.
public struct SymbolID: RawRepresentable, Hashable, Comparable, Sendable {
  /// From 0, in the order in which the texts first appeared in the log.
  public let rawValue: UInt32

  /// The symbol with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Whether `lhs` first appeared before `rhs`.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A fact, with its texts as symbols.
public struct FactID: Hashable, Comparable, Sendable {
  /// See ``Fact/entity``.
  public var entity: SymbolID

  /// See ``Fact/concept``.
  public var concept: SymbolID

  /// See ``Fact/dimensions``.
  public var dimensions: SymbolID

  /// See ``Fact/unit``.
  public var unit: SymbolID

  /// The day at whose end the period is over.
  public var periodEnd: Int32

  /// The first day of a duration; ``instantStart`` for an instant.
  public var periodStart: Int32

  /// Stands for the missing first day of an instant.
  public static let instantStart = Int32.max

  /// The fact with these aspects.
  public init(
    entity: SymbolID,
    concept: SymbolID,
    dimensions: SymbolID,
    unit: SymbolID,
    period: Period
  ) {
    self.entity = entity
    self.concept = concept
    self.dimensions = dimensions
    self.unit = unit
    periodEnd = period.end.dayNumber
    periodStart = period.start?.dayNumber ?? Self.instantStart
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
    self.entity = entity
    self.concept = concept
    self.dimensions = dimensions
    self.unit = unit
    self.periodEnd = periodEnd
    self.periodStart = periodStart
  }

  /// What time the fact is about.
  public var period: Period {
    let end = CivilDate(dayNumber: periodEnd)
    guard periodStart != Self.instantStart else { return .instant(end) }
    return .duration(start: CivilDate(dayNumber: periodStart), end: end)
  }

  /// Whether both are facts of one entity, concept, dimensions and unit.
  public func isSameSeries(as other: FactID) -> Bool {
    concept == other.concept && dimensions == other.dimensions && unit == other.unit
      && entity == other.entity
  }

  /// Whether `lhs` comes before `rhs` in the order of the `facts` table.
  public static func < (lhs: FactID, rhs: FactID) -> Bool {
    if lhs.entity != rhs.entity { return lhs.entity < rhs.entity }
    if lhs.concept != rhs.concept { return lhs.concept < rhs.concept }
    if lhs.dimensions != rhs.dimensions { return lhs.dimensions < rhs.dimensions }
    if lhs.unit != rhs.unit { return lhs.unit < rhs.unit }
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

    /// The claim with this sequence had been copied wrongly; this is what it should have said.
    case correction(of: UInt64)

    /// The claim with this sequence should not stand.
    case withdrawal(of: UInt64)

    /// The sequence of the event that no longer counts; `nil` for a claim.
    public var target: UInt64? {
      switch self {
      case .claim: nil
      case .correction(let target), .withdrawal(let target): target
      }
    }
  }

  /// What it is about.
  public var fact: FactID

  /// When its filing became public.
  public var published: Timestamp

  /// Its place in the log.
  public var sequence: UInt64

  /// Its filing.
  public var filing: SymbolID

  /// What it says.
  public var figure: Figure

  /// Claim, correction or withdrawal.
  public var change: Change

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
    self.change = change
  }

  /// Whether `lhs` comes before `rhs` in the order of the `facts` table.
  public static func isOrdered(_ lhs: FactRow, _ rhs: FactRow) -> Bool {
    if lhs.fact != rhs.fact { return lhs.fact < rhs.fact }
    if lhs.published != rhs.published { return lhs.published < rhs.published }
    return lhs.sequence < rhs.sequence
  }
}

/// What projections read: rows of facts in order, and the dictionary, definitions and filings
/// behind them.
///
/// There are two: the tables of the ledger file, and a fold of the whole log in memory. They agree
/// on every question.
public protocol FactSource: ~Copyable, ~Escapable {
  /// How many events the source holds.
  var head: UInt64 { get }

  /// The symbol of `text`; `nil` if no event ever used it.
  func symbol(_ text: String) throws -> SymbolID?

  /// The text of a symbol.
  func text(_ symbol: SymbolID) throws -> String

  /// Calls `body` with each row at or after `start`, in the order of ``FactRow/isOrdered(_:_:)``,
  /// until it returns `false`.
  ///
  /// - Complexity: O(log *n*) to the first row, then O(1) each.
  func forEachRow(from start: FactID, _ body: (FactRow) throws -> Bool) throws

  /// The last row whose fact is at or before `fact`, of whatever entity or concept.
  ///
  /// - Complexity: O(log *n*).
  func lastRow(atOrBefore fact: FactID) throws -> FactRow?

  /// The newest definition of `name` recorded before `head`; `nil` if there is none.
  func definition(_ name: DefinitionName, before head: UInt64) throws -> Event?

  /// The names of all definitions of `type` recorded before `head`, sorted.
  func definitionNames(ofType type: String, before head: UInt64) throws -> [String]

  /// The filing named `name`; `nil` if there is none.
  func filing(_ name: String) throws -> Filing?

  /// When the ledger learned of the event at `sequence`.
  func recorded(at sequence: UInt64) throws -> Timestamp

  /// How many events the ledger held after its last batch recorded at or before `time`.
  func head(recordedBy time: Timestamp) throws -> UInt64
}

/// An event as the log keeps it, for a fold of the whole log.
public enum LogRecord: Sendable {
  /// A claim.
  case claim(FactRow)

  /// A correction or withdrawal of the event at `target`.
  case amendment(Amendment, target: UInt64)

  /// Any other event.
  case other(Event)
}
