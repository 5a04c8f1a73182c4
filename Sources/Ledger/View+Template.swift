import EventStore
public import Facts
import Projections

/// The facts that the next comparable filing can be expected to report.
public struct QuarterTemplate: Sendable {
  /// A fact to be reported, and what was reported of it before.
  public struct Row: Sendable {
    /// The kind of event that reports it.
    public var kind: String

    /// The fact, for the new period.
    public var fact: Fact

    /// What the filing before said.
    public var prior: Figure

    /// For which period it did.
    public var priorPeriod: Period

    /// The concept's caption; `nil` if it has none.
    public var label: String?

    /// The title of the entity's statement that prints the concept; `nil` if none does.
    public var statement: String?

    /// The power of ten that the statement prints it in.
    public var scale = 0
  }

  /// The filing that the rows are taken from.
  public var filing: Filing

  /// The reporting date of that filing.
  public var reportingDate: CivilDate

  /// One row for each fact, in the order in which the filing reports them.
  public var rows: [Row] = []

  /// How many facts of the filing are left out: those of other periods than its own quarter, year to
  /// date and reporting date.
  public var otherCount = 0
}

extension Ledger.View {
  /// What the last comparable filing before `asOf` reported, with the periods that end on `asOf`.
  ///
  /// Comparable is the newest filing with at least a third as many facts as the fullest one has:
  /// headlines are no quarter. Its reporting date is the one that most of its facts are about.
  ///
  /// - Parameters:
  ///   - part: A unique part of the entity's name or identifier; `nil` for the only one.
  ///   - asOf: The end of the new quarter.
  /// - Throws: ``LedgerError`` if there is no such entity, or no filing about an earlier date.
  /// - Complexity: O(*n* log *n*), for *n* claims of the entity.
  public func template(entity part: String?, asOf: CivilDate) throws -> QuarterTemplate {
    try ledger.translating {
      let vantage = try vantage()
      let entity = try self.entity(matching: part)
      var rows: [SymbolID: [FactRow]] = [:]
      let query = FactListing.Query(entity: entity.entity, vantage: vantage)
      try FactListing.forEach(query, in: snapshot) { entry in
        guard entry.rangeEnd == .figure else { return }
        var speakers: [SymbolID: FactRow] = [:]
        for row in entry.walk.steps.filter({ $0.role != nil }).map(\.row) {
          let speaker = speakers[row.filing]
          let isMorePrecise = speaker.map { $0.figure.precision < row.figure.precision } ?? true
          if isMorePrecise { speakers[row.filing] = row }
        }
        for (filing, row) in speakers { rows[filing, default: []].append(row) }
      }
      guard let (filing, date) = Self.comparable(rows, before: asOf),
        let found = try snapshot.filing(snapshot.text(filing), before: vantage.head)
      else {
        throw LedgerError(
          .notFound,
          "no filing of \(entity.name) reports a date before \(asOf)",
          remedy: .giveQuarterEnd
        )
      }
      let shift = PeriodShift(
        from: date,
        to: asOf,
        calendar: try calendar(of: entity, within: vantage)
      )
      var seen: Set<Fact> = []
      var template = QuarterTemplate(filing: found, reportingDate: date)
      for row in (rows[filing] ?? []).sorted(by: { $0.sequence < $1.sequence }) {
        let periods = shift.moved(row.fact.period)
        guard !periods.isEmpty else {
          template.otherCount += 1
          continue
        }
        try snapshot.prove(row)
        let claim = try snapshot.claim(at: row.sequence)
        guard let concept = try self.concept(claim.fact.concept) else {
          throw DamagedLedger(
            "the definition of its concept is missing",
            sequence: row.sequence,
            table: "definitions"
          )
        }
        for period in periods {
          var fact = claim.fact
          fact.period = period
          // The quarter is the year to date in a first quarter: one fact.
          guard seen.insert(fact).inserted else { continue }
          template.rows.append(
            QuarterTemplate.Row(
              kind: concept.kind,
              fact: fact,
              prior: row.figure,
              priorPeriod: row.fact.period,
              label: concept.label
            )
          )
        }
      }
      try place(&template, as: entity.entity, within: vantage)
      return template
    }
  }

  /// Finds the statements that print the rows.
  private func place(
    _ template: inout QuarterTemplate,
    as entity: String,
    within vantage: Vantage
  ) throws {
    var unplaced: [ExactText: [Int]] = [:]
    for (index, row) in template.rows.enumerated() {
      let key = ExactText("\(row.fact.concept) \(row.fact.dimensions.text)")
      unplaced[key, default: []].append(index)
    }
    let names = try snapshot.definitions(
      ofType: "statement",
      applyingTo: entity,
      before: vantage.head
    )
    for name in names where name.entity == entity {
      guard
        case .statement(let statement)? = try snapshot.definition(name, before: vantage.head)
      else { continue }
      for line in statement.lines {
        guard let concept = line.concept else { continue }
        let key = ExactText("\(concept) \(line.dimensions.text)")
        for index in unplaced.removeValue(forKey: key) ?? [] {
          template.rows[index].statement = statement.title
          template.rows[index].scale = line.scale ?? statement.scale
        }
      }
    }
  }

  /// The filing to take after, and its reporting date.
  private static func comparable(
    _ rows: [SymbolID: [FactRow]],
    before asOf: CivilDate
  ) -> (filing: SymbolID, date: CivilDate)? {
    var dates: [SymbolID: CivilDate] = [:]
    for (filing, rows) in rows {
      var votes: [Int32: Int] = [:]
      for row in rows where CivilDate(dayNumber: row.fact.periodEnd) <= row.published.day {
        votes[row.fact.periodEnd, default: 0] += 1
      }
      let best = votes.max { ($0.value, $0.key) < ($1.value, $1.key) }
      guard let day = best?.key, day < asOf.dayNumber else { continue }
      dates[filing] = CivilDate(dayNumber: day)
    }
    let most = dates.keys.map { rows[$0]?.count ?? 0 }.max() ?? 0
    let candidates = dates.filter {
      FiscalCalendar.isReportingDate(figureCount: rows[$0.key]?.count ?? 0, most: most)
    }
    return candidates.max { lhs, rhs in
      let (left, right) = (rows[lhs.key]?.first?.published, rows[rhs.key]?.first?.published)
      guard let left, let right, left != right else { return lhs.key < rhs.key }
      return left < right
    }.map { (filing: $0.key, date: $0.value) }
  }
}

/// Moves the periods of one reporting date to another, as the columns of statements have them.
private struct PeriodShift {
  let from: CivilDate
  let to: CivilDate
  let calendar: FiscalCalendar

  /// The periods in the same place around the new date: of a first quarter, which is the year to date,
  /// both; none for one that does not end on the old date, or is neither its quarter nor its year to
  /// date.
  func moved(_ period: Period) -> [Period] {
    guard period.end == from else { return [] }
    guard let start = period.start else { return [.instant(to)] }
    var moved: [Period] = []
    if FiscalCalendar.quarterDayCounts ~= period.dayCount,
      let evening = calendar.quarterStart(endingOn: to)
    {
      moved.append(.duration(start: evening.advanced(byDays: 1), end: to))
    }
    let (old, new) = (calendar.yearToDate(endingOn: from), calendar.yearToDate(endingOn: to))
    // A year of 52 or 53 weeks can start some days off its nominal start.
    if let yearStart = old.start, FiscalCalendar.isNear(start, yearStart), !moved.contains(new) {
      moved.append(new)
    }
    return moved
  }
}
