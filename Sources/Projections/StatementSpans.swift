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
}

extension StatementFiller {
  /// The reporting date answered for, and columns of one span: the one that ends there and the same
  /// a year before, or as many in a row as the query asks for.
  ///
  /// - Throws: ``UnanswerableQuery`` if the statement is a list, or if nothing is reported for such a span
  ///   and nothing reported adds up to one.
  func spanColumns(
    _ span: StatementRequest.Span,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    guard definition.layout == .columns else {
      throw UnanswerableQuery(
        .notApplicable,
        "\(definition.statement) is not about stretches of time: it has no spans to add up",
        remedy: .leaveOutSpan
      )
    }
    var plan = try spanPlan(span, vantage, in: source)
    if request.asOf != nil || plan.isEmpty {
      // Whether something is known yet is for the cells to say.
      plan = try spanPlan(span, Vantage(head: vantage.head), in: source)
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

  /// The reporting date answered for, and the days at which quarters, halves or years end, for a statement of
  /// what there is on a day: the newest one and the same a year before, or as many in a row as the query asks for.
  ///
  /// - Throws: ``UnanswerableQuery`` if days do not end such a span, or if nothing is reported for one that does.
  mutating func endColumns(
    _ span: StatementRequest.Span,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (asOf: CivilDate, columns: [Statement.Column]) {
    guard [.quarter, .half, .year].contains(span) else {
      throw UnanswerableQuery(
        .notApplicable,
        "\(definition.statement) is about days, and a span \"\(span.rawValue)\" adds nothing up there",
        remedy: .leaveOutSpan
      )
    }
    let window = try readWindow(endingIn: [.min ... .max], from: source)
    self.window = window
    let counts = reportedEnds(in: window, areKnown: request.asOf == nil)
    let days = counts.keys.map(CivilDate.init(dayNumber:)).filter {
      span.canEnd(on: $0, in: calendar)
    }
    .sorted()
    let limit = request.asOf.map { min(calendar.exactDay(for: $0), $0) }
    let most = counts.values.max() ?? 0
    let newest = days.last { day in
      limit.map { day <= $0 }
        ?? FiscalCalendar.isReportingDate(figureCount: counts[day.dayNumber] ?? 0, most: most)
    }
    guard let end = newest else { throw try nothingReported(in: source) }
    var columns: [Statement.Column] = []
    var target: CivilDate? = end
    for _ in 0..<(request.columnCount ?? 2) {
      guard let date = target else { break }
      let near = days.last { FiscalCalendar.isNear($0, date) }
      if let near {
        let years = (Int(end.dayNumber - near.dayNumber) + 15) / 365
        let layout = StatementDefinition.Column(span: .instant, years: -years)
        columns.append(Statement.Column(.instant(near), layout, calendar))
      }
      target = calendar.end(of: span, before: near ?? date, isNextInRow: request.columnCount != nil)
    }
    return (end, columns)
  }

  private func spanPlan(
    _ span: StatementRequest.Span,
    _ vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> SpanPlan {
    var lines: [[PeriodAlgebra]] = []
    for (line, series) in zip(definition.lines, series) where line.instant == nil {
      var durations: [PeriodAlgebra] = []
      for candidate in series {
        durations.append(
          try PeriodAlgebra(candidate.id(entitySymbol), within: vantage, from: source)
        )
      }
      lines.append(durations)
    }
    return SpanPlan(span, in: calendar, lines)
  }
}
