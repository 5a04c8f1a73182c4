public import Facts

/// What was forecast, and what came of it.
public struct GuidanceReview: Sendable {
  /// What a filing forecast for a fact.
  public enum Target: Hashable, Sendable {
    /// One figure: a point, or a bound by its qualifier.
    case figure(FactRow)

    /// A range, of which an end may be missing; never both.
    case range(low: FactRow?, high: FactRow?)

    /// The claims of the forecast.
    public var rows: [FactRow] {
      switch self {
      case .figure(let row): [row]
      case .range(let low, let high): [low, high].compactMap(\.self)
      }
    }
  }

  /// The guidance fact.
  public var fact: FactID

  /// The fact that reports what came of it: the concept's actual one, else as `fact`.
  public var actualFact: FactID?

  /// What was forecast, by one filing.
  public var target: Target

  /// What came of it; reported, or derived from other periods.
  public var actual: Answer

  /// How the two compare.
  public var outcome: GuidanceOutcome

  /// Actual less forecast, from the nearest end of a range; zero within it; `nil` while open.
  public var difference: Amount?
}

extension GuidanceReview {
  /// Every forecast that `query` names with what came of it, in the order of the facts and, for
  /// one fact, of the filings.
  ///
  /// A concept is guidance if its kind is `guidance`, or if its definition names the concept that
  /// reports the actual figure; without such a name a forecast stays open.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*n*), for *n* rows of the entity.
  public static func all(
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [GuidanceReview] {
    var actuals: [SymbolID: ActualConcept] = [:]
    var forecasts: [(fact: FactID, row: FactRow, rangeEnd: RangeEnd)] = []
    try FactListing.forEach(query, in: source) { entry in
      let concept = entry.fact.concept
      if actuals[concept] == nil {
        actuals[concept] = try actualConcept(of: source.text(concept), query, in: source)
      }
      guard actuals[concept] != .noGuidance else { return }
      for step in entry.walk.steps where step.role != nil {
        forecasts.append((entry.fact, step.row, entry.rangeEnd))
      }
    }
    var reviews: [GuidanceReview] = []
    for (fact, target) in targets(forecasts) {
      let name: String? = if case .concept(let name) = actuals[fact.concept] { name } else { nil }
      reviews.append(try review(fact, target, against: name, query.vantage, in: source))
    }
    return reviews
  }

  /// What reports the actual figures of a concept.
  private enum ActualConcept: Equatable {
    case noGuidance, unnamed
    case concept(String)
  }

  private static func actualConcept(
    of concept: String,
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> ActualConcept {
    let name = DefinitionName(type: "concept", name: concept)
    guard case .concept(let found)? = try source.definition(name, before: query.vantage.head) else {
      return .noGuidance
    }
    return found.actual.map { .concept($0) } ?? (found.kind == "guidance" ? .unnamed : .noGuidance)
  }

  /// Puts the claims of one filing about one fact together.
  private static func targets(
    _ forecasts: [(fact: FactID, row: FactRow, rangeEnd: RangeEnd)]
  ) -> [(fact: FactID, target: Target)] {
    struct Key: Hashable {
      let fact: FactID
      let filing: SymbolID
    }
    var order: [Key] = []
    var rows: [Key: [RangeEnd: FactRow]] = [:]
    for (fact, row, rangeEnd) in forecasts {
      let key = Key(fact: fact, filing: row.filing)
      if rows[key] == nil { order.append(key) }
      let current = rows[key]?[rangeEnd]
      if let current, current.figure.precision >= row.figure.precision { continue }
      rows[key, default: [:]][rangeEnd] = row
    }
    return order.flatMap { key in
      let found = rows[key] ?? [:]
      var targets: [(fact: FactID, target: Target)] = []
      if let row = found[.figure] { targets.append((key.fact, .figure(row))) }
      if found[.low] != nil || found[.high] != nil {
        targets.append((key.fact, .range(low: found[.low], high: found[.high])))
      }
      return targets
    }
  }

  private static func review(
    _ fact: FactID,
    _ target: Target,
    against concept: String?,
    _ vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> GuidanceReview {
    var review = GuidanceReview(
      fact: fact,
      actualFact: nil,
      target: target,
      actual: .notReported,
      outcome: .open
    )
    guard let concept, let symbol = try source.symbol(concept) else { return review }
    var actualFact = fact
    actualFact.concept = symbol
    review.actualFact = actualFact
    review.actual = try Answer(deriving: actualFact, .figure, within: vantage, from: source)
    if let figure = review.actual.figure, let value = figure.value {
      review.settle(value, Interval(termOf: figure))
    }
    return review
  }

  /// Compares a bound at its word: the rounding of the forecast itself excuses nothing.
  private mutating func settle(_ value: Amount, _ interval: Interval) {
    let (low, high): (Amount?, Amount?)
    switch target {
    case .figure(let row):
      guard let forecast = row.figure.value else { return }
      difference = value.subtracting(forecast)
      switch row.figure.qualifier {
      case .moreThan: (low, high) = (forecast, nil)
      case .lessThan: (low, high) = (nil, forecast)
      case .approximately, .low, .high, nil:
        outcome = interval.overlaps(Interval(termOf: row.figure)) ? .met : .missed
        return
      }
      let isBeyond = low.map { interval.low > $0.fixedPoint } ?? true
      let isBelow = high.map { interval.high < $0.fixedPoint } ?? true
      let isShort = low.map { interval.high <= $0.fixedPoint } ?? false
      let isOver = high.map { interval.low >= $0.fixedPoint } ?? false
      outcome = isBeyond && isBelow ? .met : isShort || isOver ? .missed : .undecided
    case .range(let lowRow, let highRow):
      (low, high) = (lowRow?.figure.value, highRow?.figure.value)
      let isShort = low.map { interval.high < $0.fixedPoint } ?? false
      let isOver = high.map { interval.low > $0.fixedPoint } ?? false
      let isWithin =
        (low.map { interval.low >= $0.fixedPoint } ?? true)
        && (high.map { interval.high <= $0.fixedPoint } ?? true)
      outcome = isShort || isOver ? .missed : isWithin ? .met : .undecided
      let end = isShort ? low : isOver ? high : nil
      difference = end.map { value.subtracting($0) } ?? Amount(mantissa: 0, fractionDigitCount: 0)
    }
  }
}
