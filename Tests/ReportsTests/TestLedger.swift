import Facts
import Foundation
import JSON
import Projections
import Reports
import TestSupport

@testable import Ledger

/// A ledger in memory, of event lines: just enough of one to fill statements from.
struct TestLedger: FactSource {
  private(set) var events: [Event] = []
  private var symbols: [String: SymbolID] = [:]
  private var texts: [String] = []
  private var rows: [FactRow] = []
  private var published: [String: Filing] = [:]

  init(lines: [String]) throws {
    let parser = JSONParser()
    for line in lines where !line.isEmpty { take(try Event(parser.parse(line).root)) }
    rows.sort(by: FactRow.isOrdered)
  }

  var head: UInt64 { UInt64(events.count) }

  private mutating func intern(_ text: String) -> SymbolID {
    if let symbol = symbols[text] { return symbol }
    let symbol = SymbolID(rawValue: UInt32(texts.count))
    symbols[text] = symbol
    texts.append(text)
    return symbol
  }

  private mutating func take(_ event: Event) {
    switch event {
    case .filing(let filing): published[filing.filing] = filing
    case .claim(let claim):
      let fact = FactID(
        entity: intern(claim.fact.entity),
        concept: intern(claim.fact.concept),
        dimensions: intern(claim.fact.dimensions.text),
        unit: intern(claim.fact.unit),
        period: claim.fact.period
      )
      rows.append(
        FactRow(
          fact: fact,
          published: published[claim.filing]?.published.timestamp ?? Timestamp(microseconds: 0),
          sequence: head,
          filing: intern(claim.filing),
          figure: claim.figure,
          change: .claim
        )
      )
    default: break
    }
    events.append(event)
  }

  func symbol(_ text: String) -> SymbolID? { symbols[text] }
  func text(_ symbol: SymbolID) -> String { texts[Int(symbol.rawValue)] }

  func appendRows(
    from start: FactRow.Place,
    through end: FactID,
    limit: Int,
    to found: inout [FactRow]
  ) -> Bool {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if start.isAfter(rows[middle]) { low = middle + 1 } else { high = middle }
    }
    let wanted = rows[low...].prefix { $0.fact <= end }
    found += wanted.prefix(limit)
    return wanted.count > limit
  }

  func lastRow(atOrBefore fact: FactID) -> FactRow? { rows.last { $0.fact <= fact } }

  func definition(_ name: DefinitionName, before head: UInt64) -> Event? {
    events.prefix(Int(head)).last { $0.definitionName == name }
  }

  func definitionNames(ofType type: String, entity: String?, before head: UInt64) -> [String] {
    let names = events.compactMap(\.definitionName)
    return Set(names.filter { $0.type == type && $0.entity == entity }.map(\.name)).sorted()
  }

  func presentations(
    of entity: String,
    named name: String?,
    before head: UInt64
  ) throws -> [RecordedPresentation] { [] }

  func recordedFiling(_ name: String, before head: UInt64) -> Filing? { published[name] }
  func amendments(before head: UInt64) -> Amendments { .none }
  func recorded(at sequence: UInt64) -> Timestamp { Timestamp(microseconds: 0) }
  func head(recordedBy time: Timestamp) -> UInt64 { head }
  func event(at sequence: UInt64) -> Event? { events[Int(sequence)] }
}

extension TestLedger {
  /// A filled statement.
  func answer(
    _ statement: String,
    of entity: String,
    asOf: String? = nil,
    knownAt: String? = nil
  ) throws -> StatementAnswer {
    let filled = try Statement(
      StatementRequest(statement, asOf: asOf.flatMap { CivilDate($0) }),
      of: entity,
      within: Vantage(knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp }, head: head),
      from: self
    )
    return try StatementAnswer(filled, root: "00ff", in: self)
  }

  /// A filled statement with a receipt of made-up hashes.
  func report(
    _ statement: String,
    of entity: String,
    asOf: String? = nil,
    knownAt: String? = nil
  ) throws -> StatementReport {
    let answer = try answer(statement, of: entity, asOf: asOf, knownAt: knownAt)
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

  /// A ledger of all event files, definitions first, then filings by published time.
  static func ledger() throws -> TestLedger {
    let folder = "Events/hecla"
    let names = try FileManager.default.contentsOfDirectory(atPath: Package.folder.path() + folder)
      .sorted()
    let isTables: (String) -> Bool = { $0.hasSuffix("_tables.jsonl") }
    let filings = names.filter { $0.hasPrefix("2") && !isTables($0) }
    let tables = names.filter(isTables)
    let definitions = ["definitions.json", "statements.json"]
    let files = (definitions + tables + filings).map { "hecla/\($0)" }
    return try TestLedger(lines: files.flatMap { try Package.eventLines(of: $0) })
  }
}
