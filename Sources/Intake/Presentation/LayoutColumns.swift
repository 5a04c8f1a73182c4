import Facts

/// The columns of a filing's table: which of its periods they are, and how a statement finds the same
/// for another reporting date.
struct LayoutColumns {
  private(set) var columns: [(layout: StatementDefinition.Column, period: Period)] = []

  var isEmpty: Bool { columns.isEmpty }
  var layouts: [StatementDefinition.Column] { columns.map(\.layout) }

  /// A column of a statement has at least a quarter of the figures that the fullest has: an opening
  /// balance two years back is no column of a balance sheet.
  private static let leastPart = 4

  /// How many years back a column can be.
  private static let yearCountMax = 10

  /// - Parameters:
  ///   - counts: The periods, with the number of rows that have a figure.
  ///   - reportingDate: The day that the filing reports about; `nil` if unknown: then, and if nothing
  ///     is reported about it, it is the end of the fullest period.
  ///   - yearEnd: When fiscal years end; `nil` if unknown.
  init(_ counts: [Period: Int], reportingDate: CivilDate?, yearEnd: FiscalYearEnd?) {
    let most = counts.values.max() ?? 0
    let periods = counts.filter { $0.value * Self.leastPart >= most }
      .sorted {
        ($0.value, $0.key.end, $0.key.description) > ($1.value, $1.key.end, $1.key.description)
      }
      .map(\.key)
    let isReported = periods.contains { period in
      reportingDate.map { FiscalCalendar.isNear(period.end, $0) } ?? false
    }
    guard let end = isReported ? reportingDate : periods.map(\.end).max() else { return }
    let calendar = FiscalCalendar(yearEnd: yearEnd)
    for period in periods {
      guard let layout = Self.layout(of: period, end, calendar),
        !columns.contains(where: { $0.layout == layout })
      else { continue }
      columns.append((layout, period))
    }
    addPartial(periods, end, calendar)
    columns.sort { Self.rank($0.layout).lexicographicallyPrecedes(Self.rank($1.layout)) }
  }

  /// Adds the columns about the reporting date of a company that took another one's place within the
  /// period: its figures are about a part of the quarter or year that the comparatives are about.
  private mutating func addPartial(
    _ periods: [Period],
    _ end: CivilDate,
    _ calendar: FiscalCalendar
  ) {
    let partial = periods.first { period in
      period.start != nil && FiscalCalendar.isNear(period.end, end)
        && Self.layout(of: period, end, calendar) == nil
    }
    guard let partial else { return }
    let compared = columns.map(\.layout).filter { $0.span != .instant && $0.years == -1 }
    for comparative in compared {
      let main = StatementDefinition.Column(span: comparative.span)
      if !columns.contains(where: { $0.layout == main }) { columns.append((main, partial)) }
    }
  }

  /// Shorter spans first; of one span the newest first.
  private static func rank(_ column: StatementDefinition.Column) -> [Int] {
    let span = StatementDefinition.Column.Span.allCases.firstIndex(of: column.span) ?? 0
    return [span, column.isAtFiscalYearEnd ? 0 : -column.years, column.isAtFiscalYearEnd ? 1 : 0]
  }

  private static func layout(
    of period: Period,
    _ end: CivilDate,
    _ calendar: FiscalCalendar
  ) -> StatementDefinition.Column? {
    let years = (0...yearCountMax).first { years in
      end.advanced(byMonths: -12 * years).map { FiscalCalendar.isNear($0, period.end) } ?? false
    }
    guard let start = period.start else {
      if calendar.isKnown, let last = calendar.lastYearEnd(before: end),
        FiscalCalendar.isNear(last, period.end), years != 0
      {
        return .init(span: .instant, isAtFiscalYearEnd: true)
      }
      return years.map { .init(span: .instant, years: -$0) }
    }
    guard let years else { return nil }
    let isFromYearStart =
      calendar.lastYearEnd(before: period.end).map {
        FiscalCalendar.isNear($0.advanced(byDays: 1), start)
      } ?? false
    switch FiscalCalendar.Part(dayCount: period.dayCount) {
    case .quarter: return .init(span: .quarter, years: -years)
    case .year: return .init(span: .year, years: -years)
    case .half where calendar.isKnown && !isFromYearStart: return .init(span: .half, years: -years)
    case .half, .nineMonths: return .init(span: .ytd, years: -years)
    case nil: return isFromYearStart ? .init(span: .ytd, years: -years) : nil
    }
  }

  /// The periods that a line's figures are about, one for each column.
  func periods(of line: StatementDefinition.Line) -> [Period] {
    columns.map { line.period(in: $0.period) }
  }
}
