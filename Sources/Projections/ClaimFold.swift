import Facts

/// Folds the claims of one fact, in the order of the `facts` table, into the answer to it.
///
/// The rules are those of ``ClaimWalk``, which also finds the status of each claim. The fold keeps only
/// the claim that holds, so that its memory does not grow with the number of claims.
struct ClaimFold {
  private enum State { case nothing, holds, conflict }

  private let rangeEnd: RangeEnd
  let head: UInt64
  private let knownAt: Timestamp

  private var state = State.nothing

  /// The claim that holds; of two bounds that hold together, the lower one.
  private var current: FactRow?

  /// The upper one of two bounds that hold together.
  private var upper: FactRow?

  /// The claims by which a filing contradicts itself.
  private var contradiction: [FactRow] = []

  /// The first claim that was published too late to count.
  private var firstLater: FactRow?

  /// The rows of the day that is being read: the first, and the rest.
  private var pending: FactRow?
  private var others: [FactRow] = []

  init(_ rangeEnd: RangeEnd, within vantage: Vantage) {
    self.rangeEnd = rangeEnd
    head = vantage.head
    knownAt = vantage.knownAt ?? Timestamp(microseconds: .max)
  }

  /// Whether rows published after the moment asked for can no longer change the answer.
  var isDecided: Bool { state != .nothing || firstLater != nil }

