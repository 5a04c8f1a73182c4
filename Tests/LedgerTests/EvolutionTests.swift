import EventStore
import Facts
import Foundation
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite(
  "Ten years of filings",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct EvolutionTests {
  static let files = [
    "companyfacts/CIK0000055785.json", "companyfacts/CIK0000320193.json",
    "hecla/CIK0000719413_slice.json",
  ]

  /// A ledger of the files, made once: no test adds to it.
  private static let shared = Result {
    let ledger = try TemporaryFolder.untilExit().ledger()
    var known = KnownDefinitions(of: nil)
    var drafts: [Draft] = []
    for file in files {
      let bytes = try Package.bytes(Package.data.appending(path: file))
      let imported = try CompanyFactsImporter().drafts(from: bytes, file: file, known: known)
      known = known.adding(imported)
      drafts += imported
    }
    _ = try ledger.append(drafts, options())
    return ledger
  }

  let ledger: Ledger

  init() throws { ledger = try Self.shared.get() }

  private func value(_ words: String, _ entity: String, knownAt: String) throws -> String {
    var values: [String] = []
    let request = Ledger.FactsRequest(entity: entity, words: [words])
    for history in try ledger.history(request, at: Times(knownAt: PublishedTime(knownAt))) {
      values += history.answer.claims.map { $0.figure.value?.description ?? "nil" }
    }
    return values.joined(separator: " ")
  }

  @Test(
    "a figure is what the world knew of it",
    arguments: [
      ("us-gaap:Assets 2009-12-31", "kimberly", "2010-03-01", "19209000000"),
      ("us-gaap:Assets 2009-12-31", "kimberly", "2010-05-10", "19209"),
      ("us-gaap:Assets 2009-12-31", "kimberly", "2010-05-13", "19209"),
      ("us-gaap:Assets 2009-12-31", "kimberly", "2010-05-14", "19209000000"),
      ("us-gaap:Assets 2008-09-27", "apple", "2010-01-24", "39572000000"),
      ("us-gaap:Assets 2008-09-27", "apple", "2010-01-25", "36171000000"),
      ("us-gaap:NetIncomeLoss FY2017", "hecla", "2018-02-15", "-23519000"),
      ("us-gaap:NetIncomeLoss FY2017", "hecla", "2018-11-08", "-23519000"),
      ("us-gaap:NetIncomeLoss FY2017", "hecla", "2018-11-09", "-28520000"),
    ]
  )
  func figureIsWhatWasKnown(words: String, entity: String, day: String, expected: String) throws {
    #expect(try value(words, entity, knownAt: day) == expected)
  }

  @Test("history flags the factor of a million as a likely slip of scale")
  func scaleSlip() throws {
    let request = Ledger.FactsRequest(entity: "kimberly", words: ["us-gaap:Assets", "2009-12-31"])
    let history = try #require(try ledger.history(request).first)
    let steps = history.entries.filter { $0.role == .restated }
    #expect(steps.map(\.change?.scaleSlip) == [6, 6])
    let restated = try ledger.restatements(request).filter { $0.fact.concept == "us-gaap:Assets" }
    #expect(restated.map(\.toFiling.form) == ["10-Q/A", "10-Q"])
  }

  @Test("a statement shows a company before and after its amended annual report")
  func statementIsComparedBeforeAndAfterAmendment() throws {
    let request = StatementRequest(
      "balance-sheet",
      entity: "cik:0000320193",
      asOf: CivilDate("2008-09-27")
    )
    let day = try #require(PublishedTime("2009-12-31"))
    let comparison = try ledger.read(at: Times(knownAt: PublishedTime("2010-01-31"))) { view in
      try view.comparison(request, with: day)
    }
    let figures = [comparison.then, comparison.now].map { answer in
      answer.lines.first { $0.concept == "us-gaap:Assets" }?.cells.first?.claims
        .first?.figure.value?.description
    }
    #expect(figures == ["39572000000", "36171000000"])
  }

  @Test("the index and a fold of the log agree on every fact, on every day of a small file")
  func indexAndFoldAgreeOnEveryDay() throws {
    let replay = try ledger.replay()
    var days: Set<String> = []
    try ledger.forEachEvent(from: 0) { _, event, _ in
      if case .filing(let filing) = event, filing.entity == hecla {
        days.insert(filing.published.description)
      }
      return true
    }
    #expect(days.count > 40)
    var random = SeededGenerator(seed: 3)
    let others = ["cik:0000055785", "cik:0000320193"].flatMap { entity in
      (0..<3).map { _ in (entity, "20\(10 + random.next() % 15)-0\(1 + random.next() % 9)-15") }
    }
    for (entity, day) in days.sorted().map({ (hecla, $0) }) + others {
      let vantage = Vantage(knownAt: PublishedTime(day)?.timestamp, head: replay.eventCount)
      let query = FactListing.Query(entity: entity, vantage: vantage)
      var folded: [ClaimWalk] = []
      try FactListing.forEach(query, in: replay.facts) { folded.append($0.walk) }
      var index = 0
      try ledger.store.read { snapshot in
        try FactListing.forEach(query, in: snapshot) { entry in
          #expect(index < folded.count && folded[index].steps == entry.walk.steps)
          #expect(index < folded.count && folded[index].answer == entry.walk.answer)
          index += 1
        }
      }
      #expect(index == folded.count && index > 0)
    }
  }

  @Test("no answer rests on a filing of the future")
  func lookAhead() throws {
    for day in ["2010-01-24", "2010-01-25", "2015-06-30", "2020-12-31"] {
      let bound = try #require(PublishedTime(day))
      let times = Times(knownAt: bound)
      let latest = try ledger.forEachClaim(Ledger.FactsRequest(), at: times) { claim in
        #expect(claim.published.timestamp <= bound.timestamp)
      }
      #expect(latest <= bound.timestamp)
      for name in ["balance-sheet", "operations", "cash-flow"] {
        let request = StatementRequest(name, entity: "apple")
        let answer = try ledger.statement(request, at: times)
        let published = try #require(answer.latestFiling).published
        #expect(published.timestamp <= bound.timestamp)
      }
    }
  }

  @Test("importing again adds nothing")
  func importingAgainAddsNothing() throws {
    let head = try ledger.head
    for file in Self.files {
      let bytes = try Package.bytes(Package.data.appending(path: file))
      let known = KnownDefinitions(of: ledger)
      let drafts = try CompanyFactsImporter().drafts(from: bytes, file: file, known: known)
      let result = try ledger.append(drafts, options())
      #expect(result == .nothingNew(head: head, skipped: drafts.count))
    }
  }

  @Test("importing a newer download adds what is new, and only that")
  func newerDownload() throws {
    let folder = try TemporaryFolder()
    let other = try folder.ledger()
    let url = Package.data.appending(path: Self.files[2])
    let text = String(decoding: try Package.bytes(url), as: UTF8.self)
    // The older download lacks the filings since 2019.
    let older = text.replacing(
      try Regex(#",?\{[^{}]*"filed":"(2019|202.)-[^{}]*\}"#),
      with: ""
    ).replacing("[,", with: "[")
    var heads: [UInt64] = []
    for download in [older, text, text] {
      let known = KnownDefinitions(of: other)
      let drafts = try CompanyFactsImporter().drafts(
        from: Array(download.utf8),
        file: "f",
        known: known
      )
      _ = try other.append(drafts, options())
      heads.append(try other.head)
    }
    #expect(heads[0] < heads[1] && heads[1] == heads[2])
    #expect(
      try other.claims("us-gaap:").sorted()
        == ledger.claims("us-gaap:", entity: "hecla").sorted()
    )
  }

  @Test(
    "for every fact and a dozen random days, what holds is what a naive scan of the JSON finds",
    arguments: files
  )
  func naiveScanFindsTheSame(file: String) throws {
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: Package.data.appending(path: file))
    )
    let scan = try #require(NaiveScan(object))
    var random = SeededGenerator(seed: 2004)
    for _ in 0..<12 {
      let day = scan.days[Int(random.next() % UInt64(scan.days.count))]
      var listed: [String: String] = [:]
      var times = Times()
      times.knownAt = PublishedTime(day)
      let request = Ledger.FactsRequest(entity: scan.entity)
      _ = try ledger.forEachClaim(request, at: times) { claim in
        let fact = claim.claim.fact
        listed["\(fact.concept)|\(fact.unit)|\(fact.period)"] =
          claim.claim.figure.value?.description
      }
      let expected = scan.values(knownAt: day)
      #expect(listed.count == expected.count, "\(day)")
      let wrong = expected.filter { NaiveScan.number(listed[$0.key]) != $0.value }
      #expect(wrong.isEmpty, "\(day): \(wrong.prefix(3))")
    }
  }
}

