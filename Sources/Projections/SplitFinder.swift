public import Facts

/// A split of shares: `newCount` shares for `oldCount` of before; the other way round of a reverse split.
public struct ShareSplit: Hashable, Sendable {
  /// How many shares there are after it for each ``oldCount``: 7 of Apple's in 2014.
  public var newCount: Int

  /// How many there were: 1, but 2 of a split of 3 for 2.
  public var oldCount: Int

  /// The number of shares that moved by it, as it is after it.
  public var shares: FactRow
}

/// Finds which restatements of figures a share are those of a split: the ratio of the two figures is that by
/// which a number of shares of the same filer moved.
public struct SplitFinder: Sendable {
  /// A number of shares before and after.
  private struct Move: Sendable {
    let before: FactRow
    let after: FactRow
    let isRestatement: Bool
  }

  private let moves: [Move]

  /// Concepts that count the shares of a company.
  private static let shareConcepts = [
    "us-gaap:WeightedAverageNumberOfSharesOutstandingBasic",
    "us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding",
    "us-gaap:WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    "us-gaap:CommonStockSharesOutstanding", "us-gaap:CommonStockSharesIssued",
    "us-gaap:SharesOutstanding", "dei:EntityCommonStockSharesOutstanding",
    "ifrs-full:WeightedAverageShares", "ifrs-full:AdjustedWeightedAverageShares",
    "ifrs-full:NumberOfSharesOutstanding", "ifrs-full:NumberOfSharesIssued",
  ]

  /// The ratios that are looked for: new shares for old ones.
  private static let ratios: [(new: Int, old: Int)] =
    (2...100).map { ($0, 1) } + [(3, 2), (4, 3), (5, 2), (5, 3), (5, 4), (6, 5), (11, 10)]

  /// How far apart two numbers of shares can be that a split explains.
  private static let reach = Int64(400 * 86_400) * 1_000_000

  /// Reads the numbers of shares of an entity.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*k* log *n*), for *k* claims of them.
  public init(
    of entity: String,
    within vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var moves: [Move] = []
    guard let entity = try source.symbol(entity), let unit = try source.symbol("shares"),
      let dimensions = try source.symbol("")
    else {
      self.moves = []
      return
    }
    let amendments = try source.amendments(before: vantage.head)
    for concept in Self.shareConcepts {
      guard let symbol = try source.symbol(concept) else { continue }
      let series = SeriesID(
        entity: entity,
        concept: symbol,
        dimensions: dimensions,
        unit: unit
      )
      var rows: [FactRow] = []
      try source.forEachRow(from: series.first(), through: series.last()) { row in
        rows.append(row)
        return true
      }
      var newest: FactRow?
      for rows in Self.facts(rows) {
        let known = amendments.resolve(rows, before: vantage.head).live
          .filter { vantage.knows($0.published) && $0.figure.rangeEnd == .figure }
        for (before, after) in zip(known, known.dropFirst()) where before.filing != after.filing {
          moves.append(Move(before: before, after: after, isRestatement: true))
        }
        guard let last = known.last else { continue }
        if let newest, last.fact.isInstant {
          moves.append(Move(before: newest, after: last, isRestatement: false))
        }
        newest = last
      }
    }
    self.moves = moves.filter { move in
      guard let old = move.before.figure.value, let new = move.after.figure.value else {
        return false
      }
      return !old.isZero && !new.isZero && !new.isEqual(to: old)
    }
  }

  /// The rows of each fact, which come one fact after the other.
  private static func facts(_ rows: [FactRow]) -> [ArraySlice<FactRow>] {
    var facts: [ArraySlice<FactRow>] = []
    var start = 0
    for index in rows.indices.dropFirst() where rows[index].fact != rows[start].fact {
      facts.append(rows[start..<index])
      start = index
    }
    return rows.isEmpty ? [] : facts + [rows[start...]]
  }

  /// The split between two claims of a figure a share; `nil` if no number of shares moved as they did.
  ///
  /// - Complexity: O(*k*), for *k* moves of numbers of shares.
  public func split(from before: FactRow, to after: FactRow) -> ShareSplit? {
    guard let old = before.figure.value, let new = after.figure.value, !old.isZero, !new.isZero,
      (old.mantissa < 0) == (new.mantissa < 0)
    else { return nil }
    let earliest = before.published.microseconds - Self.reach
    let latest = after.published.microseconds + Self.reach
    // What the same filing restates is the best evidence.
    for isRestatement in [true, false] {
      for move in moves where move.isRestatement == isRestatement {
        guard
          isRestatement
            ? move.after.published == after.published
            : move.before.published.microseconds >= earliest
              && move.after.published.microseconds <= latest,
          let (new, old) = Self.ratio(of: move),
          Self.isScaled(before.figure, after.figure, by: old, of: new)
        else { continue }
        return ShareSplit(newCount: new, oldCount: old, shares: move.after)
      }
    }
    return nil
  }

  /// The ratio by which a number of shares moved: to one part in a hundred where one number was restated.
  ///
  /// From one day to another, shares are issued and bought back, too: to one part in twenty, and by half
  /// as many again or more.
  private static func ratio(of move: Move) -> (new: Int, old: Int)? {
    let tolerance: Int128 = move.isRestatement ? 100 : 20
    guard let before = move.before.figure.value?.fixedPoint,
      let after = move.after.figure.value?.fixedPoint, before > 0, after > 0
    else { return nil }
    func fits(_ new: Int, _ old: Int) -> Bool {
      let (left, isLeftTooLong) = after.multipliedReportingOverflow(by: Int128(old))
      let (right, isRightTooLong) = before.multipliedReportingOverflow(by: Int128(new))
      guard !isLeftTooLong, !isRightTooLong else { return false }
      return (left > right ? left - right : right - left) <= right / tolerance
    }
    for (new, old) in ratios where move.isRestatement || new * 2 >= old * 3 {
      if fits(new, old) { return (new, old) }
      if fits(old, new) { return (old, new) }
    }
    return nil
  }

  /// Whether the later figure is the earlier times `part` / `whole`, as far as the roundings of both tell.
  private static func isScaled(
    _ before: Figure,
    _ after: Figure,
    by part: Int,
    of whole: Int
  ) -> Bool {
    guard let old = before.value, let new = after.value else { return false }
    let scaled = (old.fixedPoint.multipliedReportingOverflow(by: Int128(part)))
    let other = (new.fixedPoint.multipliedReportingOverflow(by: Int128(whole)))
    guard !scaled.overflow, !other.overflow else { return false }
    let slack =
      halfUnit(of: before) * Int128(part) + halfUnit(of: after) * Int128(whole)
    return (scaled.partialValue - other.partialValue).magnitude <= slack.magnitude
  }

  /// Half of the last digit: that of its decimals, or where it is said to be exact, that of a cent or of
  /// the digits it has.
  private static func halfUnit(of figure: Figure) -> Int128 {
    let digits = figure.value.map { Int($0.fractionDigitCount) } ?? 0
    let place = figure.decimals.map { Int($0) } ?? max(digits, 2)
    return 0...38 ~= 19 - place ? Int128.powerOfTen(19 - place) / 2 : 0
  }
}
