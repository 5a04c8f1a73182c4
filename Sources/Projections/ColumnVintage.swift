import Facts

/// Chooses the vintage of the derived figures of one column: they are of one moment, so that none is the
/// difference of a figure that was restated and one that was not.
///
/// The newest operands of a figure belong together if none was restated after another's last report; or
/// if all were restated, and the column foots to the totals that are reported for its period. What a
/// filing repeats while it restates another operand of the column that is about the same period counts
/// as restated, too: it is of that filing's vintage. If the operands of one figure do not belong
/// together, all derived figures of the column are of the newest earlier moment at which they did.
struct ColumnVintage {
  /// A figure that follows from the newest operands.
  struct DerivedCell {
    let fact: FactID
    let derivation: Derivation
  }

  /// The vintage, and what is to be shown in place of each of the newest derivations.
  struct Outcome {
    /// `nil` for the newest.
    let vintage: Vintage?

    /// Whether some figures belong together because the column foots.
    let isProven: Bool
    let answers: [Answer]
  }

  /// The bounds of the query.
  let vantage: Vantage

  /// What proves that restated figures belong together; `nil` if nothing can.
  private var footing: PeriodFooting?

  init(vantage: Vantage, footing: PeriodFooting?) {
    (self.vantage, self.footing) = (vantage, footing)
  }

