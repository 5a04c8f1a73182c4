public import Facts

/// Runs checks over a source of facts.
public struct CheckRun {
  /// Which checks, over what.
  public struct Query: Sendable {
    /// Whose figures.
    public var entity: String

    /// A part of the checks' names; `nil` for all.
    public var name: String?

    /// Only periods that end on this day; `nil` for all.
    public var periodEnd: CivilDate?

    /// The bounds of the other two times.
    public var vantage: Vantage

    /// Residuals up to this are immaterial, in the unit of the figure; `nil` for none.
    public var tolerance: Amount?

    /// When the sums of calculation linkbases are tied out.
    public var calculation = CalculationRule.complete

    /// Concepts that are known, though the ledger does not define them.
    public var standardConcepts = StandardConcepts.none

    /// A query with these aspects.
    public init(
      entity: String,
      name: String? = nil,
      periodEnd: CivilDate? = nil,
      vantage: Vantage,
      tolerance: Amount? = nil
    ) {
      self.entity = entity
      self.name = name
      self.periodEnd = periodEnd
      self.vantage = vantage
      self.tolerance = tolerance
    }
  }

  let query: Query

  /// A run of the checks that `query` names.
  public init(_ query: Query) { self.query = query }

  /// The results, check by check in the order of their names, the newest period first.
  ///
  /// - Throws: ``UnanswerableQuery`` if no check has such a name; whatever `source` throws.
  /// - Complexity: O(*c* × log *n*), for *c* operands and periods.
  public func results(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    for check in try definitions(in: source) { results += try self.results(of: check, in: source) }
    return results
  }

  /// The results of one check; of one that compares claims with their documents none, since a source
  /// of facts does not hold the texts.
  private func results(
    of check: CheckDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    guard let total = check.total else {
      switch check.comparison {
      case .claims: return try claimComparisons(check, in: source)
      case .periods: return try periodSums(check, in: source)
      case .source: return []
      }
    }
    if check.aspects == .ofTotal { return try resultsByAspects(of: check, total, in: source) }
    var periods = try periods(of: total, check.filing, in: source)
    if periods.isEmpty, try reasonOfUnknown(total, in: source) != nil {
      // It has no period of its own: the newest of an item shows that the check cannot be run.
      for item in check.items where periods.isEmpty {
        periods = Array(try self.periods(of: item, check.filing, in: source).prefix(1))
      }
    }
    return try periods.map { try result(check, total, $0, in: source) }
  }

