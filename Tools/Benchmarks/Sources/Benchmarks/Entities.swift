import Facts
import Generator
import Ledger

/// The workloads that ask for many facts of one entity, or for the biography of one.
enum Entities {
  /// Which of them.
  enum Work: String {
    case history, diff, restatements
  }

  /// Asks random entities.
  static func ask(
    _ work: Work,
    path: String,
    eventCount: Int,
    count: Int
  ) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly)
    var measurement = Measurement()
    let questions = SyntheticFilings(eventCount: eventCount).questions(.random, count: count)
    switch work {
    case .history:
      try measurement.sample(questions) { question in
        var request = request(question)
        request.words = ["BalanceSheetLine01"]
        request.asOf = .exact(.instant(question.lastFact.period.end))
        return try ledger.read { try $0.history(request) }
      } _: { question, found in
        guard found.count == 1 else { throw Failure("\(found.count) biographies: \(question)") }
        return Int64(found[0].entries.count)
      }
    case .diff:
      try measurement.sample(questions) { question in
        let known = question.knownAt ?? Timestamp(endOf: question.quarter.end)
        let later = Timestamp(endOf: known.day.advanced(byDays: 365))
        return try ledger.read(at: Times(knownAt: PublishedTime(later))) { view in
          try view.difference(request(question), since: PublishedTime(known))
        }
      } _: { _, difference in
        Int64(difference.changes.count + difference.newFacts.count)
      }
    case .restatements:
      try measurement.sample(questions) { question in
        try ledger.read { try $0.restatements(request(question)) }
      } _: { _, found in
        Int64(found.count)
      }
    }
    return measurement
  }

  /// Asks for one figure of all entities, of a random line and quarter, as known on a random day.
  static func frames(path: String, _ filings: SyntheticFilings, count: Int) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly)
    var measurement = Measurement()
    let entities = (0..<filings.entityCount).map { SyntheticFilings.entity($0) }
    try measurement.sample(filings.questions(.random, count: count)) { question in
      let fact = question.facts[0]
      let end = fact.period.end.components
      let times = Times(knownAt: question.knownAt.map { PublishedTime($0) })
      return try ledger.read(at: times) { view in
        try view.frame(
          "CY\(end.year)Q\(end.month / 3)I",
          of: fact.concept,
          in: fact.unit,
          entities: entities
        )
      }
    } _: { question, reports in
      guard reports.allSatisfy({ $0 != nil }) else {
        throw Failure("a figure is missing: \(question)")
      }
      return reports.reduce(0) { $0 &+ ($1?.value.mantissa ?? 0) }
    }
    return measurement
  }

  private static func request(_ question: Question) -> Ledger.FactsRequest {
    Ledger.FactsRequest(entity: SyntheticFilings.entity(question.entity))
  }
}
