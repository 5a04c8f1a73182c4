import Facts
import Foundation
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

extension SourceFolder {
  /// A folder of the real documents.
  static func real(_ path: String) throws -> SourceFolder {
    let url = Package.data.appending(path: path)
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path())
    return SourceFolder(path: path, names: names) { name, body in
      try body(Package.bytes(url.appending(path: name))[...])
    }
  }
}

@Suite(
  "Two filings as filed",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct XBRLFilingTests {
  private static let netflix = "xbrl/nflx_10q_20100930"
  private static let amazon = "xbrl/amzn_10k_2022_segments"

  /// A ledger of both, and what the importer said.
  private func imported(_ folder: TemporaryFolder) throws -> (Ledger, [String]) {
    let ledger = try folder.ledger()
    var known = KnownDefinitions(of: nil)
    var said: [String] = []
    for (path, particulars) in [
      (
        Self.netflix,
        FilingParticulars(filing: "netflix-10-q", published: PublishedTime("2010-10-27"))
      ), (Self.amazon, FilingParticulars()),
    ] {
      let report = try XBRLImporter().report(from: .real(path), particulars, known: known)
      known = known.adding(report.drafts)
      _ = try ledger.append(report.drafts, options())
      said.append("\(report.summary)")
    }
    return (ledger, said)
  }

  private func sums(_ ledger: Ledger, _ entity: String) throws -> [CheckAnswer.Result] {
    try ledger.checks(entity: entity).results.filter { $0.check.kind == .foot }
  }

  @Test("are imported whole: figures, duplicates, texts, sums")
  func everyFigureIsImported() throws {
    let (_, said) = try imported(TemporaryFolder())
    #expect(
      said == [
        "xbrl/nflx_10q_20100930/nflx-20100930.xml: 282 figures became 282 claims; 21 facts that "
          + "are no figures left out; 6 tables laid out as printed; 16 sums of the calculation linkbase",
        "xbrl/amzn_10k_2022_segments/amzn-20221231_htm.xml: 1280 figures became 1176 claims; 104 "
          + "complete duplicates left out; 13 facts stated at several precisions; 177 facts that "
          + "are no figures left out; 62 tables laid out as printed; 66 sums of the calculation linkbase",
      ]
    )
  }

  @Test("foot: all 50 complete sums of the one, to the digit")
  func netflixFoots() throws {
    let folder = try TemporaryFolder()
    let results = try sums(imported(folder).0, "netflix")
    #expect(results.count { $0.status == .agrees } == 50)
    #expect(results.allSatisfy { $0.status == .agrees || $0.status == .notCheckable })
    #expect(
      results.allSatisfy {
        $0.parts.allSatisfy { $0.claim?.figure.value != nil }
          || $0.status == .notCheckable
      }
    )
    #expect(results.contains { $0.parts.contains { $0.operand.weight == -1 } })
  }

  @Test("foot: all 146 complete sums of the other, and 2 with a dash, to the digit")
  func amazonFoots() throws {
    let folder = try TemporaryFolder()
    let results = try sums(imported(folder).0, "amazon")
    let footed = results.filter { $0.status == .agrees }
    #expect(results.allSatisfy { $0.status == .agrees || $0.status == .notCheckable })
    let withDash = footed.filter { $0.parts.contains { $0.claim?.figure.value == nil } }
    #expect(footed.count - withDash.count == 146)
    #expect(
      withDash.map { "\($0.total.operand.concept ?? "") \($0.period)" } == [
        "us-gaap:LiabilitiesAndStockholdersEquity 2022-12-31",
        "us-gaap:LiabilitiesAndStockholdersEquity 2021-12-31",
      ]
    )
    #expect(footed.count { !$0.total.operand.dimensions.isEmpty } == 28)
  }

  @Test("hold each figure as the instance writes it, at its line")
  func figuresAreAtTheirLines() throws {
    for (path, name) in [
      (Self.netflix, "nflx-20100930.xml"), (Self.amazon, "amzn-20221231_htm.xml"),
    ] {
      let text = try String(
        contentsOf: Package.data.appending(path: path).appending(path: name),
        encoding: .utf8
      )
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let particulars = FilingParticulars(filing: "f", published: PublishedTime("2010-10-27"))
      let report = try XBRLImporter().report(from: .real(path), particulars)
      var count = 0
      for case .claim(let claim) in report.drafts.map(\.event) {
        let place = try #require(claim.source?.place)
        guard let value = claim.figure.value else { continue }
        let line = lines[Int(place.line) - 1].prefix(Int(place.column))
        let local = claim.fact.concept.split(separator: ":")[1]
        #expect(line.hasSuffix(">\(value)"), "\(claim)")
        #expect(lines[Int(place.line) - 1].contains("</") && text.contains(":\(local)"))
        count += 1
      }
      #expect(count == (path == Self.netflix ? 282 : 1174))
    }
  }

  @Test("agree with a scan for their tags that shares nothing with the importer")
  func scanFindsTheSame() throws {
    let url = Package.data.appending(path: Self.netflix).appending(path: "nflx-20100930.xml")
    let text = try String(contentsOf: url, encoding: .utf8)
    let pattern = #/<([a-z-]+:\w+) contextRef="([^"]+)" unitRef="[^"]+" decimals="([^"]+)"[^>]*>/#
    var scanned: [String] = []
    for match in text.matches(of: pattern) {
      let value = text[match.range.upperBound...].prefix { $0 != "<" }
      // The contexts of this filing are named …_DAYS_END_0.
      let end = match.output.2.split(separator: "_").dropLast().last ?? ""
      scanned.append("\(match.output.1) \(end) \(match.output.3) \(value)")
    }
    let particulars = FilingParticulars(filing: "f", published: PublishedTime("2010-10-27"))
    let report = try XBRLImporter().report(from: .real(Self.netflix), particulars)
    let claimed = report.drafts.compactMap { draft -> String? in
      guard case .claim(let claim) = draft.event, let value = claim.figure.value else { return nil }
      let end = "\(claim.fact.period.end)".replacing("-", with: "")
      let decimals = claim.figure.decimals.map { "\($0)" } ?? "INF"
      return "\(claim.fact.concept) \(end) \(decimals) \(value)"
    }
    #expect(scanned.count == 282 && claimed.sorted() == scanned.sorted())
  }

  @Test("notice every figure of a sum that is changed")
  func changedFigureBreaksSum() throws {
    let particulars = FilingParticulars(filing: "f", published: PublishedTime("2010-10-27"))
    let drafts = try XBRLImporter().report(from: .real(Self.netflix), particulars).drafts
    let footed: Set<String> = ["us-gaap:AssetsCurrent", "us-gaap:GrossProfit", "us-gaap:Revenues"]
    for index in drafts.indices {
      guard case .claim(var claim) = drafts[index].event, footed.contains(claim.fact.concept),
        let value = claim.figure.value
      else { continue }
      let folder = try TemporaryFolder()
      let ledger = try folder.ledger()
      claim.figure.value = Amount(mantissa: value.mantissa + 100_000, fractionDigitCount: 0)
      var changed = drafts
      changed[index].event = .claim(claim)
      _ = try ledger.append(changed, options())
      let exceptions = try ledger.checks().results.filter { $0.status == .exception }
      #expect(!exceptions.isEmpty, "\(claim.fact)")
    }
  }
}
