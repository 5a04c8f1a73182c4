/// What time a figure is about.
public enum Period: Hashable, Sendable {
  /// The end of one day.
  case instant(CivilDate)

  /// All days from `start` to `end`, both included.
  case duration(start: CivilDate, end: CivilDate)

  /// Reads `2004-09-30` or `2004-07-01/2004-09-30`; `nil` for anything else, or if the end comes
  /// before the start.
  public init?(_ text: some StringProtocol) {
    if let day = CivilDate(text) {
      self = .instant(day)
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = CivilDate(parts[0]), let end = CivilDate(parts[1]),
      start <= end
    else { return nil }
    self = .duration(start: start, end: end)
  }

  /// The day at whose end the period is over.
  public var end: CivilDate {
    switch self {
    case .instant(let day): day
    case .duration(_, let end): end
    }
  }

  /// The first day of a duration; `nil` for an instant.
  public var start: CivilDate? {
    switch self {
    case .instant: nil
    case .duration(let start, _): start
    }
  }

  /// How many days a duration has; 0 for an instant.
  public var dayCount: Int {
    guard let start else { return 0 }
    return Int(end.dayNumber - start.dayNumber) + 1
  }
}

extension Period: CustomStringConvertible {
  /// The text ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .instant(let day): day.description
    case .duration(let start, let end): "\(start)/\(end)"
    }
  }
}

/// The month and day on which an entity's fiscal year ends.
public struct FiscalYearEnd: Hashable, Sendable {
  /// 1 to 12.
  public let month: Int

  /// 1 to 31.
  ///
  /// In a year in which the month is shorter, it means the month's last day; so does February 28 in every
  /// year.
  public let day: Int

  /// December 31.
  public static let calendarYear = FiscalYearEnd(month: 12, day: 31)

  private init(month: Int, day: Int) {
    self.month = month
    self.day = day
  }

  /// Reads `12-31`.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: "-"),
      let month = CivilDate.number(bytes[0..<2]), let day = CivilDate.number(bytes[3..<5]),
      1...12 ~= month, 1...31 ~= day
    else { return nil }
    self.init(month: month, day: day)
  }

  /// The month and day of `date`; the last day of February, the 28th or 29th, is kept as the 29th.
  public init(endOf date: CivilDate) {
    let (year, month, day) = date.components
    let isEndOfFebruary = month == 2 && day == CivilDate.dayCount(year: year, month: month)
    self.init(month: month, day: isEndOfFebruary ? 29 : day)
  }

  /// The last day of the fiscal year that ends in calendar year `year` (1 to 9999).
  public func date(inYear year: Int) -> CivilDate? {
    guard 1...9999 ~= year else { return nil }
    let last = CivilDate.dayCount(year: year, month: month)
    let isEndOfFebruary = month == 2 && day >= 28
    return CivilDate(year: year, month: month, day: isEndOfFebruary ? last : min(day, last))
  }

  /// The latest fiscal year end before `date`.
  public func latest(before date: CivilDate) -> CivilDate? {
    let year = date.components.year
    return [year, year - 1].lazy.compactMap(self.date(inYear:)).first { $0 < date }
  }
}

extension FiscalYearEnd: CustomStringConvertible {
  /// The text ``init(_:)`` reads.
  public var description: String { "\(padded(month, 2))-\(padded(day, 2))" }
}
