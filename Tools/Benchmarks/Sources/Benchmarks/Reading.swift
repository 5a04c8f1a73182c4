import Facts
import Generator
import Glibc
import Ledger

/// The workloads that read a finished ledger.
enum Reading {
  /// Folds the whole log in memory.
  static func replay(path: String) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly)
    var measurement = Measurement()
    let replay = try measurement.measure { try ledger.read { try $0.replay() } }
    measurement.count = Int(replay.eventCount)
    measurement.check = Int64(replay.eventCount)
    return measurement
  }

  /// Fills balance sheets from the tables; the ledger stays open between them.
  static func statements(
    path: String,
    _ filings: SyntheticFilings,
    _ kind: Question.Kind,
    count: Int,
    isProving: Bool = true
  ) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly, isProving: isProving)
    var measurement = Measurement()
    let questions = filings.questions(kind, count: count)
    try measurement.sample(questions) { question in
      let request = StatementRequest(
        "balance-sheet",
        entity: SyntheticFilings.entity(question.entity),
        asOf: question.quarter.end
      )
      let times = Times(knownAt: question.knownAt.map { PublishedTime($0) })
      return try ledger.read(at: times) { try $0.statement(request) }
    } _: { question, answer in
      guard answer.claims.count == 62 else {
        throw Failure("\(answer.claims.count) cells of 62 have figures: \(question)")
      }
      return answer.mantissaSum
    }
    return measurement
  }

  /// Writes the canonical lines to a file.
  static func export(path: String, to target: String) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readOnly)
    guard let file = fopen(target, "w") else { throw Failure("cannot write \(target)") }
    var (measurement, byteCount) = (Measurement(), 0)
    measurement.count = try measurement.measure {
      let count = try ledger.export { byteCount += fwrite($0, 1, $0.count, file) }
      guard fclose(file) == 0 else { throw Failure("cannot write \(target)") }
      return Int(count)
    }
    measurement.check = Int64(byteCount)
    return measurement
  }

  /// Checks every byte of the file.
  static func verify(path: String) throws -> Measurement {
    var measurement = Measurement()
    let finding = measurement.measure { Ledger.verification(path: path) }
    guard case .sound(let ledger) = finding else { throw Failure("it is not sound: \(finding)") }
    measurement.count = Int(ledger.treeHead.size)
    measurement.check = Int64(measurement.count)
    return measurement
  }

  /// Makes every table again from the log.
  static func rebuild(path: String) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .readWrite)
    var measurement = Measurement()
    measurement.count = try measurement.measure { Int(try ledger.rebuild().size) }
    measurement.check = Int64(measurement.count)
    return measurement
  }
}

extension StatementAnswer {
  /// The digits of all figures, added up: what another program must find, too.
  fileprivate var mantissaSum: Int64 {
    claims.reduce(0) { $0 &+ ($1.figure.value?.mantissa ?? 0) }
  }
}
