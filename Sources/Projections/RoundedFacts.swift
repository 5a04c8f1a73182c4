import Facts

/// Leaves facts out of a listing whose periods were rounded to months, as data sets have them, where the
/// same filings report the same figures for the exact periods.
struct RoundedFacts {
  private let amendments: Amendments
  private let head: UInt64

  /// Whether all facts are listed.
  private let listsAll: Bool

  /// The facts of one series whose periods end near the last one's, in the order of the `facts` table.
  private var window: [(rows: [FactRow], isGiven: Bool)] = []

  init(_ query: FactListing.Query, _ amendments: Amendments) {
    (self.amendments, head) = (amendments, query.vantage.head)
    listsAll = !query.omitsRounded || query.periodEnd != nil || query.asOf != nil
  }

  /// Takes the rows of the next fact.
  ///
  /// - Parameter isLast: Whether no fact follows.
  /// - Returns: The facts that are listed of those for which this is decided by now, in their order.
  mutating func take(_ rows: [FactRow], isLast: Bool) -> [[FactRow]] {
    if listsAll { return [rows] }
    return take(rows) + (isLast ? removeAll() : [])
  }

  private mutating func take(_ rows: [FactRow]) -> [[FactRow]] {
    guard let fact = rows.first?.fact else { return [] }
    guard window.last?.rows.first?.fact.series == fact.series else {
      let listed = removeAll()
      window = [(rows, false)]
      return listed
    }
    window.append((rows, false))
    return listed { !Self.isNear($0.periodEnd, fact.periodEnd) }
  }

  /// Gives what is left, and forgets all.
  private mutating func removeAll() -> [[FactRow]] {
    defer { window.removeAll(keepingCapacity: true) }
    return listed { _ in true }
  }

  /// The facts that were not given before, are decided and are listed.
  private mutating func listed(_ isDecided: (FactID) -> Bool) -> [[FactRow]] {
    var listed: [[FactRow]] = []
    for index in window.indices where !window[index].isGiven {
      guard isDecided(window[index].rows[0].fact) else { break }
      if !givesWay(index) { listed.append(window[index].rows) }
      window[index].isGiven = true
    }
    // What is given still counts for facts that end near it.
    if let open = window.first(where: { !$0.isGiven })?.rows[0].fact {
      window.removeAll { $0.isGiven && !Self.isNear($0.rows[0].fact.periodEnd, open.periodEnd) }
    }
    return listed
  }

  /// Whether every filing that reports a fact reports the same for a near period that is not whole months.
  private func givesWay(_ index: Int) -> Bool {
    let rows = window[index].rows
    guard Self.isWholeMonths(rows[0].fact) else { return false }
    let exact = window.filter { other in
      Self.isNear(other.rows[0].fact, rows[0].fact) && !Self.isWholeMonths(other.rows[0].fact)
    }.flatMap { amendments.resolve($0.rows, before: head).live }
    guard !exact.isEmpty else { return false }
    return amendments.resolve(rows, before: head).live.allSatisfy { row in
      exact.contains { $0.filing == row.filing && $0.figure.isConsistent(with: row.figure) }
    }
  }

  /// Whether a period begins and ends with months.
  private static func isWholeMonths(_ fact: FactID) -> Bool {
    let period = fact.period
    return period.end.isEndOfMonth && period.start?.advanced(byDays: -1).isEndOfMonth ?? true
  }

  private static func isNear(_ fact: FactID, _ other: FactID) -> Bool {
    isNear(fact.periodEnd, other.periodEnd)
      && (fact.isInstant || other.isInstant
        ? fact.isInstant == other.isInstant : isNear(fact.periodStart, other.periodStart))
  }

  private static func isNear(_ day: Int32, _ other: Int32) -> Bool {
    FiscalCalendar.isNear(CivilDate(dayNumber: day), CivilDate(dayNumber: other))
  }
}
