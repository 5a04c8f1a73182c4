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

  /// The other two times.
  public var times: Times

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
    times: Times = Times(),
    operatingUnit: String? = nil,
    span: StatementQuery.Span? = nil,
    columnCount: Int? = nil
  ) {
    self.statement = statement
    self.entity = entity
    self.asOf = asOf
    self.times = times
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
  /// Fills a statement from the ledger's tables.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is no such statement, entity or figure.
  public func statement(_ request: StatementRequest) throws -> StatementAnswer {
    try read { snapshot in
      try snapshot.answer(request, from: snapshot) { query in
        let (definition, name) = try Statement.definition(for: query, in: snapshot)
        let key = PlanKey(name: name, before: query.vantage.head, head: snapshot.head)
        let plan = try plans.value(key) { try StatementPlan(definition, in: snapshot) }
        return try plan ?? StatementPlan(definition, in: snapshot)
      }
    }
  }

  /// A plan is good for one definition and one dictionary.
  struct PlanKey: Hashable {
    let name: DefinitionName
    let before: UInt64
    let head: UInt64
  }

  /// What a fold of the whole log took.
  public struct Replay: Sendable {
    /// The facts it made.
    public var facts: MemoryFacts

    /// How many events were folded.
    public var eventCount: UInt64
  }

  /// Folds the log from its first event, without the tables derived from it.
  ///
  /// - Parameter head: How many events to fold; `nil` for all.
  public func replay(to head: UInt64? = nil) throws -> Replay {
    try read { snapshot in
      var texts: [String] = []
      try snapshot.forEachSymbol { _, text in texts.append(text) }
      let end = min(head ?? .max, snapshot.head)
      var fold = LogFold(texts: texts, eventCount: Int(end))
      try snapshot.forEachRecord(before: end) { sequence, record in
        try fold.fold(record, at: sequence)
      }
      let count = fold.head
      return Replay(facts: fold.finish(), eventCount: count)
    }
  }

  /// Fills a statement from a fold of the log.
  public func statement(
    _ request: StatementRequest,
    from replay: Replay
  ) throws -> StatementAnswer {
    var request = request
    if request.times.recordedAt == nil { request.times.recordedAt = .head(replay.eventCount) }
    return try read { snapshot in
      try snapshot.answer(request, from: replay.facts) { query in
        let definition = try Statement.definition(for: query, in: replay.facts).definition
        return try StatementPlan(definition, in: replay.facts)
      }
    }
  }
}

extension Snapshot {
  /// Fills a statement from `source`, which holds what this snapshot's log does.
  fileprivate func answer(
    _ request: StatementRequest,
    from source: borrowing some FactSource & ~Copyable & ~Escapable,
    plan: (StatementQuery) throws -> StatementPlan
  ) throws -> StatementAnswer {
    let vantage = try vantage(request.times)
    let entity = try entity(matching: request.entity, before: vantage.head)
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
      root: try root(at: vantage.head)
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
      throw UnanswerableQuery(
        matching.isEmpty
          ? "no operating unit of \(statement) matches \"\(part)\""
          : "\"\(part)\" matches several operating units",
        remedy: units.isEmpty
          ? "leave --unit out" : "name one of: \(units.joined(separator: ", "))"
      )
    }
    return try Dimensions([("operating-unit", unit)])
  }
}
