/// A moment in UTC, to the microsecond.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64

  /// The moment `microseconds` after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  private static let dayLength: Int64 = 86_400_000_000

  /// The first microsecond of `day`.
  public init(startOf day: CivilDate) {
    microseconds = Int64(day.dayNumber) * Self.dayLength
  }

  /// The last microsecond of `day`.
  public init(endOf day: CivilDate) {
    microseconds = (Int64(day.dayNumber) + 1) * Self.dayLength - 1
  }

  /// Reads RFC 3339 with seconds and a zone: `2004-11-04T13:00:30Z`, `2004-11-04T08:00:30-05:00`,
  /// with up to six digits of a second's fraction; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"),
      let day = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
      let hour = CivilDate.number(bytes[11..<13]), hour < 24,
      let minute = CivilDate.number(bytes[14..<16]), minute < 60,
      let second = CivilDate.number(bytes[17..<19]), second < 60
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      guard 1...6 ~= digits.count, let number = CivilDate.number(digits) else { return nil }
      fraction = Int64(number) * Int64(Int128.powerOfTen(6 - digits.count))
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.zoneOffsetSeconds(Array(rest)) else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second - offset)
    microseconds = Int64(day.dayNumber) * Self.dayLength + seconds * 1_000_000 + fraction
    // A zone can move the first and the last day out of the calendar.
    guard 1...9999 ~= self.day.components.year else { return nil }
  }

  private static func zoneOffsetSeconds(_ bytes: [UInt8]) -> Int? {
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      let hour = CivilDate.number(bytes[1..<3]), hour < 24,
      let minute = CivilDate.number(bytes[4..<6]), minute < 60
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  /// The day, in UTC.
  public var day: CivilDate {
    let quotient = microseconds / Self.dayLength
    return CivilDate(dayNumber: Int32(microseconds % Self.dayLength < 0 ? quotient - 1 : quotient))
  }

  /// Whether both are of one day, in UTC.
  @inline(__always)
  public func isSameDay(as other: Timestamp) -> Bool {
    let (distance, isTooLong) = microseconds.subtractingReportingOverflow(other.microseconds)
    // Most moments are further apart, and then nothing is divided.
    return !isTooLong && distance.magnitude < UInt64(Self.dayLength) && day == other.day
  }

  /// Whether it is the last microsecond of a day, which stands for a day of which no time is known.
  public var isEndOfDay: Bool { self == Timestamp(endOf: day) }

  /// Whether it stands for a day of which no time is known, and the moment is of that day: what happened
  /// then can have happened before it.
  @inline(__always)
  public func isDay(of moment: Timestamp) -> Bool { isSameDay(as: moment) && isEndOfDay }

  /// Whether claims of both times must be read together, because their filings decide which comes first:
  /// the times are equal, or this one is a day of which no time is known, and the earlier one is of it.
  @inline(__always)
  public func comesTogether(with earlier: Timestamp) -> Bool {
    self == earlier || isDay(of: earlier)
  }

  /// Whether `lhs` comes before `rhs`.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.microseconds < rhs.microseconds }
}

extension Timestamp: CustomStringConvertible {
  /// `2004-11-04T13:00:30Z`; a fraction of a second only if there is one.
  public var description: String {
    let day = day
    let rest = Int(microseconds - Int64(day.dayNumber) * Self.dayLength)
    let seconds = rest / 1_000_000
    var text = "\(day)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2))"
    text += ":\(padded(seconds % 60, 2))"
    var fraction = Substring(padded(rest % 1_000_000, 6))
    while fraction.last == "0" { fraction.removeLast() }
    return text + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
  }
}

/// When a filing became public: a moment, or a day of which only the date is known.
///
/// A day counts as its very last moment, so that no query can see the filing too early.
public enum PublishedTime: Hashable, Sendable {
  /// The moment is known.
  case moment(Timestamp)

  /// Only the day is known.
  case day(CivilDate)

  /// Reads `2004-11-04T13:00:30Z` (any zone) or `2004-11-04`.
  public init?(_ text: some StringProtocol) {
    if let day = CivilDate(text) {
      self = .day(day)
    } else if let moment = Timestamp(text) {
      self = .moment(moment)
    } else {
      return nil
    }
  }

  /// The published time whose ``timestamp`` is `timestamp`: a day, if that is the very end of one, else
  /// the moment.
  public init(_ timestamp: Timestamp) {
    let day = timestamp.day
    self = timestamp.isEndOfDay ? .day(day) : .moment(timestamp)
  }

  /// The moment from which on the filing counts as known; also the bound that a day means in
  /// `--known-at`: the whole of that day, in UTC.
  public var timestamp: Timestamp {
    switch self {
    case .moment(let moment): moment
    case .day(let day): Timestamp(endOf: day)
    }
  }
}

extension PublishedTime: CustomStringConvertible {
  /// The text `init(_:)` reads, in UTC.
  public var description: String {
    switch self {
    case .moment(let moment): moment.description
    case .day(let day): day.description
    }
  }
}
