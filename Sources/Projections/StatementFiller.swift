public import Facts

extension Statement {
  /// Fills a statement from `source`.
  ///
  /// - Parameters:
  ///   - request: The statement; its words for entity and operating unit are not looked at.
  ///   - entity: Whose: `cik:0000719413`.
  ///   - dimensions: What lines must have, or are left out; headings stay with their lines.
  ///   - vantage: The bounds of the other two times.
  /// - Throws: ``UnanswerableQuery`` if the ledger has no such statement, or no figure for it;
  ///   whatever `source` throws.
  /// - Complexity: O(*cells* × log *n*).
  public init(
    _ request: StatementRequest,
    of entity: String,
    dimensions: Dimensions = .none,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let layout = try Self.layout(for: request, of: entity, within: vantage, in: source)
    try self.init(
      request,
      of: entity,
      dimensions: dimensions,
      within: vantage,
      in: layout,
      by: StatementPlan(layout.definition, in: source),
      from: source
    )
  }

  /// Fills a statement from `source` by a plan that was made when it held as many events.
  ///
  /// - Parameters:
  ///   - request: The statement; its words for entity and operating unit are not looked at.
  ///   - entity: Whose: `cik:0000719413`.
  ///   - dimensions: What lines must have, or are left out; headings stay with their lines.
  ///   - vantage: The bounds of the other two times.
  ///   - layout: What ``layout(for:of:within:calendar:in:)`` chose.
  ///   - plan: The plan of that layout's definition.
  ///   - calendar: The entity's fiscal calendar within the vantage, where it is at hand.
  /// - Throws: ``UnanswerableQuery`` if the ledger has no figure for it; whatever `source` throws.
  /// - Complexity: O(*cells* × log *n*).
  public init(
    _ request: StatementRequest,
    of entity: String,
    dimensions: Dimensions = .none,
    within vantage: Vantage,
    in layout: ChosenLayout,
    by plan: StatementPlan,
    calendar: FiscalCalendar? = nil,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let symbol = try source.symbol(entity) else {
      throw UnanswerableQuery.nothing(of: entity)
    }
    let entity = try EntityDefinition.newest(entity, before: vantage.head, in: source)
    let calendar = try calendar ?? FiscalCalendar(of: entity, within: vantage, from: source)
    var dated = request
    dated.asOf = layout.asOf ?? request.asOf
    var filler = StatementFiller(dated, entity, symbol, calendar, dimensions, vantage, plan)
    self = try filler.fill(from: source)
    (requestedAsOf, filedLayout) = (request.asOf, layout.filed)
  }

