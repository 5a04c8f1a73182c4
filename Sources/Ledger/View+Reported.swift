import EventStore
import Facts
import Projections

// What filings report, as the data API of the SEC lists it.
extension Ledger.View {
  /// The names of the concepts that an entity's filings report, sorted by their bytes.
  ///
  /// Some of them may be known only later, or reported with dimensions alone.
  ///
  /// - Parameter entity: Its identifier.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*c* log *n*), for *c* concepts.
  public func reportedConcepts(of entity: String) throws -> [String] {
    try ledger.translating {
      guard let entity = try snapshot.symbol(entity) else { return [] }
      let all = FactStretch(of: entity)
      var place = FactRow.Place(before: all.first)
      var (names, rows) = ([String](), [FactRow]())
      repeat {
        rows.removeAll(keepingCapacity: true)
        _ = try snapshot.appendRows(from: place, through: all.last, limit: 1, to: &rows)
        guard let concept = rows.first?.fact.concept else { break }
        names.append(try snapshot.text(concept))
        place = FactRow.Place(after: FactStretch(of: entity, concept).last)
      } while true
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// What filings that were public at the moment report of a concept, a series for each unit, by the units'
  /// bytes.
  ///
  /// Figures that corrections replaced or withdrawals took back are left out, and so are dashes, ranges and
  /// figures with a qualifier such as "approximately". A filing that says the same twice counts once.
  ///
  /// - Parameters:
  ///   - concept: Its whole name.
  ///   - entity: The identifier of the entity.
  ///   - unit: The only unit that is asked for; `nil` for all.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n* + *k* log *k*), for *k* claims of the concept.
  public func reportedSeries(
    of concept: String,
    entity: String,
    unit: String? = nil
  ) throws -> [ReportedSeries] {
    try ledger.translating {
      let vantage = try vantage()
      guard let entity = try snapshot.symbol(entity), let concept = try snapshot.symbol(concept),
        let plain = try snapshot.symbol(Dimensions.none.text)
      else { return [] }
      var reports = ReportGathering(vantage, try snapshot.amendments(before: vantage.head))
      let only = try unit.map { try snapshot.symbol($0) }
      let stretch = FactStretch(of: entity, concept)
      var found: [FactRow] = []
      try snapshot.forEachRow(from: stretch.first, through: stretch.last) { row in
        guard row.fact.dimensions == plain, only.map({ $0 == row.fact.unit }) ?? true else {
          return true
        }
        if let last = found.last, last.fact != row.fact {
          try reports.take(found, in: snapshot)
          found.removeAll(keepingCapacity: true)
        }
        found.append(row)
        return true
      }
      try reports.take(found, in: snapshot)
      return reports.series
    }
  }
}

/// Gathers the reports of one concept, unit by unit.
struct ReportGathering {
  private let vantage: Vantage
  private let amendments: Amendments
  private var texts: [SymbolID: String] = [:]
  private var units: [String: [(report: ReportedSeries.Report, row: FactRow)]] = [:]

  init(_ vantage: Vantage, _ amendments: Amendments) {
    (self.vantage, self.amendments) = (vantage, amendments)
  }

  /// Forgets the reports, and keeps the texts.
  mutating func begin() { units.removeAll(keepingCapacity: true) }

  /// Takes all rows of one fact.
  ///
  /// - Parameter isProving: `false` where who asks proves those rows that he shows.
  mutating func take(
    _ rows: some Collection<FactRow>,
    isProving: Bool = true,
    in snapshot: borrowing Snapshot
  ) throws {
    guard let fact = rows.first?.fact else { return }
    let unit = try text(fact.unit, in: snapshot)
    var seen: Set<Said> = []
    for row in amendments.resolve(rows, before: vantage.head).live {
      guard vantage.knows(row.published), row.figure.qualifier == nil,
        let value = row.figure.value,
        seen.insert(Said(filing: row.filing, value: value)).inserted
      else { continue }
      if isProving { try snapshot.prove(row) }
      let report = ReportedSeries.Report(
        period: fact.period,
        value: value,
        filing: try text(row.filing, in: snapshot),
        sequence: row.sequence
      )
      units[unit, default: []].append((report, row))
    }
  }

  private struct Said: Hashable {
    let filing: SymbolID
    let value: Amount
  }

  private mutating func text(_ symbol: SymbolID, in snapshot: borrowing Snapshot) throws -> String {
    if let text = texts[symbol] { return text }
    let text = try snapshot.text(symbol)
    texts[symbol] = text
    return text
  }

  /// The series, with the frames of their reports.
  var series: [ReportedSeries] {
    units.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { unit, found in
      var found = found.sorted { lhs, rhs in
        let (left, right) = (lhs.report, rhs.report)
        if left.period.end != right.period.end { return left.period.end < right.period.end }
        let starts = (left.period.start ?? left.period.end, right.period.start ?? right.period.end)
        if starts.0 != starts.1 { return starts.0 < starts.1 }
        return (lhs.row.published, left.filing, left.sequence)
          < (rhs.row.published, right.filing, right.sequence)
      }
      for (frame, index) in Self.frames(of: found) { found[index].report.frame = frame }
      return ReportedSeries(unit: unit, reports: found.map(\.report))
    }
  }

  /// The report of a frame and its row, where those of one unit were taken that may be in it.
  func report(inFrame name: String) -> (report: ReportedSeries.Report, row: FactRow)? {
    for series in series {
      guard let report = series.reports.first(where: { $0.frame == name }),
        let found = units[series.unit]?.first(where: { $0.report.sequence == report.sequence })
      else { continue }
      return (report, found.row)
    }
    return nil
  }

  /// For each frame, the place of its report: of the nearest period, then published last, then of the last
  /// filing by name.
  private static func frames(
    of found: [(report: ReportedSeries.Report, row: FactRow)]
  ) -> [String: Int] {
    var best: [String: (distance: Int, index: Int)] = [:]
    for (index, entry) in found.enumerated() {
      guard let frame = CalendarFrame(entry.report.period) else { continue }
      if let current = best[frame.name] {
        let other = found[current.index]
        let isNewer =
          (other.row.published, other.report.filing) <= (entry.row.published, entry.report.filing)
        guard (frame.distance, isNewer ? 0 : 1) < (current.distance, 1) else { continue }
      }
      best[frame.name] = (frame.distance, index)
    }
    return best.mapValues(\.index)
  }
}
