import EventStore
public import Facts
public import Projections

/// Which statement a person asks for.
public struct StatementRequest: Hashable, Sendable {
  /// The statement's name: `balance-sheet`.
  public var statement: String

  /// A unique part of the entity's name or identifier; `nil` for the only one.
  public var entity: String?

  /// The reporting date; `nil` for the newest known.
  public var asOf: CivilDate?

  /// A unique part of an operating unit's name: only its lines are shown.
  public var operatingUnit: String?

  /// What the columns are about; `nil` for the statement's own columns.
  public var span: StatementQuery.Span?

  /// How many columns of the span, one after the other; `nil` for it and the same a year before.
  public var columnCount: Int?

  /// A request with these aspects.
  public init(
    _ statement: String,
    entity: String? = nil,
    asOf: CivilDate? = nil,
    operatingUnit: String? = nil,
    span: StatementQuery.Span? = nil,
    columnCount: Int? = nil
  ) {
    self.statement = statement
    self.entity = entity
    self.asOf = asOf
    self.operatingUnit = operatingUnit
    self.span = span
    self.columnCount = columnCount
  }
}

/// A statement, and what proves it.
public struct StatementAnswer: Sendable {
  /// The statement.
  public var statement: Statement

  /// The names of the filings it rests on or waits for.
  public var filingNames: [SymbolID: String]

  /// The filing used that was published last; `nil` if none was used.
  public var latestFiling: Filing?

  /// The root of the Merkle tree over the events that counted, in hexadecimal.
  public var root: String

  /// How many events counted.
  public var head: UInt64 { statement.vantage.head }
}

extension Ledger {
  /// A plan is good for one definition and one dictionary.
  struct PlanKey: Hashable {
    let name: DefinitionName
    let before: UInt64
    let head: UInt64
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
      try answer(request, within: vantage(), from: snapshot) { query in
        let (definition, name) = try Statement.definition(for: query, in: snapshot)
        let key = Ledger.PlanKey(name: name, before: query.vantage.head, head: snapshot.head)
        let plan = try ledger.plans.value(key) { try StatementPlan(definition, in: snapshot) }
        return try plan ?? StatementPlan(definition, in: snapshot)
      }
    }
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
      return try answer(request, within: vantage, from: replay.facts) { query in
        let definition = try Statement.definition(for: query, in: replay.facts).definition
        return try StatementPlan(definition, in: replay.facts)
      }
    }
  }

  /// Fills a statement from `source`, which holds what this view's log does.
  private func answer(
    _ request: StatementRequest,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable,
    plan: (StatementQuery) throws -> StatementPlan
  ) throws -> StatementAnswer {
    let entity = try snapshot.entity(matching: request.entity, before: vantage.head)
    var query = StatementQuery(
      statement: request.statement,
      entity: entity.entity,
      asOf: request.asOf,
      vantage: vantage,
      span: request.span,
      columnCount: request.columnCount
    )
    let plan = try plan(query)
    if let part = request.operatingUnit {
      query.dimensions = try plan.definition.dimensions(operatingUnit: part)
    }
    let statement = try Statement(query, plan, from: source)
    let used = try FilingsUsed(by: statement) { try source.text($0) }
    precondition(
      used.latest.map { vantage.knows($0.published) } ?? true,
      "a claim of the future was used"
    )
    return StatementAnswer(
      statement: statement,
      filingNames: used.names,
      latestFiling: try used.latest.flatMap { try source.filing(used.names[$0.filing] ?? "") },
      root: try snapshot.root(at: vantage.head)
    )
  }
}

/// The filings that a statement's cells rest on or wait for.
struct FilingsUsed {
  private(set) var names: [SymbolID: String] = [:]

  /// The claim used that was published last: of several filings, that of the last name.
  private(set) var latest: FactRow?

  init(by statement: Statement, _ name: (SymbolID) throws -> String) throws {
    for line in statement.lines.indices {
      for cell in statement.lines[line].cells.indices {
        switch statement.lines[line].cells[cell].answer {
        case .holds(let row): try use(row, name)
        case .notYetKnown(let row): try note(row.filing, name)
        case .notReported: break
        case let answer: for row in answer.rows { try use(row, name) }
        }
      }
    }
  }

  private mutating func use(_ row: FactRow, _ name: (SymbolID) throws -> String) throws {
    guard let latest, latest.published >= row.published else {
      try note(row.filing, name)
      self.latest = row
      return
    }
    guard latest.filing != row.filing else { return }
    try note(row.filing, name)
    if latest.published == row.published, names[latest.filing] ?? "" < names[row.filing] ?? "" {
      self.latest = row
    }
  }

  private mutating func note(_ filing: SymbolID, _ name: (SymbolID) throws -> String) throws {
    if names[filing] == nil { names[filing] = try name(filing) }
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
