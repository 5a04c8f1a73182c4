public import Facts

extension FactListing {
  /// Finds the facts that a few words name.
  ///
  /// If some of them have no dimensions and no word names a dimension, only those without are found.
  ///
  /// - Returns: The facts with the walks over their claims, in the order of the `facts` table;
  ///   empty if none matches.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: as ``forEach(_:in:_:)``.
  public static func choose(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Entry] {
    var found: [(entry: Entry, isPlain: Bool)] = []
    let pattern = try list(query, in: source) { rows in
      let entry = try rows.entry(within: query.vantage, in: source)
      found.append((entry, try source.text(entry.fact.dimensions).isEmpty))
    }
    let isAnyPlain = found.contains { $0.isPlain }
    if isAnyPlain, try !asksForDimensions(pattern, found.map(\.entry), in: source) {
      found.removeAll { !$0.isPlain }
    }
    return found.map(\.entry)
  }

  /// Finds facts whose period nobody reported, and derives their figures from other periods.
  ///
  /// - Returns: For each series of the facts that the other words name, the fact and its answer;
  ///   without those that are not reported and not derivable. Empty if the pattern names no stretch of
  ///   time.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: as ``forEach(_:in:_:)``.
  public static func derive(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [(fact: FactID, answer: Answer)] {
    guard query.pattern.label != nil else { return [] }
    var periods = EntityPeriods(query)
    var wider = query
    (wider.pattern, wider.periodEnd, wider.asOf) = (query.pattern.ofAnyPeriod, nil, nil)
    var found: [(fact: FactID, answer: Answer)] = []
    for entry in try choose(wider, in: source) where entry.rangeEnd == .figure {
      guard found.last?.fact.series != entry.fact.series,
        let period = try periods.choice(of: entry.fact.entity, in: source)?.period,
        period.start != nil, try periods.endsAsAsked(period.end, entry.fact.entity, in: source)
      else { continue }
      let fact = entry.fact.series.fact(period)
      found.append((fact, try answer(deriving: fact, within: query.vantage, from: source)))
    }
    return found.filter { $0.answer != .notReported }
  }

  /// The answer to a fact; where nobody reported it, what follows for it from figures of one vintage:
  /// that of its column in the general layout that has its concept.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* claims of the fact's series; of a derived figure, of the
  ///   series of that layout.
  public static func answer(
    deriving fact: FactID,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Answer {
    let newest = try Answer(deriving: fact, .figure, within: vantage, from: source)
    guard case .derived(let derivation) = newest else { return newest }
    let footing =
      try source.text(fact.dimensions).isEmpty
      ? PeriodFooting(
        StatementDefinition.commonNames,
        with: source.text(fact.concept),
        in: source.text(fact.unit),
        of: fact.entity,
        for: fact.period,
        before: vantage.head,
        from: source
      ) : nil
    let column = try footing?.filled(within: vantage, from: source).flatMap(\.cells) ?? []
    var cells = column.compactMap(ColumnVintage.DerivedCell.init)
    if !cells.contains(where: { $0.fact == fact }) {
      cells.append(ColumnVintage.DerivedCell(fact: fact, derivation: derivation))
    }
    let outcome = try ColumnVintage(vantage: vantage, footing: footing).settle(cells, from: source)
    let index = cells.firstIndex { $0.fact == fact }
    return index.map { outcome.answers[$0] } ?? newest
  }

  /// Whether a word of the pattern is in no concept's name, and so must be in the dimensions.
  private static func asksForDimensions(
    _ pattern: FactPattern,
    _ entries: [Entry],
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    for concept in Set(entries.map(\.fact.concept)) {
      if pattern.matches(concept: try source.text(concept), dimensions: "") { return false }
    }
    return true
  }
}
