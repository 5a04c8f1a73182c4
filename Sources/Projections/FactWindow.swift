import Facts

/// What some series say of the facts whose periods end within a stretch of days: read once, asked
/// often.
struct FactWindow {
  /// One fact.
  struct Entry {
    let fact: FactID

    /// What the ledger says of it.
    let answer: Answer

    /// Its claims that are recorded and not amended; `nil` if there are none.
    let standing: ClaimFold.Standing?
  }

  /// The days; all of them for a window without ends.
  let ends: ClosedRange<Int32>

  /// The facts of each series, one series after the other, in the order of their periods.
  private(set) var entries: [Entry] = []

  /// For each series, where its entries end.
  private var seriesEnds: [Int] = []

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
    entries.reserveCapacity(series.count * 8)
    seriesEnds.reserveCapacity(series.count)
    let stretches = series.map { id, _ in
      FactStretch(
        from: id.bound(periodEnd: ends.lowerBound, periodStart: .min),
        through: id.bound(periodEnd: ends.upperBound, periodStart: .max)
      )
    }
    var (rows, rowEnds): ([FactRow], [Int]) = ([], [])
    rows.reserveCapacity(series.count * 16)
    try source.appendRows(of: stretches, limit: Self.rowCountMax, to: &rows, ends: &rowEnds)
    var start = 0
    for (index, end) in rowEnds.enumerated() {
      var fold = ClaimFold(series[index].strand, within: vantage)
      if end - start < Self.rowCountMax {
        try add(rows[start..<end], &fold) { try source.text($0) }
      } else {
        try addAll(of: stretches[index], &fold, from: source)
      }
      seriesEnds.append(entries.count)
      start = end
    }
  }

  /// How many rows of a series are read together with those of others.
  private static let rowCountMax = 512

  /// Adds the facts of all rows of a series.
  private mutating func add(
    _ rows: ArraySlice<FactRow>,
    _ fold: inout ClaimFold,
    _ filingName: (SymbolID) throws -> String
  ) throws {
    var start = rows.startIndex
    while start < rows.endIndex {
      let fact = rows[start].fact
      var end = start + 1
      while end < rows.endIndex, rows[end].fact == fact { end += 1 }
      try fold.take(rows[start..<end], filingName: filingName)
      try finish(fact, &fold, filingName)
      start = end
    }
  }

  /// Adds the facts of a series with too many rows to hold them all.
  private mutating func addAll(
    of stretch: FactStretch,
    _ fold: inout ClaimFold,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var (fact, isMore) = (FactID?.none, true)
    var place = FactRow.Place(before: stretch.first)
    var rows: [FactRow] = []
    while isMore {
      rows.removeAll(keepingCapacity: true)
      isMore = try source.appendRows(from: place, through: stretch.last, limit: 512, to: &rows)
      var start = 0
      while start < rows.count {
        if let last = fact, last != rows[start].fact {
          try finish(last, &fold) { try source.text($0) }
        }
        fact = rows[start].fact
        var end = start + 1
        while end < rows.count, rows[end].fact == fact { end += 1 }
        try fold.take(rows[start..<end]) { try source.text($0) }
        start = end
      }
      if let last = rows.last { place = FactRow.Place(after: last) }
    }
    if let fact { try finish(fact, &fold) { try source.text($0) } }
  }

  private mutating func finish(
    _ fact: FactID,
    _ fold: inout ClaimFold,
    _ filingName: (SymbolID) throws -> String
  ) throws {
    let answer = try fold.finish(filingName: filingName)
    entries.append(Entry(fact: fact, answer: answer, standing: fold.standing))
    fold.reset()
  }

  /// Which entries are of a series.
  func indices(ofSeries series: Int) -> Range<Int> {
    (series == 0 ? 0 : seriesEnds[series - 1])..<seriesEnds[series]
  }

  /// What the ledger says of a fact of a series, whose period ends within the window.
  func answer(ofSeries series: Int, periodEnd: Int32, periodStart: Int32) -> Answer {
    var index = indices(ofSeries: series).upperBound - 1
    let first = indices(ofSeries: series).lowerBound
    while index >= first, entries[index].fact.periodEnd >= periodEnd {
      let fact = entries[index].fact
      if fact.periodEnd == periodEnd, fact.periodStart == periodStart {
        return entries[index].answer
      }
      index -= 1
    }
    return .notReported
  }
}
