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
    for question in SyntheticFilings(eventCount: eventCount).questions(.random, count: count) {
      var request = Ledger.FactsRequest(entity: SyntheticFilings.entity(question.entity))
      switch work {
      case .history:
        request.words = ["BalanceSheetLine01"]
        request.asOf = question.lastFact.period.end
        let found = try measurement.sample { try ledger.history(request) }
        guard found.count == 1 else { throw Failure("\(found.count) biographies of one fact") }
        measurement.check += Int64(found[0].entries.count)
      case .diff:
        guard let known = question.knownAt else { throw Failure("no known-at") }
        let later = PublishedTime(Timestamp(endOf: known.day.advanced(byDays: 365)))
        let difference = try measurement.sample {
          try ledger.difference(request, from: PublishedTime(known), to: later)
        }
        measurement.check += Int64(difference.changes.count + difference.newFactCount)
      case .restatements:
        measurement.check += Int64(
          try measurement.sample { try ledger.restatements(request) }.count
        )
      }
    }
    return measurement
  }
}
