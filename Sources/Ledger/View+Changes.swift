import EventStore
public import Facts
import Projections

/// A fact of which two vantages see different figures, or one figure restated by a filing.
public struct FactChange: Sendable {
  /// The fact.
  public var fact: Fact

  /// The answer before: a claim, a range or a conflict.
  public var from: FactAnswer

  /// The answer after.
  public var to: FactAnswer

  /// The filing that reported the figure before.
  public var fromFiling: Filing

  /// The filing that reports the figure after.
  public var toFiling: Filing

  /// The sequence of the claim after; of several, the last one's.
  public var sequence: UInt64

  /// How the filing after tells that it restates the figure; `nil` where that is not asked.
  public var notice: RestatementNotice?

  /// The step from one figure to the other; `nil` where either is a range or a conflict.
  public var change: Change? {
    guard let before = from.figure, let after = to.figure else { return nil }
    return Change(from: before, to: after)
  }
}

/// A fact of which a figure is known at the later of two moments only.
public struct NewFact: Sendable {
  /// The fact.
  public var fact: Fact

  /// The figure that holds; of several that contradict each other the last.
  public var figure: Figure

  /// Its filing.
  public var filing: Filing

  /// The sequence of its claim.
  public var sequence: UInt64
}

/// What became known between two moments.
public struct KnownDifference: Sendable {
  /// The facts of which the figure that holds is another.
  public var changes: [FactChange]

  /// The facts of which a figure is known at the later moment, and none was at the earlier.
  public var newFacts: [NewFact] = []

  /// How many facts were known at both moments, with one figure.
  public var sameFactCount: Int

  /// The latest published time among the figures compared.
  public var latestPublished: Timestamp?
}

extension Ledger.View {
  /// What changed between an earlier known-at moment and that of this view, over all facts that
  /// `request` names.
  ///
  /// - Parameters:
  ///   - request: Which facts.
  ///   - earlier: The moment to compare with; a day counts whole.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func difference(
    _ request: Ledger.FactsRequest,
    since earlier: PublishedTime
  ) throws -> KnownDifference {
    try ledger.translating {
      let query = try query(request)
      var filings = FilingCache(head: query.vantage.head)
      var difference = KnownDifference(changes: [], sameFactCount: 0)
      let before = Vantage(knownAt: earlier.timestamp, head: query.vantage.head)
      try FactListing.forEachFact(query, in: snapshot) { entry in
        let now = try entry.answer(within: query.vantage, in: snapshot)
        guard let new = now.rows.last else { return }
        let then = try entry.answer(within: before, in: snapshot)
        difference.latestPublished = max(difference.latestPublished ?? new.published, new.published)
        guard !then.rows.isEmpty else {
          difference.newFacts.append(try filings.newFact(new, in: snapshot))
          return
        }
        guard !then.isSame(as: now) else {
          difference.sameFactCount += 1
          return
        }
        difference.changes.append(try filings.change(from: then, to: now, in: snapshot))
      }
      return difference
    }
  }

  /// Every step by which a later filing said something else of a fact, beyond rounding, or contradicted
  /// itself.
  ///
  /// - Parameters:
  ///   - request: Which facts.
  ///   - since: Only by filings published then or later; `nil` for all.
  ///   - minimum: Only changes of at least so many hundredths of a percent.
  /// - Returns: The steps, the largest relative to the figure before first; then those from zero, and
  ///   from and to conflicts.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: O(*n* log *n*), for *n* claims of the entity.
  public func restatements(
    _ request: Ledger.FactsRequest,
    since: PublishedTime? = nil,
    basisPoints minimum: Int = 0
  ) throws -> [FactChange] {
    try ledger.translating {
      let query = try query(request)
      var filings = FilingCache(head: query.vantage.head)
      var splits = EntitySplits(within: query.vantage)
      var found: [(size: Int, change: FactChange)] = []
      try FactListing.forEachFact(query, in: snapshot) { entry in
        guard !entry.areAlike else { return }
        for (old, new) in try entry.walk(within: query.vantage, in: snapshot).restatements
        where since.map({ start in new.rows.contains { $0.published >= start.startTimestamp } })
          ?? true
        {
          var change = try filings.change(from: old, to: new, in: snapshot)
          change.notice = try filings.notice(of: change.toFiling, in: snapshot)
          if change.notice == .silent, let before = old.rows.last, let after = new.rows.last,
            try splits.split(from: before, to: after, in: snapshot) != nil
          {
            change.notice = .split
          }
          let size = change.change?.basisPoints
          guard minimum == 0 || size.map({ $0 >= minimum }) ?? true else { continue }
          found.append((size ?? -1, change))
        }
      }
      let order = found.indices.sorted { lhs, rhs in
        let (left, right) = (found[lhs], found[rhs])
        return (right.size, left.change.sequence) < (left.size, right.change.sequence)
      }
      return order.map { found[$0].change }
    }
  }
}

