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
      try snapshot.answer(request, from: snapshot)
    }
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
    return try read { snapshot in try snapshot.answer(request, from: replay.facts) }
  }
}

extension Snapshot {
  /// Fills a statement from `source`, which holds what this snapshot's log does.
  fileprivate func answer(
    _ request: StatementRequest,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
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
    if let part = request.operatingUnit {
      let definition = try Statement.definition(for: query, in: source)
      query.dimensions = try definition.dimensions(operatingUnit: part)
    }
    let statement = try Statement(query, from: source)
    precondition(
      statement.rows.allSatisfy { vantage.knows($0.published) },
      "a claim of the future was used"
    )
    var names: [SymbolID: String] = [:]
    for symbol in statement.filings { names[symbol] = try source.text(symbol) }
    let latest = statement.rows.max { lhs, rhs in
      (lhs.published, names[lhs.filing] ?? "") < (rhs.published, names[rhs.filing] ?? "")
    }
    return StatementAnswer(
      statement: statement,
      filingNames: names,
      latestFiling: try latest.flatMap { try source.filing(names[$0.filing] ?? "") },
      root: try root(at: vantage.head)
    )
  }
}

extension Statement {
  /// The filings that its cells rest on or wait for.
  var filings: Set<SymbolID> {
    var filings = Set(rows.map(\.filing))
    for cell in lines.flatMap(\.cells) {
      if case .notYetKnown(let row) = cell.answer { filings.insert(row.filing) }
    }
    return filings
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
