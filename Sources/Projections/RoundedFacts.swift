import Facts

/// Leaves facts out of a listing whose periods were rounded to months, as data sets have them, where the
/// same filings report the same figures for the exact periods.
struct RoundedFacts {
  private let query: FactListing.Query
  private let amendments: Amendments

  /// Whether all facts are listed.
  private let listsAll: Bool

  /// The fiscal calendars of entities, each made when a fact may give way.
  private var calendars: [SymbolID: FiscalCalendar] = [:]

  /// The facts of one series whose periods end near the last one's, in the order of the `facts` table.
  private var window: [(rows: [FactRow], isGiven: Bool)] = []

  init(_ query: FactListing.Query, _ amendments: Amendments) {
    (self.query, self.amendments) = (query, amendments)
    listsAll = !query.omitsRounded || query.periodEnd != nil || query.asOf != nil
  }

  /// Takes the rows of the next fact.
  ///
  /// - Parameters:
  ///   - isLast: Whether no fact follows.
  ///   - body: Gets the facts that are listed of those for which this is decided by now, in their order.
  /// - Throws: Whatever `source` and `body` throw.
  mutating func take(
    _ rows: [FactRow],
    isLast: Bool,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: ([FactRow]) throws -> Void
  ) throws {
    if listsAll { return try body(rows) }
    if let fact = rows.first?.fact {
      if window.last?.rows.first?.fact.series != fact.series { try giveAll(in: source, body) }
      window.append((rows, false))
      try give(in: source, body) { !Self.isNear($0.periodEnd, fact.periodEnd) }
    }
    if isLast { try giveAll(in: source, body) }
  }

  /// Gives what is left, and forgets it.
  private mutating func giveAll(
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: ([FactRow]) throws -> Void
  ) throws {
    try give(in: source, body) { _ in true }
    window.removeAll(keepingCapacity: true)
  }

  /// Gives the facts that were not given before, are decided and are listed.
  private mutating func give(
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: ([FactRow]) throws -> Void,
    where isDecided: (FactID) -> Bool
  ) throws {
    for index in window.indices where !window[index].isGiven {
      guard isDecided(window[index].rows[0].fact) else { break }
      if try !givesWay(index, in: source) { try body(window[index].rows) }
      window[index].isGiven = true
    }
    // What is given still counts for facts that end near it.
    if let open = window.first(where: { !$0.isGiven })?.rows[0].fact {
      window.removeAll { $0.isGiven && !Self.isNear($0.rows[0].fact.periodEnd, open.periodEnd) }
    }
  }

  /// Whether every filing that reports a fact reports the same for a near period, and the fiscal calendar
  /// has the days of that one.
  private mutating func givesWay(
    _ index: Int,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    let rows = window[index].rows
    let fact = rows[0].fact
    guard window.count > 1, Self.isWholeMonths(fact) else { return false }
    let near = window.map(\.rows).filter { other in
      Self.isNear(other[0].fact, fact) && !Self.isWholeMonths(other[0].fact)
    }
    guard !near.isEmpty else { return false }
    let calendar = try calendar(of: fact.entity, in: source)
    guard !calendar.isExact(fact.period) else { return false }
    let exact = near.filter { calendar.isExact($0[0].fact.period) }
      .flatMap { amendments.resolve($0, before: query.vantage.head).live }
    return amendments.resolve(rows, before: query.vantage.head).live.allSatisfy { row in
      exact.contains { $0.filing == row.filing && $0.figure.isConsistent(with: row.figure) }
    }
  }

  private mutating func calendar(
    of symbol: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FiscalCalendar {
    if let known = calendars[symbol] { return known }
    let entity = try EntityDefinition.newest(
      source.text(symbol),
      before: query.vantage.head,
      in: source
    )
    let calendar = try FiscalCalendar(of: entity, within: query.vantage, from: source)
    calendars[symbol] = calendar
    return calendar
  }

  /// Whether a period begins and ends with months.
  private static func isWholeMonths(_ fact: FactID) -> Bool {
    let period = fact.period
    return period.end.isEndOfMonth && period.start?.advanced(byDays: -1).isEndOfMonth ?? true
  }

  private static func isNear(_ fact: FactID, _ other: FactID) -> Bool {
    isNear(fact.periodEnd, other.periodEnd)
      && (fact.isInstant || other.isInstant
        ? fact.isInstant == other.isInstant : isNear(fact.periodStart, other.periodStart))
  }

  private static func isNear(_ day: Int32, _ other: Int32) -> Bool {
    FiscalCalendar.isNear(CivilDate(dayNumber: day), CivilDate(dayNumber: other))
  }
}
