import Facts

extension StatementFiller {
  /// The reporting date answered for, and the columns around it.
  ///
  /// - Throws: ``UnanswerableQuery`` if no line has a figure at or before the date asked for.
  func planColumns(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    let asOf = try reportingDate(in: source)
    var columns: [Statement.Column] = []
    for column in definition.columns {
      guard let period = try period(of: column, asOf: asOf, in: source) else { continue }
      columns.append(Statement.Column(period, column, entity.fiscalYearEnd))
    }
    return (asOf, columns)
  }

  /// One column for each period of which a line has a figure, newest first.
  func listColumns(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    var periods: Set<Period> = []
    var published: [Timestamp] = []
    for id in series.joined().map(\.id) {
      for row in try standingRows(of: id, endingIn: .min ... .max, in: source) {
        let period = row.fact.period
        guard query.asOf.map({ (period.start ?? period.end) <= $0 }) ?? true else { continue }
        periods.insert(period)
        published.append(row.published)
      }
    }
    let known = published.filter(query.vantage.knows)
    guard let last = periods.map(\.end).max(),
      let newest = (known.isEmpty ? published : known).max()
    else { throw nothingReported() }
    let sorted = periods.sorted { lhs, rhs in
      lhs.end == rhs.end
        ? (lhs.start ?? lhs.end) > (rhs.start ?? rhs.end) : lhs.end > rhs.end
    }
    return (
      query.asOf ?? min(last, newest.day),  // What is forecast is not about the future yet.
      sorted.map { Statement.Column($0, nil, entity.fiscalYearEnd) }
    )
  }

  private func nothingReported() -> UnanswerableQuery {
    let chosen = query.dimensions.isEmpty ? "" : " with \(query.dimensions.text)"
    let bound = query.asOf.map { " at or before \($0)" } ?? ""
    return UnanswerableQuery(
      "nothing of \(definition.statement)\(chosen) is reported for \(entity.name)\(bound)",
      remedy: "see what is: assay facts --entity \(entity.entity)"
    )
  }

  /// The lines whose periods make reporting dates: not opening balances.
  private var datedSeries: [FactID] {
    zip(definition.lines, series).flatMap { line, series in
      line.instant == nil ? series.map(\.id) : []
    }
  }

