/// How fiscal years of 52 or 53 weeks end: with a day of the week.
struct WeekRule: Hashable, Sendable {
  /// Where the day of the week is looked for.
  enum Place: Hashable {
    /// The last one of a month.
    case lastOfMonth

    /// The one nearest to the end of a month.
    case nearestToMonthEnd

    /// The one nearest to the same day of another year.
    case nearest
  }

  /// Days since 1970-01-01, modulo 7.
  let weekday: Int32
  let place: Place

  /// The rule that the ends of periods follow; `nil` if most do not end with one day of the week, or
  /// all with months.
  init?(boundaries: [CivilDate], yearEnds: [CivilDate]) {
    let recent = boundaries.suffix(12)
    guard recent.count > 1,
      recent.filter(\.isEndOfMonth).count * 2 < recent.count
    else { return nil }
    var counts: [Int32: Int] = [:]
    for day in recent { counts[day.weekday, default: 0] += 1 }
    guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      most.value * 4 >= recent.count * 3
    else { return nil }
    weekday = most.key
    let ends = yearEnds.suffix(8)
    if ends.allSatisfy({
      $0.advanced(byDays: 7).components.month != $0.components.month
    }) {
      place = .lastOfMonth
    } else if ends.allSatisfy({ day in
      (Self.monthEnd(near: day).dayNumber - day.dayNumber).magnitude <= 3
    }) {
      place = .nearestToMonthEnd
    } else {
      place = .nearest
    }
  }

  /// The end of the year that ends around `date`.
  func yearEnd(near date: CivilDate) -> CivilDate {
    switch place {
    case .nearest: return nearest(to: date)
    case .nearestToMonthEnd: return nearest(to: Self.monthEnd(near: date))
    case .lastOfMonth:
      let (year, month, day) = date.components
      let last = date.advanced(byDays: CivilDate.dayCount(year: year, month: month) - day)
      let back = (last.weekday - weekday + 7) % 7
      return last.advanced(byDays: -Int(back))
    }
  }

  private func nearest(to date: CivilDate) -> CivilDate {
    let back = (date.weekday - weekday + 7) % 7
    return date.advanced(byDays: back <= 3 ? -Int(back) : 7 - Int(back))
  }

  /// The last day of the month that ends nearest to `date`.
  private static func monthEnd(near date: CivilDate) -> CivilDate {
    let (year, month, day) = date.components
    let count = CivilDate.dayCount(year: year, month: month)
    return date.advanced(byDays: day > count / 2 ? count - day : -day)
  }
}
