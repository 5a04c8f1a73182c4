public import Facts

/// Every fact that a pattern names, with the walk over its claims.
public struct FactListing {
  /// One fact and what became of its claims.
  public struct Entry {
    /// The fact.
    public var fact: FactID

    /// The figure itself, or one end of a range.
    public var strand: Strand

    /// The walk over its claims.
    public var walk: ClaimWalk
  }

  /// Which facts.
  public struct Query: Sendable {
    /// Whose; `nil` for every entity's.
    public var entity: String?

    /// Which; an empty pattern is all.
    public var pattern: FactPattern

    /// The last day of the facts' periods; `nil` for any.
    public var periodEnd: CivilDate?

    /// The bounds of the other two times.
    public var vantage: Vantage

    /// A query with these aspects.
    public init(
      entity: String? = nil,
      pattern: FactPattern = FactPattern([]),
      periodEnd: CivilDate? = nil,
      vantage: Vantage
    ) {
      self.entity = entity
      self.pattern = pattern
      self.periodEnd = periodEnd
      self.vantage = vantage
    }
  }

  /// Calls `body` with each fact that `query` names and that is recorded within its bounds, in the
  /// order of the `facts` table.
  ///
  /// - Complexity: O(*n*) for *n* rows of the entity, with a look-up for each new text.
  public static func forEach(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (Entry) throws -> Void
  ) throws {
    var start = FactID(
      entity: SymbolID(rawValue: 0),
      concept: SymbolID(rawValue: 0),
      dimensions: SymbolID(rawValue: 0),
      unit: SymbolID(rawValue: 0),
      periodEnd: .min,
      periodStart: .min
    )
    if let entity = query.entity {
      guard let symbol = try source.symbol(entity) else { return }
      start.entity = symbol
    }
    var matches: [Series: Bool] = [:]
    var rows: [FactRow] = []
    var texts: [SymbolID: String] = [:]
    func finish(_ rows: [FactRow]) throws {
      guard let fact = rows.first?.fact else { return }
      for strand in Set(rows.map { Strand($0.figure.qualifier) }).sorted() {
        let walk = ClaimWalk(rows, strand: strand, within: query.vantage) { symbol in
          texts[symbol] ?? ""
        }
        if !walk.steps.isEmpty { try body(Entry(fact: fact, strand: strand, walk: walk)) }
      }
    }
    try source.forEachRow(from: start) { row in
      if query.entity != nil, row.fact.entity != start.entity { return false }
      let series = Series(concept: row.fact.concept, dimensions: row.fact.dimensions)
      if matches[series] == nil {
        matches[series] = query.pattern.matches(
          concept: try source.text(series.concept),
          dimensions: try source.text(series.dimensions)
        )
      }
      guard matches[series] == true, query.pattern.matches(row.fact.period),
        query.periodEnd.map({ $0.dayNumber == row.fact.periodEnd }) ?? true
      else { return true }
      if let first = rows.first, first.fact != row.fact {
        try finish(rows)
        rows.removeAll(keepingCapacity: true)
      }
      if texts[row.filing] == nil { texts[row.filing] = try source.text(row.filing) }
      rows.append(row)
      return true
    }
    try finish(rows)
  }

  private struct Series: Hashable {
    let concept: SymbolID
    let dimensions: SymbolID
  }
}
