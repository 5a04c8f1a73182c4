import EventStore
import Facts
import Projections

// One figure of many entities.
extension Ledger.View {
  /// What each of several entities reports of a concept for one stretch of the calendar, of the filings that were
  /// public at the moment: the report that ``reportedSeries(of:entity:unit:)`` names the frame's.
  ///
  /// Only the figures that are returned are compared with their events, and only periods near the frame are read.
  ///
  /// - Parameters:
  ///   - frame: `CY2019`, `CY2019Q1` or `CY2019Q1I`: see `CalendarFrame`.
  ///   - concept: Its whole name.
  ///   - unit: The unit, `USD/shares`.
  ///   - entities: The identifiers of the entities.
  /// - Returns: A report, or `nil`, for each of the entities, in their order; only `nil` for a name that is no
  ///   frame's.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*e* (log *n* + *k*)), for *e* entities and *k* claims of one for periods near the frame.
  public func frame(
    _ frame: String,
    of concept: String,
    in unit: String,
    entities: [String]
  ) throws -> [ReportedSeries.Report?] {
    try ledger.translating {
      var reports = [ReportedSeries.Report?](repeating: nil, count: entities.count)
      guard let ends = CalendarFrame.ends(ofFrame: frame),
        let concept = try snapshot.symbol(concept), let unit = try snapshot.symbol(unit),
        let plain = try snapshot.symbol(Dimensions.none.text)
      else { return reports }
      let vantage = try vantage()
      var gathering = ReportGathering(vantage, try snapshot.amendments(before: vantage.head))
      var (rows, proven): ([FactRow], [FactRow]) = ([], [])
      for start in stride(from: 0, to: entities.count, by: Self.entityCountMax) {
        var (indices, stretches): ([Int], [FactStretch]) = ([], [])
        for index in start..<min(start + Self.entityCountMax, entities.count) {
          guard let entity = try snapshot.symbol(entities[index]) else { continue }
          let series = SeriesID(entity: entity, concept: concept, dimensions: plain, unit: unit)
          indices.append(index)
          stretches.append(
            FactStretch(
              from: series.first(endingOnOrAfter: ends.lowerBound.dayNumber),
              through: series.last(endingOnOrBefore: ends.upperBound.dayNumber)
            )
          )
        }
        rows.removeAll(keepingCapacity: true)
        proven.removeAll(keepingCapacity: true)
        var rowEnds: [Int] = []
        try snapshot.appendRows(of: stretches, limit: Self.rowCountMax, to: &rows, ends: &rowEnds)
        var rowStart = 0
        for (number, rowEnd) in rowEnds.enumerated() {
          var found = rows[rowStart..<rowEnd]
          rowStart = rowEnd
          if found.count == Self.rowCountMax { found = try allRows(of: stretches[number])[...] }
          gathering.begin()
          for fact in found.chunks(by: \.fact) {
            try gathering.take(fact, isProving: false, in: snapshot)
          }
          guard let (report, row) = gathering.report(inFrame: frame) else { continue }
          reports[indices[number]] = report
          proven.append(row)
        }
        try snapshot.proveTogether(proven)
        for row in proven { try snapshot.prove(row) }
      }
      return reports
    }
  }

  private func allRows(of stretch: FactStretch) throws -> [FactRow] {
    var rows: [FactRow] = []
    try snapshot.forEachRow(from: stretch.first, through: stretch.last) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  /// How many entities are looked up side by side.
  private static let entityCountMax = 256

  /// How many rows of an entity are read side by side with those of others.
  private static let rowCountMax = 512
}

extension RandomAccessCollection {
  /// The elements in stretches, each of elements that agree in `part`.
  fileprivate func chunks<Part: Equatable>(by part: (Element) -> Part) -> [SubSequence] {
    var chunks: [SubSequence] = []
    var rest = self[...]
    while let first = rest.first.map(part) {
      let end = rest.firstIndex { part($0) != first } ?? rest.endIndex
      chunks.append(rest[..<end])
      rest = rest[end...]
    }
    return chunks
  }
}
