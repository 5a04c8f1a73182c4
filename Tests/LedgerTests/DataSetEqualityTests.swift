import EventStore
import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

/// No company is both in the data sets and in the companyfacts at hand.
///
/// So the filings of one are written as the tables of a data set here, by the SEC's description of
/// them.
@Suite(
  "A data set of filings that companyfacts told before",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct DataSetEqualityTests {
  private static let file = "hecla/CIK0000719413_slice.json"

  /// The quarters that end with the period, as the sets count them; `nil` for what they would round.
  private func quarterCount(_ period: Period) -> Int? {
    let isMonthEnd = period.end.advanced(byDays: 1).components.day == 1
    guard isMonthEnd, let start = period.start else { return isMonthEnd ? 0 : nil }
    return (1...4).first { count in
      period.end.advanced(byMonths: -3 * count)?.advanced(byDays: 1) == start
    }
  }

  private func row(_ claim: Claim) -> String? {
    guard let quarterCount = quarterCount(claim.fact.period), let value = claim.figure.value,
      value.fractionDigitCount < 4
    else { return nil }
    let names = claim.fact.concept.split(separator: ":")
    let number = value.description + (value.fractionDigitCount == 0 ? "." : "")
    let zeros = String(repeating: "0", count: 4 - Int(value.fractionDigitCount))
    let unit = claim.fact.unit.split(separator: "/")[0]
    let day = "\(claim.fact.period.end)".replacing("-", with: "")
    return [
      claim.filing, String(names[1]), "\(names[0])/2009", day, "\(quarterCount)", String(unit),
      number + zeros,
    ].joined(separator: "\t")
  }

  private func row(_ filing: Filing, _ name: String) -> String {
    [
      filing.filing, "719413", name, "1231", filing.form ?? "",
      filing.fiscalYear.map(String.init) ?? "", filing.fiscalPeriod ?? "",
      "\(filing.published)".replacing("-", with: ""), "hl-20091231.xml",
    ].joined(separator: "\t")
  }

  @Test("says the same: every claim is recorded already, and nothing is new")
  func everyClaimIsRecordedAlready() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    let bytes = try Package.bytes(Package.data.appending(path: Self.file))
    let standard = KnownDefinitions(of: nil)
    let facts = try CompanyFactsImporter().drafts(from: bytes, file: Self.file, known: standard)
    _ = try ledger.append(facts, options())

    var tables = [
      "sub.tsv": ["adsh\tcik\tname\tfye\tform\tfy\tfp\tfiled\tinstance"],
      "num.tsv": ["adsh\ttag\tversion\tddate\tqtrs\tuom\tvalue"],
    ]
    // The sets give amounts a share in the currency alone; of which a concept is, its definition
    // tells, but not where filings gave the concept in several units.
    var units: [String: Set<String>] = [:]
    for case .claim(let claim) in facts.map(\.event) {
      units[claim.fact.concept, default: []].insert(claim.fact.unit)
    }
    let name = facts.compactMap { draft in
      if case .entity(let entity) = draft.event { entity.name } else { nil }
    }.first
    let doubtful = Set(units.filter { $0.value.count > 1 }.keys)
    for draft in facts {
      switch draft.event {
      case .filing(let filing): tables["sub.tsv"]?.append(row(filing, name ?? ""))
      case .claim(let claim):
        guard !doubtful.contains(claim.fact.concept), let row = row(claim) else { continue }
        tables["num.tsv"]?.append(row)
      default: break
      }
    }
    let texts = tables.mapValues { Array($0.joined(separator: "\n").utf8) }
    let set = SourceFolder(path: "set", names: Array(texts.keys)) { name, body in
      try body((texts[name] ?? [])[...])
    }
    let known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) }
    )
    let (drafts, summary) = try FSDSImporter().drafts(from: set, known: known)
    #expect(summary.filingCount == 46 && summary.figureCount > 450, "\(summary)")
    let head = try ledger.head
    let again = try ledger.append(drafts, options(seconds: 1))
    #expect(again == .nothingNew(head: head, skipped: drafts.count))
  }
}
