public import Facts
import Projections

/// A claim that an answer rests on: what it reports, and where it comes from.
public struct ReportedFigure: Hashable, Sendable {
  /// The figure.
  public var figure: Figure

  /// What time its fact is about.
  public var period: Period

  /// Its place in the log.
  public var sequence: UInt64

  /// The identifier of its filing.
  public var filing: String

  /// When its filing became public.
  public var published: Timestamp

  /// A claim with these aspects.
  public init(
    figure: Figure,
    period: Period,
    sequence: UInt64,
    filing: String,
    published: Timestamp
  ) {
    self.figure = figure
    self.period = period
    self.sequence = sequence
    self.filing = filing
    self.published = published
  }
}

extension ReportedFigure {
  /// The claim of a row.
  ///
  /// - Parameter filing: The text of the row's filing.
  init(_ row: FactRow, filing: String) {
    self.init(
      figure: row.figure,
      period: row.fact.period,
      sequence: row.sequence,
      filing: filing,
      published: row.published
    )
  }
}

/// A figure that nobody reported, and that follows from figures of other periods.
public struct DerivedFigure: Hashable, Sendable {
  /// A reported figure that is added or subtracted.
  public struct Operand: Hashable, Sendable {
    /// Whether the figure is subtracted.
    public var isSubtracted: Bool

    /// The claim that holds.
    public var claim: ReportedFigure
  }

  /// The reported figures, in the order in which their periods lead from the start to the end.
  public var operands: [Operand]

  /// The sum, with the most decimals that claim no more than the roundings leave open.
  public var figure: Figure

  /// The least number that the operands' roundings leave open, as a decimal number.
  public var low: String

  /// The greatest.
  public var high: String

  /// How far the number can be from the value, either way; `nil` if it is exact.
  public var halfWidth: String?

  /// The moment that the reported figures are of, where later filings restated only some of them; `nil`
  /// where they are the newest.
  public var vintage: Vintage?

  /// A moment at which figures belonged together that later filings restated in part.
  public struct Vintage: Hashable, Sendable {
    /// The last moment whose filings count: as a known-at, it gives the same figure.
    public var published: Timestamp

    /// The filing of that moment that was the last to report one of the figures.
    public var filing: String

    /// A moment with the filing that was published then.
    public init(published: Timestamp, filing: String) {
      self.published = published
      self.filing = filing
    }
  }
}

/// The answer of a ledger to what holds for a fact, on the three times.
public enum FactAnswer: Hashable, Sendable {
  /// This claim holds; its value may be a dash.
  case holds(ReportedFigure)

  /// No single figure is reported, but two that it lies between: "more than" and "less than", or the
  /// ends of a range.
  indirect case range(low: ReportedFigure, high: ReportedFigure)

  /// One filing contradicts itself, in these claims.
  case conflict([ReportedFigure])

  /// These claims held until this filing took them back, and nothing was reported since.
  indirect case retracted([ReportedFigure], by: String, published: Timestamp)

  /// No claim of the fact is recorded.
  case notReported

  /// Claims are recorded; this first one was published after the moment asked for.
  case notYetKnown(until: ReportedFigure)

  /// Nobody reported the fact; it follows from figures of other periods.
  indirect case derived(DerivedFigure)

  /// Nobody reported the fact, and figures of other periods do not add up to it, for this reason.
  case notDerivable(reason: String)

  /// The claims that the answer rests on.
  public var claims: [ReportedFigure] {
    switch self {
    case .holds(let claim): [claim]
    case .range(let low, let high): [low, high]
    case .conflict(let claims), .retracted(let claims, _, _): claims
    case .derived(let derived): derived.operands.map(\.claim)
    case .notReported, .notYetKnown, .notDerivable: []
    }
  }

  /// The vintage of a derived figure that is not of the newest.
  public var vintage: DerivedFigure.Vintage? {
    if case .derived(let derived) = self { derived.vintage } else { nil }
  }

  /// The figure, of a claim or derived; `nil` where there is none, or more than one.
  public var figure: Figure? {
    switch self {
    case .holds(let claim): claim.figure
    case .derived(let derived): derived.figure
    case .range, .conflict, .retracted, .notReported, .notYetKnown, .notDerivable: nil
    }
  }
}

/// Gives answers of the projections their texts; reads the name of each filing once.
struct AnswerTexts {
  private var names: [SymbolID: String] = [:]

  /// The filings of the last figures, the newest first.
  private var last: (symbol: SymbolID, name: String)?
  private var lastButOne: (symbol: SymbolID, name: String)?

  /// The filings that a statement's figures are of.
  private(set) var noted: Set<SymbolID> = []
  private var lastNoted: SymbolID?

  /// Notes that a figure is of a filing.
  mutating func note(_ filing: SymbolID) {
    // Most figures are of the filing of the one before.
    guard filing != lastNoted else { return }
    lastNoted = filing
    noted.insert(filing)
  }

  /// The identifier of a filing.
  mutating func filing(
    _ symbol: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> String {
    // Figures of a statement are by turns of the filing of this year and of the one before.
    if let last, last.symbol == symbol { return last.name }
    if let lastButOne, lastButOne.symbol == symbol { return lastButOne.name }
    lastButOne = last
    if let name = names[symbol] {
      last = (symbol, name)
      return name
    }
    let name = try source.text(symbol)
    names[symbol] = name
    last = (symbol, name)
    return name
  }

  /// The claim of a row.
  mutating func claim(
    _ row: FactRow,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> ReportedFigure {
    try source.prove(row)
    return ReportedFigure(row, filing: try filing(row.filing, in: source))
  }

  /// The claims of rows.
  mutating func claims(
    _ rows: [FactRow],
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [ReportedFigure] {
    var claims: [ReportedFigure] = []
    for row in rows { claims.append(try claim(row, in: source)) }
    return claims
  }

  /// An answer with its texts.
  mutating func answer(
    _ answer: Answer,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FactAnswer {
    switch answer {
    case .holds(let row): return .holds(try claim(row, in: source))
    case .range(let low, let high):
      return .range(low: try claim(low, in: source), high: try claim(high, in: source))
    case .conflict(let rows): return .conflict(try claims(rows, in: source))
    case .retracted(let rows, let by):
      return .retracted(try claims(rows, in: source), by: by.filing, published: by.published)
    case .notReported: return .notReported
    case .notYetKnown(let row): return .notYetKnown(until: try claim(row, in: source))
    case .derived(let derivation): return .derived(try figure(derivation, in: source))
    case .notDerivable(let reason): return .notDerivable(reason: reason.description)
    }
  }

  private mutating func figure(
    _ derivation: Derivation,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> DerivedFigure {
    let claims = try claims(derivation.operands.map(\.row), in: source)
    return DerivedFigure(
      operands: zip(derivation.operands, claims).map { operand, claim in
        DerivedFigure.Operand(isSubtracted: operand.isSubtracted, claim: claim)
      },
      figure: derivation.figure,
      low: derivation.low,
      high: derivation.high,
      halfWidth: derivation.halfWidth,
      vintage: try derivation.vintage.map { vintage in
        DerivedFigure.Vintage(
          published: vintage.published,
          filing: try filing(vintage.filing, in: source)
        )
      }
    )
  }
}
