import EventStore
public import Facts
public import Projections

/// What was forecast and what came of it, with the texts that a reader needs.
public struct GuidanceAnswer: Sendable {
  /// One forecast.
  public struct Entry: Sendable {
    /// The comparison.
    public var review: GuidanceReview

    /// What was forecast.
    public var fact: Fact

    /// The caption of its concept; `nil` if its definition has none.
    public var label: String?

    /// The filing that forecast it.
    public var filing: Filing

    /// The filing that reported what came of it last, of those that the figure rests on.
    public var actualFiling: Filing?
  }

  /// The forecasts, in the order of ``GuidanceReview/all(_:in:)``.
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
            review: review,
            fact: fact,
            label: label,
            filing: try snapshot.filing(of: forecast),
            actualFiling: try latest.map { try snapshot.filing(of: $0) }
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

extension Snapshot {
  /// The filing of a row.
  func filing(of row: FactRow) throws -> Filing {
    let name = try text(row.filing)
    guard let filing = try filing(name) else {
      throw DamagedLedger("filing \(name) is missing", sequence: row.sequence)
    }
    return filing
  }
}
