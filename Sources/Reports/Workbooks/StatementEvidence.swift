public import Facts
public import Ledger

/// What a workbook of a statement shows beside its figures: where each is printed, what proves it, and what ties to it.
public struct StatementEvidence: Sendable {
  /// Where each claim is printed, by its place in the log.
  let sources: [UInt64: ClaimSource]

  /// The ties of periods that end where a column does.
  let ties: [CheckAnswer.Result]

  /// The ties of an entity by the day on which their periods end, so that those of a day are found once for several
  /// statements.
  public typealias Ties = [CivilDate: [CheckAnswer.Result]]

  /// The evidence of an answer.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - view: The view that gave the answer.
  ///   - known: Ties of the same entity and moment that are known; those of this answer are added.
  /// - Throws: `LedgerError` if the ledger is damaged.
  /// - Complexity: O(*c* log *n*) for *c* cells, and as the checks of each column.
  public init(
    of answer: StatementAnswer,
    in view: borrowing Ledger.View,
    known: inout Ties
  ) throws {
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
      if known[end] == nil {
        do {
          known[end] = try view.checks(entity: answer.entity.entity, asOf: end).results
        } catch let error as LedgerError where error.isRefusalToAnswer {
          // A company without checks of its own has none.
          known[end] = []
        }
      }
      ties += known[end] ?? []
    }
    (self.sources, self.ties) = (sources, ties)
  }

  /// The evidence of one answer.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - view: The view that gave the answer.
  /// - Throws: `LedgerError` if the ledger is damaged.
  /// - Complexity: As ``init(of:in:known:)``.
  public init(of answer: StatementAnswer, in view: borrowing Ledger.View) throws {
    var known: Ties = [:]
    try self.init(of: answer, in: view, known: &known)
  }

  /// The ties whose total a claim is, but those that say nothing of it.
  func shownTies(of sequence: UInt64) -> [CheckAnswer.Result] {
    ties.filter { $0.total.claim?.sequence == sequence && $0.status != .notCheckable }
  }

  /// The auditors' marks beside a claim, each once.
  func marks(of sequence: UInt64) -> String {
    var marks: [String] = []
    for tie in shownTies(of: sequence) where !marks.contains(tie.mark) { marks.append(tie.mark) }
    return marks.joined()
  }

  /// What the marks beside some claims mean.
  func legend(of sequences: some Sequence<UInt64>) -> [(mark: String, meaning: String)] {
    let used = Set(sequences.flatMap(shownTies).map(\.mark))
    return CheckReport.legend.filter { used.contains($0.mark) }
  }
}
