public import Facts

/// The series of one entity that a measure of a panel reads: those of concepts that mean the same, in the order
/// in which they are tried.
public struct PanelTerm {
  /// The series of one concept without dimensions, in one unit.
  public struct Series {
    /// The name of the concept.
    public var concept: String

    /// The series.
    public var id: SeriesID

    /// The unit that its figures are in.
    public var unit: String

    /// The other units in which the entity reports the concept.
    public var otherUnits: [String]

    /// The days of its instants, in order; empty for a concept of durations.
    var instants: [CivilDate] = []

    /// Its durations that hold within the widest vantage.
    var durations: PeriodAlgebra
  }

  /// A figure of a term, and the series that it is of.
  public struct Reading: Hashable {
    /// The name of the concept.
    public var concept: String

    /// The unit of its figures.
    public var unit: String

    /// What holds.
    public var answer: Answer
  }

  /// The series, in order; empty if the entity reports none of the concepts without dimensions.
  public private(set) var series: [Series] = []

  /// The names of concepts that the entity reports with dimensions alone.
  public private(set) var dimensionalConcepts: [String] = []

  /// The periods that it reports otherwise, and how.
  private var otherPeriods: [Period: AbsenceReason] = [:]

  /// The series of some concepts that an entity reports.
  ///
  /// Of several units the one counts in which most periods are reported, of equal ones the first by name.
  ///
  /// - Parameters:
  ///   - concepts: The names of concepts, whole.
  ///   - unit: The only unit that counts; `nil` for any.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*) for each concept, for *k* claims of it.
  public init(
    _ concepts: [String],
    of entity: SymbolID,
    in unit: String?,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard let plain = try source.symbol(Dimensions.none.text) else { return }
    for name in concepts {
      guard let concept = try source.symbol(name) else { continue }
      var facts: [SymbolID: Set<FactID>] = [:]
      let bound = { (unit: UInt32) in
        SeriesID(
          entity: entity,
          concept: concept,
          dimensions: plain,
          unit: SymbolID(rawValue: unit)
        )
      }
      try source.forEachRow(from: bound(0).first(), through: bound(.max).last()) { row in
        if row.sequence < vantage.head { facts[row.fact.unit, default: []].insert(row.fact) }
        return true
      }
      var units: [(text: String, symbol: SymbolID, facts: Set<FactID>)] = []
      for (symbol, facts) in facts { units.append((try source.text(symbol), symbol, facts)) }
      units.sort { ($1.facts.count, $0.text) < ($0.facts.count, $1.text) }
      let found = unit == nil ? units.first : units.first { $0.text == unit }
      let hasDimensions = try noteOthers(
        FactStretch(of: entity, concept),
        than: found.map { bound($0.symbol.rawValue) },
        before: vantage.head,
        in: source
      )
      guard let found else {
        if units.isEmpty, hasDimensions { dimensionalConcepts.append(name) }
        continue
      }
      let id = bound(found.symbol.rawValue)
      series.append(
        Series(
          concept: name,
          id: id,
          unit: found.text,
          otherUnits: units.map(\.text).filter { $0 != found.text },
          instants: found.facts.filter(\.isInstant).map { CivilDate(dayNumber: $0.periodEnd) }
            .sorted(),
          durations: try PeriodAlgebra(id, within: vantage, from: source)
        )
      )
    }
  }

  /// Notes the periods of a concept's facts that are not of the series that counts.
  ///
  /// - Returns: Whether some have dimensions.
  private mutating func noteOthers(
    _ facts: FactStretch,
    than series: SeriesID?,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    var hasDimensions = false
    var reasons: [Period: AbsenceReason] = [:]
    let plain = try source.symbol(Dimensions.none.text)
    try source.forEachRow(from: facts.first, through: facts.last) { row in
      guard row.sequence < head, row.fact.series != series else { return true }
      let isPlain = row.fact.dimensions == plain
      hasDimensions = hasDimensions || !isPlain
      // A figure in another unit is nearer to the one asked for.
      if isPlain || reasons[row.fact.period] == nil {
        reasons[row.fact.period] = isPlain ? .otherUnit : .otherDimensions
      }
      return true
    }
    otherPeriods.merge(reasons) { first, _ in first }
    return hasDimensions
  }