  /// The newest date at or before the one asked for at whose end a line has a figure.
  private func reportingDate(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CivilDate {
    guard let asked = query.asOf else { return try newestReportingDate(in: source) }
    let latest = try latestEnd(of: datedSeries, onOrBefore: asked.dayNumber, in: source)
    guard let latest else { throw nothingReported() }
    return CivilDate(dayNumber: latest)
  }

  /// The newest date for which the statement is known: at least a third as many of its lines as on
  /// its fullest date.
  ///
  /// A headline or two of a later date, as press releases give them, make no statement. Where
  /// nothing is known yet, the dates that are recorded count.
  ///
  /// - Complexity: O(*k*) for *k* claims of the statement's lines.
  private func newestReportingDate(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CivilDate {
    var (known, recorded): ([Int32: Int], [Int32: Int]) = ([:], [:])
    for (line, series) in zip(definition.lines, series) where line.instant == nil {
      var ends: (known: Set<Int32>, recorded: Set<Int32>) = ([], [])
      for id in series.map(\.id) {
        for row in try standingRows(of: id, endingIn: .min ... .max, in: source) {
          ends.recorded.insert(row.fact.periodEnd)
          if query.vantage.knows(row.published) { ends.known.insert(row.fact.periodEnd) }
        }
      }
      for end in ends.known { known[end, default: 0] += 1 }
      for end in ends.recorded { recorded[end, default: 0] += 1 }
    }
    let counts = known.isEmpty ? recorded : known
    guard let fullest = counts.values.max(),
      let newest = counts.filter({ $0.value * 3 >= fullest }).keys.max()
    else { throw nothingReported() }
    return CivilDate(dayNumber: newest)
  }

  private func latestEnd(
    of series: [FactID],
    onOrBefore limit: Int32,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Int32? {
    var latest: Int32?
    for id in series {
      var bound = id
      (bound.periodEnd, bound.periodStart) = (limit, .max)
      while let row = try source.lastRow(atOrBefore: bound), row.fact.isSameSeries(as: id) {
        let end = row.fact.periodEnd
        if try !standingRows(of: id, endingIn: end...end, in: source).isEmpty {
          latest = max(latest ?? .min, end)
          break
        }
        (bound.periodEnd, bound.periodStart) = (end - 1, .max)
      }
      if latest == limit { break }
    }
    return latest
  }

  /// The rows of a series that are recorded, whose periods end within `ends`, and that no correction
  /// or withdrawal names.
  private func standingRows(
    of id: FactID,
    endingIn ends: ClosedRange<Int32>,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FactRow] {
    var start = id
    (start.periodEnd, start.periodStart) = (ends.lowerBound, .min)
    var rows: [FactRow] = []
    var amended: Set<UInt64> = []
    try source.forEachRow(from: start) { row in
      guard row.fact.isSameSeries(as: id), row.fact.periodEnd <= ends.upperBound else {
        return false
      }
      guard row.sequence < query.vantage.head else { return true }
      if let target = row.change.target { amended.insert(target) }
      if case .withdrawal = row.change { return true }
      rows.append(row)
      return true
    }
    return amended.isEmpty ? rows : rows.filter { !amended.contains($0.sequence) }
  }

  /// The period a column is about: one that lines report, near where it should be; else, where
  /// nothing is reported, the one the calendar gives.
  private func period(
    of column: StatementDefinition.Column,
    asOf: CivilDate,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Period? {
    let yearEnd = entity.fiscalYearEnd ?? .calendarYear
    var end = asOf
    if column.isAtFiscalYearEnd {
      // A year of 52 or 53 weeks ends a few days off its nominal end: "before" allows for them.
      guard let latest = yearEnd.latest(before: asOf.advanced(byDays: -Self.slackDayCount)) else {
        return nil
      }
      end = latest
    }
    guard let target = end.advanced(byMonths: 12 * column.years) else { return nil }
    let isAnchor = target == asOf
    guard let lengths = column.span.dayCounts else {
      let slack = isAnchor ? 0 : Self.slackDayCount
      return .instant(try nearestEnd(to: target, slack: slack, lengths: 0...0, in: source))
    }
    let nominal = Self.nominal(column.span, endingAt: target, yearEnd)
    let slack = isAnchor ? 0 : Self.slackDayCount
    let votes = try periods(near: target, slack: slack, in: source) { period in
      guard lengths.contains(period.dayCount), let start = period.start else { return false }
      guard column.span == .ytd, entity.fiscalYearEnd != nil else { return true }
      let gap = start.dayNumber - nominal.startDayNumber
      return gap.magnitude <= UInt32(Self.slackDayCount)
    }
    // Without a known fiscal year, the year to date is the longest stretch reported.
    let best = votes.max { lhs, rhs in
      if column.span == .ytd, entity.fiscalYearEnd == nil, lhs.key.dayCount != rhs.key.dayCount {
        return lhs.key.dayCount < rhs.key.dayCount
      }
      return (lhs.value, lhs.key.description) < (rhs.value, rhs.key.description)
    }
    return best?.key ?? nominal
  }

  /// How far a fiscal period of 52 or 53 weeks can end from the same day of another year.
  private static let slackDayCount = 10

  private static func nominal(
    _ span: StatementDefinition.Column.Span,
    endingAt end: CivilDate,
    _ yearEnd: FiscalYearEnd
  ) -> Period {
    var start: CivilDate?
    switch span {
    case .ytd:
      // A year of 52 or 53 weeks can end some days after its nominal end.
      let before = end.advanced(byDays: -slackDayCount)
      start = yearEnd.latest(before: before)?.advanced(byDays: 1)
    default:
      start = span.monthCount.flatMap { end.advanced(byMonths: -$0)?.advanced(byDays: 1) }
    }
    return .duration(start: start ?? end, end: end)
  }

  private func nearestEnd(
    to target: CivilDate,
    slack: Int,
    lengths: ClosedRange<Int>,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CivilDate {
    guard slack > 0 else { return target }
    let votes = try periods(near: target, slack: slack, in: source) {
      lengths.contains($0.dayCount)
    }
    let best = votes.max { lhs, rhs in
      let (left, right) = (
        (lhs.key.end.dayNumber - target.dayNumber).magnitude,
        (rhs.key.end.dayNumber - target.dayNumber).magnitude
      )
      return left == right ? lhs.value < rhs.value : left > right
    }
    return best?.key.end ?? target
  }

  /// How many lines report each period that ends within `slack` days of `target`.
  private func periods(
    near target: CivilDate,
    slack: Int,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    where isWanted: (Period) -> Bool
  ) throws -> [Period: Int] {
    var votes: [Period: Int] = [:]
    for id in datedSeries {
      let ends = target.dayNumber - Int32(slack)...target.dayNumber + Int32(slack)
      var counted: FactID?
      for row in try standingRows(of: id, endingIn: ends, in: source)
      where row.fact != counted && isWanted(row.fact.period) {
        votes[row.fact.period, default: 0] += 1
        counted = row.fact
      }
    }
    return votes
  }
}

extension StatementDefinition.Column {
  /// Whether it is about the reporting date itself, and not a comparative.
  var isMain: Bool { years == 0 && !isAtFiscalYearEnd }
}

extension Period {
  fileprivate var startDayNumber: Int32 { (start ?? end).dayNumber }
}

extension StatementDefinition.Column.Span {
  /// How many days such a span can have, weeks and leap years allowed for; `nil` for an instant.
  fileprivate var dayCounts: ClosedRange<Int>? {
    switch self {
    case .instant: nil
    case .quarter: 80...100
    case .half: 170...192
    case .ytd: 80...380
    case .year: 350...380
    }
  }

  fileprivate var monthCount: Int? {
    switch self {
    case .instant, .ytd: nil
    case .quarter: 3
    case .half: 6
    case .year: 12
    }
  }
}

extension Statement.Column {
  /// A column about `period`, labelled as issuers do.
  init(
    _ period: Period,
    _ layout: StatementDefinition.Column?,
    _ fiscalYearEnd: FiscalYearEnd?
  ) {
    self.period = period
    self.layout = layout
    date = period.end.printed
    heading = Self.heading(of: period, layout?.span, fiscalYearEnd ?? .calendarYear)
  }

  private static func heading(
    of period: Period,
    _ span: StatementDefinition.Column.Span?,
    _ yearEnd: FiscalYearEnd
  ) -> String {
    switch period.dayCount {
    case 0: return ""
    case 80...100 where span != .ytd:
      let ordinals = ["First", "Second", "Third", "Fourth"]
      guard let before = yearEnd.latest(before: period.end.advanced(byDays: -10)) else {
        return "Quarter Ended"
      }
      let days = Int(period.end.dayNumber - before.dayNumber)
      return "\(ordinals[max(0, min(3, (days + 45) / 91 - 1))]) Quarter Ended"
    case 80...100: return "Three Months Ended"
    case 170...192: return "Six Months Ended"
    case 260...285: return "Nine Months Ended"
    case 350...380:
      let nominal = yearEnd.latest(before: period.end.advanced(byDays: 11))
      let isFiscalYear = nominal.map { $0.dayNumber >= period.end.dayNumber - 10 } ?? true
      return isFiscalYear ? "Year Ended" : "Twelve Months Ended"
    default: return "\(period.dayCount) Days Ended"
    }
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
