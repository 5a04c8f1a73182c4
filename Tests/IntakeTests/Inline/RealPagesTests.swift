import Facts
import Foundation
import TestSupport
import Testing

@testable import Intake

@Suite(
  "Two reports in Inline XBRL",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct RealPagesTests {
  private static let data = Package.data.appending(path: "inline")

  private func folder(_ path: String, without names: [String] = []) throws -> SourceFolder {
    let url = Self.data.appending(path: path)
    let found = try FileManager.default.contentsOfDirectory(atPath: url.path())
    return SourceFolder(path: path, names: found.filter { !names.contains($0) }) { name, body in
      try body(Package.bytes(url.appending(path: name))[...])
    }
  }

  private func report(_ folder: SourceFolder) throws -> ImportedReport {
    try XBRLImporter().report(from: folder, XBRLFixture.published.with(filing: "f"))
  }

  /// What each claim says, with numbers as numbers, and how often.
  private func said(_ report: ImportedReport) -> [String: Int] {
    var counts: [String: Int] = [:]
    for claim in report.drafts.claims {
      let (fact, figure) = (claim.fact, claim.figure)
      let key = [
        fact.concept, fact.entity, fact.dimensions.text, "\(fact.period)", fact.unit,
        figure.value.map { "\($0.fixedPoint)" } ?? "nil",
        figure.decimals.map { "\($0)" } ?? "exact",
      ]
      counts[key.joined(separator: "|"), default: 0] += 1
    }
    return counts
  }

  @Test("give what their extracted instances give: all of 674 and of 1,002 figures")
  func pagesGiveWhatTheirInstancesGive() throws {
    let apple = try folder("apple_10q_2025")
    let truth = SourceFolder(path: "apple", names: apple.names + ["truth.xml"]) { name, body in
      guard name == "truth.xml" else { return try apple.read(name, body) }
      let url = Self.data.appending(path: "apple_10q_2025.extracted_instance.xml")
      try body(Package.bytes(url)[...])
    }
    let cases = [
      (apple, truth, "truth.xml", 674),
      (
        try folder("aeon_10q_2023"), try folder("aeon_10q_2023"),
        "aeon-20230930x10q_htm.xml", 1002
      ),
    ]
    for (page, instance, name, count) in cases {
      let read = try report(page)
      let particulars = XBRLFixture.published.with(filing: "f")
      let expected = try XBRLImporter(particulars, documentNames: [name]).imported(instance)
      #expect(read.summary.figureCount == count && expected.summary.figureCount == count)
      #expect(read.summary.file.hasSuffix(".htm"))
      #expect(said(read) == said(expected))
      #expect(read.summary.tableCount == expected.summary.tableCount)
      #expect(read.summary.sumCount == expected.summary.sumCount)
    }
  }

  @Test("show the figure at the place of each claim")
  func placesShowTheFigures() throws {
    for (path, name) in [
      ("apple_10q_2025", "aapl-20250329.htm"), ("aeon_10q_2023", "aeon-20230930x10q.htm"),
    ] {
      let text = try String(
        contentsOf: Self.data.appending(path: "\(path)/\(name)"),
        encoding: .utf8
      )
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { Array($0.unicodeScalars) }
      let claims = try report(folder(path)).drafts.claims
      for claim in claims where claim.figure.value != nil {
        let place = try #require(claim.source?.place)
        let shown = claim.source?.text ?? claim.figure.value?.description ?? ""
        // References in the page are longer than what they stand for: these have none.
        let line = lines[Int(place.line) - 1]
        let last = String(String.UnicodeScalarView(line[..<Int(place.column)].suffix(1)))
        #expect(shown.hasSuffix(last) || last == ";", "\(claim.fact.concept) \(place)")
      }
    }
  }

  @Test("are read from EDGAR's archive as from the folder")
  func archiveGivesWhatTheFolderGives() throws {
    let bytes = try Package.bytes(Self.data.appending(path: "0000320193-25-000057-xbrl.zip"))
    let document = SourceDocument(path: "a.zip", bytes: bytes)
    let importer = DocumentImporter(XBRLFixture.published.with(filing: "f"))
    let fromArchive = try importer.imported(document).drafts
    let fromFolder = try report(folder("apple_10q_2025")).drafts
    #expect(fromArchive.lines == fromFolder.lines)
  }
}

@Suite(
  "A report in Inline XBRL in a full submission",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct RealSubmissionTests {
  @Test("gives what its folder gives, at the same lines and columns")
  func submissionGivesWhatTheFolderGives() throws {
    let url = Package.data.appending(path: "inline/apple_10q_2025")
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path()).sorted()
    var fixture = SubmissionFixture()
    fixture.accession = "0000320193-25-000057"
    fixture.filers = [("Apple Inc.", "0000320193", "0927")]
    fixture.parts = try names.map { name in
      let text = try String(contentsOf: url.appending(path: name), encoding: .utf8)
      return (name.hasSuffix(".htm") ? "10-Q" : "EX-101", name, text, "XBRL")
    }
    let folder = SourceFolder(path: "apple", names: names) { name, body in
      try body(Package.bytes(url.appending(path: name))[...])
    }
    let particulars = FilingParticulars(
      filing: fixture.accession,
      published: PublishedTime("2024-11-04")
    )
    let expected = try XBRLImporter(particulars).imported(folder).drafts
    let drafts = try fixture.imported().drafts
    #expect(drafts.claims.count == 614)
    #expect(drafts.claims.allSatisfy { $0.source?.document == "aapl-20250329.htm" })
    let bare = drafts.claims.map { claim in
      var claim = claim
      claim.source?.document = nil
      return claim
    }
    #expect(bare == expected.claims)
    #expect(drafts.checks == expected.checks)
  }
}

extension FilingParticulars {
  fileprivate func with(filing: String) -> FilingParticulars {
    var particulars = self
    particulars.filing = filing
    return particulars
  }
}