  /// Folds the next row.
  ///
  /// - Parameter filingOrder: The order of filings; asked only for those of one day.
  mutating func take(
    _ row: FactRow,
    filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows {
    guard row.sequence < head else { return }
    if let published = pending?.published {
      if published.isSameDay(as: row.published) {
        others.append(row)
        return
      }
      try settlePending(filingOrder)
    }
    pending = row
  }

  /// Folds the next rows.
  ///
  /// - Parameter isLast: Whether no row of the fact follows them.
  mutating func take(
    _ rows: ArraySlice<FactRow>,
    isLast: Bool = false,
    filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows {
    var index = rows.startIndex
    let last = rows.endIndex - 1
    while index <= last {
      // A claim that is alone on its day, as nearly all are, settles at once.
      let isBeforeOther =
        index < last ? !rows[index].published.isSameDay(as: rows[index + 1].published) : isLast
      if isBeforeOther, pending == nil, rows[index].isClaim {
        if rows[index].sequence < head { settle(rows[index]) }
      } else {
        try take(rows[index], filingOrder: filingOrder)
        if isBeforeOther { try settlePending(filingOrder) }
      }
      index += 1
    }
  }

  /// The answer to a fact with these rows, which are all of it.
  mutating func answer(
    to rows: ArraySlice<FactRow>,
    filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows -> Answer {
    try take(rows, isLast: true, filingOrder: filingOrder)
    return try finish(filingOrder: filingOrder)
  }

  /// The answer after all rows.
  mutating func finish(filingOrder: (SymbolID) throws -> FilingOrder) rethrows -> Answer {
    if pending != nil { try settlePending(filingOrder) }
    switch state {
    case .conflict, .holds: return answer
    case .nothing: break
    }
    return firstLater.map { .notYetKnown(until: $0) } ?? .notReported
  }

  private mutating func settlePending(_ filingOrder: (SymbolID) throws -> FilingOrder) rethrows {
    guard let row = pending else { return }
    pending = nil
    if others.isEmpty {
      if !row.isWithdrawal { settle(row) }
    } else {
      try settle(row, filingOrder)
    }
  }

  /// Takes the rows that were published on one day.
  ///
  /// A correction or withdrawal is among them with the claim that it names.
  private mutating func settle(
    _ first: FactRow,
    _ filingOrder: (SymbolID) throws -> FilingOrder
  ) rethrows {
    let rows = [first] + others
    others.removeAll(keepingCapacity: true)
    let live = Amendments.none.resolve(rows, before: head).live
      .filter { $0.figure.rangeEnd == rangeEnd }
    let known = live.prefix { $0.published <= knownAt }
    if known.count < live.count { firstLater = firstLater ?? live[known.count] }
    for filing in try ClaimWalk.grouped(Array(known), filingOrder) { _ = take(filing: filing) }
  }

  /// Takes the only row of a day.
  @inline(__always)
  private mutating func settle(_ row: FactRow) {
    guard row.figure.rangeEnd == rangeEnd else { return }
    guard row.published <= knownAt else {
      firstLater = firstLater ?? row
      return
    }
    _ = take(mostPrecise: row)
  }
}

extension ClaimFold {
  /// Claims that are recorded and that no amendment names, of the figure or of any end of a range: when the last, and the last
  /// one that is known, was published.
  struct Standing {
    let last: Timestamp
    let lastKnown: Timestamp?

    /// - Parameters:
    ///   - rows: All rows of one fact, in order.
    ///   - amendments: What is amended besides claims; `nil` where nothing is.
    /// - Returns: `nil` if none of the rows is such a claim.
    init?(_ rows: ArraySlice<FactRow>, within vantage: Vantage, _ amendments: Amendments?) {
      var (last, lastKnown): (Timestamp?, Timestamp?)
      func note(_ row: FactRow) {
        last = row.published
        if vantage.knows(row.published) { lastKnown = last }
      }
      if amendments != nil || rows.contains(where: { !$0.isClaim }) {
        for row in (amendments ?? .none).resolve(rows, before: vantage.head).live { note(row) }
      } else {
        for index in rows.indices where rows[index].sequence < vantage.head { note(rows[index]) }
      }
      guard let last else { return nil }
      self.init(last: last, lastKnown: lastKnown)
    }

    /// Reads the rows of the fact from the newest back.
    ///
    /// - Returns: `nil` if none of them is such a claim.
    init?(
      of fact: FactID,
      within vantage: Vantage,
      _ amendments: Amendments?,
      from source: borrowing some FactSource & ~Copyable & ~Escapable
    ) throws {
      if let amendments {
        self.init(try source.rows(of: fact)[...], within: vantage, amendments)
        return
      }
      let end = FactRow.Place(after: fact)
      guard let last = try Self.last(before: end, vantage.head, from: source) else { return nil }
      guard !vantage.knows(last), let knownAt = vantage.knownAt else {
        self.init(last: last, lastKnown: last)
        return
      }
      let known = FactRow.Place(after: fact, publishedBy: knownAt)
      let lastKnown = try Self.last(before: known, vantage.head, from: source)
      self.init(last: last, lastKnown: lastKnown)
    }

    private init(last: Timestamp, lastKnown: Timestamp?) {
      (self.last, self.lastKnown) = (last, lastKnown)
    }

    /// When the last such claim before a place was published.
    private static func last(
      before end: FactRow.Place,
      _ head: UInt64,
      from source: borrowing some FactSource & ~Copyable & ~Escapable
    ) throws -> Timestamp? {
      var (end, rows) = (end, [FactRow]())
      while true {
        rows.removeAll(keepingCapacity: true)
        let isMore = try source.appendRows(
          backwardFrom: end,
          head: head,
          repeats: true,
          limit: 16,
          to: &rows
        )
        // Amendments of a claim are among the rows of its published time, which come together.
        if let last = Amendments.none.resolve(rows, before: head).live.last {
          return last.published
        }
        guard isMore, let first = rows.last else { return nil }
        end = first.place
      }
    }
  }
}

// The rules from filing to filing.
extension ClaimFold {
  /// What the claims of a filing did to the fact.
  struct Effect {
    let role: ClaimRole

    /// The claim that held before, or the first of several; after a conflict, the claim of it that is
    /// confirmed or refined.
    let previous: FactRow?
  }

  /// The answer after the filings taken so far.
  var answer: Answer {
    switch state {
    case .conflict: .conflict(contradiction)
    case .holds:
      if let current, let upper {
        .range(low: current, high: upper)
      } else {
        current.map { .holds($0) } ?? .notReported
      }
    case .nothing: .notReported
    }
  }

  /// Forgets all claims, so that what follows is as if nothing had been claimed before.
  mutating func forget() {
    (state, current, upper, contradiction) = (.nothing, nil, nil, [])
  }

  /// The claims that hold: two bounds that hold together, or one; none in a conflict.
  var holding: [FactRow] { [current, upper].compactMap(\.self) }

  /// Takes the claims of the next filing.
  mutating func take(filing: ArraySlice<FactRow>) -> Effect {
    var previous = state == .conflict ? contradiction.first : current
    if filing.count == 1, state != .conflict {
      return Effect(role: take(mostPrecise: filing[filing.startIndex]), previous: previous)
    }
    if filing.count > 1, Self.isContradictory(filing) {
      (state, current, upper, contradiction) = (.conflict, nil, nil, Array(filing))
      return Effect(role: .conflict, previous: previous)
    }
    let counting = Self.counting(filing)
    if state == .conflict {
      let half = Self.half(of: contradiction, agreeingWith: counting)
      previous = Self.counting(half[...]).first ?? previous
    }
    let role = counting.count == 1 ? take(mostPrecise: counting[0]) : take(bounds: counting)
    return Effect(role: role, previous: previous)
  }

  /// Takes the claim that counts for the next filing.
  @inline(__always)
  private mutating func take(mostPrecise: FactRow) -> ClaimRole {
    let role: ClaimRole
    switch state {
    case .nothing: role = .firstReported
    case .conflict: return take(afterConflict: [mostPrecise])
    case .holds:
      guard let current else { return .firstReported }
      guard upper == nil, !current.figure.isBound, !mostPrecise.figure.isBound else {
        return take(bounds: [mostPrecise])
      }
      role = current.figure.role(of: mostPrecise.figure)
    }
    guard role != .confirmed else { return role }
    (state, current) = (.holds, mostPrecise)
    return role
  }

  /// Takes the claims that count for the next filing where they, or those that hold, are bounds.
  private mutating func take(bounds counting: [FactRow]) -> ClaimRole {
    switch state {
    case .nothing:
      hold(counting)
      return .firstReported
    case .conflict: return take(afterConflict: counting)
    case .holds: break
    }
    let held = holding
    let isConsistent = held.allSatisfy { claim in
      counting.allSatisfy { $0.figure.isConsistent(with: claim.figure) }
    }
    guard isConsistent else {
      hold(counting)
      return .restated
    }
    // A figure that is no bound says more than bounds do.
    let tightest = Self.counting((held + counting)[...])
    let kept = Set(held.map(\.sequence))
    guard tightest.contains(where: { !kept.contains($0.sequence) }) else { return .confirmed }
    hold(tightest)
    return .refined
  }

  /// Ends a conflict: with the half of it that the next filing agrees with, or with the filing.
  private mutating func take(afterConflict counting: [FactRow]) -> ClaimRole {
    let half = Self.half(of: contradiction, agreeingWith: counting)
    contradiction = []
    guard !half.isEmpty else {
      hold(counting)
      return .restated
    }
    hold(Self.counting(half[...]))
    return counting.count == 1 ? take(mostPrecise: counting[0]) : take(bounds: counting)
  }

  /// Makes claims hold: one, or a lower and an upper bound.
  private mutating func hold(_ claims: [FactRow]) {
    (state, current, upper) = (.holds, claims.first, claims.count > 1 ? claims[1] : nil)
  }

  /// The claims of a conflict that those of another filing agree with; none if they agree with claims
  /// that contradict each other, and so decide nothing.
  private static func half(
    of contradiction: [FactRow],
    agreeingWith counting: [FactRow]
  ) -> [FactRow] {
    let half = contradiction.filter { claim in
      counting.allSatisfy { $0.figure.isConsistent(with: claim.figure) }
    }
    return isContradictory(half[...]) ? [] : half
  }

  /// Of claims that agree with each other, those that count: the most precise; where all are bounds,
  /// the highest "more than" and the lowest "less than".
  ///
  /// Of equal ones the first counts.
  static func counting(_ claims: ArraySlice<FactRow>) -> [FactRow] {
    guard claims.count > 1 else { return Array(claims) }
    var (best, lower, upper): (FactRow?, FactRow?, FactRow?)
    for claim in claims {
      let value = claim.figure.value?.fixedPoint ?? 0
      switch claim.figure.qualifier {
      case .moreThan:
        if lower?.figure.value.map({ $0.fixedPoint < value }) ?? true { lower = claim }
      case .lessThan:
        if upper?.figure.value.map({ $0.fixedPoint > value }) ?? true { upper = claim }
      case .approximately, .low, .high, nil:
        if best.map({ $0.figure.precision < claim.figure.precision }) ?? true { best = claim }
      }
    }
    return best.map { [$0] } ?? [lower, upper].compactMap(\.self)
  }

  private static func isContradictory(_ filing: ArraySlice<FactRow>) -> Bool {
    filing.contains { row in
      filing.contains { !$0.figure.isConsistent(with: row.figure) }
    }
  }
}

extension Figure {
  /// The role of a claim of `later` where a claim of this figure holds, and neither is a bound.
  @inline(__always)
  fileprivate func role(of later: Figure) -> ClaimRole {
    if later == self { return .confirmed }
    if !isConsistent(with: later) { return .restated }
    guard later.code.word != code.word, value != nil, later.value != nil else { return .confirmed }
    return later.precision > precision ? .refined : .confirmed
  }
}
