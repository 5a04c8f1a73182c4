/// A day of the Gregorian calendar, without a time zone.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, which is 0.
  public let dayNumber: Int32

  /// The day `dayNumber` days after 1970-01-01.
  public init(dayNumber: Int32) { self.dayNumber = dayNumber }

  /// The day with this year (1 to 9999), month (1 to 12) and day of the month; `nil` if the
  /// calendar has none.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month else { return nil }
    guard 1...Self.dayCount(year: year, month: month) ~= day else { return nil }
    // Years that start in March: the leap day is then the last, and months follow one formula.
    let shiftedYear = month > 2 ? year : year - 1
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `2004-09-30`; `nil` for anything else, days the calendar has not included.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  static func number(_ digits: some Sequence<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The year, month and day of the month.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// How many days a month (1 to 12) has.
  public static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day of the week: days since 1970-01-01, modulo 7.
  var weekday: Int32 { (dayNumber % 7 + 7) % 7 }

  /// Whether it is the last day of its month.
  public var isEndOfMonth: Bool { advanced(byDays: 1).components.day == 1 }

  /// The day this many days later.
  public func advanced(byDays count: Int) -> CivilDate {
    CivilDate(dayNumber: dayNumber + Int32(count))
  }

  /// The same day of the month this many months later; the month's last day, where this one is the
  /// last of its month or the other has no such day.
  public func advanced(byMonths count: Int) -> CivilDate? {
    let (year, month, day) = components
    let months = year * 12 + month - 1 + count
    let target = (year: months / 12, month: months % 12 + 1)
    let last = Self.dayCount(year: target.year, month: target.month)
    let isLast = day == Self.dayCount(year: year, month: month)
    return CivilDate(
      year: target.year,
      month: target.month,
      day: isLast ? last : min(day, last)
    )
  }

  /// Whether `lhs` comes before `rhs`.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.dayNumber < rhs.dayNumber }
}

extension CivilDate: CustomStringConvertible {
  /// `2004-09-30`.
  public var description: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// `number` with zeros in front, to `count` digits.
func padded(_ number: Int, _ count: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
}
