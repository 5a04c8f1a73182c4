import EventStore
public import Facts
import Projections

/// A fact of which two vantages see different figures, or one figure restated by a filing.
public struct FactChange: Sendable {
  /// The fact.
  public var fact: Fact

  /// The step.
  public var change: Change

  /// The filing that said the figure before.
  public var fromFiling: Filing

  /// The filing that says the figure after.
  public var toFiling: Filing

  /// The sequence of the claim after.
  public var sequence: UInt64
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
  /// - Parameter earlier: The moment to compare with; a day counts whole.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func difference(
    _ request: Ledger.FactsRequest,
    since earlier: PublishedTime
  ) throws -> KnownDifference {
    try ledger.translating {
      let query = try query(request)
      var filings = FilingCache()
      var difference = KnownDifference(changes: [], sameFactCount: 0)
      try FactListing.forEach(query, in: snapshot) { entry in
        let then = try Answer(
          to: entry.fact,
          entry.rangeEnd,
          within: Vantage(knownAt: earlier.timestamp, head: query.vantage.head),
          from: snapshot
        )
        guard let new = entry.walk.answer.rows.last else { return }
        difference.latestPublished = max(difference.latestPublished ?? new.published, new.published)
        guard let old = then.rows.last else {
          difference.newFacts.append(try filings.newFact(new, in: snapshot))
          return
        }
        guard !old.figure.isSameValue(as: new.figure) else {
          difference.sameFactCount += 1
          return
        }
        difference.changes.append(try filings.change(from: old, to: new, in: snapshot))
      }
      return difference
    }
  }

  /// Every step by which a later filing said something else of a fact, beyond rounding.
  ///
  /// - Parameters:
  ///   - since: Only by filings published then or later; `nil` for all.
  ///   - basisPoints: Only changes of at least so many hundredths of a percent.
  /// - Returns: The steps, the largest relative to the figure before first; then those from zero.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: O(*n* log *n*), for *n* claims of the entity.
  public func restatements(
    _ request: Ledger.FactsRequest,
    since: PublishedTime? = nil,
    basisPoints minimum: Int = 0
  ) throws -> [FactChange] {
    try ledger.translating {
      let query = try query(request)
      var filings = FilingCache()
      var found: [FactChange] = []
      try FactListing.forEach(query, in: snapshot) { entry in
        for step in entry.walk.steps where step.role == .restated {
          guard let previous = step.previous,
            since.map({ step.row.published >= $0.startTimestamp }) ?? true
          else { continue }
          let change = Change(from: previous.figure, to: step.row.figure)
          guard minimum == 0 || change.basisPoints.map({ $0 >= minimum }) ?? true else { continue }
          found.append(try filings.change(from: previous, to: step.row, in: snapshot))
        }
      }
      return found.sorted { lhs, rhs in
        let (left, right) = (lhs.change.basisPoints ?? -1, rhs.change.basisPoints ?? -1)
        return left == right ? lhs.sequence < rhs.sequence : left > right
      }
    }
  }
}

/// Filings by their symbol, so that each is read once.
private struct FilingCache {
  private var filings: [SymbolID: Filing] = [:]

  mutating func change(
    from old: FactRow,
    to new: FactRow,
    in snapshot: borrowing Snapshot
  ) throws -> FactChange {
    FactChange(
      fact: try snapshot.fact(new.fact),
      change: Change(from: old.figure, to: new.figure),
      fromFiling: try filing(old.filing, in: snapshot),
      toFiling: try filing(new.filing, in: snapshot),
      sequence: new.sequence
    )
  }

  mutating func newFact(_ row: FactRow, in snapshot: borrowing Snapshot) throws -> NewFact {
    NewFact(
      fact: try snapshot.fact(row.fact),
      figure: row.figure,
      filing: try filing(row.filing, in: snapshot),
      sequence: row.sequence
    )
  }

  private mutating func filing(
    _ symbol: SymbolID,
    in snapshot: borrowing Snapshot
  ) throws -> Filing {
    if let known = filings[symbol] { return known }
    let name = try snapshot.text(symbol)
    guard let filing = try snapshot.filing(name) else {
      throw DamagedLedger("filing \(name) is missing")
    }
    filings[symbol] = filing
    return filing
  }
}

extension Figure {
  /// Whether both are dashes or the same number.
  fileprivate func isSameValue(as other: Figure) -> Bool {
    guard let mine = value, let theirs = other.value else {
      return value == nil && other.value == nil
    }
    return mine.isEqual(to: theirs)
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