  /// The layout that `request` asks for: the newest one that a filing prints and that covers the
  /// reporting date, else the entity's own, or everybody's.
  ///
  /// - Parameters:
  ///   - calendar: The entity's fiscal calendar within the vantage, where it is at hand.
  ///   - currencies: The currencies that the ledger has figures in, where they are at hand; asked for only where the
  ///     layout is everybody's.
  /// - Throws: ``UnanswerableQuery`` if there is none, with the names there are.
  public static func layout(
    for request: StatementRequest,
    of entity: String,
    within vantage: Vantage,
    calendar: FiscalCalendar? = nil,
    currencies: () throws -> [String]? = { nil },
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> ChosenLayout {
    try StatementLayouts(request, of: entity, within: vantage, in: source)
      .chosen(calendar, currencies, in: source)
  }
}

extension EntityDefinition {
  /// The newest definition of an entity recorded before `head`; where there is none, one with nothing
  /// but the identifier.
  static func newest(
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
  let request: StatementRequest

  /// What lines must have, or are left out.
  let dimensions: Dimensions

  /// The bounds of the other two times.
  let vantage: Vantage

  let plan: StatementPlan
  let entity: EntityDefinition
  let entitySymbol: SymbolID

  /// The entity's fiscal years.
  let calendar: FiscalCalendar

  /// For each line, the series that it is filled from; none for a line that is not asked for.
  let series: [[StatementPlan.LineSeries]]

  /// The series of lines whose periods make reporting dates: not opening balances.
  let datedSeries: [Int]

  /// The claims of the series about periods that end around the reporting date.
  var window: FactWindow?

  var definition: StatementDefinition { plan.definition }

  init(
    _ request: StatementRequest,
    _ entity: EntityDefinition,
    _ entitySymbol: SymbolID,
    _ calendar: FiscalCalendar,
    _ dimensions: Dimensions,
    _ vantage: Vantage,
    _ plan: StatementPlan
  ) {
    self.request = request
    self.entity = entity
    self.entitySymbol = entitySymbol
    self.calendar = calendar
    self.dimensions = dimensions
    self.vantage = vantage
    self.plan = plan
    guard !dimensions.isEmpty else {
      (series, datedSeries) = (plan.series, plan.datedSeries)
      return
    }
    let series = zip(plan.definition.lines, plan.series).map { line, series in
      Self.isChosen(line, dimensions) ? series : []
    }
    self.series = series
    datedSeries = StatementPlan.datedSeries(of: plan.definition, series)
  }

  /// Whether the line has all of `dimensions`.
  private static func isChosen(
    _ line: StatementDefinition.Line,
    _ dimensions: Dimensions
  ) -> Bool {
    dimensions.pairs.allSatisfy { pair in
      line.dimensions[String(pair.key)] == pair.value
    }
  }

  mutating func fill(
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Statement {
    var (asOf, columns) = try plannedColumns(in: source)
    var lines: [Statement.Line] = []
    lines.reserveCapacity(series.count)
    for (line, series) in zip(plan.definition.lines, series) {
      if !dimensions.isEmpty, !Self.isChosen(line, dimensions) { continue }
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
    var vintages = StatementVintages(plan, of: entitySymbol, within: vantage)
    // Only a span is derived.
    if request.span != nil, !isOfDays { try vintages.settle(columns, &lines, from: source) }
    if plan.definition.layout == .columns { Self.dropUnreported(&columns, &lines) }
    if dimensions.isEmpty, !lines.isEmpty { lines = StatementFooting.footed(lines) }
    try vintages.settleResiduals(of: columns, &lines, from: source)
    Self.dropOptional(&lines)
    return Statement(
      definition: definition,
      entity: entity,
      requestedAsOf: request.asOf,
      asOf: asOf,
      vantage: vantage,
      columns: columns,
      lines: lines
    )
  }

  /// Whether every column is about a day.
  private var isOfDays: Bool { plan.definition.columns.allSatisfy { $0.span == .instant } }

  /// The reporting date answered for, and the columns.
  ///
  /// - Throws: ``UnanswerableQuery`` if nothing is reported for it.
  mutating func plannedColumns(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    switch (request.span, plan.definition.layout) {
    case (let span?, .columns) where isOfDays: try endColumns(span, in: source)
    case (let span?, _): try spanColumns(span, in: source)
    case (nil, .columns): try planColumns(in: source)
    case (nil, .list): try listColumns(in: source)
    }
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
    // Whether the heading that was kept last has lost lines, and whether lines that are deeper.
    var (isHeadingEmpty, hadDeeper) = (false, false)
    for line in lines {
      let heading = kept.last.flatMap { $0.isHeading ? $0.definition.depth : nil }
      if line.definition.isOptional, line.cells.allSatisfy({ $0.answer == .notReported }),
        !line.isHeading
      {
        isHeadingEmpty = isHeadingEmpty || heading != nil
        hadDeeper = hadDeeper || heading.map { line.definition.depth > $0 } ?? false
        continue
      }
      // A line that is no deeper is beside the heading of those that were, and not below it.
      let isBeside = hadDeeper && heading.map { line.definition.depth <= $0 } ?? false
      if isHeadingEmpty, line.isHeading || isBeside { kept.removeLast() }
      kept.append(line)
      (isHeadingEmpty, hadDeeper) = (false, false)
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
    try Statement.Cell(of: line, series, entitySymbol, in: column) { fact, candidate, rangeEnd in
      try answer(to: fact, candidate, rangeEnd, in: source)
    }
  }

  private func answer(
    to fact: FactID,
    _ series: StatementPlan.LineSeries,
    _ rangeEnd: RangeEnd,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Answer {
    guard request.span == nil || isOfDays else {
      return try Answer(deriving: fact, rangeEnd, within: vantage, from: source)
    }
    guard let window, window.covers(fact.periodEnd) else {
      return try Answer(showing: fact, rangeEnd, within: vantage, from: source)
    }
    return try window.answer(to: fact, ofSeries: series.index, rangeEnd, in: source)
  }
}

extension Statement.Cell {
  /// The cell of a line: of its own concept, or of the first alternative that answers.
  ///
  /// - Parameters:
  ///   - series: What the line is filled from.
  ///   - column: What the column is about.
  ///   - answer: The answer to a fact of one of the series.
  init(
    of line: StatementDefinition.Line,
    _ series: [StatementPlan.LineSeries],
    _ entity: SymbolID,
    in column: Period,
    answer: (FactID, StatementPlan.LineSeries, RangeEnd) throws -> Answer
  ) rethrows {
    let period = line.period(in: column)
    // An alternative that holds comes before one that is yet to be published.
    var best = Statement.Cell(answer: .notReported, fact: nil)
    for candidate in series {
      let fact = candidate.id(entity).fact(period)
      let answer = try answer(fact, candidate, RangeEnd(line.qualifier))
      switch answer {
      case .holds, .range, .conflict, .retracted, .derived:
        self.init(
          answer: answer,
          fact: fact,
          otherConcept: candidate.concept == line.concept ? nil : candidate.concept
        )
        return
      case .notReported:
        if best.fact == nil { best.fact = fact }
      case .notYetKnown, .notDerivable:
        if best.answer == .notReported { best = Statement.Cell(answer: answer, fact: fact) }
      }
    }
    self = best
  }
}

extension Answer {
  /// Whether the fact is reported, derived, or to be published.
  fileprivate var isReported: Bool {
    switch self {
    case .holds, .range, .conflict, .retracted, .notYetKnown, .derived: true
    case .notReported, .notDerivable: false
    }
  }
}
