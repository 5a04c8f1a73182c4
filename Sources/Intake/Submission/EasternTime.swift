import Facts

/// The time of the east of the United States, in which EDGAR accepts submissions.
enum EasternTime {
  /// The time that a clock there showed: `20041104080030`; `nil` if it is none.
  ///
  /// In the hour that a clock shows twice in autumn, it is the second one, so that nothing is known too
  /// early.
  static func time(_ digits: some StringProtocol) -> ZonedTime? {
    guard digits.utf8.count == 14, let day = day(digits.prefix(8)),
      let hour = Int(digits.dropFirst(8).prefix(2))
    else { return nil }
    let parts = [8, 10, 12].map { digits.dropFirst($0).prefix(2) }
    let zone = isSummer(day, hour: hour) ? "-04:00" : "-05:00"
    return ZonedTime("\(day)T\(parts.joined(separator: ":"))\(zone)")
  }

  /// A day: `20041104`.
  static func day(_ digits: some StringProtocol) -> CivilDate? {
    guard digits.utf8.count == 8, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)),
      let day = Int(digits.suffix(2))
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Whether clocks are an hour ahead (Energy Policy Act of 2005; before 2007, Public Law 99-359).
  ///
  /// Clocks change at two; the hour after one is shown twice in autumn, the hour after two not at all in
  /// spring.
  private static func isSummer(_ day: CivilDate, hour: Int) -> Bool {
    let year = day.components.year
    let (start, end) =
      year >= 2007
      ? (sunday(2, of: 3, year), sunday(1, of: 11, year))
      : (sunday(1, of: 4, year), lastSunday(of: 10, year))
    if day == start { return hour >= 2 }
    if day == end { return hour < 1 }
    return start < day && day < end
  }

  private static func sunday(_ number: Int32, of month: Int, _ year: Int) -> CivilDate {
    guard let first = CivilDate(year: year, month: month, day: 1) else { return .first }
    // 1970-01-04 was a Sunday.
    let distance = ((3 - first.dayNumber) % 7 + 7) % 7
    return CivilDate(dayNumber: first.dayNumber + distance + 7 * (number - 1))
  }

  private static func lastSunday(of month: Int, _ year: Int) -> CivilDate {
    CivilDate(dayNumber: sunday(1, of: month + 1, year).dayNumber - 7)
  }
}
