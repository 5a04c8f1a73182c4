import EventStore
public import Facts
import Projections

extension Ledger {
  /// Which figures a panel has.
  public struct PanelRequest: Hashable, Sendable {
    /// The columns.
    public var measures: [PanelMeasure]

    /// Parts of the names or identifiers of entities, each of exactly one; none for all.
    public var entities: [String]

    /// The span that each row is about.
    public var span: StatementRequest.Span

    /// How many days after the end of its period a row is as of; `nil` for as known by the view.
    public var lag: Int?

    /// The bounds of the ends of periods, both included; `nil` for none.
    public var from: CivilDate?

    /// As ``from``.
    public var through: CivilDate?

    /// The only unit that counts; `nil` for that in which each entity reports most.
    public var unit: String?

    /// Whether the growth since a year before is asked for.
    public var hasGrowth: Bool

    /// A request with these aspects.
    public init(
      _ measures: [PanelMeasure],
      entities: [String] = [],
      span: StatementRequest.Span = .quarter,
      lag: Int? = nil,
      from: CivilDate? = nil,
      through: CivilDate? = nil,
      unit: String? = nil,
      hasGrowth: Bool = false
    ) {
      self.measures = measures
      self.entities = entities
      self.span = span
      self.lag = lag
      self.from = from
      self.through = through
      self.unit = unit
      self.hasGrowth = hasGrowth
    }
  }
}

extension Ledger.View {
  /// The figures of some measures over entities and periods, each row as it was known some days after its
  /// period's end.
  ///
  /// - Throws: ``LedgerError`` if an entity or a concept is unknown, or if no row is left.
  /// - Complexity: O(*r* × *m* × *k*), for *r* rows, *m* measures and *k* claims of a measure's series.
  public func panel(_ request: Ledger.PanelRequest) throws -> PanelAnswer {
    try ledger.translating {
      var answer = PanelAnswer(
        measures: request.measures,
        hasGrowth: request.hasGrowth,
        rows: [],
        leftOut: [],
        head: head,
        root: try root
      )
      let concepts = try request.measures.map { measure in
        (try names(measure.concepts), try measure.divisors.map { try names($0) })
      }
      for entity in try entities(request.entities) {
        guard let symbol = try snapshot.symbol(entity.entity) else { continue }
        var texts = AnswerTexts()
        var measures: [MeasuredTerm] = []
        for (names, divisors) in concepts {
          let term = try term(names, of: symbol, request.unit)
          let divisor = try divisors.map { try self.term($0, of: symbol, request.unit) }
          measures.append(MeasuredTerm(term: term, divisor: divisor))
        }
        answer.leftOut += Self.leftOut(measures, of: entity, request)
        answer.rows += try rows(request, measures, of: entity, &texts)
      }
      guard !answer.rows.isEmpty else { throw try nothingToShow(request) }
      return answer
    }
  }

  private func term(
    _ names: [String],
    of entity: SymbolID,
    _ unit: String?
  ) throws -> PanelTerm {
    try PanelTerm(names, of: entity, in: unit, within: vantage(), from: snapshot)
  }

  /// What is in other units than the ones that count, or has dimensions.
  private static func leftOut(
    _ measures: [MeasuredTerm],
    of entity: EntityDefinition,
    _ request: Ledger.PanelRequest
  ) -> [PanelAnswer.LeftOut] {
    var found: [PanelAnswer.LeftOut] = []
    func note(_ concept: String, _ unit: String?) {
      let one = PanelAnswer.LeftOut(entity: entity.entity, concept: concept, unit: unit)
      if !found.contains(one) { found.append(one) }
    }
    for term in measures.flatMap(\.terms) {
      for series in term.series where request.unit == nil {
        for unit in series.otherUnits { note(series.concept, unit) }
      }
      for concept in term.dimensionalConcepts { note(concept, nil) }
    }
    return found
  }

  private func rows(
    _ request: Ledger.PanelRequest,
    _ measures: [MeasuredTerm],
    of entity: EntityDefinition,
    _ texts: inout AnswerTexts
  ) throws -> [PanelAnswer.Row] {
    let terms = measures.flatMap(\.terms)
    guard terms.contains(where: { !$0.series.isEmpty }) else { return [] }
    let calendar = try fiscalCalendar(of: entity.entity)
    let panel = PanelPeriods(terms, request.span, in: calendar)
    var rows: [PanelAnswer.Row] = []
    for period in panel.periods
    where request.from.map({ $0 <= period.end }) ?? true
      && request.through.map({ period.end <= $0 }) ?? true
    {
      let times = try PanelTimes(vantage(), request.lag, period)
      let before = request.hasGrowth ? panel.yearBefore(period) : nil
      let cells = try measures.map { try cell($0, period, before, times, &texts) }
      guard cells.contains(where: { !$0.now.isUnreported }) else { continue }
      let place = panel.place(of: period)
      rows.append(
        PanelAnswer.Row(
          entity: entity,
          fiscalYear: place?.year,
          fiscalQuarter: place?.quarter,
          period: period,
          knownAt: times.row.knownAt.map { PublishedTime($0) },
          cells: cells
        )
      )
    }
    return rows
  }

