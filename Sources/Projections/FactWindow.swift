import Facts

/// The claims of some series about periods that end within some ranges of days, read once for all
/// the questions that a statement asks.
struct FactWindow {
  /// One fact.
  struct Entry {
    let fact: FactID

    /// Its claims that are recorded and not amended; `nil` if there are none.
    let standing: ClaimFold.Standing?

    /// Where its rows are among those of the window; empty where they are too many.
    let rows: Range<Int>
  }

  /// The days, in order and apart from each other.
  let ends: [ClosedRange<Int32>]

  /// The facts of each series, one series after the other, in the order of their periods.
  private(set) var entries: [Entry] = []

  /// For each series, where its entries end.
  private var seriesEnds: [Int] = []

  private var rows: [FactRow] = []
  private let vantage: Vantage

  /// What is amended besides claims; `nil` where nothing is.
  private let amendments: Amendments?

  /// Reads the window.
  ///
  /// - Parameter series: The series.
  /// - Complexity: O(log *n* + *k*) for each series, with *k* claims within the window.
  init(
    _ series: [SeriesID],
    endingIn ends: [ClosedRange<Int32>],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var stretches: [FactStretch] = []
    stretches.reserveCapacity(series.count * ends.count)
    for id in series {
      for range in ends {
        stretches.append(
          FactStretch(
            from: id.first(endingOnOrAfter: range.lowerBound),
            through: id.last(endingOnOrBefore: range.upperBound)
          )
        )
      }
    }
    try self.init(stretches, endingIn: ends, within: vantage, from: source)
  }

  /// Reads all facts of some stretches, which count as one series each.
  ///
  /// - Complexity: O(log *n* + *k*) for each stretch, with *k* claims in it.
  init(
    _ stretches: [FactStretch],
    endingIn ends: [ClosedRange<Int32>] = [.min ... .max],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.ends = ends
    self.vantage = vantage
    let amendments = try source.amendments(before: vantage.head)
    self.amendments = amendments.concernsClaims ? amendments : nil
    let seriesCount = stretches.count / ends.count
    entries.reserveCapacity(seriesCount * 8)
    seriesEnds.reserveCapacity(seriesCount)
    rows.reserveCapacity(seriesCount * 16)
    var rowEnds: [Int] = []
    try source.appendRows(of: stretches, limit: Self.rowCountMax, to: &rows, ends: &rowEnds)
    var start = 0
    for (index, end) in rowEnds.enumerated() {
      if end - start < Self.rowCountMax {
        addFacts(of: start..<end)
      } else {
        try addAllFacts(of: stretches[index], from: source)
      }
      if (index + 1).isMultiple(of: ends.count) { seriesEnds.append(entries.count) }
      start = end
    }
  }

  /// Whether it covers periods that end on this day.
  func covers(_ day: Int32) -> Bool { ends.contains { $0.contains(day) } }

  /// How many rows of a series are read together with those of others.
  private static let rowCountMax = 512

  /// Adds the facts of all rows of a series.
  private mutating func addFacts(of range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let fact = rows[start].fact
      var end = start + 1
      while end < range.upperBound, rows[end].fact == fact { end += 1 }
      let standing = ClaimFold.Standing(rows[start..<end], within: vantage, amendments)
      entries.append(Entry(fact: fact, standing: standing, rows: start..<end))
      start = end
    }
  }

  /// Adds the facts of a series with too many rows to hold them all.
  private mutating func addAllFacts(
    of stretch: FactStretch,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var place = FactRow.Place(before: stretch.first)
    var found: [FactRow] = []
    var isMore = true
    while isMore {
      found.removeAll(keepingCapacity: true)
      isMore = try source.appendRows(
        from: place,
        through: stretch.last,
        limit: Self.rowCountMax,
        to: &found
      )
      var start = 0
      while start < found.count {
        let fact = found[start].fact
        var end = start + 1
        while end < found.count, found[end].fact == fact { end += 1 }
        let standing =
          isMore && end == found.count
          ? try ClaimFold.Standing(of: fact, within: vantage, amendments, from: source)
          : ClaimFold.Standing(found[start..<end], within: vantage, amendments)
        entries.append(Entry(fact: fact, standing: standing, rows: 0..<0))
        place = FactRow.Place(after: fact)
        start = end
      }
    }
  }

  /// Which entries are of a series.
  func indices(ofSeries series: Int) -> Range<Int> {
    (series == 0 ? 0 : seriesEnds[series - 1])..<seriesEnds[series]
  }

  /// The answer to a fact of a series, whose period ends within the window.
  func answer(
    to fact: FactID,
    ofSeries series: Int,
    _ rangeEnd: RangeEnd,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Answer {
    let indices = indices(ofSeries: series)
    var index = indices.upperBound - 1
    while index >= indices.lowerBound, entries[index].fact.periodEnd >= fact.periodEnd {
      if entries[index].fact.periodEnd == fact.periodEnd,
        entries[index].fact.periodStart == fact.periodStart
      {
        let range = entries[index].rows
        guard !range.isEmpty else {
          return try Answer(showing: fact, rangeEnd, within: vantage, from: source)
        }
        return try Answer(showing: rows[range], rangeEnd, within: vantage, amendments, in: source)
      }
      index -= 1
    }
    return .notReported
  }
}
