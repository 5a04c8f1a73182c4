public import Facts

/// Derives the durations of one series from those that were reported.
///
/// Reported durations are the edges of a graph whose nodes are the ends of days: a duration leads
/// from the evening before its first day to the evening of its last, and back with the sign
/// changed. A path from the start to the end of any other duration derives it. One rule so gives
/// halves, fourth quarters, nine months and trailing years, whatever the fiscal calendar.
public struct PeriodAlgebra: Sendable {
  /// At most so many figures are added up: four quarters make a year.
  public static let operandCountMax = 4

  /// A reported duration as seen from one of its ends.
  private struct Edge {
    let to: Int32
    let operand: Derivation.Operand
  }

  private var edges: [Int32: [Edge]] = [:]

  /// The days at whose ends reported durations begin or are over, sorted.
  public var boundaries: [CivilDate] { edges.keys.sorted().map { CivilDate(dayNumber: $0) } }

  /// The claims that hold, one for each period reported.
  private(set) var holding: [FactRow] = []

  /// The periods reported.
  var periods: some Sequence<Period> { holding.lazy.map(\.fact.period) }

  /// Reads the durations of a series that hold within `vantage`.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* rows of the series.
  public init(
    _ series: SeriesID,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    for fact in try Self.durations(of: series, in: source) {
      let row: FactRow
      // A range is no figure to add up, but it is reported: a derivation that needs it is refused.
      switch try Answer(showing: fact, .figure, within: vantage, from: source) {
      case .holds(let found):
        row = found
        if row.figure.rangeEnd == .figure { holding.append(row) }
      case .range(let low, _): row = low
      case .conflict, .retracted, .notReported, .notYetKnown, .derived, .notDerivable: continue
      }
      let start = fact.periodStart - 1
      edges[start, default: []].append(
        Edge(to: fact.periodEnd, operand: Derivation.Operand(isSubtracted: false, row: row))
      )
      edges[fact.periodEnd, default: []].append(
        Edge(to: start, operand: Derivation.Operand(isSubtracted: true, row: row))
      )
    }
  }

  private static func durations(
    of series: SeriesID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FactID] {
    var facts: [FactID] = []
    try source.forEachRow(from: series.first(), through: series.last()) { row in
      if !row.fact.isInstant, facts.last != row.fact {
        facts.append(row.fact)
      }
      return true
    }
    return facts
  }

  /// The figure of `period` from the figures of other periods; `nil` if they do not lead to it.
  ///
  /// The fewest operands win; among these the ones whose roundings leave the least open; then those
  /// of which the fewest are subtracted; then the ones published last.
  ///
  /// - Parameter isByAdditionAlone: Whether only periods within `period` count, and none is
  ///   subtracted.
  /// - Complexity: O(*d*³), where at most *d* reported durations meet at one day.
  public func derivation(of period: Period, byAdditionAlone isByAdditionAlone: Bool = false)
    -> Derivation?
  {
    search(period, isByAdditionAlone).best
  }

  /// Whether figures lead to `period` that cannot be added up: bounds, or too many digits.
  func isBlocked(_ period: Period) -> Bool {
    let search = search(period, false)
    return search.isReached && search.best == nil
  }

  private func search(_ period: Period, _ isByAdditionAlone: Bool) -> Search {
    var search = Search(
      edges: edges,
      target: period,
      count: 2,
      isByAdditionAlone: isByAdditionAlone
    )
    guard let start = period.start, let first = edges[start.dayNumber - 1],
      edges[period.end.dayNumber] != nil
    else { return search }
    for count in 2...Self.operandCountMax where search.best == nil {
      search.count = count
      for edge in first where search.isAllowed(edge) { search.follow(edge) }
    }
    return search
  }

  /// All paths of one length from the start of a period to its end.
  private struct Search {
    let edges: [Int32: [Edge]]
    let target: Period
    var count: Int
    let isByAdditionAlone: Bool
    var path: [Derivation.Operand] = []
    var visited: Set<Int32> = []
    var best: Derivation?
    var isReached = false

    func isAllowed(_ edge: Edge) -> Bool {
      edge.operand.row.fact.period != target
        && !(isByAdditionAlone
          && (edge.operand.isSubtracted || edge.to > target.end.dayNumber))
    }

    mutating func follow(_ edge: Edge) {
      path.append(edge.operand)
      defer { path.removeLast() }
      let end = target.end.dayNumber
      if path.count == count {
        guard edge.to == end else { return }
        isReached = true
        if let found = Derivation(path) { offer(found) }
        return
      }
      guard edge.to != end, visited.insert(edge.to).inserted else { return }
      defer { visited.remove(edge.to) }
      for next in edges[edge.to] ?? []
      where isAllowed(next) && !(path.count + 1 == count && next.to != end) {
        follow(next)
      }
    }

    private mutating func offer(_ found: Derivation) {
      guard let best else {
        self.best = found
        return
      }
      if found.rank.lexicographicallyPrecedes(best.rank) { self.best = found }
    }
  }
}

extension Derivation {
  /// Smaller for the better of two; the sequences make the order total.
  fileprivate var rank: [Int128] {
    [width, Int128(operands.count(where: \.isSubtracted))]
      + operands.map { -Int128($0.row.published.microseconds) }.sorted()
      + operands.map { -Int128($0.row.sequence) }
  }
}

extension Answer {
  /// The answer to `fact`; where nobody reported it, the one that is derived from the newest figures of
  /// other periods.
  ///
  /// Whether those belong together is for ``ColumnVintage`` to say.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* rows of the fact's series, and the search for a
  ///   derivation.
  public init(
    deriving fact: FactID,
    _ rangeEnd: RangeEnd,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let reported = try Answer(showing: fact, rangeEnd, within: vantage, from: source)
    guard !reported.hasClaims, rangeEnd == .figure, !fact.isInstant else {
      self = reported
      return
    }
    let known = try PeriodAlgebra(fact.series, within: vantage, from: source)
    if let found = known.derivation(of: fact.period) {
      self =
        try Self.refused(fact, vantage, in: source).map { .notDerivable($0) }
        ?? .derived(found)
      return
    }
    if known.isBlocked(fact.period) {
      self = .notDerivable(.isBound(concept: try source.text(fact.concept)))
      return
    }
    self = reported
    guard reported == .notReported, vantage.knownAt != nil else { return }
    // Filings to come may hold what is missing.
    let all = Vantage(head: vantage.head)
    let later = try PeriodAlgebra(fact.series, within: all, from: source).derivation(
      of: fact.period
    )
    guard let rows = later?.operands.map(\.row), try Self.refused(fact, all, in: source) == nil,
      let last = rows.filter({ !vantage.knows($0.published) }).max(by: {
        $0.published < $1.published
      })
    else { return }
    self = .notYetKnown(until: last)
  }

  /// Why figures of the fact's concept do not add up over time; `nil` if they do.
  private static func refused(
    _ fact: FactID,
    _ vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> NotDerivable? {
    let concept = try source.text(fact.concept)
    let name = DefinitionName(type: "concept", name: concept)
    guard case .concept(let definition)? = try source.definition(name, before: vantage.head) else {
      return .unknownAdditivity(concept: concept)
    }
    return NotDerivable(definition)
  }
}
