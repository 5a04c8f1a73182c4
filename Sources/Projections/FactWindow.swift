import Facts

/// What some series say of the facts whose periods end within a stretch of days: read once, asked
/// often.
struct FactWindow {
  /// One fact.
  struct Entry {
    let fact: FactID

    /// What the ledger says of it.
    let answer: Answer

    /// The published times of its claims that are recorded and not amended; `nil` if there are none.
    let standing: (first: Timestamp, last: Timestamp, lastKnown: Timestamp?)?
  }

  /// The days; all of them for a window without ends.
  let ends: ClosedRange<Int32>

  /// For each series, the facts in the order of their periods.
  private(set) var entries: [[Entry]] = []

  /// Reads the window.
  ///
  /// - Parameter series: The series, each with the figures of it that are wanted.
  /// - Complexity: O(log *n* + *k*) for each series, with *k* claims within the window.
  init(
    _ series: [(id: FactID, strand: Strand)],
    endingIn ends: ClosedRange<Int32>,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.ends = ends
    entries.reserveCapacity(series.count)
    var rows: [FactRow] = []
    for (id, strand) in series {
      entries.append(try Self.read(id, strand, ends, vantage, &rows, source))
    }
  }

  private static func read(
    _ id: FactID,
    _ strand: Strand,
    _ ends: ClosedRange<Int32>,
    _ vantage: Vantage,
    _ rows: inout [FactRow],
    _ source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Entry] {
    var entries: [Entry] = []
    let last = id.bound(periodEnd: ends.upperBound, periodStart: .max)
    var place = FactRow.Place(before: id.bound(periodEnd: ends.lowerBound, periodStart: .min))
    var fact: FactID?
    var fold = ClaimFold(strand, within: vantage)
    func finish() throws {
      guard let fact else { return }
      let answer = try fold.finish { try source.text($0) }
      entries.append(Entry(fact: fact, answer: answer, standing: fold.standing))
    }
    while true {
      rows.removeAll(keepingCapacity: true)
      let isMore = try source.appendRows(from: place, through: last, limit: 256, to: &rows)
      for row in rows {
        if row.fact != fact {
          try finish()
          fact = row.fact
          fold = ClaimFold(strand, within: vantage)
        }
        try fold.take(row) { try source.text($0) }
      }
      guard isMore, let row = rows.last else { break }
      place = FactRow.Place(after: row)
    }
    try finish()
    return entries
  }

  /// The fact of a series with this period; `nil` if the series has none in the window.
  func entry(ofSeries index: Int, _ fact: FactID) -> Entry? {
    entries[index].first {
      $0.fact.periodEnd == fact.periodEnd && $0.fact.periodStart == fact.periodStart
    }
  }
}
