/// A time as a clock somewhere showed it, to the second, with its distance from UTC.
///
/// Two of them are equal only if both are: it is kept as it was filed.
public struct ZonedTime: Hashable, Sendable {
  /// The moment.
  public let moment: Timestamp

  /// How many minutes the clock is ahead of UTC; below zero west of it.
  public let offsetMinutes: Int

  private static let minute: Int64 = 60_000_000

  /// The moment as a clock shows it that is `offsetMinutes` ahead of UTC.
  ///
  /// - Parameters:
  ///   - moment: The moment, in UTC.
  ///   - offsetMinutes: More than −24 hours and less than 24.
  public init(moment: Timestamp, offsetMinutes: Int) {
    (self.moment, self.offsetMinutes) = (moment, offsetMinutes)
  }

  /// Reads RFC 3339 with whole seconds and a numeric zone: `2004-11-04T08:00:30-05:00`; `nil` for anything
  /// else, and for times that ``description`` would write otherwise.
  public init?(_ text: some StringProtocol) {
    let zone = text.utf8.suffix(6)
    guard zone.count == 6, let moment = Timestamp(text), let sign = zone.first,
      let hours = CivilDate.number(zone.dropFirst().prefix(2)),
      let minutes = CivilDate.number(zone.suffix(2))
    else { return nil }
    let offset = hours * 60 + minutes
    self.init(moment: moment, offsetMinutes: sign == UInt8(ascii: "-") ? -offset : offset)
    guard description == text else { return nil }
  }

  /// The day that the clock showed.
  public var day: CivilDate { local.day }

  private var local: Timestamp {
    Timestamp(microseconds: moment.microseconds + Int64(offsetMinutes) * Self.minute)
  }
}

extension ZonedTime: CustomStringConvertible {
  /// `2004-11-04T08:00:30-05:00`.
  public var description: String {
    let (hours, minutes) = abs(offsetMinutes).quotientAndRemainder(dividingBy: 60)
    let sign = offsetMinutes < 0 ? "-" : "+"
    return local.description.dropLast() + "\(sign)\(padded(hours, 2)):\(padded(minutes, 2))"
  }
}
