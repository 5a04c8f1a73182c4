public import Facts

/// Every fact that a pattern names, with its claims.
public struct FactListing {
  /// One fact with the rows of all its claims.
  public struct Rows {
    /// The fact.
    public var fact: FactID

    /// The figure itself, or one end of a range.
    public var rangeEnd: RangeEnd

    /// The rows of all figures of the fact, in their order; of several ends of a range, those of each.
    public var rows: [FactRow]

    /// What is amended besides claims.
    fileprivate var amendments: Amendments

    /// Whether all are claims of one figure, so that no step of a walk restates it.
    public var areAlike: Bool {
      rows.allSatisfy { $0.isClaim && $0.figure == rows[0].figure }
    }

    /// What holds for the fact.
    ///
    /// - Throws: Whatever `source` throws.
    /// - Complexity: O(*k*), for *k* rows.
    public func answer(
      within vantage: Vantage,
      in source: borrowing some FactSource & ~Copyable & ~Escapable
    ) throws -> Answer {
      guard !amendments.concernsClaims else { return try walk(within: vantage, in: source).answer }
      var fold = ClaimFold(rangeEnd, within: vantage)
      return try fold.answer(to: rows[...]) { try source.filingOrder($0, before: vantage.head) }
    }

    /// The walk over its claims.
    ///
    /// - Throws: Whatever `source` throws.
    /// - Complexity: O(*k* log *k*), for *k* rows.
    public func walk(
      within vantage: Vantage,
      in source: borrowing some FactSource & ~Copyable & ~Escapable
    ) throws -> ClaimWalk {
      try ClaimWalk(rows, rangeEnd: rangeEnd, within: vantage, amendments) {
        try source.filingOrder($0, before: vantage.head)
      }
    }
  }

  /// One fact and the walk over its claims.
  public struct Entry {
    /// The fact.
    public var fact: FactID

    /// The figure itself, or one end of a range.
    public var rangeEnd: RangeEnd

    /// The walk over its claims.
    public var walk: ClaimWalk

    /// A fact with the walk over its claims.
    public init(fact: FactID, rangeEnd: RangeEnd, walk: ClaimWalk) {
      (self.fact, self.rangeEnd, self.walk) = (fact, rangeEnd, walk)
    }
  }

  /// Which facts.
  public struct Query: Sendable {
    /// Whose; `nil` for every entity's.
    public var entity: String?

    /// Which; an empty pattern is all.
    public var pattern: FactPattern

    /// The last day of the facts' periods; `nil` for any.
    public var periodEnd: CivilDate?

    /// The time at which the facts' periods end, as a person names it; `nil` for any.
    public var asOf: PeriodLabel?

    /// The bounds of the other two times.
    public var vantage: Vantage

    /// Whether facts are left out whose periods were rounded to months, where the same filings report the
    /// exact periods; never where periods that end on some day are asked for.
    public var omitsRounded: Bool

    /// A query with these aspects.
    public init(
      entity: String? = nil,
      pattern: FactPattern = FactPattern([]),
      periodEnd: CivilDate? = nil,
      asOf: PeriodLabel? = nil,
      vantage: Vantage,
      omitsRounded: Bool = false
    ) {
      self.entity = entity
      self.pattern = pattern
      self.periodEnd = periodEnd
      self.asOf = asOf
      self.vantage = vantage
      self.omitsRounded = omitsRounded
    }
  }

  /// Calls `body` with each fact that `query` names and that is recorded within its bounds, and the walk
  /// over its claims: as ``forEachFact(_:in:_:)``.
  ///
  /// - Throws: Whatever `source` and `body` throw.
  public static func forEach(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (Entry) throws -> Void
  ) throws {
    try forEachFact(query, in: source) { try body($0.entry(within: query.vantage, in: source)) }
  }

  /// Calls `body` with each fact that `query` names and that is recorded within its bounds, in the
  /// order of the `facts` table; see ``NamedSubjects`` for what its words mean.
  ///
  /// Who shows a figure of them proves its row before: see ``FactSource/prove(_:)``.
  ///
  /// - Throws: Whatever `source` and `body` throw.
  /// - Complexity: O(*k* + *s* log *n*) for *k* rows of concepts and dimensions that the pattern names,
  ///   *s* that it does not and *n* rows in all, with a look-up for each new text. Where a word is the
  ///   whole name of a concept, *s* counts the entities alone.
  public static func forEachFact(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (Rows) throws -> Void
  ) throws {
    _ = try list(query, in: source, body)
  }

  /// As ``forEachFact(_:in:_:)``.
  ///
  /// - Returns: The pattern, with the way in which its words were understood.
  static func list(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (Rows) throws -> Void
  ) throws -> FactPattern {
    guard let facts = try stretch(query, in: source) else { return query.pattern }
    var subjects = NamedSubjects(query.pattern)
    var periods = EntityPeriods(query)
    let named = try subjects.seek(facts, before: query.vantage.head, in: source)
    for facts in named ?? [facts] {
      try walk(query, facts, &subjects, &periods, in: source, body)
    }
    guard case .label = subjects.pattern.naming, query.pattern.naming == .undecided else {
      return subjects.pattern
    }
    var labelled = query
    labelled.pattern = subjects.pattern
    return try list(labelled, in: source, body)
  }

