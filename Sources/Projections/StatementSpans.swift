import Facts

extension StatementRequest.Span {
  /// How the columns are laid out.
  fileprivate var layout: StatementDefinition.Column.Span {
    switch self {
    case .quarter: .quarter
    case .half: .half
    case .nineMonths, .ytd: .ytd
    case .year, .ttm: .year
    }
  }

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
}

extension StatementFiller {
  /// The reporting date answered for, and columns of one span: the one that ends there and the same
  /// a year before, or as many in a row as the query asks for.
  ///
  /// - Throws: ``UnanswerableQuery`` if the statement is about instants, or if nothing is reported
  ///   for such a span and nothing reported adds up to one.
  func spanColumns(
    _ span: StatementRequest.Span,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    guard definition.layout == .columns, definition.columns.contains(where: { $0.span != .instant })
    else {
      throw UnanswerableQuery(
        .notApplicable,
        "\(definition.statement) is not about stretches of time: it has no spans to add up",
        remedy: .leaveOutSpan
      )
    }
    var plan = try SpanPlan(self, span, vantage, in: source)
    if request.asOf != nil || plan.isEmpty {
      // Whether something is known yet is for the cells to say.
      plan = try SpanPlan(self, span, Vantage(head: vantage.head), in: source)
    }
    let asOf = request.asOf.map { min(calendar.exactDay(for: $0), $0) }
    guard let end = plan.reportingDate(onOrBefore: asOf) else {
      throw UnanswerableQuery(
        .notReported,
        "nothing of \(definition.statement) is reported for a span \"\(span.rawValue)\""
          + (request.asOf.map { " that ends at or before \($0)" } ?? "")
          + ", and nothing reported adds up to one",
        remedy: .leaveOutSpan
      )
    }
    var columns: [Statement.Column] = []
    var target: CivilDate? = end
    for _ in 0..<(request.columnCount ?? 2) {
      guard let date = target else { break }
      let nearest = plan.boundary(near: date)
      if let nearest, let period = plan.period(endingAt: nearest) {
        let years = (Int(end.dayNumber - nearest.dayNumber) + 15) / 365
        let layout = StatementDefinition.Column(span: span.layout, years: -years)
        columns.append(Statement.Column(period, layout, calendar))
      }
      target = plan.end(before: nearest ?? date, isNextInRow: request.columnCount != nil)
    }
    return (end, columns)
  }
}

/// Which spans the durations of a statement's lines can fill.
private struct SpanPlan {
  private let span: StatementRequest.Span
  private let calendar: FiscalCalendar

  /// For each line: the durations of its own concept and of its alternatives.
  private var lines: [[PeriodAlgebra]] = []

  /// The days that durations begin after or end with, sorted.
  private var boundaries: [CivilDate] = []

  init(
    _ filler: StatementFiller,
    _ span: StatementRequest.Span,
    _ vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.span = span
    calendar = filler.calendar
    for (line, series) in zip(filler.definition.lines, filler.series) where line.instant == nil {
      var durations: [PeriodAlgebra] = []
      for candidate in series {
        durations.append(
          try PeriodAlgebra(candidate.id(filler.entitySymbol), within: vantage, from: source)
        )
      }
      lines.append(durations)
    }
    let days = Set(lines.joined().flatMap(\.boundaries))
    // The ends of months that a data set gives instead of other days are none.
    boundaries = days.filter { day in
      let exact = filler.calendar.exactDay(for: day)
      return exact == day || !days.contains(exact)
    }.sorted()
  }

  var isEmpty: Bool { boundaries.isEmpty }

  /// The boundary nearest to `date`, where one is near.
  func boundary(near date: CivilDate) -> CivilDate? {
    let distance = { (other: CivilDate) in (other.dayNumber - date.dayNumber).magnitude }
    return boundaries.min { distance($0) < distance($1) }
      .flatMap { FiscalCalendar.isNear($0, date) ? $0 : nil }
  }

  /// The span that ends with `end`; `nil` if no duration begins where it would.
  func period(endingAt end: CivilDate) -> Period? {
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
    switch span {
    case .year: calendar.lastYearEnd(before: end)
    case .quarter where isNextInRow: calendar.quarterStart(endingOn: end)
    case .half where isNextInRow: start(endingAt: end) ?? end.advanced(byMonths: -6)
    default: end.advanced(byMonths: -12)
    }
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
