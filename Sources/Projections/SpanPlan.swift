public import Facts

extension StatementRequest.Span {
  /// How many months it has; `nil` where that depends on the fiscal calendar.
  fileprivate var monthCount: Int? {
    switch self {
    case .half: 6
    case .nineMonths: 9
    case .ttm: 12
    case .quarter, .year, .ytd: nil
    }
  }

  /// How many days it can have in calendars of weeks whose quarters are not of one length; `nil` where
  /// months tell.
  fileprivate var dayCounts: ClosedRange<Int>? {
    switch self {
    case .half: 160...200
    case .nineMonths: 245...295
    case .quarter, .ttm, .year, .ytd: nil
    }
  }

  /// Whether it can end on a day: with a year, or with a quarter of one.
  func canEnd(on day: CivilDate, in calendar: FiscalCalendar) -> Bool {
    guard !calendar.isYearEnd(day) else { return true }
    guard self != .year, let yearEnd = calendar.lastYearEnd(before: day) else { return false }
    return [3, 6, 9].contains { months in
      yearEnd.advanced(byMonths: months).map { FiscalCalendar.isNear($0, day) } ?? false
    }
  }
}

extension FiscalCalendar {
  /// Where a span ends that stands beside one that ends with `end`: the one before it in a row, or the same a
  /// year before.
  func end(
    of span: StatementRequest.Span,
    before end: CivilDate,
    isNextInRow: Bool
  ) -> CivilDate? {
    switch span {
    case .year: lastYearEnd(before: end)
    case .quarter where isNextInRow: quarterStart(endingOn: end)
    case .half where isNextInRow: end.advanced(byMonths: -6)
    default: end.advanced(byMonths: -12)
    }
  }
}

/// Which spans durations can fill: those of a statement's lines, or of other series.
public struct SpanPlan {
  private let span: StatementRequest.Span
  private let calendar: FiscalCalendar

  /// For each line: the durations of its own concept and of its alternatives.
  private let lines: [[PeriodAlgebra]]

  /// The days that durations begin after or end with, sorted.
  private let boundaries: [CivilDate]

  /// The spans of some durations.
  ///
  /// - Parameters:
  ///   - calendar: The fiscal calendar of the entity that they are of.
  ///   - lines: For each line the durations of the series that can stand in it.
  public init(
    _ span: StatementRequest.Span,
    in calendar: FiscalCalendar,
    _ lines: [[PeriodAlgebra]]
  ) {
    (self.span, self.calendar, self.lines) = (span, calendar, lines)
    let days = Set(lines.joined().flatMap(\.boundaries))
    // The ends of months that a data set gives instead of other days are none.
    boundaries = days.filter { day in
      let exact = calendar.exactDay(for: day)
      return exact == day || !days.contains(exact)
    }.sorted()
  }

  /// The spans that lines have figures for, or figures that add up to one, the earliest first.
  ///
  /// - Complexity: O(*b* × *l*), for *b* boundaries and *l* series, and a search for each derivation.
  public var periods: [Period] {
    boundaries.compactMap { end in
      period(endingAt: end).flatMap { period in
        lines.joined().contains { $0.reaches(period) } ? period : nil
      }
    }
  }

  var isEmpty: Bool { boundaries.isEmpty }

  /// The boundary nearest to `date`, where one is near.
  func boundary(near date: CivilDate) -> CivilDate? {
    let distance = { (other: CivilDate) in (other.dayNumber - date.dayNumber).magnitude }
    return boundaries.min { distance($0) < distance($1) }
      .flatMap { FiscalCalendar.isNear($0, date) ? $0 : nil }
  }

  /// The span that ends with `end`; `nil` if no duration begins where it would.
  public func period(endingAt end: CivilDate) -> Period? {
    guard span != .year || calendar.isYearEnd(end), let start = start(endingAt: end), start < end
    else { return nil }
    return .duration(start: start.advanced(byDays: 1), end: end)
  }

  /// The evening before the span that ends with `end`.
  private func start(endingAt end: CivilDate) -> CivilDate? {
    guard let months = span.monthCount else {
      let evening =
        span == .quarter ? calendar.quarterStart(endingOn: end) : calendar.lastYearEnd(before: end)
      return evening.flatMap { boundary(near: $0) }
    }
    guard let evening = end.advanced(byMonths: -months) else { return nil }
    if let near = boundary(near: evening) { return near }
    return span.dayCounts.flatMap { lengths in
      boundaries.last { lengths.contains(Int(end.dayNumber - $0.dayNumber)) }
    }
  }

  /// Where the span ends that stands beside one that ends with `end`: the one before it in a row, or
  /// the same a year before.
  func end(before end: CivilDate, isNextInRow: Bool) -> CivilDate? {
    if span == .half, isNextInRow, let start = start(endingAt: end) { return start }
    return calendar.end(of: span, before: end, isNextInRow: isNextInRow)
  }

  /// The newest date at which a span ends that lines have figures for: any line if `limit` is
  /// given, else as many as a reporting date has.
  func reportingDate(onOrBefore limit: CivilDate?) -> CivilDate? {
    var counts: [(end: CivilDate, count: Int)] = []
    for end in boundaries.reversed() where limit.map({ end <= $0 }) ?? true {
      guard let period = period(endingAt: end) else { continue }
      let count = lines.filter { $0.contains { $0.reaches(period) } }.count
      if limit != nil, count > 0 { return end }
      counts.append((end, count))
    }
    let most = counts.map(\.count).max() ?? 0
    return counts.first {
      $0.count > 0 && FiscalCalendar.isReportingDate(figureCount: $0.count, most: most)
    }?.end
  }
}

extension PeriodAlgebra {
  /// Whether `period` is reported or follows from what is.
  fileprivate func reaches(_ period: Period) -> Bool {
    periods.contains(period) || derivation(of: period) != nil
  }
}