  /// Why a check that names the operand can never be run; `nil` if something defines its concept.
  private func reasonOfUnknown(
    _ operand: CheckDefinition.Operand,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> String? {
    let head = query.vantage.head
    guard let name = operand.concept, !query.standardConcepts.contains(name),
      try source.definition(DefinitionName(type: "concept", name: name), before: head) == nil
    else { return nil }
    let names = try source.definitionNames(ofType: "concept", entity: nil, before: head)
    let near = nearest(to: name, among: names + query.standardConcepts.names())
    return "nothing defines \(name), so that the check can never be run; "
      + (near.map { "did you mean \($0)?" } ?? "define the concept, or retire the check")
  }

  /// The results that a restatement of the series `changed` can alter: of the checks over several
  /// facts, but for those that tie one filing's claims.
  func results(
    affectedBy changed: [SeriesID],
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    for check in try definitions(in: source) where check.filing == nil {
      if check.total != nil {
        results += try self.results(of: check, in: source)
      } else if check.comparison == .periods {
        results += try periodSums(check, of: changed, in: source)
      }
    }
    return results
  }

  /// Whether the ledger has a check for `entity`.
  static func hasChecks(
    for entity: String,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    try [entity, nil].contains { owner in
      try !source.definitionNames(ofType: "check", entity: owner, before: head).isEmpty
    }
  }

  /// The checks that the query names.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none; whatever `source` throws.
  /// - Complexity: O(*k* log *n*), for the *k* checks that apply to the entity.
  public func definitions(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckDefinition] {
    let head = query.vantage.head
    let names = try source.definitions(ofType: "check", applyingTo: query.entity, before: head)
    let checks: [CheckDefinition] = try names.compactMap { name in
      guard query.name.map({ name.name.contains($0) }) ?? true,
        case .check(let check)? = try source.definition(name, before: head)
      else { return nil }
      return check
    }
    guard checks.isEmpty else { return checks }
    let local = names.map(\.name)
    let groups = local.compactMap { $0.split(separator: "/").first.map(String.init) }
    throw UnanswerableQuery(
      .notFound,
      "the ledger has no such check for \(query.entity)",
      remedy: query.name.flatMap { nearest(to: $0, among: groups + local) }
        .map { .useName($0) } ?? .appendChecks
    )
  }

  /// The series of an operand; `nil` if no event ever used one of its texts.
  private func series(
    _ operand: CheckDefinition.Operand,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> SeriesID? {
    guard let concept = operand.concept, let entity = try source.symbol(query.entity),
      let concept = try source.symbol(concept),
      let dimensions = try source.symbol(operand.dimensions.text),
      let unit = try source.symbol(operand.unit)
    else { return nil }
    return SeriesID(entity: entity, concept: concept, dimensions: dimensions, unit: unit)
  }

  /// The periods of which the operand is known, the newest first.
  private func periods(
    of operand: CheckDefinition.Operand,
    _ filing: String?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Period] {
    guard let series = try series(operand, in: source) else { return [] }
    let filing = try filing.map { try source.symbol($0) }
    let amendments = try source.amendments(before: query.vantage.head)
    var periods: [Period] = []
    try source.forEachRow(from: series.first(), through: series.last()) { row in
      if isWithin(row, amendments), filing.map({ $0 == row.filing }) ?? true,
        periods.last != row.fact.period
      {
        periods.append(row.fact.period)
      }
      return true
    }
    return periods.reversed()
  }

  /// Whether the query's bounds include the row.
  func isWithin(_ row: FactRow, _ amendments: Amendments) -> Bool {
    row.sequence < query.vantage.head && query.vantage.knows(amendments.published(row))
      && query.periodEnd.map { $0 == row.fact.period.end } ?? true
  }

  private func part(
    _ operand: CheckDefinition.Operand,
    _ period: Period,
    _ filing: String?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CheckResult.Part {
    guard operand.constant == nil else { return CheckResult.Part(operand: operand) }
    let own: Period =
      switch (operand.instant, period) {
      case (.start, .duration(let start, _)): .instant(start.advanced(byDays: -1))
      case (.end, .duration(_, let end)): .instant(end)
      default: period
      }
    var part = CheckResult.Part(operand: operand, period: own)
    guard let series = try series(operand, in: source) else { return part }
    switch try answer(to: series.fact(own), filing, in: source) {
    case .holds(let row) where row.figure.rangeEnd != .figure: part.isRange = true
    case .holds(let row): part.row = row
    case .conflict: part.isConflict = true
    case .range: part.isRange = true
    case .retracted: part.isRetracted = true
    case .notReported, .notYetKnown, .derived, .notDerivable: break
    }
    return part
  }

  /// The claim that holds; with a filing, the one that it reports, whether it was restated later or
  /// not.
  private func answer(
    to fact: FactID,
    _ filing: String?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Answer {
    guard let filing else {
      return try Answer(showing: fact, .figure, within: query.vantage, from: source)
    }
    let symbol = try source.symbol(filing)
    let rows = try source.rows(of: fact).filter { $0.filing == symbol }
    let amendments = try source.amendments(before: query.vantage.head)
    return ClaimWalk(rows, rangeEnd: .figure, within: query.vantage, amendments) { _ in
      FilingOrder(filing)
    }.answer
  }

  func result(
    _ check: CheckDefinition,
    _ total: CheckDefinition.Operand,
    _ period: Period,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CheckResult {
    let totalPart = try part(total, period, check.filing, in: source)
    var parts: [[CheckResult.Part]] = []
    for operands in [check.items, check.multiplier, check.divisor] {
      var group: [CheckResult.Part] = []
      for operand in operands {
        var part = try part(operand, period, check.filing, in: source)
        for factor in operand.multiplier {
          part.factors.append(try self.part(factor, period, check.filing, in: source))
        }
        group.append(part)
      }
      parts.append(group)
    }
    if check.aspects == .ofTotal, query.calculation == .calculations11 {
      parts[0].removeAll(where: \.isUnreported)
    }
    var result = CheckResult(
      check: check,
      entity: query.entity,
      period: period,
      status: .notCheckable,
      total: totalPart,
      parts: parts.flatMap(\.self)
    )
    if let missing = ([totalPart] + result.parts).flatMap(\.all).first(where: \.isMissing) {
      result.reason = "\(missing.name) \(missing.absence)"
      if check.aspects == .own, let reason = try reasonOfUnknown(missing.operand, in: source) {
        (result.status, result.reason) = (.exception, reason)
      }
      return result
    }
    guard let reported = totalPart.interval,
      let computed = Self.computed(parts[0], parts[1], parts[2])
    else {
      result.reason = "the divisor can be zero, or the numbers are too large"
      return result
    }
    result.settle(reported, computed, totalPart.row?.figure, query.tolerance)
    return result
  }

  private static func computed(
    _ items: [CheckResult.Part],
    _ multipliers: [CheckResult.Part],
    _ divisors: [CheckResult.Part]
  ) -> Interval? {
    guard var value = sum(items) else { return nil }
    for part in multipliers {
      guard let factor = part.interval, let product = value.multiplied(by: factor) else {
        return nil
      }
      value = product
    }
    guard !divisors.isEmpty else { return value }
    return sum(divisors).flatMap { value.divided(by: $0) }
  }

  private static func sum(_ parts: [CheckResult.Part]) -> Interval? {
    let terms = parts.compactMap(\.interval)
    return terms.count == parts.count ? Interval.sum(terms) : nil
  }

  /// Compares every claim of a fact with the most precise claim of the same filing.
  private func claimComparisons(
    _ check: CheckDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [CheckResult] {
    var results: [CheckResult] = []
    let listing = FactListing.Query(
      entity: query.entity,
      periodEnd: query.periodEnd,
      vantage: query.vantage
    )
    try FactListing.forEach(listing, in: source) { entry in
      guard entry.rangeEnd == .figure else { return }
      let rows = entry.walk.steps.filter { $0.role != nil }.map(\.row)
      for row in rows {
        let filing = rows.filter { $0.filing == row.filing }
        guard let mostPrecise = filing.max(by: { $0.figure.precision < $1.figure.precision }),
          mostPrecise.sequence != row.sequence
        else { continue }
        results.append(
          try comparison(check, row, with: mostPrecise, entry.fact, in: source)
        )
      }
    }
    return results
  }

  private func comparison(
    _ check: CheckDefinition,
    _ row: FactRow,
    with mostPrecise: FactRow,
    _ fact: FactID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CheckResult {
    let operand = CheckDefinition.Operand(
      concept: try source.text(fact.concept),
      dimensions: Dimensions(canonicalText: try source.text(fact.dimensions)),
      unit: try source.text(fact.unit)
    )
    let parts = [row, mostPrecise].map {
      CheckResult.Part(operand: operand, period: fact.period, row: $0)
    }
    var result = CheckResult(
      check: check,
      entity: query.entity,
      period: fact.period,
      status: .exception,
      total: parts[0],
      parts: [parts[1]]
    )
    if row.figure.value == nil || mostPrecise.figure.value == nil {
      result.status = row.figure.isConsistent(with: mostPrecise.figure) ? .agrees : .exception
    } else {
      result.settle(
        Interval(termOf: row.figure),
        Interval(termOf: mostPrecise.figure),
        row.figure,
        query.tolerance,
        canAgree: row.figure.isConsistent(with: mostPrecise.figure)
      )
    }
    return result
  }
}
