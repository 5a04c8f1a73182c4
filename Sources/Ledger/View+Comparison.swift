import EventStore
public import Facts
import Projections

/// One statement at two moments of knowledge, with the same lines and columns.
public struct StatementComparison: Sendable {
  /// The statement as it was known at the moment compared with.
  public var then: StatementAnswer

  /// The statement as asked for.
  public var now: StatementAnswer
}

extension Ledger.View {
  /// A statement, and the same lines and columns as known at another moment.
  ///
  /// - Parameters:
  ///   - request: The statement; its reporting date decides the columns.
  ///   - knownAt: The moment to compare with; a day counts whole.
  /// - Throws: ``LedgerError`` if there is no such statement, entity or figure.
  /// - Complexity: O(log *n*) for each cell, twice.
  public func comparison(
    _ request: StatementRequest,
    with knownAt: PublishedTime
  ) throws -> StatementComparison {
    try ledger.translating {
      // What the lines leave out is no fact that could have been known.
      let now = try filled(request).figureByFigure(isDerived: request.span != nil, from: snapshot)
      let then = try now.asKnown(
        at: knownAt.timestamp,
        isDerived: request.span != nil,
        from: snapshot
      )
      let root = try snapshot.root(at: head)
      return StatementComparison(
        then: try StatementAnswer(then, root: root, in: snapshot),
        now: try StatementAnswer(now, root: root, in: snapshot)
      )
    }
  }
}
