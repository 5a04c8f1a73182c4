import Facts
import Platform

/// Gathers what the tables `num` and `pre` tell of the layouts of filings, on disk, and makes the
/// layouts of a few filings at a time.
struct FSDSPresentations {
  private static let laneCount = 256

  private var figures = DiskBuffer(laneCount: laneCount)
  private var rows = DiskBuffer(laneCount: laneCount)
  private var texts = NumberedTexts()

  /// A filing, as far as its layouts need it.
  struct Filer {
    let filing: String

    /// The last day of the month in which the period ends that it reports about; `nil` if unknown.
    let reportingDate: CivilDate?
    let yearEnd: FiscalYearEnd?
  }

  /// How far a figure without digits other than zero is given.
  private static let noDecimals: UInt32 = 0xFF

  private func lane(of filing: UInt32) -> Int { Int(filing) % Self.laneCount }

  /// Notes a row of `num`.
  ///
  /// - Throws: What keeps the buffer from taking it.
  mutating func note(_ fact: Fact, _ figure: Figure, of filing: String) throws {
    let filing = texts.number(of: filing)
    let numbers = [fact.concept, fact.dimensions.text, fact.unit].map { texts.number(of: $0) }
    let decimals = PresentedFigures.decimals(of: figure)
    try figures.append(to: lane(of: filing)) { bytes in
      bytes.append(littleEndian: UInt64(filing) << 32 | UInt64(numbers[0]))
      bytes.append(littleEndian: UInt64(numbers[1]) << 32 | UInt64(numbers[2]))
      let start = fact.period.start?.dayNumber ?? .min
      bytes.append(
        littleEndian: UInt64(UInt32(bitPattern: start)) << 32
          | UInt64(UInt32(bitPattern: fact.period.end.dayNumber))
      )
      let code = decimals.map { UInt32(bitPattern: Int32($0)) & 0xFF } ?? Self.noDecimals
      bytes.append(littleEndian: UInt64(code) << 32 | (decimals == nil ? 0 : 1))
    }
  }

  /// A row of `pre`.
  struct Row {
    let report: UInt32
    let line: UInt32
    let statement: String
    let isParenthetical: Bool
    let concept: String
    let label: String
    let isNegated: Bool
  }

  /// Notes a row of `pre`.
  ///
  /// - Throws: What keeps the buffer from taking it.
  mutating func note(_ row: Row, of filing: String) throws {
    let filing = texts.number(of: filing)
    let (concept, statement) = (texts.number(of: row.concept), texts.number(of: row.statement))
    let marks: UInt64 = (row.isParenthetical ? 1 : 0) | (row.isNegated ? 2 : 0)
    try rows.append(to: lane(of: filing)) { bytes in
      bytes.append(littleEndian: UInt64(filing) << 32 | UInt64(concept))
      bytes.append(littleEndian: UInt64(row.report) << 32 | UInt64(row.line))
      bytes.append(littleEndian: UInt64(statement) << 32 | marks)
      bytes.append(littleEndian: UInt64(row.label.utf8.count))
      bytes.append(contentsOf: row.label.utf8)
    }
  }

  /// Calls `body` with the layouts of each filing.
  ///
  /// - Parameter filer: Gives a filing by its name.
  /// - Throws: What keeps the buffers from being read; whatever `body` throws.
  /// - Complexity: O(*n*) time; memory for some hundredth of the rows.
  func forEachFiling(
    _ filer: (_ filing: String) -> Filer?,
    _ body: (PresentationDrafts) throws -> Void
  ) throws {
    for lane in 0..<Self.laneCount {
      let tables = try self.tables(in: lane)
      guard !tables.isEmpty else { continue }
      var concepts: [UInt32: Set<String>] = [:]
      for (filing, tables) in tables {
        concepts[filing] = Set(tables.flatMap(\.rows).map(\.concept))
      }
      let figures = try self.figures(in: lane, of: concepts)
      for (filing, tables) in tables.sorted(by: { texts[$0.key] < texts[$1.key] }) {
        guard let filer = filer(texts[filing]), let figures = figures[filing] else { continue }
        let maker = LayoutMaker(
          figures: figures,
          reportingDate: filer.reportingDate,
          yearEnd: filer.yearEnd
        )
        try body(PresentationDrafts(tables, by: maker, of: filer.filing))
      }
    }
  }

  private func figures(
    in lane: Int,
    of concepts: [UInt32: Set<String>]
  ) throws -> [UInt32: PresentedFigures] {
    var found = concepts.mapValues { PresentedFigures(of: $0) }
    var pieces = figures.pieces(of: lane)
    while let bytes = try pieces.next() {
      var rest = bytes[...]
      while !rest.isEmpty {
        let first: UInt64 = rest.popLittleEndian()
        let second: UInt64 = rest.popLittleEndian()
        let days: UInt64 = rest.popLittleEndian()
        let last: UInt64 = rest.popLittleEndian()
        let start = Int32(truncatingIfNeeded: Int64(bitPattern: days) >> 32)
        let end = CivilDate(dayNumber: Int32(truncatingIfNeeded: days))
        found[UInt32(first >> 32)]?.note(
          texts[UInt32(truncatingIfNeeded: first)],
          Dimensions(canonicalText: texts[UInt32(second >> 32)]),
          unit: texts[UInt32(truncatingIfNeeded: second)],
          start == .min
            ? .instant(end) : .duration(start: CivilDate(dayNumber: start), end: end),
          decimals: last & 1 == 0 ? nil : Int(Int8(truncatingIfNeeded: last >> 32))
        )
      }
    }
    return found
  }

  /// The tables of the filings of a lane, in the order of their reports.
  private func tables(in lane: Int) throws -> [UInt32: [PresentedTable]] {
    var rows: [UInt32: [Row]] = [:]
    var pieces = self.rows.pieces(of: lane)
    while let bytes = try pieces.next() {
      var rest = bytes[...]
      while !rest.isEmpty {
        let first: UInt64 = rest.popLittleEndian()
        let second: UInt64 = rest.popLittleEndian()
        let third: UInt64 = rest.popLittleEndian()
        let length: UInt64 = rest.popLittleEndian()
        let count = Int(length)
        let row = Row(
          report: UInt32(second >> 32),
          line: UInt32(truncatingIfNeeded: second),
          statement: texts[UInt32(third >> 32)],
          isParenthetical: third & 1 != 0,
          concept: texts[UInt32(truncatingIfNeeded: first)],
          label: String(decoding: rest.prefix(count), as: UTF8.self),
          isNegated: third & 2 != 0
        )
        rest.removeFirst(count)
        rows[UInt32(first >> 32), default: []].append(row)
      }
    }
    return rows.mapValues(FSDSTables.tables)
  }
}
