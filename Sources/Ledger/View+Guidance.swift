import EventStore
public import Facts
import Projections

/// What was forecast and what came of it.
public struct GuidanceAnswer: Sendable {
  /// What a filing forecast for a fact.
  public enum Target: Hashable, Sendable {
    /// One figure: a point, or a bound by its qualifier.
    case figure(ReportedFigure)

    /// A range, of which an end may be missing; never both.
    case range(low: ReportedFigure?, high: ReportedFigure?)

    /// The claims of the forecast.
    public var claims: [ReportedFigure] {
      switch self {
      case .figure(let claim): [claim]
      case .range(let low, let high): [low, high].compactMap(\.self)
      }
    }
  }

  /// One forecast.
  public struct Entry: Sendable {
    /// The guidance fact.
    public var fact: Fact

    /// What was forecast, by one filing.
    public var target: Target

    /// What came of it; reported, or derived from other periods.
    public var actual: FactAnswer

    /// How the two compare.
    public var outcome: GuidanceOutcome

    /// Actual less forecast, from the nearest end of a range; zero within it; `nil` while open.
    public var difference: Amount?

    /// The caption of its concept; `nil` if its definition has none.
    public var label: String?

    /// The filing that forecast it.
    public var filing: Filing

    /// The filing that reported what came of it last, of those that the figure rests on.
    public var actualFiling: Filing?
  }

  /// The forecasts, in the order of the facts and, for one fact, of the filings.
  public var entries: [Entry]

  /// When the latest filing used was published; `nil` if none was.
  public var latestPublished: Timestamp?
}

extension Ledger.View {
  /// The forecasts that `request` names, each with what came of it.
  ///
  /// - Throws: ``LedgerError`` if nothing matches.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func guidance(_ request: Ledger.FactsRequest) throws -> GuidanceAnswer {
    try ledger.translating {
      let query = try query(request)
      var answer = GuidanceAnswer(entries: [])
      var texts = AnswerTexts()
      for review in try GuidanceReview.all(query, in: snapshot) {
        let rows = review.target.rows + review.actual.rows
        precondition(
          rows.allSatisfy { query.vantage.knows($0.published) },
          "a claim of the future was compared"
        )
        answer.latestPublished =
          (rows.map(\.published) + [answer.latestPublished].compactMap(\.self))
          .max()
        guard let forecast = review.target.rows.first else { continue }
        let fact = try snapshot.fact(review.fact)
        let name = DefinitionName(type: "concept", name: fact.concept)
        var label: String?
        if case .concept(let concept) = try snapshot.definition(name, before: query.vantage.head) {
          label = concept.label
        }
        let latest = review.actual.rows.max { $0.published < $1.published }
        answer.entries.append(
          GuidanceAnswer.Entry(
            fact: fact,
            target: try texts.target(review.target, in: snapshot),
            actual: try texts.answer(review.actual, in: snapshot),
            outcome: review.outcome,
            difference: review.difference,
            label: label,
            filing: try snapshot.filing(of: forecast, before: query.vantage.head),
            actualFiling: try latest.map {
              try snapshot.filing(of: $0, before: query.vantage.head)
            }
          )
        )
      }
      guard !answer.entries.isEmpty else {
        throw LedgerError(
          .notFound,
          "no guidance matches, for this entity and on these three times",
          remedy: .listEvents(type: "guidance")
        )
      }
      return answer
    }
  }
}

extension AnswerTexts {
  /// A forecast with its texts.
  fileprivate mutating func target(
    _ target: GuidanceReview.Target,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> GuidanceAnswer.Target {
    switch target {
    case .figure(let row): return .figure(try claim(row, in: source))
    case .range(let low, let high):
      let lower = try low.map { try claim($0, in: source) }
      return .range(low: lower, high: try high.map { try claim($0, in: source) })
    }
  }
}

extension Snapshot {
  /// The filing of a row, as events before `head` record and correct it.
  func filing(of row: FactRow, before head: UInt64) throws -> Filing {
    let name = try text(row.filing)
    guard let filing = try filing(name, before: head) else {
      throw DamagedLedger("filing \(name) is missing", sequence: row.sequence)
    }
    return filing
  }
}
