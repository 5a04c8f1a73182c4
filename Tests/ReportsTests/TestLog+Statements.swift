import Facts
import Foundation
import Projections
import Reports
import TestSupport

@testable import Ledger

extension TestLog {
  /// A filled statement.
  func answer(
    _ statement: String,
    of entity: String,
    asOf: String? = nil,
    knownAt: String? = nil,
    span: StatementRequest.Span? = nil
  ) throws -> StatementAnswer {
    let facts = try facts()
    let filled = try Statement(
      StatementRequest(statement, asOf: asOf.flatMap { CivilDate($0) }, span: span),
      of: entity,
      within: Vantage(knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp }, head: head),
      from: facts
    )
    return try StatementAnswer(filled, root: "00ff", in: facts)
  }

  /// A filled statement with a receipt of made-up hashes.
  func report(
    _ statement: String,
    of entity: String,
    asOf: String? = nil,
    knownAt: String? = nil,
    span: StatementRequest.Span? = nil
  ) throws -> StatementReport {
    let answer = try answer(statement, of: entity, asOf: asOf, knownAt: knownAt, span: span)
    let receipt = Receipt(
      query: "assay statement \(statement) --unit 'a <b> & c_d'",
      head: head,
      root: "00ff",
      factsChecksum: "ab12",
      latestPublished: answer.latestFiling.map {
        Receipt.LatestFiling(published: $0.published.description, filing: $0.filing)
      }
    )
    return StatementReport(answer, receipt: receipt)
  }
}

/// The folder of the repository.
enum Repository {
  static func lines(_ path: String) -> [String]? {
    guard let bytes = FileManager.default.contents(atPath: Package.folder.path() + path) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// A log of all event files, definitions first, then filings by published time.
  static func log() throws -> TestLog {
    let folder = "Events/hecla"
    let names = try FileManager.default.contentsOfDirectory(atPath: Package.folder.path() + folder)
      .sorted()
    let isTables: (String) -> Bool = { $0.hasSuffix("_tables.jsonl") }
    let filings = names.filter { $0.hasPrefix("2") && !isTables($0) }
    let tables = names.filter(isTables)
    let definitions = ["definitions.json", "statements.json"]
    let files = (definitions + tables + filings).map { "hecla/\($0)" }
    return try TestLog(lines: files.flatMap { try Package.eventLines(of: $0) })
  }
}
