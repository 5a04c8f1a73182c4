import EventStore
public import Facts
public import Projections

/// What checks found, and where the figures are printed.
public struct CheckAnswer: Sendable {
  /// The results, in the order of ``CheckRun/results(in:)``.
  public var results: [CheckResult]

  /// The claims that took part, by their sequence.
  public var claims: [UInt64: Claim]

  /// When the latest filing used was published; `nil` if none was.
  public var latestPublished: Timestamp?

  /// How many results there are of each status.
  public var counts: [CheckResult.Status: Int] {
    results.reduce(into: [:]) { $0[$1.status, default: 0] += 1 }
  }
}

extension Ledger.View {
  /// Runs the checks whose names contain `name`.
  ///
  /// - Parameters:
  ///   - entity: A unique part of the entity's name or identifier; `nil` for the only one.
  ///   - asOf: Only periods that end on this day; `nil` for all.
  ///   - tolerance: Residuals up to this are immaterial.
  /// - Throws: ``LedgerError`` if there is no such check or entity.
  /// - Complexity: As ``CheckRun/results(in:)``.
  public func checks(
    _ name: String? = nil,
    entity: String? = nil,
    asOf: CivilDate? = nil,
    tolerance: Amount? = nil
  ) throws -> CheckAnswer {
    try ledger.translating {
      let vantage = try vantage()
      let query = CheckRun.Query(
        entity: try self.entity(matching: entity).entity,
        name: name,
        periodEnd: asOf,
        vantage: vantage,
        tolerance: tolerance
      )
      return try CheckAnswer(query, in: snapshot) { try snapshot.claim(at: $0) }
    }
  }
}

extension CheckAnswer {
  /// Runs the checks that `query` names.
  ///
  /// - Parameter claim: Finds the claim at a sequence, with the text that its document prints.
  init(
    _ query: CheckRun.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    claim: (UInt64) throws -> Claim
  ) throws {
    let run = CheckRun(query)
    var results = try run.results(in: source)
    for check in try run.definitions(in: source)
    where check.total == nil && check.comparison == .source {
      results += try Self.vouched(query, check, in: source, claim: claim)
    }
    self.init(results: results, claims: [:])
    let parts = results.flatMap { [$0.total] + $0.parts + $0.parts.flatMap(\.factors) }
    for row in parts.compactMap(\.row) {
      precondition(query.vantage.knows(row.published), "a claim of the future was checked")
      latestPublished = max(latestPublished ?? row.published, row.published)
      if claims[row.sequence] == nil { claims[row.sequence] = try claim(row.sequence) }
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
