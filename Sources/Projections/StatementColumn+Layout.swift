import Facts

extension StatementDefinition.Column {
  /// Whether it is about the reporting date itself, and not a comparative.
  var isMain: Bool { years == 0 && !isAtFiscalYearEnd }
}

extension StatementDefinition.Column.Span {
  /// The part of a fiscal year that the span is; `nil` for an instant, and the year to date.
  var part: FiscalCalendar.Part? {
    switch self {
    case .instant, .ytd: nil
    case .quarter: .quarter
    case .half: .half
    case .year: .year
    }
  }

  /// How many days the span can have; `nil` for an instant.
  var dayCounts: ClosedRange<Int>? {
    let (shortest, longest) = (FiscalCalendar.quarterDayCounts, FiscalCalendar.Part.year.dayCounts)
    return switch self {
    case .ytd: shortest.lowerBound...longest.upperBound
    case .quarter: shortest
    // Two or three quarters of twelve weeks, or with one of sixteen.
    case .half: 160...200
    case .instant, .year: part?.dayCounts
    }
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
