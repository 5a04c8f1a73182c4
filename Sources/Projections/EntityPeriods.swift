import Facts

/// The periods that a query for facts means, for each entity by its own fiscal calendar.
struct EntityPeriods {
  private let query: FactListing.Query
  private var known: [SymbolID: Meant] = [:]

  /// The periods of the query in the fiscal calendar of one entity.
  private struct Meant {
    var choice: PeriodChoice?
    var end: CivilDate?
  }

  init(_ query: FactListing.Query) { self.query = query }

  /// The periods that the pattern names, for an entity; `nil` for any, or for none at all.
  mutating func choice(
    of entity: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> PeriodChoice? {
    guard query.pattern.label != nil else { return nil }
    return try meant(of: entity, in: source).choice
  }

  /// Whether a fact's period is asked for, or near one that is.
  mutating func isMeant(
    _ fact: FactID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    let end = CivilDate(dayNumber: fact.periodEnd)
    guard try endsAsAsked(end, fact.entity, in: source) else { return false }
    guard query.pattern.label != nil else { return true }
    return try choice(of: fact.entity, in: source)?.fit(fact.period) != nil
  }

  /// Whether the query asks for periods that end on this day.
  mutating func endsAsAsked(
    _ end: CivilDate,
    _ entity: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    guard query.periodEnd.map({ $0 == end }) ?? true else { return false }
    guard query.asOf != nil else { return true }
    return try meant(of: entity, in: source).end == end
  }

  private mutating func meant(
    of entity: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Meant {
    if let meant = known[entity] { return meant }
    let calendar = try calendar(of: entity, in: source)
    let meant = Meant(
      choice: query.pattern.label.flatMap { PeriodChoice($0, in: calendar) },
      end: query.asOf.flatMap { calendar.period($0) }?.end
    )
    known[entity] = meant
    return meant
  }

  private func calendar(
    of symbol: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FiscalCalendar {
    let needsCalendar = [query.pattern.label, query.asOf].contains { label in
      if case nil = label { return false }
      if case .exact = label { return false }
      return true
    }
    guard needsCalendar else { return FiscalCalendar(yearEnd: nil) }
    let entity = try EntityDefinition.newest(
      source.text(symbol),
      before: query.vantage.head,
      in: source
    )
    return try FiscalCalendar(of: entity, within: query.vantage, from: source)
      .numbered(for: entity, within: query.vantage, from: source)
  }
}

/// The facts of one series of which some may give way to others.
struct NearFacts {
  private var facts: [(rows: [FactRow], fit: PeriodChoice.Fit?)] = []

  mutating func append(_ rows: [FactRow], _ fit: PeriodChoice.Fit?) { facts.append((rows, fit)) }

  /// Removes and returns the facts that the query asks for: of a series with a fact of the exact period, only
  /// that one; else the near ones.
  mutating func removeMeant() -> [[FactRow]] {
    defer { facts.removeAll(keepingCapacity: true) }
    return facts.filter { fact in
      fact.fit != .near
        || !facts.contains { other in
          other.fit == .exact
            && other.rows.first?.fact.isInstant == fact.rows.first?.fact.isInstant
        }
    }.map(\.rows)
  }
}
