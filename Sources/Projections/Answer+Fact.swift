public import Facts

extension Answer {
  /// What `source` says of `fact`.
  ///
  /// A fact with many claims is read from the newest back, until a claim is met that holds whatever was
  /// said before it.
  ///
  /// - Complexity: O(log *n* + *k*), where *k* is the number of claims since the last that certainly
  ///   restated the fact; those that repeat the one before them cost a few nanoseconds.
  public init(
    to fact: FactID,
    _ strand: Strand,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var fold = ClaimFold(strand, within: vantage)
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
    try Self.appendDecisiveRows(before: end, strand, vantage.head, from: source, to: &rows)
    rows.reverse()
    try fold.take(rows[...], isLast: true) { try source.text($0) }
    if fold.isUnknown, vantage.knownAt != nil {
      try fold.takeFirst(after: end, from: source)
    }
    self = try fold.finish { try source.text($0) }
  }

  /// So many rows are read at once.
  private static let fewRowCount = 16

  /// Appends known rows, the newest first, back to one that holds whatever was said before it.
  private static func appendDecisiveRows(
    before end: FactRow.Place,
    _ strand: Strand,
    _ head: UInt64,
    from source: borrowing some FactSource & ~Copyable & ~Escapable,
    to rows: inout [FactRow]
  ) throws {
    var (end, limit) = (end, fewRowCount)
    // The last claim that was alone at its published time, and nothing else came between.
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
        } else if row.figure.strand == strand {
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

  /// Folds the rows that were published too late, up to the first that counts.
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
  /// Whether the figure holds after `earlier` and whatever was said before that: it is consistent
  /// neither with it, nor with any figure that it can have confirmed.
  ///
  /// A figure that another confirms is as precise or more so, and their intervals meet: it lies within
  /// the other's interval, widened on either side by all of its width.
  fileprivate func holds(afterAnyClaimBefore earlier: Figure) -> Bool {
    // A bound confirms what it bounds, however far away that is.
    guard !earlier.isBound else { return false }
    guard let confirmed = Interval(earlier) else { return value != nil }
    guard let mine = Interval(self) else { return true }
    let (width, isTooWide) = confirmed.high.subtractingReportingOverflow(confirmed.low)
    let (low, isTooLow) = confirmed.low.subtractingReportingOverflow(width)
    let (high, isTooHigh) = confirmed.high.addingReportingOverflow(width)
    guard !isTooWide, !isTooLow, !isTooHigh else { return false }
    return mine.low > high || mine.high < low
  }

  /// Whether the figure is bounded on one side alone.
  private var isBound: Bool { qualifier == .moreThan || qualifier == .lessThan }
}
