public import Facts

extension Answer {
  /// The answer of `source` to what holds for `fact`.
  ///
  /// A fact with many claims is read from the newest claim back, until two claims in a row decide what
  /// holds whatever the older ones are: see ``Figure/holds(afterAnyClaimBefore:)``.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), where *k* is the number of claims since the last that certainly
  ///   restated the fact; those that repeat the one before them cost a few nanoseconds.
  public init(
    to fact: FactID,
    _ rangeEnd: RangeEnd,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let amendments = try source.amendments(before: vantage.head)
    guard !amendments.concernsClaims else {
      self = try Answer(walking: source.rows(of: fact), rangeEnd, vantage, amendments, in: source)
      return
    }
    var fold = ClaimFold(rangeEnd, within: vantage)
    var rows: [FactRow] = []
    let start = FactRow.Place(before: fact)
    guard try source.appendRows(from: start, through: fact, limit: Self.fewRowCount, to: &rows)
    else {
      self = try fold.answer(to: rows[...]) { try source.filingOrder($0, before: vantage.head) }
      return
    }
    let end =
      vantage.knownAt.map { FactRow.Place(after: fact, publishedBy: $0) }
      ?? FactRow.Place(after: fact)
    rows.removeAll(keepingCapacity: true)
    try Self.appendDecisiveRows(before: end, rangeEnd, vantage.head, from: source, to: &rows)
    rows.reverse()
    try fold.take(rows[...], isLast: true) { try source.filingOrder($0, before: vantage.head) }
    if fold.isUnknown, vantage.knownAt != nil {
      try fold.takeFirst(after: end, from: source)
    }
    self = try fold.finish { try source.filingOrder($0, before: vantage.head) }
  }

  /// The answer by a walk over all rows of the fact.
  private init(
    walking rows: [FactRow],
    _ rangeEnd: RangeEnd,
    _ vantage: Vantage,
    _ amendments: Amendments,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self =
      try ClaimWalk(rows, rangeEnd: rangeEnd, within: vantage, amendments) {
        try source.filingOrder($0, before: vantage.head)
      }.answer
  }

  /// How many rows are read at first: most facts have fewer.
  private static let fewRowCount = 16

  /// Appends the known rows, the newest first, back to a claim that holds whatever was claimed before
  /// it: the rows before that claim cannot change the answer.
  private static func appendDecisiveRows(
    before end: FactRow.Place,
    _ rangeEnd: RangeEnd,
    _ head: UInt64,
    from source: borrowing some FactSource & ~Copyable & ~Escapable,
    to rows: inout [FactRow]
  ) throws {
    var (end, limit) = (end, fewRowCount)
    // The claim read before this one, if each row since is a claim that came alone. Such a claim counts:
    // an amendment of it would have the same published time.
    var later: (row: FactRow, index: Int)?
    // When the latest of the rows that come together with the next one was published.
    var shared: Timestamp?
    var index = 0
    while true {
      let isMore = try source.appendRows(
        backwardFrom: end,
        head: head,
        repeats: false,
        limit: limit,
        to: &rows
      )
      while index < rows.count {
        let row = rows[index]
        let next = index + 1 < rows.count ? rows[index + 1].published : nil
        let isFirst = !(shared?.comesTogether(with: row.published) ?? false)
        if isFirst { shared = row.published }
        let isShared = !isFirst || (next.map { row.published.comesTogether(with: $0) } ?? false)
        if isShared || !row.isClaim {
          later = nil
        } else if row.figure.rangeEnd == rangeEnd {
          if let later, later.row.figure.holds(afterAnyClaimBefore: row.figure) {
            rows.removeSubrange((later.index + 1)...)
            return
          }
          later = (row, index)
        }
        index += 1
      }
      guard isMore, let last = rows.last else { return }
      (end, limit) = (last.place, 512)
    }
  }
}

extension ClaimFold {
  /// Whether no known claim was folded.
  fileprivate var isUnknown: Bool { answer == .notReported }

  /// Folds the rows published after the moment asked for, up to the first that counts: the answer names
  /// it.
  fileprivate mutating func takeFirst(
    after start: FactRow.Place,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var (place, limit) = (start, 16)
    var rows: [FactRow] = []
    let head = head
    while !isDecided {
      rows.removeAll(keepingCapacity: true)
      let isMore = try source.appendRows(from: place, through: start.fact, limit: limit, to: &rows)
      try take(rows[...]) { try source.filingOrder($0, before: head) }
      guard isMore, let last = rows.last else { return }
      (place, limit) = (FactRow.Place(after: last), 512)
    }
  }
}

