import EventStore
public import Facts
import Projections

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
      var query = CheckRun.Query(
        entity: try self.entity(matching: entity).entity,
        name: name,
        periodEnd: asOf,
        vantage: vantage,
        tolerance: tolerance
      )
      query.standardConcepts = StandardElements.concepts
      return try CheckAnswer(query, in: snapshot) { try snapshot.claim(at: $0) }
    }
  }
}