  private func cell(
    _ measure: MeasuredTerm,
    _ period: Period,
    _ before: Period?,
    _ times: PanelTimes,
    _ texts: inout AnswerTexts
  ) throws -> PanelAnswer.Cell {
    let known = try value(measure, period, times.row, &texts)
    let now = times.row == times.now ? known : try value(measure, period, times.now, &texts)
    var growth: Amount?
    if let before, measure.divisor == nil, let amount = known.amount {
      let earlier = try value(measure, before, times.row, &texts)
      if let base = earlier.amount, earlier.unit == known.unit,
        let change = amount.subtracting(base),
        let share = change.divided(by: base, fractionDigitCount: PanelAnswer.ratioDigitCount)
      {
        growth = base.mantissa < 0 ? share.negated : share
      }
    }
    return PanelAnswer.Cell(
      known: known,
      first: try first(measure, period, times.now, &texts),
      now: now,
      growth: growth
    )
  }

  private func value(
    _ measure: MeasuredTerm,
    _ period: Period,
    _ vantage: Vantage,
    _ texts: inout AnswerTexts
  ) throws -> PanelAnswer.Value {
    PanelAnswer.Value(
      reading: try reading(of: measure.term, period, vantage, &texts),
      divisor: try measure.divisor.map { try reading(of: $0, period, vantage, &texts) }
    )
  }

  private func reading(
    of term: PanelTerm,
    _ period: Period,
    _ vantage: Vantage,
    _ texts: inout AnswerTexts
  ) throws -> PanelAnswer.Reading {
    guard let found = try term.reading(of: period, within: vantage, from: snapshot) else {
      return PanelAnswer.Reading(answer: .notReported, absence: term.absence(of: period))
    }
    return try reading(found, &texts)
  }

  private func first(
    _ measure: MeasuredTerm,
    _ period: Period,
    _ vantage: Vantage,
    _ texts: inout AnswerTexts
  ) throws -> PanelAnswer.Value? {
    guard let found = try measure.term.first(of: period, within: vantage, from: snapshot) else {
      return nil
    }
    guard let divisor = measure.divisor else {
      return PanelAnswer.Value(reading: try reading(found, &texts), divisor: nil)
    }
    guard let other = try divisor.first(of: period, within: vantage, from: snapshot) else {
      return nil
    }
    return PanelAnswer.Value(
      reading: try reading(found, &texts),
      divisor: try reading(other, &texts)
    )
  }

  private func reading(
    _ reading: PanelTerm.Reading,
    _ texts: inout AnswerTexts
  ) throws -> PanelAnswer.Reading {
    PanelAnswer.Reading(
      concept: reading.concept,
      unit: reading.unit,
      answer: try texts.answer(reading.answer, in: snapshot)
    )
  }
}

// What a request names.
extension Ledger.View {
  private func entities(_ parts: [String]) throws -> [EntityDefinition] {
    parts.isEmpty ? try allEntities() : try parts.map { try entity(matching: $0) }
  }

  /// The whole names of concepts that people name with or without prefix, in the order asked for.
  private func names(_ words: [String]) throws -> [String] {
    let known = try snapshot.conceptNames(before: vantage().head)
    return try words.flatMap { word in
      let found = known.names(of: word.lowercased())
      guard found.isEmpty else { return found.sorted() }
      let all = try conceptNames()
      let near = nearest(
        to: word,
        among: all + all.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
      )
      throw LedgerError(
        .notFound,
        "no concept is named \"\(word)\"",
        remedy: near.map { .useName($0) } ?? .listClaims(words: "")
      )
    }
  }

  private func nothingToShow(_ request: Ledger.PanelRequest) throws -> LedgerError {
    let measures = request.measures.map(\.name).joined(separator: ", ")
    return LedgerError(
      .notFound,
      "nothing of \(measures) is reported for a span \"\(request.span.rawValue)\" without dimensions"
        + (request.unit.map { " in \($0)" } ?? "")
        + ", of these entities and periods and on these times",
      remedy: .listClaims(words: request.measures.first?.concepts.first ?? "")
    )
  }
}

/// The series of one entity that a measure reads.
private struct MeasuredTerm {
  let term: PanelTerm
  let divisor: PanelTerm?

  var terms: [PanelTerm] { [term] + [divisor].compactMap(\.self) }
}

/// The moments that a row is about: its own and that of the whole answer.
private struct PanelTimes {
  let row: Vantage
  let now: Vantage

  init(_ now: Vantage, _ lag: Int?, _ period: Period) {
    self.now = now
    guard let lag else {
      row = now
      return
    }
    let moment = Timestamp(endOf: period.end.advanced(byDays: lag))
    row = Vantage(knownAt: min(moment, now.knownAt ?? moment), head: now.head)
  }
}

extension PanelAnswer.Value {
  /// Whether nothing at all is reported of it.
  fileprivate var isUnreported: Bool {
    reading.answer == .notReported && (divisor.map { $0.answer == .notReported } ?? true)
  }
}
