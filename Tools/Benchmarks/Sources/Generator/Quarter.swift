public import Facts

/// A calendar quarter that filings are about, counted from the first of 2014.
public struct Quarter: Hashable, Comparable, Sendable {
  /// 0 is the first quarter of 2014; negative before.
  public let index: Int

  /// How many quarters every entity reports: ten years.
  public static let count = 40

  /// The quarter with this index.
  public init(_ index: Int) { self.index = index }

  /// The quarter before which a year lies.
  var yearBefore: Quarter { Quarter(index - 4) }

  /// The last quarter of the year before.
  var fiscalYearEndBefore: Quarter { Quarter(index - quarterInYear - 1) }

  /// Whether a year ends with it.
  var isFiscalYearEnd: Bool { quarterInYear == 3 }

  /// 0 to 3.
  var quarterInYear: Int { (index % 4 + 4) % 4 }

  /// The year.
  var year: Int { 2014 + (index - quarterInYear) / 4 }

  /// The last day.
  public var end: CivilDate {
    date(month: quarterInYear * 3 + 3) { CivilDate.dayCount(year: year, month: $0) }
  }

  /// The quarter, or the year if one ends with it.
  var duration: Period {
    .duration(start: date(month: isFiscalYearEnd ? 1 : quarterInYear * 3 + 1) { _ in 1 }, end: end)
  }

  private func date(month: Int, day: (_ month: Int) -> Int) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day(month)) else {
      preconditionFailure("no such day")
    }
    return date
  }

  /// Whether `lhs` is earlier.
  public static func < (lhs: Quarter, rhs: Quarter) -> Bool { lhs.index < rhs.index }
}
