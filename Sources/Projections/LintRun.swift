public import Facts

/// What looks like a slip of a filer in the history of its figures.
public struct LintFinding: Sendable {
  /// What kind of slip it looks like.
  public enum Kind: Sendable {
    /// The later figure is a thousand times the earlier or more, or a thousandth or less;
    /// `exponent` is 3, 6 or 9 where it is just that power of ten.
    case scale(exponent: Int?)

    /// The later figure is the earlier with the other sign.
    case signFlip

    /// The later figure is the one reported for another period.
    case otherPeriod(FactRow)

    /// Both figures are right: the later is the earlier after a split of the shares.
    case split(ShareSplit)

    /// Figures that tied before the filing do not since.
    case brokenSum(CheckResult)
  }

  /// What it looks like.
  public var kind: Kind

  /// The fact: of a broken sum its total.
  public var fact: FactID

  /// The claim that held before; `nil` for a broken sum.
  public var before: FactRow?

  /// The claim that looks wrong; of a broken sum, the first figure that the filing changed.
  public var claim: FactRow

  /// The later claim that went back to the figure before; `nil` if none did.
  public var putRightBy: FactRow?
}

/// Looks through a company's restatements for slips.
public struct LintRun {
  private let entity: String
  private let vantage: Vantage

  /// A run over the figures of `entity` within `vantage`.
  public init(entity: String, within vantage: Vantage) {
    self.entity = entity
    self.vantage = vantage
  }

  /// The findings, in the order of the facts; broken sums last.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*n*) for *n* rows of the entity, and a run of its checks for each filing that
  ///   restated a figure.
  public func findings(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [LintFinding] {
    var found: [LintFinding] = []
    var series: [FactListing.Entry] = []
    var restating: [Timestamp: Restatements] = [:]
    let splits = try SplitFinder(of: entity, within: vantage, in: source)
    func findings(in series: [FactListing.Entry]) throws -> [LintFinding] {
      guard let fact = series.first?.fact else { return [] }
      let isPerShare = try source.text(fact.unit).hasSuffix("/shares")
      return Self.findings(in: series, isPerShare ? splits : nil)
    }
    let query = FactListing.Query(entity: entity, vantage: vantage)
    try FactListing.forEach(query, in: source) { entry in
      guard entry.rangeEnd == .figure else { return }
      if let last = series.last, last.fact.series != entry.fact.series {
        found += try findings(in: series)
        series.removeAll(keepingCapacity: true)
      }
      series.append(entry)
      for step in entry.walk.steps where step.role == .restated {
        restating[step.row.published, default: Restatements()].add(step.row)
      }
    }
    found += try findings(in: series)
    return try found + brokenSums(restating, in: source)
  }

  /// The findings among the facts of one series.
  ///
  /// - Parameter splits: Where the series is one of figures a share: the splits of the shares.
  private static func findings(
    in series: [FactListing.Entry],
    _ splits: SplitFinder?
  ) -> [LintFinding] {
    var found: [LintFinding] = []
    for entry in series {
      let steps = entry.walk.steps.filter { $0.role != nil }
      for (index, step) in steps.enumerated() where step.role == .restated {
        guard let before = step.previous else { continue }
        // Going back to a figure reported earlier puts a slip right.
        let isReturn = steps[..<index].contains {
          $0.row.filing != before.filing && $0.row.figure.isConsistent(with: step.row.figure)
        }
        let split = splits?.split(from: before, to: step.row).map { LintFinding.Kind.split($0) }
        guard !isReturn, let kind = split ?? kind(of: step.row, after: before, in: series) else {
          continue
        }
        let later = steps[(index + 1)...].first {
          $0.role == .restated && $0.row.figure.isConsistent(with: before.figure)
        }
        found.append(
          LintFinding(
            kind: kind,
            fact: entry.fact,
            before: before,
            claim: step.row,
            putRightBy: later?.row
          )
        )
      }
    }
    return found
  }

  private static func kind(
    of row: FactRow,
    after before: FactRow,
    in series: [FactListing.Entry]
  ) -> LintFinding.Kind? {
    guard let old = before.figure.value, let new = row.figure.value, !old.isZero, !new.isZero
    else { return nil }
    let change = Change(from: before.figure, to: row.figure)
    if let exponent = change.scaleSlip { return .scale(exponent: exponent) }
    let (small, large) = (
      min(old.fixedPoint.magnitude, new.fixedPoint.magnitude),
      max(old.fixedPoint.magnitude, new.fixedPoint.magnitude)
    )
    if small <= large / 1000 { return .scale(exponent: nil) }
    var flipped = row.figure
    flipped.value = new.negated
    if flipped.isConsistent(with: before.figure) { return .signFlip }
    return otherPeriod(of: row, new, in: series).map { .otherPeriod($0) }
  }

  /// The claim of another period, published no later, with the same number.
  ///
  /// A number of few digits may well occur twice by chance.
  private static func otherPeriod(
    of row: FactRow,
    _ value: Amount,
    in series: [FactListing.Entry]
  ) -> FactRow? {
    var digits = value.mantissa.magnitude
    while digits > 0, digits % 10 == 0 { digits /= 10 }
    guard digits >= 1000 else { return nil }
    let candidates = series.filter { $0.fact.periodEnd != row.fact.periodEnd }
      .flatMap { $0.walk.steps.filter { $0.role != nil }.map(\.row) }
    return candidates.first { other in
      other.published <= row.published && other.figure.value?.isEqual(to: value) == true
    }
  }

  /// What was restated at one moment.
  private struct Restatements {
    var filings: Set<SymbolID> = []

    var series: [SeriesID] = []

    mutating func add(_ row: FactRow) {
      filings.insert(row.filing)
      if series.last != row.fact.series { series.append(row.fact.series) }
    }
  }

  /// One check for one fact.
  private struct Tie: Hashable {
    let check: String
    let fact: FactID
  }

  /// The checks that agreed before a filing restated figures, and not since.
  private func brokenSums(
    _ restating: [Timestamp: Restatements],
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [LintFinding] {
    guard try CheckRun.hasChecks(for: entity, before: vantage.head, in: source) else { return [] }
    var found: [LintFinding] = []
    for (published, restated) in restating.sorted(by: { $0.key < $1.key }) {
      let moments = [Timestamp(microseconds: published.microseconds - 1), published]
      var tied: Set<Tie> = []
      for (moment, isAfter) in zip(moments, [false, true]) {
        let query = CheckRun.Query(
          entity: entity,
          vantage: Vantage(knownAt: moment, head: vantage.head)
        )
        for result in try CheckRun(query)
          .results(affectedBy: restated.series, in: source)
        {
          guard let row = result.total.row else { continue }
          let tie = Tie(check: result.check.check, fact: row.fact)
          switch (result.status, isAfter) {
          case (.agrees, false), (.agreesWithinRounding, false): tied.insert(tie)
          case (.exception, true) where tied.contains(tie):
            let rows = ([result.total] + result.parts).flatMap(\.all).compactMap(\.row)
            guard let changed = rows.first(where: { restated.filings.contains($0.filing) }) else {
              continue
            }
            found.append(LintFinding(kind: .brokenSum(result), fact: row.fact, claim: changed))
          default: break
          }
        }
      }
    }
    return found
  }
}
