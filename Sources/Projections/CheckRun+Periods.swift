import Facts

extension CheckRun {
  /// Compares each figure of a stretch of time with the sum of the shorter ones that make it up.
  ///
  /// Only concepts that add up over time take part. Where the shorter ones can be chosen in several
  /// ways, the fewest are taken.
  /// - Complexity: O(*n*), for *n* rows of the entity.
  func periodSums(
    _ check: CheckDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    try periodSums(check, of: flows(in: source), in: source)
  }

  /// The series that have durations.
  private func flows(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [SeriesID] {
    var series: [SeriesID] = []
    let listing = FactListing.Query(entity: query.entity, vantage: query.vantage)
    try FactListing.forEachFact(listing, in: source) { entry in
      guard entry.rangeEnd == .figure, !entry.fact.isInstant, series.last != entry.fact.series
      else { return }
      series.append(entry.fact.series)
    }
    return series
  }

  /// As ``periodSums(_:in:)``, of some series alone.
  func periodSums(
    _ check: CheckDefinition,
    of series: [SeriesID],
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    var additive: [SymbolID: Bool] = [:]
    for id in series {
      if additive[id.concept] == nil {
        additive[id.concept] = try isAdditive(id.concept, in: source)
      }
      guard additive[id.concept] == true else { continue }
      results += try sums(of: id, check, in: source)
    }
    return results
  }

  private func sums(
    of series: SeriesID,
    _ check: CheckDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    let operand = CheckDefinition.Operand(
      concept: try source.text(series.concept),
      dimensions: Dimensions(canonicalText: try source.text(series.dimensions)),
      unit: try source.text(series.unit)
    )
    let algebra = try PeriodAlgebra(series, within: query.vantage, from: source)
    return algebra.holding.compactMap { row in
      let period = row.fact.period
      guard query.periodEnd.map({ $0 == period.end }) ?? true,
        let sum = algebra.derivation(of: period, byAdditionAlone: true)
      else { return nil }
      let part = { (row: FactRow) in
        CheckResult.Part(operand: operand, period: row.fact.period, row: row)
      }
      let parts = sum.operands.map { part($0.row) }
      var result = CheckResult(
        check: check,
        entity: query.entity,
        period: period,
        status: .notCheckable,
        total: part(row),
        parts: parts
      )
      guard let computed = Interval.sum(parts.compactMap(\.interval)) else { return nil }
      result.settle(Interval(termOf: row.figure), computed, row.figure, query.tolerance)
      return result
    }
  }

  private func isAdditive(
    _ concept: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    let name = DefinitionName(type: "concept", name: try source.text(concept))
    let definition = try source.definition(name, before: query.vantage.head)
    guard case .concept(let concept)? = definition else { return false }
    return concept.isAdditive == true
  }
}
