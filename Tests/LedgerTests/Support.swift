import EventStore
import Facts
import Foundation
import Intake
import LMDB
import Projections
import TestSupport

@testable import Ledger

extension TemporaryFolder {
  func ledger(_ name: String = "test.assay") throws -> Ledger {
    try Ledger(path: self(name), access: .create)
  }
}

extension Package {
  /// The events of `Events/`.
  static func drafts() throws -> [Draft] {
    try eventFiles().flatMap { file in
      try EventFileImporter().drafts(from: bytes(events.appending(path: file)), file: file)
    }
  }
}

extension KnownDefinitions {
  /// The concepts and entities of a ledger, and where there is none, the standard definitions.
  init(of ledger: Ledger?) {
    self.init(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) }
    )
  }
}

let hecla = "cik:0000719413"

/// Options of an append at a fixed time, `seconds` after 2026-01-01.
func options(seconds: Int64 = 0) -> Ledger.AppendOptions {
  let start: Int64 = 1_767_225_600_000_000
  return Ledger.AppendOptions(
    by: "test",
    time: Timestamp(microseconds: start + seconds * 1_000_000)
  )
}

/// Reads event lines, one a line.
func drafts(_ lines: String) throws -> [Draft] {
  try EventLineReader.drafts(from: Array(lines.utf8), file: "test.jsonl")
}

extension Ledger {
  @discardableResult
  func append(_ lines: String, seconds: Int64 = 0) throws -> String {
    "\(try append(drafts(lines), options(seconds: seconds)))"
  }

  var head: UInt64 { get throws { try read { $0.head } } }

  func statement(_ request: StatementRequest, at times: Times = Times()) throws -> StatementAnswer {
    try read(at: times) { try $0.statement(request) }
  }

  func statement(
    _ request: StatementRequest,
    from replay: Replay,
    at times: Times = Times()
  ) throws -> StatementAnswer {
    try read(at: times) { try $0.statement(request, from: replay) }
  }

  func replay(to head: UInt64? = nil) throws -> Replay { try read { try $0.replay(to: head) } }

  func history(_ request: FactsRequest, at times: Times = Times()) throws -> [FactHistory] {
    try read(at: times) { try $0.history(request) }
  }

  func restatements(_ request: FactsRequest) throws -> [FactChange] {
    try read { try $0.restatements(request) }
  }

  func checks(
    _ name: String? = nil,
    entity: String? = nil,
    asOf: CivilDate? = nil
  ) throws -> CheckAnswer {
    try read { try $0.checks(name, entity: entity, asOf: asOf) }
  }

  func template(entity: String?, asOf: CivilDate) throws -> QuarterTemplate {
    try read { try $0.template(entity: entity, asOf: asOf) }
  }

  func forEachClaim(
    _ request: FactsRequest,
    at times: Times = Times(),
    _ body: (ListedClaim) throws -> Void
  ) throws -> Timestamp {
    try read(at: times) { try $0.forEachClaim(request, body) }
  }

  func forEachEvent(
    from start: UInt64,
    _ body: (UInt64, Event, Timestamp) throws -> Bool
  ) throws {
    try read { try $0.forEachEvent(from: start, body) }
  }

  /// The sequence of the last claim.
  var lastClaim: UInt64 {
    get throws {
      var last: UInt64 = 0
      try forEachEvent(from: 0) { sequence, event, _ in
        if case .claim = event { last = sequence }
        return true
      }
      return last
    }
  }

  /// All canonical lines.
  func lines() throws -> [[UInt8]] {
    var bytes: [UInt8] = []
    try export { bytes += $0 }
    return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  /// The claims that `words` name, as `value status` in the order of the log.
  func claims(
    _ words: String,
    entity: String? = nil,
    knownAt: String? = nil,
    head: UInt64? = nil
  ) throws -> [String] {
    var times = Times()
    times.knownAt = knownAt.flatMap { PublishedTime($0) }
    times.recordedAt = head.map { .head($0) }
    var found: [String] = []
    let request = FactsRequest(entity: entity, words: [words], isAll: true)
    _ = try forEachClaim(request, at: times) { claim in
      found.append("\(claim.claim.figure.value?.description ?? "nil") \(claim.status.rawValue)")
    }
    return found
  }
}

/// A small company: an entity, a concept of each period type and two filings.
enum Sample {
  static let definitions = """
    {"type":"entity","entity":"x:1","name":"Example"}
    {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}
    {"type":"concept","concept":"x:Sales","kind":"statement-line","periodType":"duration"}
    {"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}
    {"type":"filing","filing":"f2","entity":"x:1","published":"2021-02-01"}

    """

  static func cash(_ value: String, filing: String = "f1", line: Int? = nil) -> String {
    let place = line.map { #","source":{"line":\#($0),"column":9,"text":"?"}"# } ?? ""
    return """
      {"type":"statement-line","filing":"\(filing)","entity":"x:1","concept":"x:Cash",\
      "period":"2019-12-31","unit":"USD","value":"\(value)"\(place)}

      """
  }
}
