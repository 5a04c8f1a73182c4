import EventStore
public import Facts
import Projections

extension Ledger.View {
  /// Runs the checks whose names contain `name`.
  ///
  /// - Parameters:
  ///   - name: A part of the checks' names; `nil` for all.
  ///   - entity: A unique part of the entity's name or identifier; `nil` for the only one.
  ///   - asOf: Only periods that end on this day; `nil` for all.
  ///   - tolerance: Residuals up to this are immaterial.
  ///   - calculation: When the sums of calculation linkbases are tied out.
  /// - Throws: ``LedgerError`` if there is no such check or entity.
  /// - Complexity: As `CheckRun/results(in:)`.
  public func checks(
    _ name: String? = nil,
    entity: String? = nil,
    asOf: CivilDate? = nil,
    tolerance: Amount? = nil,
    calculation: CalculationRule = .complete
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
      query.calculation = calculation
      query.standardConcepts = StandardElements.concepts
      let printed = try printedChecks(query)
      return try CheckAnswer(query, printed, in: snapshot) { try snapshot.claim(at: $0) }
    }
  }

  /// The checks of the statements that are printed in a general layout, those that `query` names.
  private func printedChecks(_ query: CheckRun.Query) throws -> [CheckResult] {
    try StatementDefinition.commonNames.flatMap { name -> [CheckResult] in
      do {
        let request = StatementRequest(name, entity: query.entity, asOf: query.periodEnd)
        return try filled(request).footingChecks(query.tolerance).filter { result in
          query.name.map { result.check.check.contains($0) } ?? true
            && (query.periodEnd.map { $0 == result.period.end } ?? true)
        }
      } catch is UnanswerableQuery {
        return []
      }
    }
  }
}
