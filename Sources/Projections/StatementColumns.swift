import Facts

extension StatementFiller {
  /// The reporting date answered for, and the columns around it.
  ///
  /// - Throws: ``UnanswerableQuery`` if no line has a figure at or before the date asked for.
  mutating func planColumns(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    let (asOf, window) = try reportingDate(in: source)
    self.window = window
    var columns: [Statement.Column] = []
    for column in plan.definition.columns {
      guard let period = period(of: column, asOf: asOf, in: window) else { continue }
      columns.append(Statement.Column(period, column, calendar))
    }
    return (asOf, columns)
  }

  /// One column for each period of which a line has a figure, newest first.
  mutating func listColumns(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    let window = try readWindow(endingIn: [.min ... .max], from: source)
    self.window = window
    var periods: Set<Period> = []
    var (latest, latestKnown): (Timestamp?, Timestamp?)
    for entry in window.entries {
      guard let standing = entry.standing else { continue }
      let period = entry.fact.period
      guard request.asOf.map({ (period.start ?? period.end) <= $0 }) ?? true else { continue }
      periods.insert(period)
      latest = max(latest ?? standing.last, standing.last)
      if let known = standing.lastKnown { latestKnown = max(latestKnown ?? known, known) }
    }
    guard let last = periods.map(\.end).max(), let newest = latestKnown ?? latest else {
      throw nothingReported()
    }
    let sorted = periods.sorted { lhs, rhs in
      lhs.end == rhs.end
        ? (lhs.start ?? lhs.end) > (rhs.start ?? rhs.end) : lhs.end > rhs.end
    }
    return (
      request.asOf ?? min(last, newest.day),  // What is forecast is not about the future yet.
      sorted.map { Statement.Column($0, nil, calendar) }
    )
  }

  private func nothingReported() -> UnanswerableQuery {
    let chosen = dimensions.isEmpty ? "" : " with \(dimensions.text)"
    let bound = request.asOf.map { " at or before \($0)" } ?? ""
    return UnanswerableQuery(
      .notReported,
      "nothing of \(definition.statement)\(chosen) is reported for \(entity.name)\(bound)",
      remedy: .listFacts(entity: entity.entity)
    )
  }

