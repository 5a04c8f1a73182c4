public import Facts

/// The stretch of the calendar that the SEC's frames API puts a period in: `CY2019`, `CY2019Q1`, or
/// `CY2019Q1I` for an instant.
///
/// The rule was found from what the API gives for the figures of two companies, all of which it explains
/// (<https://www.sec.gov/search-filings/edgar-application-programming-interfaces>): an instant is in the frame
/// of the nearest end of a calendar quarter, a duration of 61 to 121 days in that of the quarter that ends
/// nearest to its own end, and one of 335 to 395 days in that of the year in which its middle lies. Other
/// durations are in none.
public struct CalendarFrame: Hashable, Sendable {
  /// Its name, `CY2019Q1I`.
  public let name: String

  /// How far the period is from the frame's, in days: of several figures for one frame the API takes that of
  /// the nearest period.
  public let distance: Int

  /// The frame of a period; `nil` for durations of other lengths.
  public init?(_ period: Period) {
    let end = period.end
    switch (period.start, period.dayCount) {
    case (nil, _):
      guard let quarter = Self.quarter(nearest: end) else { return nil }
      (name, distance) = ("CY\(Self.padded(quarter.year))Q\(quarter.number)I", quarter.distance)
    case (_, 61...121):
      guard let quarter = Self.quarter(nearest: end) else { return nil }
      name = "CY\(Self.padded(quarter.year))Q\(quarter.number)"
      distance = quarter.distance + abs(period.dayCount - Self.quarterDayCount)
    case (_, 335...395):
      let year = end.advanced(byDays: -Self.yearShiftDayCount).components.year
      guard let yearEnd = CivilDate(year: year, month: 12, day: 31) else { return nil }
      name = "CY\(Self.padded(year))"
      distance = Int((yearEnd.dayNumber - end.dayNumber).magnitude)
    default: return nil
    }
  }

  /// The days on which the periods of a frame may end; `nil` for a name that is none.
  ///
  /// - Complexity: O(1).
  public static func ends(ofFrame name: String) -> ClosedRange<CivilDate>? {
    guard let parts = name.wholeMatch(of: /CY([0-9]{4})(?:Q([1-4])I?)?/), let year = Int(parts.1)
    else { return nil }
    guard let number = parts.2.flatMap({ Int($0) }) else {
      guard let first = CivilDate(year: year, month: 1, day: 1),
        let last = CivilDate(year: year, month: 12, day: 31)
      else { return nil }
      return first.advanced(byDays: yearShiftDayCount)...last.advanced(byDays: yearShiftDayCount)
    }
    let month = 3 * number
    let day = CivilDate.dayCount(year: year, month: month)
    guard let end = CivilDate(year: year, month: month, day: day) else { return nil }
    return end.advanced(byDays: -quarterSlackDayCount)...end.advanced(byDays: quarterSlackDayCount)
  }

  /// How many days a year's end may lie after the year that it is put in.
  private static let yearShiftDayCount = 180

  /// Half the longest quarter: no other quarter's end is nearer than this one's within so many days, or none beyond.
  private static let quarterSlackDayCount = 46

  /// How many days a quarter has, of 13 weeks.
  private static let quarterDayCount = 91

  /// The calendar quarter that ends nearest to a day; of two as near, the earlier.
  private static func quarter(nearest day: CivilDate) -> (year: Int, number: Int, distance: Int)? {
    let year = day.components.year
    var nearest: (year: Int, number: Int, distance: Int)?
    for year in (year - 1)...(year + 1) {
      for number in 1...4 {
        let month = 3 * number
        let last = CivilDate.dayCount(year: year, month: month)
        guard let end = CivilDate(year: year, month: month, day: last) else { continue }
        let distance = Int((end.dayNumber - day.dayNumber).magnitude)
        if distance < nearest?.distance ?? .max { nearest = (year, number, distance) }
      }
    }
    return nearest
  }

  private static func padded(_ year: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
  }
}
