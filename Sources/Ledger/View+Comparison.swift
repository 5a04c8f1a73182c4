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
      let now = try statement(request)
      var then = now
      then.statement.vantage.knownAt = knownAt.timestamp
      for line in now.statement.lines.indices {
        for column in now.statement.lines[line].cells.indices {
          let cell = now.statement.lines[line].cells[column]
          guard let fact = cell.fact else { continue }
          let rangeEnd = RangeEnd(now.statement.lines[line].definition.qualifier)
          let vantage = then.statement.vantage
          then.statement.lines[line].cells[column].answer =
            request.span == nil
            ? try Answer(to: fact, rangeEnd, within: vantage, from: snapshot)
            : try Answer(deriving: fact, rangeEnd, within: vantage, from: snapshot)
        }
      }
      let used = try FilingsUsed(by: then.statement) { try snapshot.text($0) }
      then.filingNames.merge(used.names) { name, _ in name }
      return StatementComparison(then: then, now: now)
    }
  }
}