  private func readWindow(
    endingIn ends: [ClosedRange<Int32>],
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FactWindow {
    try FactWindow(
      plan.ids(of: entitySymbol),
      endingIn: ends,
      within: vantage,
      from: source
    )
  }

  /// The days around which the columns of a reporting date end, in order.
  private func ends(of asOf: CivilDate) -> [ClosedRange<Int32>] {
    var ends = [asOf.dayNumber...asOf.dayNumber]
    for column in plan.definition.columns {
      guard let (target, slack) = target(of: column, asOf: asOf) else { continue }
      ends.append(target.dayNumber - Int32(slack)...target.dayNumber + Int32(slack))
    }
    ends.sort { $0.lowerBound < $1.lowerBound }
    var merged: [ClosedRange<Int32>] = []
    for range in ends {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// The newest date at or before the one asked for at whose end a line has a figure, and
  /// the claims about periods that end around it.
  private func reportingDate(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (CivilDate, FactWindow) {
    guard let asked = request.asOf?.dayNumber else {
      let window = try readWindow(endingIn: [.min ... .max], from: source)
      return (try newestReportingDate(in: window), window)
    }
    let date = CivilDate(dayNumber: asked)
    let window = try readWindow(endingIn: ends(of: date), from: source)
    let isReported = datedSeries.contains { index in
      window.indices(ofSeries: index).contains {
        window.entries[$0].fact.periodEnd == asked && window.entries[$0].standing != nil
      }
    }
    if isReported { return (date, window) }
    guard let end = try latestEnd(onOrBefore: asked, in: source).map(CivilDate.init(dayNumber:))
    else { throw nothingReported() }
    return (end, try readWindow(endingIn: ends(of: end), from: source))
  }

  /// The newest reporting date for which the statement is known; where nothing is known yet, of the
  /// dates that are recorded.
  private func newestReportingDate(in window: FactWindow) throws -> CivilDate {
    var (known, recorded): ([Int32: Int], [Int32: Int]) = ([:], [:])
    for (line, series) in zip(plan.definition.lines, series) where line.instant == nil {
      var ends: (known: Set<Int32>, recorded: Set<Int32>) = ([], [])
      for index in series.lazy.flatMap({ window.indices(ofSeries: $0.index) }) {
        guard let standing = window.entries[index].standing else { continue }
        let end = window.entries[index].fact.periodEnd
        ends.recorded.insert(end)
        if standing.lastKnown != nil { ends.known.insert(end) }
      }
      for end in ends.known { known[end, default: 0] += 1 }
      for end in ends.recorded { recorded[end, default: 0] += 1 }
    }
    let counts = known.isEmpty ? recorded : known
    let most = counts.values.max() ?? 0
    let dates = counts.filter { FiscalCalendar.isReportingDate(figureCount: $0.value, most: most) }
    guard let newest = dates.keys.max() else { throw nothingReported() }
    return CivilDate(dayNumber: newest)
  }

  /// The latest day at or before `limit` at whose end a period of one of the series is over that is
  /// reported.
  ///
  /// - Complexity: O(log *n*) for each series, and for each later period that only amended claims
  ///   have.
  private func latestEnd(
    onOrBefore limit: Int32,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Int32? {
    var latest: Int32?
    let ids = plan.ids(of: entitySymbol)
    for id in datedSeries.map({ ids[$0] }) {
      var end = limit
      while let row = try source.lastRow(atOrBefore: id.last(endingOnOrBefore: end)),
        row.fact.series == id
      {
        end = row.fact.periodEnd
        let window = try FactWindow(
          [id],
          endingIn: [end...end],
          within: vantage,
          from: source
        )
        if window.entries.contains(where: { $0.standing != nil }) {
          latest = max(latest ?? .min, end)
          break
        }
        end -= 1
      }
    }
    return latest
  }

  /// The period a column is about: one that lines report, near where it should be; else, where
  /// nothing is reported, the one the calendar gives.
  private func period(
    of column: StatementDefinition.Column,
    asOf: CivilDate,
    in window: FactWindow
  ) -> Period? {
    guard let (target, slack) = target(of: column, asOf: asOf) else { return nil }
    guard let lengths = column.span.dayCounts else {
      return .instant(nearestEnd(to: target, slack: slack, in: window))
    }
    let nominal = nominal(column.span, endingAt: target)
    let votes = periods(near: target, slack: slack, in: window) { period in
      guard lengths.contains(period.dayCount), let start = period.start else { return false }
      guard column.span == .ytd, calendar.isKnown else { return true }
      return FiscalCalendar.isNear(start, nominal.start ?? nominal.end)
    }
    // Without a known fiscal year, the year to date is the longest stretch reported.
    let best = votes.max { lhs, rhs in
      if column.span == .ytd, !calendar.isKnown, lhs.key.dayCount != rhs.key.dayCount {
        return lhs.key.dayCount < rhs.key.dayCount
      }
      return (lhs.value, lhs.key.description) < (rhs.value, rhs.key.description)
    }
    return best?.key ?? nominal
  }

  /// Where the period of a column should end, and by how many days it can miss that; `nil` for a date
  /// that no calendar has.
  private func target(
    of column: StatementDefinition.Column,
    asOf: CivilDate
  ) -> (end: CivilDate, slack: Int)? {
    var end = asOf
    if column.isAtFiscalYearEnd {
      guard let yearEnd = calendar.lastYearEnd(before: asOf) else { return nil }
      end = yearEnd
    }
    guard let target = end.advanced(byMonths: 12 * column.years) else { return nil }
    return (target, target == asOf ? 0 : FiscalCalendar.slackDayCount)
  }

  private func nominal(
    _ span: StatementDefinition.Column.Span,
    endingAt end: CivilDate
  ) -> Period {
    guard span != .ytd else { return calendar.yearToDate(endingOn: end) }
    let evening = span.part.flatMap { end.advanced(byMonths: -$0.monthCount) }
    return .duration(start: evening?.advanced(byDays: 1) ?? end, end: end)
  }

  private func nearestEnd(to target: CivilDate, slack: Int, in window: FactWindow) -> CivilDate {
    guard slack > 0 else { return target }
    let votes = periods(near: target, slack: slack, in: window) { $0.dayCount == 0 }
    let best = votes.max { lhs, rhs in
      let (left, right) = (
        (lhs.key.end.dayNumber - target.dayNumber).magnitude,
        (rhs.key.end.dayNumber - target.dayNumber).magnitude
      )
      if left != right { return left > right }
      return (lhs.value, lhs.key.end) < (rhs.value, rhs.key.end)
    }
    return best?.key.end ?? target
  }

  /// How many lines report each period that ends within `slack` days of `target`; few periods do.
  private func periods(
    near target: CivilDate,
    slack: Int,
    in window: FactWindow,
    where isWanted: (Period) -> Bool
  ) -> [(key: Period, value: Int)] {
    var votes: [(key: Period, value: Int)] = []
    let ends = target.dayNumber - Int32(slack)...target.dayNumber + Int32(slack)
    for series in datedSeries {
      for index in window.indices(ofSeries: series) {
        let fact = window.entries[index].fact
        guard ends.contains(fact.periodEnd), window.entries[index].standing != nil,
          isWanted(fact.period)
        else { continue }
        if let known = votes.firstIndex(where: { $0.key == fact.period }) {
          votes[known].value += 1
        } else {
          votes.append((fact.period, 1))
        }
      }
    }
    return votes
  }
}

extension StatementDefinition.Column {
  /// Whether it is about the reporting date itself, and not a comparative.
  var isMain: Bool { years == 0 && !isAtFiscalYearEnd }
}

extension StatementDefinition.Column.Span {
  /// The part of a fiscal year that the span is; `nil` for an instant, and the year to date.
  fileprivate var part: FiscalCalendar.Part? {
    switch self {
    case .instant, .ytd: nil
    case .quarter: .quarter
    case .half: .half
    case .year: .year
    }
  }

  /// How many days the span can have; `nil` for an instant.
  fileprivate var dayCounts: ClosedRange<Int>? {
    guard self == .ytd else { return part?.dayCounts }
    let (shortest, longest) = (FiscalCalendar.Part.quarter, FiscalCalendar.Part.year)
    return shortest.dayCounts.lowerBound...longest.dayCounts.upperBound
  }
}

extension Statement.Column {
  /// A column about `period`, labelled as issuers do.
  init(
    _ period: Period,
    _ layout: StatementDefinition.Column?,
    _ calendar: FiscalCalendar
  ) {
    self.init(
      period: period,
      layout: layout,
      heading: calendar.heading(of: period, isYearToDate: layout?.span == .ytd),
      date: period.end.printed
    )
  }
}

extension CivilDate {
  /// The date as news agencies print it: `Sept. 30, 2004`.
  fileprivate var printed: String {
    let months = [
      "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
      "Dec.",
    ]
    let (year, month, day) = components
    return "\(months[month - 1]) \(day), \(year)"
  }
}
