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
    var fold = ClaimFold(rangeEnd, within: vantage)
    var rows: [FactRow] = []
    let start = FactRow.Place(before: fact)
    guard try source.appendRows(from: start, through: fact, limit: Self.fewRowCount, to: &rows)
    else {
      self = try fold.answer(to: rows[...]) { try source.text($0) }
      return
    }
    let end =
      vantage.knownAt.map { FactRow.Place(after: fact, publishedBy: $0) }
      ?? FactRow.Place(after: fact)
    rows.removeAll(keepingCapacity: true)
    try Self.appendDecisiveRows(before: end, rangeEnd, vantage.head, from: source, to: &rows)
    rows.reverse()
    try fold.take(rows[...], isLast: true) { try source.text($0) }
    if fold.isUnknown, vantage.knownAt != nil {
      try fold.takeFirst(after: end, from: source)
    }
    self = try fold.finish { try source.text($0) }
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
    // The claim read before this one, if each row since is alone at its published time and a claim. Such
    // a claim counts: an amendment of it would have the same published time.
    var later: (row: FactRow, index: Int)?
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
        let isShared =
          index > 0 && rows[index - 1].published == row.published
          || index + 1 < rows.count && rows[index + 1].published == row.published
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
    while !isDecided {
      rows.removeAll(keepingCapacity: true)
      let isMore = try source.appendRows(from: place, through: start.fact, limit: limit, to: &rows)
      try take(rows[...]) { try source.text($0) }
      guard isMore, let last = rows.last else { return }
      (place, limit) = (FactRow.Place(after: last), 512)
    }
  }
}

extension Figure {
  /// Whether this figure holds once it is claimed right after `earlier`, whatever was claimed before
  /// `earlier`; `false` may also mean that this is not decided.
  ///
  /// **Lemma.** Let a claim of `earlier` be followed by a claim of this figure, each the only claim of
  /// its published time. If this figure is inconsistent with `earlier`, and with every figure that
  /// `earlier` can have confirmed, it holds after both.
  ///
  /// **Proof.** After the claim of `earlier`, either that claim holds (it was the first, refined or
  /// restated another, or ended a conflict), or it confirmed a claim that goes on to hold. By the rules
  /// of ``ClaimWalk``, a claim that is inconsistent with the one that holds restates it, and holds.
  ///
  /// **Which figures `earlier` can have confirmed.** A confirmed figure is consistent with `earlier` and
  /// at least as precise (``Figure/precision``).
  /// - If `earlier` is a bound, it confirms figures at any distance on one side: not decided.
  /// - If `earlier` is a dash, it confirms only dashes, which are inconsistent with every number.
  /// - Else the confirmed figure is a number and no bound, since a bound is less precise than any number
  ///   that is none. Being as precise, it has at least as many decimals, or both are exact: its interval
  ///   is at most as wide as that of `earlier`. The two intervals meet, so the confirmed one lies within
  ///   the interval of `earlier` widened on either side by its own width. A figure whose interval does
  ///   not meet the widened one is inconsistent with `earlier` and with all that it can have confirmed;
  ///   so is a dash.
  fileprivate func holds(afterAnyClaimBefore earlier: Figure) -> Bool {
    guard !earlier.isBound else { return false }
    guard let earlier = Interval(earlier) else { return value != nil }
    guard let mine = Interval(self) else { return true }
    let (width, isTooWide) = earlier.high.subtractingReportingOverflow(earlier.low)
    let (low, isTooLow) = earlier.low.subtractingReportingOverflow(width)
    let (high, isTooHigh) = earlier.high.addingReportingOverflow(width)
    guard !isTooWide, !isTooLow, !isTooHigh else { return false }
    return mine.low > high || mine.high < low
  }

  /// Whether the figure is bounded on one side alone.
  private var isBound: Bool { qualifier == .moreThan || qualifier == .lessThan }
}
