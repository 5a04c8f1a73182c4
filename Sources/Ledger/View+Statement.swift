import EventStore
public import Facts
import Projections

extension Ledger {
  /// A plan is good for one definition and one dictionary.
  struct PlanKey: Hashable {
    let name: DefinitionName
    let before: UInt64
    let head: UInt64
    let unit: String
    let caption: String?
  }

  /// What a fold of the log gave.
  public struct Replay: Sendable {
    /// The facts it made.
    let facts: MemoryFacts

    /// How many events were folded.
    public let eventCount: UInt64
  }
}

extension Ledger.View {
  /// Fills a statement from the ledger's tables.
  ///
  /// - Throws: ``LedgerError`` if there is no such statement, entity or figure.
  /// - Complexity: O(log *n*) for each cell.
  public func statement(_ request: StatementRequest) throws -> StatementAnswer {
    try ledger.translating {
      try StatementAnswer(filled(request), root: snapshot.root(at: head), in: snapshot)
    }
  }

  /// Fills a statement from the ledger's tables, with its texts as symbols.
  func filled(_ request: StatementRequest) throws -> Statement {
    let vantage = try vantage()
    return try filled(
      request,
      within: vantage,
      from: snapshot,
      calendar: { try calendar(of: $0, within: vantage) },
      plan: { try plan($0) }
    )
  }

  /// The currencies that the ledger has figures in.
  private func currencies() throws -> [String]? {
    try ledger.currencies.value(snapshot.head) {
      try Currency.codes.filter { try snapshot.symbol($0) != nil }
    }
  }

  private func plan(_ layout: ChosenLayout) throws -> StatementPlan {
    guard let name = layout.name else { return try StatementPlan(layout.definition, in: snapshot) }
    let key = Ledger.PlanKey(
      name: name,
      before: head,
      head: snapshot.head,
      unit: layout.definition.unit,
      caption: layout.definition.caption
    )
    let plan = try ledger.plans.value(key) { try StatementPlan(layout.definition, in: snapshot) }
    return try plan ?? StatementPlan(layout.definition, in: snapshot)
  }

  /// Folds the log from its first event, without the tables derived from it.
  ///
  /// - Parameter end: How many events to fold; `nil` for all that count.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*n*) time and memory.
  public func replay(to end: UInt64? = nil) throws -> Ledger.Replay {
    try ledger.translating {
      var texts: [String] = []
      try snapshot.forEachSymbol { _, text in texts.append(text) }
      let end = min(end ?? .max, head)
      var fold = LogFold(texts: texts, eventCount: Int(end))
      try snapshot.forEachRecord(before: end) { sequence, record in
        try fold.fold(record, at: sequence)
      }
      let count = fold.head
      return Ledger.Replay(facts: fold.finish(), eventCount: count)
    }
  }

  /// Fills a statement from a fold of the log: of the events that were folded, those that count.
  ///
  /// - Throws: ``LedgerError`` if there is no such statement, entity or figure.
  /// - Complexity: O(log *n*) for each cell.
  public func statement(
    _ request: StatementRequest,
    from replay: Ledger.Replay
  ) throws -> StatementAnswer {
    try ledger.translating {
      var vantage = try vantage()
      vantage.head = min(vantage.head, replay.eventCount)
      let statement = try filled(
        request,
        within: vantage,
        from: replay.facts,
        calendar: { _ in nil },
        plan: { try StatementPlan($0.definition, in: replay.facts) }
      )
      let answer = try StatementAnswer(
        statement,
        root: snapshot.root(at: vantage.head),
        in: replay.facts
      )
      for claim in answer.claims {
        try snapshot.prove(claim.figure, of: claim.period, at: claim.sequence)
      }
      return answer
    }
  }

  /// Fills a statement from `source`, which holds what this view's log does.
  ///
  /// - Parameters:
  ///   - calendar: The fiscal calendar of an entity; `nil` to make it from `source`.
  ///   - plan: The plan of a layout's definition.
  private func filled(
    _ request: StatementRequest,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable,
    calendar: (EntityDefinition) throws -> FiscalCalendar?,
    plan: (ChosenLayout) throws -> StatementPlan
  ) throws -> Statement {
    let entity = try snapshot.entity(matching: request.entity, before: vantage.head)
    let calendar = try calendar(entity)
    let layout = try Statement.layout(
      for: request,
      of: entity.entity,
      within: vantage,
      calendar: calendar,
      currencies: { try currencies() },
      in: source
    )
    let plan = try plan(layout)
    let dimensions = try request.operatingUnit.map { part in
      try plan.definition.dimensions(operatingUnit: part)
    }
    return try Statement(
      request,
      of: entity.entity,
      dimensions: dimensions ?? .none,
      within: vantage,
      in: layout,
      by: plan,
      calendar: calendar,
      from: source
    )
  }
}

extension StatementDefinition {
  /// The dimensions of the lines of one operating unit.
  fileprivate func dimensions(operatingUnit part: String) throws -> Dimensions {
    var units: [String] = []
    for unit in lines.compactMap({ $0.dimensions["operating-unit"] }).map(String.init)
    where !units.contains(unit) {
      units.append(unit)
    }
    let matching = units.filter { $0.lowercased().contains(part.lowercased()) }
    guard let unit = matching.first, matching.count == 1 else {
      throw LedgerError(
        matching.isEmpty ? .notFound : .ambiguous,
        matching.isEmpty
          ? "no operating unit of \(statement) matches \"\(part)\""
          : "\"\(part)\" matches several operating units",
        remedy: units.isEmpty ? .leaveOutOperatingUnit : .nameOneOf(units)
      )
    }
    return try Dimensions([("operating-unit", unit)])
  }
}