/// Filings by their symbol, so that each is read once.
private struct FilingCache {
  private let head: UInt64
  private var filings: [SymbolID: Filing] = [:]
  private var notices: [String: RestatementNotice] = [:]
  private var texts = AnswerTexts()

  /// - Parameter head: How many events count.
  init(head: UInt64) { self.head = head }

  /// The change between two answers that know figures.
  mutating func change(
    from old: Answer,
    to new: Answer,
    in snapshot: borrowing Snapshot
  ) throws -> FactChange {
    guard let before = old.rows.last, let after = new.rows.last else {
      preconditionFailure("an answer without a figure is no change")
    }
    return FactChange(
      fact: try snapshot.fact(after.fact),
      from: try texts.answer(old, in: snapshot),
      to: try texts.answer(new, in: snapshot),
      fromFiling: try filing(before.filing, in: snapshot),
      toFiling: try filing(after.filing, in: snapshot),
      sequence: after.sequence
    )
  }

  mutating func newFact(_ row: FactRow, in snapshot: borrowing Snapshot) throws -> NewFact {
    try snapshot.prove(row)
    return NewFact(
      fact: try snapshot.fact(row.fact),
      figure: row.figure,
      filing: try filing(row.filing, in: snapshot),
      sequence: row.sequence
    )
  }

  /// How a filing tells of what it restates.
  mutating func notice(
    of filing: Filing,
    in snapshot: borrowing Snapshot
  ) throws -> RestatementNotice {
    if filing.order.isAmendment { return .amendment }
    if let known = notices[filing.filing] { return known }
    let names = try snapshot.definitionNames(
      ofType: Footnote.type,
      entity: filing.filing,
      before: head
    )
    let isTold = try names.contains { name in
      let definition = DefinitionName(type: Footnote.type, name: name, entity: filing.filing)
      guard case .footnote(let footnote)? = try snapshot.definition(definition, before: head) else {
        return false
      }
      let text = footnote.text.lowercased()
      return RestatementNotice.words.contains { text.contains($0) }
    }
    notices[filing.filing] = isTold ? .footnote : .silent
    return isTold ? .footnote : .silent
  }

  private mutating func filing(
    _ symbol: SymbolID,
    in snapshot: borrowing Snapshot
  ) throws -> Filing {
    if let known = filings[symbol] { return known }
    let name = try snapshot.text(symbol)
    guard let filing = try snapshot.filing(name, before: head) else {
      throw DamagedLedger("filing \(name) is missing")
    }
    filings[symbol] = filing
    return filing
  }
}

extension Answer {
  /// Whether a reader sees the same in both: the same numbers, as bounds or not, in agreement or not.
  fileprivate func isSame(as other: Answer) -> Bool {
    switch (self, other) {
    case (.conflict, .conflict), (.range, .range), (.holds, .holds), (.retracted, .retracted): break
    default: return false
    }
    return rows.count == other.rows.count
      && zip(rows, other.rows).allSatisfy {
        $0.figure == $1.figure || $0.figure.isSame(as: $1.figure)
      }
  }
}

extension ClaimWalk {
  /// Each step by which a filing restated the fact or contradicted itself: the answers before and after.
  fileprivate var restatements: [(from: Answer, to: Answer)] {
    var found: [(from: Answer, to: Answer)] = []
    var conflict: SymbolID?
    for step in steps where step.role == .restated || step.role == .conflict {
      guard let previous = step.previous else { continue }
      // Of a conflict, all claims are one step.
      if step.role == .conflict, conflict == step.row.filing { continue }
      conflict = step.role == .conflict ? step.row.filing : nil
      let wasConflict = steps.contains { $0.row == previous && $0.status == .conflict }
      found.append(
        (
          wasConflict ? self.conflict(of: previous.filing) : .holds(previous),
          step.role == .conflict ? self.conflict(of: step.row.filing) : .holds(step.row)
        )
      )
    }
    return found
  }

  private func conflict(of filing: SymbolID) -> Answer {
    .conflict(steps.filter { $0.role == .conflict && $0.row.filing == filing }.map(\.row))
  }
}

extension PublishedTime {
  /// The first moment of a day.
  fileprivate var startTimestamp: Timestamp {
    switch self {
    case .moment(let moment): moment
    case .day(let day): Timestamp(startOf: day)
    }
  }
}
