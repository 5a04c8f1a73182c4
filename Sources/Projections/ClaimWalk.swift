public import Facts

/// The answer to what holds for a fact, on the three times.
public enum Answer: Hashable, Sendable {
  /// This claim holds; its value may be a dash.
  case holds(FactRow)

  /// No single figure is reported, but two bounds of it: "more than" and "less than", or the ends of a
  /// range.
  indirect case range(low: FactRow, high: FactRow)

  /// One filing contradicts itself, in these claims.
  case conflict([FactRow])

  /// These claims held until a filing took them back, and nothing was reported since.
  indirect case retracted([FactRow], by: Retractor)

  /// No claim of the fact is recorded.
  case notReported

  /// Claims are recorded; the first was published at this moment, after the query's.
  case notYetKnown(until: FactRow)

  /// Nobody reported the fact; it follows from figures of other periods.
  indirect case derived(Derivation)

  /// Nobody reported the fact, and figures of other periods do not add up to it.
  indirect case notDerivable(NotDerivable)

  /// The claims that the answer rests on.
  public var rows: [FactRow] {
    switch self {
    case .holds(let row): [row]
    case .range(let low, let high): [low, high]
    case .conflict(let rows), .retracted(let rows, _): rows
    case .derived(let derivation): derivation.operands.map(\.row)
    case .notReported, .notYetKnown, .notDerivable: []
    }
  }

  /// Whether it rests on claims.
  var hasClaims: Bool {
    switch self {
    case .holds, .range, .conflict, .retracted, .derived: true
    case .notReported, .notYetKnown, .notDerivable: false
    }
  }

  /// The figure, of a claim or derived; `nil` where there is none, or more than one.
  public var figure: Figure? {
    switch self {
    case .holds(let row): row.figure
    case .derived(let derivation): derivation.figure
    case .range, .conflict, .retracted, .notReported, .notYetKnown, .notDerivable: nil
    }
  }
}

/// The filing that took figures back.
public struct Retractor: Hashable, Sendable {
  /// The sequence of its retraction.
  public var sequence: UInt64

  /// Its identifier.
  public var filing: String

  /// When it became public.
  public var published: Timestamp
}

/// Bounds on what a query may use: two of the three times.
public struct Vantage: Hashable, Sendable {
  /// The last moment whose filings count; `nil` for all.
  public var knownAt: Timestamp?

  /// How many events count, from the first.
  public var head: UInt64

  /// What was known at `knownAt` by the ledger's first `head` events.
  public init(knownAt: Timestamp? = nil, head: UInt64) {
    self.knownAt = knownAt
    self.head = head
  }

  /// Whether a filing published at `time` counts.
  public func knows(_ time: Timestamp) -> Bool { knownAt.map { time <= $0 } ?? true }
}

/// The rules by which one of a fact's many claims holds.
public struct ClaimWalk: Sendable {
  /// A claim, its effect on the fact, and its status.
  public struct Step: Hashable, Sendable {
    /// The claim.
    public var row: FactRow

    /// Its effect on the fact when its filing was published; `nil` if it never counted.
    public var role: ClaimRole?

    /// Its status on the three times.
    public var status: ClaimStatus

    /// The claim that held before it; `nil` for the first.
    public var previous: FactRow?
  }

  /// The claims of the figure or the end of the range that was asked for, in the order of the walk;
  /// then those that never counted.
  public private(set) var steps: [Step] = []

  /// The claim that holds, or why none does.
  public private(set) var answer: Answer = .notReported

  /// The rules from filing to filing.
  private var fold: ClaimFold

  /// Which steps are of the claims that hold, or of the conflict that nothing ended.
  private var open: [Int] = []

  /// The claims that held when they were retracted, until something is reported again.
  private var retracted: (rows: [FactRow], by: Retractor)?

