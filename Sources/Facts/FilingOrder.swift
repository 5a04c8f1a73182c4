/// In which order filings of one moment count: by their names, and amendments of filings (`/A`) after all
/// others.
public struct FilingOrder: Hashable, Comparable, Sendable {
  /// Whether the filing amends another: its form ends in `/A`.
  public let isAmendment: Bool

  /// The filing's identifier.
  public let name: String

  /// The place of the filing of this name.
  public init(_ name: String, isAmendment: Bool = false) {
    (self.name, self.isAmendment) = (name, isAmendment)
  }

  /// The place of the filing of this name and form.
  public init(_ name: String, form: String?) {
    self.init(name, isAmendment: form?.hasSuffix("/A") ?? false)
  }

  /// Whether `lhs` counts before `rhs`.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.isAmendment == rhs.isAmendment ? lhs.name < rhs.name : rhs.isAmendment
  }

  /// Whether this filing counts before another.
  ///
  /// An amendment counts after a filing of which only the day is known, if it became public on that day.
  ///
  /// - Parameters:
  ///   - published: When this filing became public.
  ///   - other: The other filing, which became public at `otherPublished`.
  public func isBefore(
    _ other: FilingOrder,
    published: Timestamp,
    _ otherPublished: Timestamp
  ) -> Bool {
    guard published != otherPublished else { return self < other }
    if published < otherPublished {
      return !Self.isDay(otherPublished, of: published, amendment: self, original: other)
    }
    return Self.isDay(published, of: otherPublished, amendment: other, original: self)
  }

  private static func isDay(
    _ day: Timestamp,
    of moment: Timestamp,
    amendment: FilingOrder,
    original: FilingOrder
  ) -> Bool {
    day.isDay(of: moment) && amendment.isAmendment && !original.isAmendment
  }
}

extension Filing {
  /// Its place among filings of one moment.
  public var order: FilingOrder { FilingOrder(filing, form: form) }
}
