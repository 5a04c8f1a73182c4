import Facts
public import Ledger

/// What a workbook of a statement shows beside its figures: where each is printed, what proves it, and what ties to it.
public struct StatementEvidence: Sendable {
  /// Where each claim is printed, by its place in the log.
  let sources: [UInt64: ClaimSource]

  /// The ties of periods that end where a column does.
  let ties: [CheckAnswer.Result]

  /// The evidence of an answer.
  ///
  /// - Parameter view: The view that gave the answer.
  /// - Throws: `LedgerError` if the ledger is damaged.
  /// - Complexity: O(*c* log *n*) for *c* cells, and as the checks of each column.
  public init(of answer: StatementAnswer, in view: borrowing Ledger.View) throws {
    var sources: [UInt64: ClaimSource] = [:]
    for claim in answer.claims where sources[claim.sequence] == nil {
      sources[claim.sequence] = try view.claimSource(at: claim.sequence)
    }
    var ties: [CheckAnswer.Result] = []
    var ends: [CivilDate] = []
    for column in answer.columns where !ends.contains(column.period.end) {
      ends.append(column.period.end)
    }
    for end in ends {
      do {
        ties += try view.checks(entity: answer.entity.entity, asOf: end).results
      } catch let error as LedgerError where error.isRefusalToAnswer {
        // A company without checks of its own has none.
      }
    }
    (self.sources, self.ties) = (sources, ties)
  }
}
