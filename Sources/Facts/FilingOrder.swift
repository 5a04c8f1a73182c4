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

  /// Whether this filing counts before another, of these two alone: see `Sequence/inFilingOrder(_:)`
  /// for more.
  ///
  /// An amendment counts after a filing of which only the day is known, if it became public on that day.
  ///
  /// - Parameters:
  ///   - other: The other filing, which became public at `otherPublished`.
  ///   - published: When this filing became public.
  ///   - otherPublished: When the other filing became public.
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

extension Sequence {
  /// The elements in the order in which their filings count.
  ///
  /// Published times decide, at one time ``FilingOrder`` and then sequences. A filing of which only the day
  /// is known, and which amends none, counts before the first amendment (`/A`) of that day.
  ///
  /// - Parameter place: When the filing of an element became public, its order, and the element's sequence.
  /// - Throws: What `place` throws.
  /// - Complexity: O(*n* log *n*).
  public func inFilingOrder(
    _ place: (Element) throws -> (published: Timestamp, order: FilingOrder, sequence: UInt64)
  ) rethrows -> [Element] {
    let placed = try map { (element: $0, place: try place($0)) }
    var firstAmendments: [CivilDate: Timestamp] = [:]
    for (_, place) in placed where place.order.isAmendment {
      let day = place.published.day
      firstAmendments[day] = Swift.min(firstAmendments[day] ?? place.published, place.published)
    }
    func time(_ published: Timestamp, _ order: FilingOrder) -> Timestamp {
      guard published.isEndOfDay, !order.isAmendment else { return published }
      return firstAmendments[published.day] ?? published
    }
    return placed.sorted { lhs, rhs in
      (time(lhs.place.published, lhs.place.order), lhs.place.order, lhs.place.sequence)
        < (time(rhs.place.published, rhs.place.order), rhs.place.order, rhs.place.sequence)
    }.map(\.element)
  }
}

extension Filing {
  /// Its place among filings of one moment.
  public var order: FilingOrder { FilingOrder(filing, form: form) }
}
