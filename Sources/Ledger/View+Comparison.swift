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

/// A statement as it is known, and its periods as they were known before its own figures came out: the prior year as it
/// was reported then.
public struct LeadSheet: Sendable {
  /// The two moments.
  public var comparison: StatementComparison

  /// The day before the first figure of the reporting date came out.
  public var before: PublishedTime
}

extension Ledger.View {
  /// A statement, and its comparatives as they were last reported before it.
  ///
  /// - Parameter request: The statement.
  /// - Throws: ``LedgerError`` if there is no such statement, entity or figure, or none of the reporting date.
  /// - Complexity: O(log *n*) for each cell, three times.
  public func leadSheet(_ request: StatementRequest) throws -> LeadSheet {
    let answer = try statement(request)
    let ends = answer.columns.map(\.period.end)
    let current = answer.lines.flatMap { line in
      zip(line.cells, ends).filter { $0.1 == ends.max() }.flatMap(\.0.claims)
    }
    guard let first = current.map(\.published).min() else {
      throw LedgerError(
        .notAnswerable,
        "no figure of \(answer.definition.title) is known for \(answer.asOf)"
      )
    }
    let before = PublishedTime.day(first.day.advanced(byDays: -1))
    return LeadSheet(comparison: try comparison(request, with: before), before: before)
  }

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