  /// Walks over the claims of one fact.
  ///
  /// 1. Claims count that were published and recorded within `vantage`, and that no correction or
  ///    withdrawal recorded within it names.
  /// 2. They are ordered by published time, filing and sequence; an amendment of a filing (`/A`) comes
  ///    after the others of its moment, and after those of which only its day is known.
  /// 3. Within one filing the most precise claim counts; claims that contradict each other (see
  ///    ``Figure/isConsistent(with:)``) are a conflict.
  /// 4. From filing to filing: consistent and no more precise confirms; consistent and more precise
  ///    refines; anything else restates. A dash and a figure that rounds to zero confirm each other.
  /// 5. Any figure is more precise than a bound. Bounds that can all hold, hold together: the highest
  ///    "more than" and the lowest "less than". One that says less confirms them, one that says more
  ///    refines them.
  /// 6. After a conflict, a filing that agrees with a half of it, and not with claims that contradict
  ///    each other, ends it: that half holds, and is confirmed or refined. Any other filing restates.
  ///
  /// 7. A retraction takes back what holds when it is published, and nothing that is reported later.
  ///
  /// - Parameters:
  ///   - rows: All rows of one fact.
  ///   - rangeEnd: Which of its figures.
  ///   - amendments: What amendments that name no claim change.
  ///   - filingOrder: The order of filings; asked only for those of one day.
  public init(
    _ rows: [FactRow],
    rangeEnd: RangeEnd,
    within vantage: Vantage,
    _ amendments: Amendments = .none,
    filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows {
    fold = ClaimFold(rangeEnd, within: vantage)
    if rows.count == 1, rows[0].isClaim, !amendments.concernsClaims {
      take(only: rows[0], rangeEnd, within: vantage)
      return
    }
    let resolved = amendments.resolve(rows, before: vantage.head)
    let live = resolved.live.filter { $0.figure.rangeEnd == rangeEnd }
    let known = live.filter { vantage.knows($0.published) }
    var retractions =
      rows.first.map { amendments.retractions(of: $0.fact, knownAt: vantage.knownAt) } ?? []
    for filing in try Self.grouped(known, filingOrder) {
      guard let first = filing.first else { continue }
      while let next = retractions.firstIndex(where: { $0.isBefore(first) }) {
        retract(retractions.remove(at: next))
      }
      take(filing)
    }
    for retraction in retractions { retract(retraction) }
    answer = fold.answer
    if let retracted, answer == .notReported {
      answer = .retracted(retracted.rows, by: retracted.by)
    } else if known.isEmpty, let first = live.min(by: { $0.published < $1.published }) {
      answer = .notYetKnown(until: first)
    }
    for (row, status, _) in resolved.amended where row.figure.rangeEnd == rangeEnd {
      steps.append(Step(row: row, role: nil, status: status, previous: nil))
    }
    for row in live where !vantage.knows(row.published) {
      steps.append(Step(row: row, role: nil, status: .notYetKnown, previous: nil))
    }
  }

  /// Takes the only claim of a fact, which nothing amends: most facts are claimed once.
  private mutating func take(only row: FactRow, _ rangeEnd: RangeEnd, within vantage: Vantage) {
    guard row.sequence < vantage.head, row.figure.rangeEnd == rangeEnd else { return }
    if vantage.knows(row.published) {
      take([row])
      answer = fold.answer
    } else {
      steps = [Step(row: row, role: nil, status: .notYetKnown, previous: nil)]
      answer = .notYetKnown(until: row)
    }
  }

  /// The rows of each filing, in the order of the walk.
  static func grouped(
    _ rows: [FactRow],
    _ filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows -> [ArraySlice<FactRow>] {
    var rows = rows
    if !isInOrder(rows) {
      rows = try rows.inFilingOrder { ($0.published, try filingOrder($0.filing), $0.sequence) }
    }
    var groups: [ArraySlice<FactRow>] = []
    var start = 0
    for index in 1..<max(rows.count + 1, 1)
    where index == rows.count || rows[index].filing != rows[start].filing {
      groups.append(rows[start..<index])
      start = index
    }
    return groups
  }

  /// Whether rows are in the order of the walk, whatever the names of their filings are.
  private static func isInOrder(_ rows: [FactRow]) -> Bool {
    zip(rows, rows.dropFirst()).allSatisfy { row, next in
      if row.published == next.published {
        return row.filing == next.filing && row.sequence <= next.sequence
      }
      // A day can mean a moment before that of an amendment.
      return row.published < next.published && !next.published.isDay(of: row.published)
    }
  }

  /// Takes back what holds.
  private mutating func retract(_ retraction: Amendments.Retracted) {
    guard !open.isEmpty else { return }
    let by = Retractor(
      sequence: retraction.sequence,
      filing: retraction.filing.filing,
      published: retraction.filing.published.timestamp
    )
    retracted = (open.map { steps[$0].row }, by)
    for index in open { steps[index].status = .retracted }
    open = []
    fold.forget()
  }

  private mutating func take(_ filing: ArraySlice<FactRow>) {
    var effect = fold.take(filing: filing)
    let holding = Set(fold.holding.map(\.sequence))
    if let before = retracted?.rows.first {
      // What was retracted says nothing of what holds; but it is what was reported before.
      let isSame = fold.holding.allSatisfy { $0.figure.isConsistent(with: before.figure) }
      let role = effect.role == .conflict ? .conflict : isSame ? ClaimRole.confirmed : .restated
      effect = ClaimFold.Effect(role: role, previous: before)
      retracted = nil
    }
    for index in open {
      let isHolding = holding.contains(steps[index].row.sequence)
      switch steps[index].status {
      case .holds where !isHolding:
        steps[index].status = effect.role == .refined ? .refined : .restated
      // The half of a conflict that a later filing confirms.
      case .conflict where isHolding: steps[index].status = .holds
      default: break
      }
    }
    open.removeAll { steps[$0].status != .holds }
    for row in filing {
      // A filing that changed something confirms nothing beside.
      var (role, status) = (
        effect.role == .confirmed ? ClaimRole.confirmed : .repeated, ClaimStatus.confirmed
      )
      if effect.role == .conflict {
        (role, status) = (.conflict, .conflict)
      } else if holding.contains(row.sequence) {
        (role, status) = (effect.role, .holds)
      }
      if status != .confirmed { open.append(steps.count) }
      steps.append(Step(row: row, role: role, status: status, previous: effect.previous))
    }
  }
}