/// The rules of the walk for exact figures, over the JSON as Foundation reads it: the last of the
/// values that differ from the one before.
private struct NaiveScan {
  private var reports: [String: [(filed: String, filing: String, value: Decimal)]] = [:]
  private(set) var days: [String] = []
  let entity: String

  init?(_ object: Any) {
    guard let root = object as? [String: Any], let facts = root["facts"] as? [String: Any],
      let cik = root["cik"]
    else { return nil }
    let digits = "\(cik)"
    entity = "cik:" + String(repeating: "0", count: 10 - digits.count) + digits
    var filed: Set<String> = []
    for (taxonomy, concepts) in facts {
      for (concept, definition) in concepts as? [String: [String: Any]] ?? [:] {
        for (unit, entries) in definition["units"] as? [String: [[String: Any]]] ?? [:] {
          for entry in entries {
            guard let end = entry["end"] as? String, let day = entry["filed"] as? String,
              let filing = entry["accn"] as? String, let value = entry["val"] as? NSNumber,
              let exact = Decimal(string: value.stringValue)
            else { return nil }
            let start = (entry["start"] as? String).map { "\($0)/" } ?? ""
            let key = "\(taxonomy):\(concept)|\(unit)|\(start)\(end)"
            reports[key, default: []].append((day, filing, exact))
            filed.insert(day)
          }
        }
      }
    }
    for key in reports.keys {
      reports[key]?.sort { ($0.filed, $0.filing) < ($1.filed, $1.filing) }
    }
    days = filed.sorted()
  }

