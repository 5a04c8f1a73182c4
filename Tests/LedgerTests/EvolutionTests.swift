import EventStore
import Facts
import Foundation
import Importers
import Ledger
import Projections
import Testing

@Suite(
  "Ten years of filings",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct EvolutionTests {
  static let files = [
    "companyfacts/CIK0000055785.json", "companyfacts/CIK0000320193.json",
    "hecla/CIK0000719413_slice.json",
  ]

  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    var known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: nil) },
      entity: { try Ledger.entity($0, in: nil) }
    )
    var drafts: [Draft] = []
    for file in Self.files {
      let bytes = try Package.bytes(Package.data.appending(path: file))
      let imported = try CompanyFactsImporter().drafts(from: bytes, file: file, known: known)
      known = known.adding(imported)
      drafts += imported
    }
    _ = try ledger.append(drafts, options())
  }

  private func value(_ words: String, _ entity: String, knownAt: String) throws -> String {
    var values: [String] = []
    var request = Ledger.FactsRequest(entity: entity, words: [words])
    request.times.knownAt = PublishedTime(knownAt)
    for history in try ledger.history(request) {
      values += history.answer.rows.map { $0.figure.value?.description ?? "nil" }
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
  func known(words: String, entity: String, day: String, expected: String) throws {
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
  func comparison() throws {
    var request = StatementRequest(
      "balance-sheet",
      entity: "cik:0000320193",
      asOf: CivilDate("2008-09-27")
    )
    request.times.knownAt = PublishedTime("2010-01-31")
    let comparison = try ledger.comparison(request, with: try #require(PublishedTime("2009-12-31")))
    let figures = [comparison.then, comparison.now].map { answer in
      answer.statement.lines.first { $0.concept == "us-gaap:Assets" }?.cells.first?.answer.rows
        .first?.figure.value?.description
    }
    #expect(figures == ["39572000000", "36171000000"])
  }

  @Test("importing again adds nothing")
  func again() throws {
    let head = try ledger.head
    for file in Self.files {
      let bytes = try Package.bytes(Package.data.appending(path: file))
      let known = KnownDefinitions(
        concept: { try Ledger.concept($0, in: ledger) },
        entity: { try Ledger.entity($0, in: ledger) }
      )
      let drafts = try CompanyFactsImporter().drafts(from: bytes, file: file, known: known)
      let result = try ledger.append(drafts, options())
      #expect(result == .nothingNew(head: head, skipped: drafts.count))
    }
  }

  @Test(
    "for every fact and fifty random days, what holds is what a naive scan of the JSON finds",
    arguments: files
  )
  func naive(file: String) throws {
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: Package.data.appending(path: file))
    )
    let scan = try #require(NaiveScan(object))
    var random = SplitMix(state: 2004)
    for _ in 0..<50 {
      let day = scan.days[Int(random.next() % UInt64(scan.days.count))]
      var listed: [String: String] = [:]
      var times = Times()
      times.knownAt = PublishedTime(day)
      let request = Ledger.FactsRequest(entity: scan.entity, times: times)
      _ = try ledger.forEachClaim(request) { claim in
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

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
