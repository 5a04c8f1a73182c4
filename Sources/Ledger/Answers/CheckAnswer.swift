public import Facts
import Projections

/// What checks found, and where the figures are printed.
public struct CheckAnswer: Sendable {
  /// A figure that took part in a check.
  public struct Part: Sendable {
    /// Its place in the check.
    public var operand: CheckDefinition.Operand

    /// Its period; `nil` for a constant.
    public var period: Period?

    /// The claim; `nil` for a constant, or if it is not known.
    public var claim: ReportedFigure?

    /// Where its document prints it; `nil` if unknown.
    public var place: Source.Place?

    /// Whether a filing contradicts itself there, so that no claim holds.
    public var isConflict = false

    /// What it is multiplied by.
    public var factors: [Part] = []
  }

  /// The result of one check for one period.
  public struct Result: Sendable {
    /// The check.
    public var check: CheckDefinition

    /// Whose figures.
    public var entity: String

    /// The period of the total.
    public var period: Period

    /// Whether the figures tie.
    public var status: CheckStatus

    /// Why it is not checkable, or can never be checked; `nil` if the figures were compared.
    public var reason: String?

    /// The figure that should follow from the others.
    public var total: Part

    /// The others: items, multipliers, divisors.
    public var parts: [Part]

    /// The reported figure, as a decimal number; `nil` as text for a dash, which counts as nothing.
    public var reported: String?

    /// What it should be; for a quotient to two digits more than were reported.
    public var computed: String?

    /// Reported less computed, with its sign.
    public var residual: String?

    /// How large a residual rounding explains; `nil` if a figure is a bound.
    public var tolerance: String?

    /// A filing that restated one of the figures, and the one that had reported another last before;
    /// `nil` if the figures are of one vintage.
    public var mixture: Mixture?
  }

  /// The filings of figures that are not of one vintage.
  public struct Mixture: Hashable, Sendable {
    /// The filing that restated the one.
    public var restating: String

    /// The earlier filing that was the last to report the other.
    public var earlier: String
  }

  /// The results, check by check in the order of their names, the newest period first.
  public var results: [Result]

  /// When the latest filing used was published; `nil` if none was.
  public var latestPublished: Timestamp?

  /// How many results there are of each status.
  public var counts: [CheckStatus: Int] {
    results.reduce(into: [:]) { $0[$1.status, default: 0] += 1 }
  }
}

extension CheckAnswer {
  /// Runs the checks that `query` names.
  ///
  /// - Parameters:
  ///   - printed: Results of printed statements, which come after the others.
  ///   - claim: Finds the claim at a sequence, with the text that its document prints.
  init(
    _ query: CheckRun.Query,
    _ printed: [CheckResult] = [],
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    claim: (UInt64) throws -> Claim
  ) throws {
    let run = CheckRun(query)
    var results: [CheckResult] = []
    do {
      results = try run.results(in: source)
      for check in try run.definitions(in: source)
      where check.total == nil && check.comparison == .source {
        results += try Self.vouched(query, check, in: source, claim: claim)
      }
    } catch let error as UnanswerableQuery {
      // Printed statements have checks that no event defines.
      guard !printed.isEmpty else { throw error }
    }
    results += printed
    self.init(results: [])
    var claims: [UInt64: Claim] = [:]
    func resolved(_ part: CheckResult.Part) throws -> Part {
      var found = Part(operand: part.operand, period: part.period, isConflict: part.isConflict)
      if let row = part.row {
        precondition(query.vantage.knows(row.published), "a claim of the future was checked")
        latestPublished = max(latestPublished ?? row.published, row.published)
        try source.prove(row)
        let printed = try claims[row.sequence] ?? claim(row.sequence)
        claims[row.sequence] = printed
        found.claim = ReportedFigure(row, filing: printed.filing)
        found.place = printed.source?.place
      }
      found.factors = try part.factors.map(resolved)
      return found
    }
    for result in results {
      let mixture = try result.mixture(within: query.vantage, from: source).map { mixture in
        Mixture(
          restating: try source.text(mixture.restated.filing),
          earlier: try source.text(mixture.stale.filing)
        )
      }
      self.results.append(
        Result(
          check: result.check,
          entity: result.entity,
          period: result.period,
          status: result.status,
          reason: result.reason,
          total: try resolved(result.total),
          parts: try result.parts.map(resolved),
          reported: result.reported,
          computed: result.computed,
          residual: result.residual,
          tolerance: result.tolerance,
          mixture: mixture
        )
      )
    }
  }

  /// Compares every claim of the entity with the text that its document prints.
  ///
  /// - Complexity: O(*n*), for *n* claims of the entity.
  private static func vouched(
    _ query: CheckRun.Query,
    _ check: CheckDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    claim: (UInt64) throws -> Claim
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    let listing = FactListing.Query(
      entity: query.entity,
      periodEnd: query.periodEnd,
      vantage: query.vantage
    )
    try FactListing.forEach(listing, in: source) { entry in
      for step in entry.walk.steps where step.role != nil {
        let claim = try claim(step.row.sequence)
        if let result = CheckResult(vouching: step.row, of: claim, check) { results.append(result) }
      }
    }
    return results
  }
}
