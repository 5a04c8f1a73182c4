import Facts

// Checks whose operands take the aspects of the total: sums of calculation linkbases.

extension CheckRun {
  /// The results of one check for every dimensions, unit and period of which its total is reported
  /// with at least one item: those without dimensions first, the newest period first.
  ///
  /// A total that is a dash has no value to tie (XBRL 2.1 §5.2.5.2).
  ///
  /// - Complexity: O(*n* × *c* × log *m*), for *n* claims of the total's concept, *c* operands and
  ///   *m* claims.
  func resultsByAspects(
    of check: CheckDefinition,
    _ total: CheckDefinition.Operand,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    for (aspects, period) in try totals(of: check, total, in: source) {
      let bound = check.bound(to: aspects)
      guard let total = bound.total else { continue }
      let result = try result(bound, total, period, in: source)
      let hasTotal = result.total.isConflict || result.total.row?.figure.value != nil
      if hasTotal, result.parts.contains(where: { !$0.isMissing || $0.isConflict }) {
        results.append(result)
      }
    }
    return results
  }

  /// The dimensions and unit of operands.
  fileprivate struct OperandAspects: Hashable {
    let dimensions: String
    let unit: String
  }

  /// Where the total's concept is reported.
  private func totals(
    of check: CheckDefinition,
    _ total: CheckDefinition.Operand,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [(aspects: OperandAspects, period: Period)] {
    guard let entity = try source.symbol(query.entity),
      let concept = try total.concept.flatMap({ try source.symbol($0) })
    else { return [] }
    let filing = try check.filing.map { try source.symbol($0) }
    let lowest = SymbolID(rawValue: 0)
    let first = SeriesID(entity: entity, concept: concept, dimensions: lowest, unit: lowest)
    let amendments = try source.amendments(before: query.vantage.head)
    var facts: [FactID] = []
    try source.forEachRow(from: first.first()) { row in
      guard row.fact.entity == entity, row.fact.concept == concept else { return false }
      if filing.map({ $0 == row.filing }) ?? true, isWithin(row, amendments),
        facts.last != row.fact
      {
        facts.append(row.fact)
      }
      return true
    }
    return try facts.map { fact in
      let aspects = OperandAspects(
        dimensions: try source.text(fact.dimensions),
        unit: try source.text(fact.unit)
      )
      return (aspects, fact.period)
    }.sorted { lhs, rhs in
      let (left, right) = (lhs.aspects, rhs.aspects)
      if left.dimensions != right.dimensions { return left.dimensions < right.dimensions }
      if left.unit != right.unit { return left.unit < right.unit }
      return lhs.period.isNewer(than: rhs.period)
    }
  }
}

extension CheckDefinition {
  /// The check with these dimensions and this unit in every operand.
  fileprivate func bound(to aspects: CheckRun.OperandAspects) -> CheckDefinition {
    func bind(_ operand: inout Operand) {
      operand.dimensions = Dimensions(canonicalText: aspects.dimensions)
      operand.unit = aspects.unit
    }
    var check = self
    if var total {
      bind(&total)
      check.total = total
    }
    for index in items.indices { bind(&check.items[index]) }
    return check
  }
}

extension Period {
  /// Whether it ends later, or starts later where both end on one day.
  fileprivate func isNewer(than other: Period) -> Bool {
    if end != other.end { return end > other.end }
    return (start ?? end) > (other.start ?? other.end)
  }
}