  /// How the entity reports what there is no reading of: in another unit, or with dimensions; `nil` if it does
  /// not.
  ///
  /// - Complexity: O(*p*), for *p* periods that it reports so.
  public func absence(of period: Period) -> AbsenceReason? {
    if let reason = otherPeriods[period] { return reason }
    return otherPeriods.first { other, _ in
      other.start == nil && FiscalCalendar.isNear(other.end, period.end)
    }?.value
  }

  /// What holds for a period within a vantage: the first series that has figures decides; where none has,
  /// the first that says why.
  ///
  /// Of a concept of instants it is the figure at the end of the period: of that day, else of the nearest one
  /// that can be the same fiscal day.
  ///
  /// - Returns: `nil` if nothing is reported for the period.
  /// - Throws: Whatever `source` throws.
  public func reading(
    of period: Period,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Reading? {
    var absent: Reading?
    for series in series {
      guard let fact = series.fact(period) else { continue }
      let answer = try FactListing.answer(deriving: fact, within: vantage, from: source)
      guard answer != .notReported else { continue }
      let reading = Reading(concept: series.concept, unit: series.unit, answer: answer)
      if answer.hasClaims { return reading }
      absent = absent ?? reading
    }
    return absent
  }

  /// The claim by which a period's figure was reported first, of whatever concept of the term.
  ///
  /// - Throws: Whatever `source` throws.
  public func first(
    of period: Period,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Reading? {
    var first: (row: FactRow, reading: Reading)?
    let amendments = try source.amendments(before: vantage.head)
    for series in series {
      guard let fact = series.fact(period) else { continue }
      let walk = try ClaimWalk(
        source.rows(of: fact),
        rangeEnd: .figure,
        within: vantage,
        amendments
      ) { try source.filingOrder($0, before: vantage.head) }
      guard let row = walk.steps.first(where: { $0.role != nil })?.row,
        first.map({ row.published < $0.row.published }) ?? true
      else { continue }
      first = (row, Reading(concept: series.concept, unit: series.unit, answer: .holds(row)))
    }
    return first?.reading
  }
}

extension PanelTerm.Series {
  /// The fact about a period; `nil` if the series is one of instants and has none near its end.
  fileprivate func fact(_ period: Period) -> FactID? {
    guard !instants.isEmpty else { return period.start == nil ? nil : id.fact(period) }
    let distance = { (day: CivilDate) in (day.dayNumber - period.end.dayNumber).magnitude }
    guard let nearest = instants.min(by: { distance($0) < distance($1) }),
      FiscalCalendar.isNear(nearest, period.end)
    else { return nil }
    return id.fact(.instant(nearest))
  }
}

/// The periods of one entity that are the rows of a panel.
public struct PanelPeriods {
  private let plan: SpanPlan
  private let span: StatementRequest.Span
  private let calendar: FiscalCalendar

  /// The rows, the earliest first: spans that some term has figures for, and the days of instants at which
  /// such a span would end.
  public let periods: [Period]

  /// The periods of some terms.
  ///
  /// - Complexity: As ``SpanPlan/periods``.
  public init(_ terms: [PanelTerm], _ span: StatementRequest.Span, in calendar: FiscalCalendar) {
    (self.span, self.calendar) = (span, calendar)
    plan = SpanPlan(span, in: calendar, terms.map { $0.series.map(\.durations) })
    var periods = plan.periods
    let days = Set(terms.flatMap { $0.series.flatMap(\.instants) })
    for day in days.sorted()
    where !periods.contains(where: { FiscalCalendar.isNear($0.end, day) })
      && span.canEnd(on: day, in: calendar)
    {
      periods.append(.instant(day))
    }
    self.periods = periods.sorted { $0.end < $1.end }
  }

  /// The same period a year before; `nil` if no figures begin or end there.
  public func yearBefore(_ period: Period) -> Period? {
    guard let end = period.end.advanced(byMonths: -12) else { return nil }
    guard period.start != nil else { return .instant(end) }
    return plan.boundary(near: end).flatMap { plan.period(endingAt: $0) }
  }

  /// The number of the fiscal year that a period ends in, and which quarter of it ends then, from 1 to 4.
  ///
  /// - Returns: `nil` before year 1.
  public func place(of period: Period) -> (year: Int, quarter: Int)? {
    guard let quarter = calendar.quarter(endingOn: period.end),
      let yearEnd = calendar.isYearEnd(period.end)
        ? period.end : period.end.advanced(byMonths: 3 * (4 - quarter))
    else { return nil }
    return (calendar.number(ofYearEnding: yearEnd).year, quarter)
  }
}