  private static func walk(
    _ query: Query,
    _ facts: FactStretch,
    _ subjects: inout NamedSubjects,
    _ periods: inout EntityPeriods,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (Rows) throws -> Void
  ) throws {
    // Facts that parts of names match, held back until it is decided that no word is a whole name.
    var waiting: [Rows] = []
    var place = FactRow.Place(before: facts.first)
    var rows: [FactRow] = []
    var held = NearFacts()
    let amendments = try source.amendments(before: query.vantage.head)
    var rounded = RoundedFacts(query, amendments)
    func finish(_ rows: [FactRow]) throws {
      guard let fact = rows.first?.fact, try subjects.contain(fact, in: source) else { return }
      for rangeEnd in rows.rangeEnds {
        let entry = Rows(fact: fact, rangeEnd: rangeEnd, rows: rows, amendments: amendments)
        guard entry.isRecorded(within: query.vantage) else { continue }
        if subjects.areDecided, waiting.isEmpty {
          try body(entry)
        } else {
          waiting.append(entry)
        }
      }
      if waiting.count > waitingCountMax {
        try subjects.decide(from: place, through: facts.last, in: source)
      }
      try emit()
    }
    func emit() throws {
      guard subjects.areDecided else { return }
      for entry in waiting where try subjects.contain(entry.fact, in: source) { try body(entry) }
      waiting.removeAll(keepingCapacity: true)
    }
    // The facts of one series are held back until all were read: one of the exact period excludes near ones.
    func hold(_ rows: [FactRow], before next: FactRow?) throws {
      guard query.pattern.label != nil, let first = rows.first?.fact else {
        return try rounded.take(rows, isLast: next == nil, in: source, finish)
      }
      held.append(rows, try periods.choice(of: first.entity, in: source)?.fit(first.period))
      guard next?.fact.series != first.series else { return }
      for rows in held.removeMeant() { try finish(rows) }
    }
    let unit = try query.pattern.unit.flatMap { try source.symbol($0) }
    guard (unit == nil) == (query.pattern.unit == nil) else { return }
    var (limit, found, isMore) = (fewRowCount, [FactRow](), true)
    while isMore {
      found.removeAll(keepingCapacity: true)
      isMore = try source.appendRows(from: place, through: facts.last, limit: limit, to: &found)
      for row in found where try subjects.contain(row.fact, in: source) {
        guard try (unit ?? row.fact.unit) == row.fact.unit && periods.isMeant(row.fact, in: source)
        else { continue }
        if let first = rows.first, first.fact != row.fact {
          try hold(rows, before: row)
          rows.removeAll(keepingCapacity: true)
        }
        rows.append(row)
      }
      guard let last = found.last else { break }
      // The rest of what is not named is skipped.
      let isLastNamed = try subjects.contain(last.fact, in: source)
      place = isLastNamed ? FactRow.Place(after: last) : FactRow.Place(after: last.fact.lastAlike)
      limit = isLastNamed ? 512 : fewRowCount
    }
    try subjects.finish(query, in: source)
    try hold(rows, before: nil)
    try emit()
  }

  /// How many facts wait, until the rest of the table is searched for one that is named as a whole.
  private static let waitingCountMax = 256

  /// How many rows are read at first: enough to find whether the pattern names their concept and
  /// dimensions.
  private static let fewRowCount = 16

  /// All facts of the entity asked for; `nil` if there are none.
  private static func stretch(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FactStretch? {
    guard let entity = query.entity else { return FactStretch(from: .first, through: .last) }
    return try source.symbol(entity).map { FactStretch(of: $0) }
  }
}

extension FactListing.Rows {
  /// Whether a claim or correction of it is recorded, whatever became of that.
  fileprivate func isRecorded(within vantage: Vantage) -> Bool {
    rows.contains { row in
      row.sequence < vantage.head && !row.isWithdrawal && row.figure.rangeEnd == rangeEnd
    }
  }

  /// With the walk over its claims.
  func entry(
    within vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FactListing.Entry {
    FactListing.Entry(
      fact: fact,
      rangeEnd: rangeEnd,
      walk: try walk(within: vantage, in: source)
    )
  }
}

extension [FactRow] {
  /// Which figures of a fact its rows are of, in order.
  fileprivate var rangeEnds: [RangeEnd] {
    if allSatisfy({ $0.figure.rangeEnd == .figure }) { return [.figure] }
    return Set(map(\.figure.rangeEnd)).sorted()
  }
}

extension FactID {
  /// After every fact of the same entity, concept and dimensions.
  var lastAlike: FactID {
    var last = series
    last.unit = SymbolID(rawValue: .max)
    return last.last()
  }
}
