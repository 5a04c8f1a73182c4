import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

@Suite("Figures a share before and after a split")
struct SplitTests {
  /// A company whose earnings a share and numbers of shares a later filing states anew.
  private func ledger(
    _ folder: TemporaryFolder,
    earnings: (String, String),
    shares: (String, String)?,
    outstanding: (String, String)? = nil
  ) throws -> Ledger {
    let ledger = try folder.ledger()
    var lines = #"{"type":"entity","entity":"x:1","name":"One"}"# + "\n"
    for (filing, day) in [("f", "2020-02-01"), ("g", "2021-02-01")] {
      lines +=
        #"{"type":"filing","filing":"\#(filing)","entity":"x:1","published":"\#(day)"}"# + "\n"
    }
    func claim(
      _ filing: String,
      _ concept: String,
      _ period: String,
      _ unit: String,
      _ value: String
    ) {
      lines +=
        #"{"type":"statement-line","filing":"\#(filing)","entity":"x:1","concept":"\#(concept)","#
        + #""period":"\#(period)","unit":"\#(unit)","value":"\#(value)"}"# + "\n"
    }
    let year = "2019-01-01/2019-12-31"
    claim("f", "us-gaap:EarningsPerShareBasic", year, "USD/shares", earnings.0)
    claim("g", "us-gaap:EarningsPerShareBasic", year, "USD/shares", earnings.1)
    if let shares {
      let concept = "us-gaap:WeightedAverageNumberOfSharesOutstandingBasic"
      claim("f", concept, year, "shares", shares.0)
      claim("g", concept, year, "shares", shares.1)
    }
    if let outstanding {
      let concept = "dei:EntityCommonStockSharesOutstanding"
      claim("f", concept, "2020-01-15", "shares", outstanding.0)
      claim("g", concept, "2021-01-15", "shares", outstanding.1)
    }
    _ = try ledger.append(lines)
    return ledger
  }

  private func ratios(_ ledger: Ledger) throws -> [String] {
    let found = try ledger.read { try $0.lint() }.compactMap { finding -> String? in
      guard case .split(let split) = finding.kind else { return nil }
      #expect(!finding.isSlip)
      return split.ratio
    }
    let histories = try ledger.history(.init(words: ["us-gaap:EarningsPerShareBasic"]))
    #expect(histories.flatMap(\.entries).compactMap(\.split?.ratio) == found)
    return found
  }

  @Test(
    "are told by the ratio of the shares",
    arguments: [
      ("5.00", "2.50", "100", "200", "2:1"), ("3.00", "1.00", "100", "300", "3:1"),
      ("7.51", "1.07", "924258000", "6469806000", "7:1"), ("11.91", "2.98", "1000", "4001", "4:1"),
      ("0.12", "1.24", "5000", "500", "1:10"), ("-0.30", "-0.20", "100", "150", "3:2"),
    ]
  )
  func ratioOfShares(old: String, new: String, before: String, after: String, ratio: String) throws
  {
    let folder = try TemporaryFolder()
    #expect(
      try ratios(ledger(folder, earnings: (old, new), shares: (before, after))) == [ratio]
    )
  }

  @Test("are told by the shares outstanding where no average is stated anew")
  func sharesOutstanding() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(
      folder,
      earnings: ("5.00", "2.50"),
      shares: nil,
      outstanding: ("1000", "1980")
    )
    #expect(try ratios(ledger) == ["2:1"])
  }

  @Test("are none where the shares did not move, or by another ratio")
  func noSplit() throws {
    for shares in [nil, ("100", "100"), ("100", "400"), ("100", "104")] as [(String, String)?] {
      let folder = try TemporaryFolder()
      #expect(try ratios(ledger(folder, earnings: ("5.00", "2.50"), shares: shares)).isEmpty)
    }
    let folder = try TemporaryFolder()
    #expect(try ratios(ledger(folder, earnings: ("5.00", "3.10"), shares: ("100", "200"))).isEmpty)
  }

  @Test(
    "of Apple are those of 2014, seven for one, and of 2020, four for one",
    .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
  )
  func splitsOfApple() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    let file = "companyfacts/CIK0000320193.json"
    let drafts = try CompanyFactsImporter()
      .drafts(from: Package.bytes(Package.data.appending(path: file)), file: file)
    _ = try ledger.append(drafts, options())
    var ratios: [String: Int] = [:]
    for finding in try ledger.read({ try $0.lint() }) {
      guard case .split(let split) = finding.kind else { continue }
      ratios["\(finding.filing.published.description.prefix(4)) \(split.ratio)", default: 0] += 1
    }
    #expect(Set(ratios.keys).isSuperset(of: ["2014 7:1", "2020 4:1"]), "\(ratios)")
    #expect(Set(ratios.keys.map { $0.suffix(3) }) == ["7:1", "4:1"], "\(ratios)")
  }
}
