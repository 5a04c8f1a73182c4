public import Facts

extension Statement {
  /// Fills a statement from `source`.
  ///
  /// - Throws: ``UnanswerableQuery`` if the ledger has no such statement, or no figure for it;
  ///   whatever `source` throws.
  /// - Complexity: O(*cells* × log *n*).
  public init(
    _ query: StatementQuery,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let plan = try StatementPlan(Self.definition(for: query, in: source).definition, in: source)
    try self.init(query, plan, from: source)
  }

  /// Fills a statement from `source` by a plan that was made when it held as many events.
  ///
  /// - Throws: ``UnanswerableQuery`` if the ledger has no figure for it; whatever `source` throws.
  /// - Complexity: O(*cells* × log *n*).
  public init(
    _ query: StatementQuery,
    _ plan: StatementPlan,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let symbol = try source.symbol(query.entity) else {
      throw UnanswerableQuery(
        .notFound,
        "the ledger holds nothing of \(query.entity)",
        remedy: .listEntities
      )
    }
    let entity = try Self.entity(query.entity, before: query.vantage.head, in: source)
    var filler = StatementFiller(query, plan, entity, symbol)
    self = try filler.fill(from: source)
  }

  /// The layout that `query` asks for: the entity's own, or everybody's.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none, with the names there are.
  public static func definition(
    for query: StatementQuery,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (definition: StatementDefinition, name: DefinitionName) {
    let head = query.vantage.head
    for entity in [query.entity, nil] {
      let name = DefinitionName(statement: query.statement, entity: entity)
      if case .statement(let found) = try source.definition(name, before: head) {
        return (found, name)
      }
    }
    let names = try source.definitions(
      ofType: "statement",
      applyingTo: query.entity,
      before: head
    )
    let list = Set(names.map(\.name)).sorted()
    throw UnanswerableQuery(
      noSuch: "the ledger has no statement \"\(query.statement)\" for \(query.entity)",
      query.statement,
      among: list
    )
  }

  private static func entity(
    _ name: String,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> EntityDefinition {
    let definition = DefinitionName(type: "entity", name: name)
    if case .entity(let found) = try source.definition(definition, before: head) { return found }
    return EntityDefinition(entity: name, name: name)
  }
}

/// Fills one statement: finds its columns, then its cells.
struct StatementFiller {
  let query: StatementQuery
  let plan: StatementPlan
  let entity: EntityDefinition
  let entitySymbol: SymbolID

  /// For each line, the series that it is filled from; none for a line that is not asked for.
  let series: [[StatementPlan.LineSeries]]

  /// The series of lines whose periods make reporting dates: not opening balances.
  let datedSeries: [Int]

  /// The claims of the series about periods that end around the reporting date.
  var window: FactWindow?

  var definition: StatementDefinition { plan.definition }

  /// The entity's fiscal years.
  var calendar: FiscalCalendar { FiscalCalendar(yearEnd: entity.fiscalYearEnd) }

  init(
    _ query: StatementQuery,
    _ plan: StatementPlan,
    _ entity: EntityDefinition,
    _ entitySymbol: SymbolID
  ) {
    self.query = query
    self.plan = plan
    self.entity = entity
    self.entitySymbol = entitySymbol
    guard !query.dimensions.isEmpty else {
      (series, datedSeries) = (plan.series, plan.datedSeries)
      return
    }
    let series = zip(plan.definition.lines, plan.series).map { line, series in
      Self.isChosen(line, query) ? series : []
    }
    self.series = series
    datedSeries = StatementPlan.datedSeries(of: plan.definition, series)
  }

  /// Whether the line has the dimensions that the query asks for.
  private static func isChosen(
    _ line: StatementDefinition.Line,
    _ query: StatementQuery
  ) -> Bool {
    query.dimensions.pairs.allSatisfy { pair in
      line.dimensions[String(pair.key)] == pair.value
    }
  }

  mutating func fill(
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Statement {
    var columns: [Statement.Column]
    let asOf: CivilDate
    switch (query.span, plan.definition.layout) {
    case (let span?, _): (asOf, columns) = try spanColumns(span, in: source)
    case (nil, .columns): (asOf, columns) = try planColumns(in: source)
    case (nil, .list): (asOf, columns) = try listColumns(in: source)
    }
    var lines: [Statement.Line] = []
    lines.reserveCapacity(series.count)
    for (line, series) in zip(plan.definition.lines, series) {
      if !query.dimensions.isEmpty, !Self.isChosen(line, query) { continue }
      var cells: [Statement.Cell] = []
      if line.concept != nil {
        cells.reserveCapacity(columns.count)
        for index in columns.indices {
          cells.append(try cell(line, series, columns[index].period, in: source))
        }
      }
      let answered = cells.first { $0.answer.isReported }?.fact?.concept
      let concept = answered.flatMap { symbol in
        series.first { $0.conceptSymbol == symbol }?.concept
      }
      lines.append(
        Statement.Line(definition: line, concept: concept ?? line.concept, cells: cells)
      )
    }
    if plan.definition.layout == .columns { Self.dropUnreported(&columns, &lines) }
    Self.dropOptional(&lines)
    return Statement(
      definition: definition,
      entity: entity,
      requestedAsOf: query.asOf,
      asOf: asOf,
      vantage: query.vantage,
      columns: columns,
      lines: lines
    )
  }

  /// Leaves out columns of which nothing is reported, and comparatives without the column that they
  /// are compared with, unless that would leave nothing.
  ///
  /// Opening and closing balances do not count.
  private static func dropUnreported(
    _ columns: inout [Statement.Column],
    _ lines: inout [Statement.Line]
  ) {
    let reported = columns.indices.filter { index in
      lines.contains { line in
        line.definition.instant == nil && !line.cells.isEmpty
          && line.cells[index].answer.isReported
      }
    }
    let spans = Set(reported.map { columns[$0].layout }.filter { $0?.isMain == true }.map(\.?.span))
    let kept = reported.filter { spans.contains(columns[$0].layout?.span) }
    guard !kept.isEmpty, kept.count < columns.count else { return }
    columns = kept.map { columns[$0] }
    for index in lines.indices where !lines[index].cells.isEmpty {
      lines[index].cells = kept.map { lines[index].cells[$0] }
    }
  }

  /// Leaves out optional lines without a figure, and headings of which no line is left.
  private static func dropOptional(_ lines: inout [Statement.Line]) {
    guard lines.contains(where: \.definition.isOptional) else { return }
    var kept: [Statement.Line] = []
    var isHeadingEmpty = false
    for line in lines {
      if line.definition.concept == nil {
        if isHeadingEmpty { kept.removeLast() }
        kept.append(line)
        isHeadingEmpty = false
      } else if line.definition.isOptional, line.cells.allSatisfy({ $0.answer == .notReported }) {
        isHeadingEmpty = isHeadingEmpty || kept.last?.definition.concept == nil && !kept.isEmpty
      } else {
        kept.append(line)
        isHeadingEmpty = false
      }
    }
    if isHeadingEmpty { kept.removeLast() }
    lines = kept
  }

  private func cell(
    _ line: StatementDefinition.Line,
    _ series: [StatementPlan.LineSeries],
    _ column: Period,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Statement.Cell {
    let period: Period =
      switch (line.instant, column) {
      case (.start, .duration(let start, _)): .instant(start.advanced(byDays: -1))
      case (.end, .duration(_, let end)): .instant(end)
      default: column
      }
    // An alternative that holds comes before one that is yet to be published.
    var best = Statement.Cell(answer: .notReported, fact: nil)
    for candidate in series {
      let fact = candidate.id(entitySymbol).fact(period)
      let answer = try answer(to: fact, candidate, RangeEnd(line.qualifier), in: source)
      switch answer {
      case .holds, .conflict, .derived: return Statement.Cell(answer: answer, fact: fact)
      case .notReported:
        if best.fact == nil { best.fact = fact }
      case .notYetKnown, .notDerivable:
        if best.answer == .notReported { best = Statement.Cell(answer: answer, fact: fact) }
      }
    }
    return best
  }

  private func answer(
    to fact: FactID,
    _ series: StatementPlan.LineSeries,
    _ rangeEnd: RangeEnd,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Answer {
    guard query.span == nil else {
      return try Answer(deriving: fact, rangeEnd, within: query.vantage, from: source)
    }
    guard let window, window.covers(fact.periodEnd) else {
      return try Answer(to: fact, rangeEnd, within: query.vantage, from: source)
    }
    return try window.answer(to: fact, ofSeries: series.index, rangeEnd, in: source)
  }
}

extension Answer {
  /// Whether the fact is reported, derived, or to be published.
  fileprivate var isReported: Bool {
    switch self {
    case .holds, .conflict, .notYetKnown, .derived: true
    case .notReported, .notDerivable: false
    }
  }
}