extension Figure {
  /// Whether this figure holds once it is claimed right after `earlier`, whatever was claimed before
  /// `earlier`; `false` may also mean that this is not decided.
  ///
  /// **Lemma.** Let a claim of `earlier` be followed by a claim of this figure, each of which comes alone
  /// (``Timestamp/comesTogether(with:)``). If this figure is inconsistent with `earlier`, and with every figure that
  /// `earlier` can have confirmed, it alone holds after both.
  ///
  /// **Proof.** Let `earlier` be no bound. After its claim, either that claim alone holds (it was the
  /// first, refined or restated others, or refined a half of a conflict), or it confirmed one that goes
  /// on to hold, alone, since bounds are refined and never confirmed by what is no bound; that one may
  /// have been a half of a conflict, which ends. By the rules of ``ClaimWalk``, a claim that is
  /// inconsistent with the one that holds restates it, and alone holds.
  ///
  /// **Which figures `earlier` can have confirmed.** If `earlier` is a bound: bounds on either side, and
  /// figures at any distance: not decided. Else no bounds, but
  /// - a figure of the same decimals: it is equal;
  /// - a figure of more decimals: its interval is narrower than that of `earlier` and meets it, and so
  ///   lies within the interval of `earlier` widened on either side by its own width;
  /// - a dash, if zero lies within the interval of `earlier`.
  ///
  /// So all of them, a dash as zero, lie within the widened interval. A figure whose interval, a dash as
  /// zero, does not meet it is inconsistent with `earlier` and with each of them: figures of the same
  /// decimals have equal values only if their intervals meet, and the interval of a bound holds all that
  /// the bound agrees with.
  ///
  /// If `earlier` is a dash, it can have confirmed dashes, and figures of any decimals that round to zero
  /// there. Those that this figure could confirm in turn, and not refine, are no less precise, so that
  /// their intervals, which hold zero, lie within its own width of zero. If its interval does not meet
  /// that stretch, it restates or refines whatever holds, and alone holds. A bound refines nothing that
  /// is no bound: not decided.
  fileprivate func holds(afterAnyClaimBefore earlier: Figure) -> Bool {
    guard !earlier.isBound, earlier.value != nil || !isBound else { return false }
    let mine = Interval(termOf: self)
    let other = Interval(termOf: earlier)
    let measure = earlier.value == nil ? mine : other
    let (width, isTooWide) = measure.high.subtractingReportingOverflow(measure.low)
    let (low, isTooLow) = other.low.subtractingReportingOverflow(width)
    let (high, isTooHigh) = other.high.addingReportingOverflow(width)
    guard !isTooWide, !isTooLow, !isTooHigh else { return false }
    return mine.low > high || mine.high < low
  }
}

extension Answer {
  /// The answer of `source` to what a statement shows of `fact`: its figure, or the range that is
  /// reported in place of one.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: As ``init(to:_:within:from:)``.
  public init(
    showing fact: FactID,
    _ rangeEnd: RangeEnd,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var rows: [FactRow] = []
    let start = FactRow.Place(before: fact)
    if try source.appendRows(from: start, through: fact, limit: Self.fewRowCount, to: &rows) {
      self = try Answer(to: fact, rangeEnd, within: vantage, from: source)
        .orRange(of: rangeEnd) { try Answer(to: fact, $0, within: vantage, from: source) }
    } else {
      let amendments = try source.amendments(before: vantage.head)
      self = try Answer(
        showing: rows[...],
        rangeEnd,
        within: vantage,
        amendments.concernsClaims ? amendments : nil,
        in: source
      )
    }
  }

  /// The answer to what a statement shows of a fact with these rows, which are all of it.
  ///
  /// - Parameter amendments: What is amended besides claims; `nil` where nothing is.
  init(
    showing rows: ArraySlice<FactRow>,
    _ rangeEnd: RangeEnd,
    within vantage: Vantage,
    _ amendments: Amendments?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self = .notReported
    guard !rows.isEmpty else { return }
    func answer(_ end: RangeEnd) throws -> Answer {
      if let amendments {
        return try Answer(walking: Array(rows), end, vantage, amendments, in: source)
      }
      var fold = ClaimFold(end, within: vantage)
      return try fold.answer(to: rows) { try source.filingOrder($0, before: vantage.head) }
    }
    self = try answer(rangeEnd).orRange(of: rangeEnd, answer)
  }

  /// This answer; where it knows no figure, the range between both ends, or one end without the other.
  private func orRange(
    of rangeEnd: RangeEnd,
    _ answer: (RangeEnd) throws -> Answer
  ) rethrows -> Answer {
    guard rangeEnd == .figure, !hasClaims else { return self }
    let (low, high) = (try answer(.low), try answer(.high))
    switch (low, high) {
    case (.holds(let low), .holds(let high)): return .range(low: low, high: high)
    case (.conflict, _), (.holds, _), (.retracted, _): return low
    case (_, .conflict), (_, .holds), (_, .retracted): return high
    default: break
    }
    // None is known: which is the first to be published?
    let later = [self, low, high].compactMap { answer in
      if case .notYetKnown(let row) = answer { row } else { nil }
    }
    return later.min { FactRow.isOrdered($0, $1) }.map { .notYetKnown(until: $0) } ?? self
  }
}
