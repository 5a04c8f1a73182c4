import Facts
import Foundation
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite(
  "The data sets of 17 mining companies",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct FSDSTests {
  private static let path = "fsds/mining_extract"

  private func imported(_ folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    let known = KnownDefinitions(of: nil)
    let drafts = try FSDSImporter().drafts(from: .real(Self.path), known: known).drafts
    _ = try ledger.append(drafts, options())
    return ledger
  }

  @Test("are imported whole: every line a claim, with its value digit for digit")
  func everyLineBecomesClaim() throws {
    let (drafts, summary) = try FSDSImporter().drafts(from: .real(Self.path))
    #expect(
      "\(summary)" == "fsds/mining_extract: 42 filings, 12806 figures; 2 of them nil; 14 footnotes "
        + "left out; 222 tables laid out as printed; no table of tags: concepts are defined by their facts alone"
    )
    let table = try String(
      contentsOf: Package.data.appending(path: Self.path).appending(path: "num.tsv"),
      encoding: .utf8
    )
    let rows = table.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let scanned = rows.map { row in
      var value = row[9][...]
      if value.contains(".") { while value.last == "0" { value.removeLast() } }
      if value.last == "." { value.removeLast() }
      return "\(row[1]) \(row[2]) \(row[4]) \(value.isEmpty ? "nil" : value)"
    }
    let claimed = drafts.compactMap { draft -> String? in
      guard case .claim(let claim) = draft.event else { return nil }
      let day = "\(claim.fact.period.end)".replacing("-", with: "")
      let tag = claim.fact.concept.split(separator: ":")[1]
      return "\(claim.filing) \(tag) \(day) \(claim.figure.value?.description ?? "nil")"
    }
    #expect(scanned.count == 12_806 && claimed.sorted() == scanned.sorted())
    let filings = Set(
      drafts.compactMap { draft -> String? in
        if case .filing(let filing) = draft.event { filing.filing } else { nil }
      }
    )
    #expect(filings.count == 42 && filings == Set(rows.map { $0[1] }))
  }

  /// What later filings changed at the end of a year, by concept.
  private func restated(_ ledger: Ledger, _ entity: String, _ day: String) throws -> [String:
    String]
  {
    let request = Ledger.FactsRequest(entity: entity)
    var found: [String: String] = [:]
    for step in try ledger.restatements(request) where "\(step.fact.period)" == day {
      found[step.fact.concept] = step.change?.difference.map { "\($0)" } ?? "nil"
    }
    return found
  }

  @Test("show Vulcan's balance sheet of 2008 restated, on both sides alike")
  func vulcansBalanceSheetIsRestated() throws {
    let folder = try TemporaryFolder()
    let changes = try restated(imported(folder), "vulcan", "2008-12-31")
    #expect(
      changes == [
        "us-gaap:Assets": "2455000", "us-gaap:Goodwill": "2455000",
        "us-gaap:LiabilitiesAndStockholdersEquity": "2455000", "us-gaap:Liabilities": "-28561000",
        "us-gaap:DeferredTaxLiabilitiesNoncurrent": "-28561000",
        "us-gaap:StockholdersEquity": "31016000",
        "us-gaap:RetainedEarningsAccumulatedDeficit": "31016000",
        "us-gaap:OtherLiabilitiesNoncurrent": "-512180000",
      ]
    )
  }

  @Test("show CONSOL's 50 million; a zero that became a dash is no change")
  func zeroAndDashAreNoChange() throws {
    let folder = try TemporaryFolder()
    let changes = try restated(imported(folder), "consol", "2009-12-31")
    #expect(
      changes == [
        "us-gaap:Assets": "50000000", "us-gaap:AssetsCurrent": "50000000",
        "us-gaap:Liabilities": "50000000", "us-gaap:LiabilitiesCurrent": "50000000",
        "us-gaap:LiabilitiesAndStockholdersEquity": "50000000",
        "us-gaap:CommonStockSharesIssued": "42650251",
      ]
    )
  }

  @Test("add nothing when imported again")
  func importingAgainAddsNothing() throws {
    let folder = try TemporaryFolder()
    let ledger = try imported(folder)
    let head = try ledger.head
    let known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) }
    )
    let drafts = try FSDSImporter().drafts(from: .real(Self.path), known: known).drafts
    let result = try ledger.append(drafts, options())
    #expect("\(result)" == "nothingNew(head: \(head), skipped: \(drafts.count))")
  }
}
