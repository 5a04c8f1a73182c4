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
    for (column, period) in try periods(asOf: asOf, in: window, from: source)
    where !columns.contains(where: { $0.period == period }) {
      columns.append(Statement.Column(period, column, calendar))
    }
    return (asOf, columns)
  }

  /// What each column is about, in printed order.
  private func periods(
    asOf: CivilDate,
    in window: FactWindow,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [(StatementDefinition.Column, Period)] {
    let columns = plan.definition.columns
    let reported = columns.map { reportedPeriod(of: $0, asOf: asOf, in: window) }
    let hasYearToDate = zip(columns, reported).contains { column, period in
      column.isMain && column.span == .ytd && period != nil
    }
    var found: [(StatementDefinition.Column, Period)] = []
    for (column, reported) in zip(columns, reported) {
      if let period = reported {
        found.append((column, period))
        continue
      }
      guard let nominal = nominalPeriod(of: column, asOf: asOf) else { continue }
      if column.isMain, nominal.start != nil, !(column.span == .quarter && hasYearToDate),
        let partial = partialPeriod(of: nominal, in: window)
      {
        found.append((column, partial))
        if let before = try predecessor(of: partial, within: nominal, from: source) {
          found.append((column, before))
        }
      } else {
        found.append((column, nominal))
      }
    }
    return found
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
      throw try nothingReported(in: source)
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

  func nothingReported(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> UnanswerableQuery {
    let chosen = dimensions.isEmpty ? "" : " with \(dimensions.text)"
    let bound = request.asOf.map { " at or before \($0)" } ?? ""
    return UnanswerableQuery(
      .notReported,
      "nothing of \(definition.statement)\(chosen) is reported for \(entity.name)\(bound)"
        + (try reportedInstead(in: source)),
      remedy: .listFacts(entity: entity.entity)
    )
  }

  /// A few facts that are known of the lines' concepts, in whatever unit and period, else of others.
  private func reportedInstead(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> String {
    let names = definition.lines.flatMap { [$0.concept].compactMap(\.self) + $0.alternatives }
    let concepts = Set(try names.compactMap { try source.symbol($0) }).sorted()
    let stretches = concepts.map { FactStretch(of: entitySymbol, $0) }
    for stretches in [stretches, [FactStretch(of: entitySymbol)]] {
      let window = try FactWindow(stretches, within: vantage, from: source)
      var facts: [FactID] = []
      for entry in window.entries where entry.standing?.lastKnown != nil && facts.count < 3 {
        if !facts.contains(where: { $0.concept == entry.fact.concept }) { facts.append(entry.fact) }
      }
      guard facts.isEmpty else {
        return try ", but "
          + facts.map { fact in
            try "\(source.text(fact.concept)) \(fact.period) \(source.text(fact.unit))"
          }.joined(separator: ", ")
      }
    }
    return ""
  }

  func readWindow(
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
      return (try newestReportingDate(in: window, from: source), window)
    }
    let exact = calendar.exactDay(for: CivilDate(dayNumber: asked))
    // A data set's end of the month is not the day that the period ended with.
    let date = exact.dayNumber < asked ? exact : CivilDate(dayNumber: asked)
    let window = try readWindow(endingIn: ends(of: date), from: source)
    let isReported = datedSeries.contains { index in
      window.indices(ofSeries: index).contains {
        window.entries[$0].fact.periodEnd == date.dayNumber && window.entries[$0].standing != nil
      }
    }
    if isReported { return (date, window) }
    guard let end = try latestEnd(onOrBefore: asked, in: source).map(CivilDate.init(dayNumber:))
    else { throw try nothingReported(in: source) }
    return (end, try readWindow(endingIn: ends(of: end), from: source))
  }

  /// The newest reporting date for which the statement is known; where nothing is known yet, of the
  /// dates that are recorded.
  private func newestReportingDate(
    in window: FactWindow,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CivilDate {
    let counts = reportedEnds(in: window, areKnown: true)
    let most = counts.values.max() ?? 0
    let dates = counts.filter { FiscalCalendar.isReportingDate(figureCount: $0.value, most: most) }
    guard let newest = dates.keys.max() else { throw try nothingReported(in: source) }
    return CivilDate(dayNumber: newest)
  }

  /// The days at whose end lines have figures, each with the number of those lines.
  ///
  /// - Parameter areKnown: Whether figures that are yet to be published count only where there are no others.
  func reportedEnds(in window: FactWindow, areKnown: Bool) -> [Int32: Int] {
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
    var counts = known.isEmpty || !areKnown ? recorded : known
    for end in counts.keys {
      let exact = calendar.exactDay(for: CivilDate(dayNumber: end)).dayNumber
      if exact != end, counts[exact] != nil { counts[end] = nil }
    }
    return counts
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

  /// The period a column is about that lines report, near where it should be; `nil` if none does.
  private func reportedPeriod(
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
    let most = votes.map(\.value).max() ?? 0
    // Without a known fiscal year, the year to date is the longest stretch reported.
    let rank = { (vote: (key: Period, value: Int)) in
      [
        column.span == .ytd && !calendar.isKnown ? vote.key.dayCount : 0,
        calendar.isExact(vote.key)
          && FiscalCalendar.isReportingDate(figureCount: vote.value, most: most) ? 1 : 0,
        column.span.part?.dayCounts.contains(vote.key.dayCount) ?? true ? 1 : 0, vote.value,
      ]
    }
    return votes.max { lhs, rhs in
      let (left, right) = (rank(lhs), rank(rhs))
      return left == right
        ? lhs.key.description < rhs.key.description : left.lexicographicallyPrecedes(right)
    }?.key
  }

  /// The period that the calendar gives a column of which nothing is reported.
  private func nominalPeriod(
    of column: StatementDefinition.Column,
    asOf: CivilDate
  ) -> Period? {
    guard let (target, _) = target(of: column, asOf: asOf) else { return nil }
    return column.span == .instant ? .instant(target) : nominal(column.span, endingAt: target)
  }

  /// The part of a quarter or year that most lines report until the reporting date, where none reports
  /// the whole: that of a company that took another one's place within it.
  private func partialPeriod(of whole: Period, in window: FactWindow) -> Period? {
    let votes = periods(near: whole.end, slack: 0, in: window) { period in
      period.start != nil && period.dayCount + FiscalCalendar.slackDayCount < whole.dayCount
    }
    return votes.max { lhs, rhs in
      (lhs.value, lhs.key.dayCount) < (rhs.value, rhs.key.dayCount)
    }?.key
  }

  /// The part of a quarter or year before `partial`: that of the company whose place was taken.
  private func predecessor(
    of partial: Period,
    within whole: Period,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Period? {
    guard FiscalCalendar.Part(dayCount: partial.dayCount) == nil, let start = partial.start,
      let wholeStart = whole.start
    else { return nil }
    let evening = start.advanced(byDays: -1)
    guard evening > wholeStart else { return nil }
    let day = evening.dayNumber
    let window = try readWindow(endingIn: [day...day], from: source)
    let votes = periods(near: evening, slack: 0, in: window) { period in
      period.start.map { FiscalCalendar.isNear($0, wholeStart) } ?? false
    }
    return votes.max { ($0.value, $0.key.dayCount) < ($1.value, $1.key.dayCount) }?.key
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
    let evening =
      span == .quarter
      ? calendar.quarterStart(endingOn: end)
      : span.part.flatMap { end.advanced(byMonths: -$0.monthCount) }
    return .duration(start: evening?.advanced(byDays: 1) ?? end, end: end)
  }

  private func nearestEnd(to target: CivilDate, slack: Int, in window: FactWindow) -> CivilDate {
    guard slack > 0 else { return target }
    var votes = periods(near: target, slack: slack, in: window) { $0.dayCount == 0 }
    if votes.contains(where: { calendar.isExact($0.key) }) {
      votes.removeAll { !calendar.isExact($0.key) }
    }
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