  func values(knownAt day: String) -> [String: Decimal] {
    reports.compactMapValues { $0.last { $0.filed <= day }?.value }
  }

  static func number(_ text: String?) -> Decimal? { text.flatMap { Decimal(string: $0) } }
}

extension EvolutionTests {
  private func found(_ entity: String, _ kind: String) throws -> [String] {
    try ledger.read { try $0.lint(entity: entity) }.filter { $0.kind.name == kind }.map {
      entry in
      "\(entry.fact.concept) \(entry.fact.period)"
        + " \(entry.claim.figure.value?.description ?? "nil")"
        + (entry.putRightBy.map { " put right by \($0.filing)" } ?? "")
    }
  }

  @Test("Kimberly-Clark's slip of scale is found, with the filing that put it right")
  func findsScaleSlip() throws {
    let slips = try found("kimberly", "scale")
    #expect(
      slips.contains("us-gaap:Assets 2009-12-31 19209 put right by 0000055785-10-000026"),
      "\(slips)"
    )
  }

  @Test("Hecla's assets that were later reported with another date's figure are found")
  func wrongDate() throws {
    #expect(
      try found("hecla", "other-period") == [
        "us-gaap:Assets 2014-03-31 2262064000", "us-gaap:Assets 2020-03-31 2615150000",
      ]
    )
  }

  @Test("a quarter that nobody reported follows from the year and the nine months")
  func fourthQuarter() throws {
    let request = Ledger.FactsRequest(
      entity: "hecla",
      words: ["us-gaap:NetIncomeLoss", "2017-10-01/2017-12-31"]
    )
    let history = try #require(try ledger.history(request).first)
    guard case .derived(let derived) = history.answer else {
      Issue.record("not derived: \(history.answer)")
      return
    }
    let values = derived.operands.map { $0.claim.figure.value?.description ?? "nil" }
    #expect(values.count == 2 && derived.operands.filter(\.isSubtracted).count == 1)
  }
}
