public import Facts

/// Makes the derived figures of each column of a statement be of one vintage.
struct StatementVintages {
  let plan: StatementPlan
  let entity: SymbolID

  /// The bounds of the query.
  let vantage: Vantage

  /// The vintages of columns that are not of the newest.
  private(set) var vintages: [Period: Vintage] = [:]

  /// The columns whose derived figures belong together because they foot.
  private var proven: Set<Period> = []

  init(_ plan: StatementPlan, of entity: SymbolID, within vantage: Vantage) {
    (self.plan, self.entity, self.vantage) = (plan, entity, vantage)
  }

  /// Puts figures of one vintage, column by column, in place of those that follow from the newest.
  mutating func settle(
    _ columns: [Statement.Column],
    _ lines: inout [Statement.Line],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    for (column, layout) in columns.enumerated() {
      var places: [Int] = []
      var cells: [ColumnVintage.DerivedCell] = []
      for (line, filled) in lines.enumerated() where !filled.cells.isEmpty {
        guard let cell = ColumnVintage.DerivedCell(filled.cells[column]) else { continue }
        places.append(line)
        cells.append(cell)
      }
      guard !cells.isEmpty else { continue }
      let outcome = try ColumnVintage(
        vantage: vantage,
        footing: footing(of: layout.period, from: source)
      ).settle(cells, from: source)
      vintages[layout.period] = outcome.vintage
      if outcome.isProven { proven.insert(layout.period) }
      for (line, answer) in zip(places, outcome.answers) {
        lines[line].cells[column].answer = answer
      }
    }
  }

  /// The reported totals of a period: of this layout, or of the general one of the same statement.
  private func footing(
    of period: Period,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> PeriodFooting? {
    try PeriodFooting(plan, of: entity, for: period)
      ?? PeriodFooting(
        [plan.definition.statement],
        in: plan.definition.unit,
        of: entity,
        for: period,
        before: vantage.head,
        from: source
      )
  }

  /// Says of what the lines above a total leave out that it does not follow, where the lines and the
  /// total are not of one vintage.
  func settleResiduals(
    of columns: [Statement.Column],
    _ lines: inout [Statement.Line],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    for line in lines.indices where lines[line].isResidual {
      for (column, layout) in columns.enumerated() {
        guard case .derived(var derivation) = lines[line].cells[column].answer else { continue }
        let vintage = vintages[layout.period]
        if let reason = try mixture(of: derivation, layout.period, vintage, from: source) {
          lines[line].cells[column].answer = .notDerivable(reason)
        } else if vintage != nil {
          derivation.vintage = vintage
          lines[line].cells[column].answer = .derived(derivation)
        }
      }
    }
  }

  /// Why a total and the lines above it are not of one vintage; `nil` if they are.
  private func mixture(
    of residual: Derivation,
    _ period: Period,
    _ vintage: Vintage?,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> NotDerivable? {
    let rows = residual.operands.map(\.row)
    let vantage = Vantage(knownAt: vintage?.published ?? vantage.knownAt, head: vantage.head)
    if let vintage {
      // What is reported of the period itself is printed as it holds now.
      for row in rows {
        let then = try FactReports(of: row.fact, within: vantage, from: source)?.holding
        guard then?.sequence == row.sequence else {
          return try NotDerivable(row, laterThan: vintage, in: source)
        }
      }
    }
    guard let mixture = try VintageMixture(of: rows, within: vantage, from: source) else {
      return nil
    }
    // A column that foots proves that its derived figures belong to those that are reported in it.
    let reported = rows.filter { $0.fact.isInstant || $0.fact.period == period }
    guard proven.contains(period), reported.count < rows.count,
      try VintageMixture(of: reported, within: vantage, from: source) == nil
    else { return try NotDerivable(mixture, in: source) }
    return nil
  }
}

extension Statement {
  /// The same lines and columns, as known at another moment.
  ///
  /// - Parameter isDerived: Whether figures that nobody reported are derived.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: As to fill the statement.
  public func asKnown(
    at knownAt: Timestamp,
    isDerived: Bool,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Statement {
    var then = self
    then.vantage.knownAt = knownAt
    for line in lines.indices {
      for column in lines[line].cells.indices {
        try then.answer(line, column, isDerived: isDerived, from: source)
      }
    }
    if isDerived, let symbol = try source.symbol(entity.entity) {
      let plan = try StatementPlan(definition, in: source)
      var vintages = StatementVintages(plan, of: symbol, within: then.vantage)
      try vintages.settle(then.columns, &then.lines, from: source)
    }
    return then
  }

  /// Every figure of the lines, without what the lines leave out: also those that another line contains.
  ///
  /// - Parameter isDerived: Whether figures that nobody reported are derived.
  /// - Throws: Whatever `source` throws.
  public func figureByFigure(
    isDerived: Bool,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Statement {
    var all = self
    all.lines.removeAll(where: \.isResidual)
    for line in all.lines.indices {
      for column in all.lines[line].cells.indices where all.lines[line].cells[column].isContained {
        try all.answer(line, column, isDerived: isDerived, from: source)
      }
    }
    return all
  }

  /// Answers a cell anew.
  private mutating func answer(
    _ line: Int,
    _ column: Int,
    isDerived: Bool,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let fact = lines[line].cells[column].fact else { return }
    let rangeEnd = RangeEnd(lines[line].definition.qualifier)
    lines[line].cells[column].isContained = false
    lines[line].cells[column].answer =
      isDerived
      ? try Answer(deriving: fact, rangeEnd, within: vantage, from: source)
      : try Answer(showing: fact, rangeEnd, within: vantage, from: source)
  }
}
