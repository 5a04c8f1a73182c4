public import Facts

/// The series that an entity's fiscal calendar is read from: a few that nearly every filing reports.
struct CalendarSeries {
  /// Where they are in the `facts` table.
  let stretches: [FactStretch]

  /// The figures of the primary statements that filings give for every period that they report.
  private static let concepts = [
    "us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "us-gaap:Revenues",
    "us-gaap:NetCashProvidedByUsedInOperatingActivities", "ifrs-full:ProfitLoss",
    "ifrs-full:CashFlowsFromUsedInOperatingActivities",
  ]

  /// The series of these concepts, whatever their unit.
  ///
  /// - Complexity: O(1).
  init?(
    of entity: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let plain = try source.symbol(Dimensions.none.text) else { return nil }
    var concepts: [SymbolID] = []
    for name in Self.concepts {
      if let symbol = try source.symbol(name) { concepts.append(symbol) }
    }
    stretches = concepts.sorted().map { Self.stretch(entity, $0, plain) }
  }

  /// The series of every concept of the entity.
  ///
  /// - Complexity: O(*c* log *n*), for *c* concepts.
  init?(
    ofEveryConceptOf entity: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let plain = try source.symbol(Dimensions.none.text) else { return nil }
    var stretches: [FactStretch] = []
    var (next, last) = (FactID.first, FactID.last)
    (next.entity, last.entity) = (entity, entity)
    var rows: [FactRow] = []
    while true {
      rows.removeAll(keepingCapacity: true)
      _ = try source.appendRows(
        from: FactRow.Place(before: next),
        through: last,
        limit: 1,
        to: &rows
      )
      guard let concept = rows.first?.fact.concept else { break }
      stretches.append(Self.stretch(entity, concept, plain))
      next.concept = SymbolID(rawValue: concept.rawValue + 1)
    }
    self.stretches = stretches
  }

  private static func stretch(
    _ entity: SymbolID,
    _ concept: SymbolID,
    _ dimensions: SymbolID
  ) -> FactStretch {
    let unit = { (number: UInt32) in
      SeriesID(
        entity: entity,
        concept: concept,
        dimensions: dimensions,
        unit: SymbolID(rawValue: number)
      )
    }
    return FactStretch(from: unit(0).first(), through: unit(.max).last())
  }
}

extension FiscalCalendar {
  /// The fiscal calendar of an entity, as its filings make it that are known and recorded within
  /// `vantage`.
  ///
  /// Years have no other numbers than the rule gives: ``numbered(for:within:from:)`` looks them up.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* claims of six series; where these tell nothing of years, for
  ///   those of every concept of the entity without dimensions.
  public init(
    of entity: EntityDefinition,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.init(yearEnd: entity.fiscalYearEnd)
    for breadth in CalendarHistory.Breadth.allCases where yearEnds.isEmpty {
      let history = try CalendarHistory(of: entity, breadth, before: vantage.head, from: source)
      self = history.calendar(knowing: history.count(within: vantage), stated: entity.fiscalYearEnd)
    }
  }

  /// The calendar with the numbers that the entity's filings give their fiscal years.
  ///
  /// An annual report names the year that it is about, which is the newest that it reports; the years
  /// beside it in the report have other numbers.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* claims of six series and their filings.
  public func numbered(
    for entity: EntityDefinition,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FiscalCalendar {
    var calendar = self
    guard let symbol = try source.symbol(entity.entity) else { return self }
    var statements = try CalendarSeries(of: symbol, in: source)?
      .statements(within: vantage, from: source)
    if statements?.isEmpty ?? true {
      statements = try CalendarSeries(ofEveryConceptOf: symbol, in: source)?
        .statements(within: vantage, from: source)
    }
    calendar.numbers = YearNumbers(statements ?? [])
    return calendar
  }
}

extension CalendarSeries {
  /// What filings call the years of the periods that they are about.
  fileprivate func statements(
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FiscalCalendar.YearNumbers.Statement] {
    let amendments = try source.amendments(before: vantage.head)
    var newest: [SymbolID: (end: Int32, yearEnd: Int32?)] = [:]
    for stretch in stretches {
      try source.forEachRow(from: stretch.first, through: stretch.last) { row in
        let fact = row.fact
        guard row.isClaim, !fact.isInstant, row.sequence < vantage.head,
          vantage.knows(amendments.published(row)), !amendments.withdraws(row)
        else { return true }
        var filing = newest[row.filing] ?? (fact.periodEnd, nil)
        filing.end = max(filing.end, fact.periodEnd)
        if FiscalCalendar.Part(dayCount: fact.period.dayCount) == .year {
          filing.yearEnd = max(filing.yearEnd ?? fact.periodEnd, fact.periodEnd)
        }
        newest[row.filing] = filing
        return true
      }
    }
    var statements: [FiscalCalendar.YearNumbers.Statement] = []
    for (symbol, found) in newest {
      guard let filing = try source.filing(source.text(symbol), before: vantage.head),
        let year = filing.fiscalYear
      else { continue }
      let isAnnual = filing.isAnnualReport
      guard let end = isAnnual ? found.yearEnd : found.end else { continue }
      statements.append(
        .init(end: CivilDate(dayNumber: end), year: year, isAnnual: isAnnual)
      )
    }
    return statements
  }
}

extension Filing {
  /// Whether the filing is about a fiscal year.
  fileprivate var isAnnualReport: Bool {
    if let fiscalPeriod { return fiscalPeriod == "FY" }
    return ["10-K", "20-F", "40-F"].contains { form?.hasPrefix($0) ?? false }
  }
}