  /// Chooses the vintage of some cells of one column.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*k*), for *k* claims of the operands; where they do not belong together, O(*m* × *s*)
  ///   for *m* moments at which the *s* claims of the cells' series were published.
  func settle(
    _ cells: [DerivedCell],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Outcome {
    let newest = Dictionary(uniqueKeysWithValues: cells.map(\.derivation).enumerated().map { $0 })
    var column = self
    column.footing = nil
    var (mixtures, isProven) = try column.mixtures(of: newest, cells, within: vantage, from: source)
    if !mixtures.isEmpty, let footing, try footing.hasReportedTotal(in: source) {
      column.footing = footing
      (mixtures, isProven) = try column.mixtures(of: newest, cells, within: vantage, from: source)
    }
    guard !mixtures.isEmpty else {
      let answers = cells.map { Answer.derived($0.derivation) }
      return Outcome(vintage: nil, isProven: isProven, answers: answers)
    }
    guard let earlier = try column.earlierDerivations(of: cells, mixtures, from: source) else {
      let answers = try cells.enumerated().map { index, cell -> Answer in
        guard let mixture = mixtures[index] else { return .derived(cell.derivation) }
        return .notDerivable(try NotDerivable(mixture, in: source))
      }
      return Outcome(vintage: nil, isProven: isProven, answers: answers)
    }
    let answers = try cells.enumerated().map { index, cell -> Answer in
      if let derivation = earlier.derivations[index] { return .derived(derivation) }
      if let mixture = mixtures[index] {
        return .notDerivable(try NotDerivable(mixture, in: source))
      }
      let last = cell.derivation.operands.map(\.row).max { $0.published < $1.published }
      guard let last else { return .notReported }
      return .notDerivable(try NotDerivable(last, laterThan: earlier.vintage, in: source))
    }
    return Outcome(vintage: earlier.vintage, isProven: earlier.isProven, answers: answers)
  }
}

// Earlier moments.

extension ColumnVintage {
  /// What followed for each cell at the newest earlier moment at which the operands belonged together;
  /// `nil` if there was none.
  ///
  /// - Parameter failing: The cells whose newest operands do not belong together.
  private func earlierDerivations(
    of cells: [DerivedCell],
    _ failing: [Int: VintageMixture],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (derivations: [Int: Derivation], isProven: Bool, vintage: Vintage)? {
    let moments = try moments(of: cells, from: source)
    // Those that were restated first are the last to belong together on the way back.
    let order = failing.sorted { $0.value.restated.published < $1.value.restated.published }
      .map(\.key)
    // At the last one, everything is known that is known now.
    for moment in moments.keys.sorted(by: >).dropFirst() {
      guard let (found, isProven) = try derivations(of: cells, order, at: moment, from: source)
      else { continue }
      let vintage = try vintage(of: found, cells, order, moments, at: moment, from: source)
      return (
        found.mapValues { derivation in
          var derivation = derivation
          derivation.vintage = vintage
          return derivation
        }, isProven, vintage
      )
    }
    return nil
  }

  /// The moments at which claims of the cells' series were published, and the filings of each.
  private func moments(
    of cells: [DerivedCell],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Timestamp: Set<SymbolID>] {
    let amendments = try source.amendments(before: vantage.head)
    var moments: [Timestamp: Set<SymbolID>] = [:]
    for series in Set(cells.map(\.fact.series)) {
      try source.forEachRow(from: series.first(), through: series.last()) { row in
        let published = amendments.published(row)
        if row.sequence < vantage.head, vantage.knows(published) {
          moments[published, default: []].insert(row.filing)
        }
        return true
      }
    }
    return moments
  }

  /// What followed for the cells at a moment, of those for which something did; `nil` if that is none of
  /// the failing ones, or if figures did not belong together then, or were taken back since.
  private func derivations(
    of cells: [DerivedCell],
    _ failing: [Int],
    at moment: Timestamp,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (derivations: [Int: Derivation], isProven: Bool)? {
    let earlier = Vantage(knownAt: moment, head: vantage.head)
    let amendments = try source.amendments(before: vantage.head)
    var found: [Int: Derivation] = [:]
    let others = cells.indices.filter { !failing.contains($0) }
    for (position, index) in (failing + others).enumerated() {
      if position == failing.count, found.isEmpty { return nil }
      let fact = cells[index].fact
      let algebra = try PeriodAlgebra(fact.series, within: earlier, from: source)
      guard let derivation = algebra.derivation(of: fact.period) else { continue }
      let isRetracted = derivation.operands.contains { operand in
        amendments.retractions(of: operand.row.fact, knownAt: vantage.knownAt)
          .contains { !$0.isBefore(operand.row) }
      }
      if isRetracted { return nil }
      found[index] = derivation
      let rows = derivation.operands.map(\.row)
      if footing == nil, try VintageMixture(of: rows, within: earlier, from: source) != nil {
        return nil
      }
    }
    guard footing != nil else { return found.isEmpty ? nil : (found, false) }
    let (mixtures, isProven) = try mixtures(of: found, cells, within: earlier, from: source)
    return mixtures.isEmpty && !found.isEmpty ? (found, isProven) : nil
  }

  /// The moment by which the operands were last reported, if the same follows then as later.
  private func vintage(
    of found: [Int: Derivation],
    _ cells: [DerivedCell],
    _ failing: [Int],
    _ moments: [Timestamp: Set<SymbolID>],
    at moment: Timestamp,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Vintage {
    let earlier = Vantage(knownAt: moment, head: vantage.head)
    var last: FactRow?
    for row in found.values.flatMap({ $0.operands.map(\.row) }) {
      let reports = try FactReports(of: row.fact, within: earlier, from: source)
      if let report = reports?.last, last.map({ $0.published < report.published }) ?? true {
        last = report
      }
    }
    var published = moment
    if let last, last.published < moment,
      try derivations(of: cells, failing, at: last.published, from: source)?.derivations == found
    {
      published = last.published
    }
    let filings = try (moments[published] ?? []).sorted { lhs, rhs in
      try source.filingOrder(lhs, before: vantage.head)
        < source.filingOrder(rhs, before: vantage.head)
    }
    guard let filing = filings.last else { preconditionFailure("a moment without a filing") }
    return Vintage(published: published, filing: filing)
  }
}

// What belongs together.

extension ColumnVintage {
  /// Of each cell whose operands do not belong together, two that do not; and whether others do because
  /// the column foots.
  private func mixtures(
    of derivations: [Int: Derivation],
    _ cells: [DerivedCell],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (mixtures: [Int: VintageMixture], isProven: Bool) {
    var mixtures: [Int: VintageMixture] = [:]
    for (index, derivation) in derivations {
      let rows = derivation.operands.map(\.row)
      mixtures[index] = try VintageMixture(of: rows, within: vantage, from: source)
    }
    guard !mixtures.isEmpty, let footing else { return (mixtures, false) }
    let recasts = try Recasts(of: Array(derivations.values), within: vantage, from: source)
    let restated = mixtures.keys.filter { index in
      derivations[index]?.operands.allSatisfy { recasts.facts.contains($0.row.fact) } ?? false
    }
    let facts = Set(restated.map { cells[$0].fact })
    guard try footing.proves(facts, within: vantage, from: source) else { return (mixtures, false) }
    for index in restated { mixtures[index] = nil }
    return (mixtures, true)
  }
}

/// Which operands of a column were restated, or are of a filing that restated others of their period.
private struct Recasts {
  private(set) var facts: Set<FactID> = []

  init(
    of derivations: [Derivation],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let rows = derivations.flatMap { $0.operands.map(\.row) }
    let reports = try FactReports.of(rows, within: vantage, from: source)
    var last: [Period: FactRow] = [:]
    for row in reports.compactMap(\.restated) {
      let known = last[row.fact.period]
      let isLater =
        try known.map { try source.isPublished($0, before: row, within: vantage) } ?? true
      if isLater { last[row.fact.period] = row }
    }
    for report in reports {
      let isRepeated =
        try last[report.last.fact.period].map { recast in
          try !source.isPublished(report.last, before: recast, within: vantage)
        } ?? false
      if report.restated != nil || isRepeated { facts.insert(report.last.fact) }
    }
  }
}

/// The reported totals of one period, to which derived figures can foot.
struct PeriodFooting {
  let plan: StatementPlan
  let entity: SymbolID
  let period: Period

  /// The totals of a layout; `nil` if its lines do not say what they add to.
  init?(_ plan: StatementPlan, of entity: SymbolID, for period: Period) {
    guard plan.definition.saysWhatLinesAddTo else { return nil }
    (self.plan, self.entity, self.period) = (plan, entity, period)
  }

  /// The totals of the first of some statements that has them.
  ///
  /// - Parameter concept: A concept that the statement must have; `nil` for any.
  init?(
    _ statements: [String],
    with concept: String? = nil,
    in unit: String,
    of entity: SymbolID,
    for period: Period,
    before head: UInt64,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    for name in statements {
      let definition = DefinitionName(statement: name, entity: nil)
      guard case .statement(var found)? = try source.definition(definition, before: head),
        concept.map(found.concepts.contains) ?? true
      else { continue }
      found.unit = unit
      self.init(try StatementPlan(found, in: source), of: entity, for: period)
      return
    }
    return nil
  }

  /// Whether a total is reported for the period.
  ///
  /// - Complexity: O(*t* log *n*), for *t* totals.
  func hasReportedTotal(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    for (line, series) in zip(plan.definition.lines, plan.series)
    where (line.isSubtotal || line.isTotal) && line.instant == nil {
      for candidate in series {
        let fact = candidate.id(entity).fact(period)
        if try !source.rows(of: fact).isEmpty { return true }
      }
    }
    return false
  }

  /// Whether what is derived within the vantage foots to what is reported, and some of `facts` with it.
  ///
  /// - Complexity: O(*s*), for *s* claims of the lines' series.
  func proves(
    _ facts: Set<FactID>,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    guard !facts.isEmpty else { return false }
    return StatementFooting.proves(facts, by: try filled(within: vantage, from: source))
  }

  /// The lines, with what the newest figures within the vantage give for the period.
  func filled(
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Statement.Line] {
    var lines: [Statement.Line] = []
    for (line, series) in zip(plan.definition.lines, plan.series) {
      let cell = try Statement.Cell(of: line, series, entity, in: period) { fact, _, rangeEnd in
        try Answer(deriving: fact, rangeEnd, within: vantage, from: source)
      }
      lines.append(Statement.Line(definition: line, concept: line.concept, cells: [cell]))
    }
    return lines
  }
}

extension ColumnVintage.DerivedCell {
  /// The cell, if its figure is derived; `nil` if it is not.
  init?(_ cell: Statement.Cell) {
    guard case .derived(let derivation) = cell.answer, let fact = cell.fact else { return nil }
    self.init(fact: fact, derivation: derivation)
  }
}

extension StatementDefinition {
  /// Whether it is a general layout whose totals can be footed.
  var saysWhatLinesAddTo: Bool { lines.contains { $0.addsTo != nil } }

  /// The concepts of its lines, and those in place of which others may stand.
  fileprivate var concepts: Set<String> {
    Set(lines.flatMap { [$0.concept].compactMap(\.self) + $0.alternatives })
  }
}

extension NotDerivable {
  /// Names the filings of figures that do not belong together.
  init(
    _ mixture: VintageMixture,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self = .mixesVintages(
      restated: try Report(mixture.restated, in: source),
      stale: try Report(mixture.stale, in: source)
    )
  }

  /// Names the filing of a figure that came after the vintage of its column.
  init(
    _ row: FactRow,
    laterThan vintage: Vintage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self = .isLaterThanVintage(
      try Report(row, in: source),
      vintage: try source.text(vintage.filing),
      published: PublishedTime(vintage.published)
    )
  }
}

extension NotDerivable.Report {
  init(
    _ row: FactRow,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    concept = try source.text(row.fact.concept)
    period = row.fact.period
    filing = try source.text(row.filing)
    published = PublishedTime(row.published)
  }
}
