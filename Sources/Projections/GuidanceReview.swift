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
    var retracted: Set<UInt64> = []
    try FactListing.forEachFact(query, in: source) { entry in
      let concept = entry.fact.concept
      if actuals[concept] == nil {
        actuals[concept] = try actualConcept(of: source.text(concept), query, in: source)
      }
      guard actuals[concept] != .noGuidance else { return }
      let walk = try entry.walk(within: query.vantage, in: source)
      for step in walk.steps where step.role != nil {
        forecasts.append((entry.fact, step.row, entry.rangeEnd))
        if step.status == .retracted { retracted.insert(step.row.sequence) }
      }
    }
    var reviews: [GuidanceReview] = []
    for (fact, target) in targets(forecasts) {
      let name: String? = if case .concept(let name) = actuals[fact.concept] { name } else { nil }
      var review = try review(fact, target, against: name, query.vantage, in: source)
      if target.rows.contains(where: { retracted.contains($0.sequence) }) {
        review.outcome = .retracted
      }
      reviews.append(review)
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

  /// Puts the claims of one filing about one fact together: those that count for it.
  private static func targets(
    _ forecasts: [(fact: FactID, row: FactRow, rangeEnd: RangeEnd)]
  ) -> [(fact: FactID, target: Target)] {
    struct Key: Hashable {
      let fact: FactID
      let filing: SymbolID
    }
    var order: [Key] = []
    var rows: [Key: [RangeEnd: [FactRow]]] = [:]
    for (fact, row, rangeEnd) in forecasts {
      let key = Key(fact: fact, filing: row.filing)
      if rows[key] == nil { order.append(key) }
      rows[key, default: [:]][rangeEnd, default: []].append(row)
    }
    return order.flatMap { key in
      let found = (rows[key] ?? [:]).mapValues { ClaimFold.counting($0[...]) }
      var targets: [(fact: FactID, target: Target)] = []
      let figures = found[.figure] ?? []
      if figures.count == 2 {
        targets.append((key.fact, .range(low: figures[0], high: figures[1])))
      } else if let row = figures.first {
        targets.append((key.fact, .figure(row)))
      }
      if found[.low] != nil || found[.high] != nil {
        targets.append((key.fact, .range(low: found[.low]?.first, high: found[.high]?.first)))
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
    var (low, high): (FactRow?, FactRow?)
    switch target {
    case .figure(let row):
      guard let forecast = row.figure.value else { return }
      difference = value.subtracting(forecast)
      switch row.figure.qualifier {
      case .moreThan: low = row
      case .lessThan: high = row
      case .approximately, .low, .high, nil:
        outcome = interval.overlaps(Interval(termOf: row.figure)) ? .met : .missed
        return
      }
    case .range(let lowRow, let highRow):
      (low, high) = (lowRow, highRow)
      // To the nearest end of the range; within it there is none.
      let ends = [low, high].map { $0?.figure.value }
      if let low = ends[0], value.fixedPoint < low.fixedPoint {
        difference = value.subtracting(low)
      } else if let high = ends[1], value.fixedPoint > high.fixedPoint {
        difference = value.subtracting(high)
      } else {
        difference = Amount(mantissa: 0, fractionDigitCount: 0)
      }
    }
    let sides = [low?.side(of: interval), high?.side(of: interval)].compactMap(\.self)
    outcome =
      sides.contains(.beyond) ? .missed : sides.contains(.undecided) ? .undecided : .met
  }
}

extension FactRow {
  /// Where a figure lies that is compared with an end of a range or a bound.
  fileprivate enum Side { case within, undecided, beyond }

  /// Where numbers of `interval` lie, of which any may be the one: a bound excludes its own value.
  fileprivate func side(of interval: Interval) -> Side {
    guard let end = figure.value?.fixedPoint else { return .undecided }
    switch figure.qualifier {
    case .moreThan:
      return interval.low > end ? .within : interval.high <= end ? .beyond : .undecided
    case .lessThan:
      return interval.high < end ? .within : interval.low >= end ? .beyond : .undecided
    case .high: return interval.high <= end ? .within : interval.low > end ? .beyond : .undecided
    case .low, .approximately, nil:
      return interval.low >= end ? .within : interval.high < end ? .beyond : .undecided
    }
  }
}
