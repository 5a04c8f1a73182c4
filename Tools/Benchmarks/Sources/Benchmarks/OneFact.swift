import Facts
import Generator
import Ledger

/// The workload of one fact that very many filings claim.
enum OneFact {
  /// The latest claims that are known when the figure is asked for: by turns the last of all and a
  /// random one, the same at every run.
  static func questions(
    claimCount: Int,
    runLength: Int,
    count: Int
  ) throws -> [(claim: Claim, filing: Filing)] {
    var random = SplitMix64(seed: 5)
    return try (0..<count).map { index in
      let known = index % 2 == 0 ? claimCount - 1 : random.next(below: claimCount)
      let events = SyntheticFilings.draftsOfOneFact(known, runLength: runLength).map(\.event)
      guard case .filing(let filing) = events.first, case .claim(let claim) = events.last else {
        throw Failure("a filing and a claim were expected")
      }
      return (claim, filing)
    }
  }

  /// Asks for the figure, as known on different moments.
  static func ask(
    path: String,
    claimCount: Int,
    runLength: Int,
    count: Int
  ) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly)
    var measurement = Measurement()
    let questions = try questions(claimCount: claimCount, runLength: runLength, count: count)
    try measurement.sample(questions) { question in
      let request = StatementRequest(
        "single",
        entity: question.claim.fact.entity,
        asOf: question.claim.fact.period.end
      )
      return try ledger.read(at: Times(knownAt: question.filing.published)) { view in
        try view.statement(request)
      }
    } _: { question, answer in
      guard let figure = answer.claims.last?.figure.value,
        figure == question.claim.figure.value
      else { throw Failure("the figure is another: \(question)") }
      return figure.mantissa
    }
    return measurement
  }
}
