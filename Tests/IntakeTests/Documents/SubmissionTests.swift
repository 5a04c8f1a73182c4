import Facts
import Foundation
import TestSupport
import Testing

@testable import Intake

@Suite("A full submission")
struct SubmissionTests {
  private func filing(_ fixture: SubmissionFixture) throws -> Filing {
    try #require(fixture.imported().drafts.filings.first)
  }

  private func error(
    _ fixture: SubmissionFixture,
    _ particulars: FilingParticulars = FilingParticulars()
  ) throws -> ImportError {
    try #require(throws: ImportError.self) { try fixture.imported(particulars) }
  }

  @Test(
    "tells number, form, times, filer and documents in its header; each claim names its document"
  )
  func headerAndDocumentsAreRead() throws {
    let fixture = SubmissionFixture()
    for text in [fixture.text, fixture.taggedText] {
      let imported = try fixture.imported(text)
      let filing = try #require(imported.drafts.filings.first)
      #expect(imported.drafts.filings.count == 1)
      #expect(filing.filing == "0000000007-24-000001" && filing.form == "10-Q")
      #expect(filing.entity == "cik:0000000007" && filing.entities.isEmpty)
      #expect("\(filing.published)" == "2024-11-04T13:00:30Z")
      #expect(filing.accepted.map { "\($0)" } == "2024-11-04T08:00:30-05:00")
      #expect(filing.document == nil)
      let documents = filing.documents.map { "\($0.sequence ?? 0) \($0.type ?? "") \($0.name)" }
      #expect(
        documents == ["1 10-Q my.htm", "2 EX-101.SCH my.xsd", "3 GRAPHIC logo.jpg", "4 XML R1.htm"]
      )
      #expect(filing.documents[2].byteCount == 6)
      let claim = try #require(imported.drafts.claims.first)
      #expect(claim.said == "1234000 -3" && claim.source?.document == "my.htm")
      let page = InlineFixture(InlineFixture.figure("1,234"))
      #expect(try claim.source?.place == #require(page.claims.first).source?.place)
      let entity = try #require(imported.drafts.entities.last)
      #expect(entity.name == "SEVEN CO" && entity.fiscalYearEnd?.description == "12-31")
      #expect(
        "\(imported.summary)".hasPrefix(
          "s.txt: read as an EDGAR submission\ns.txt: filing 0000000007"
        )
      )
    }
  }

  @Test("has sizes and hashes of the documents as they were filed")
  func documentsHaveTheirBytes() throws {
    var fixture = SubmissionFixture()
    fixture.parts.append(("EX-99", "a.txt", "abc", nil))
    let documents = try filing(fixture).documents
    // Every line of a document ends: what stood behind the last one is not known.
    #expect(documents[4].byteCount == 4)
    #expect(
      documents[4].sha256
        == "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb"
    )
  }

  @Test(
    "became public when it was accepted, or on the day that it counts as filed on",
    arguments: [
      ("20241104080030", "20241104", "2024-11-04T13:00:30Z", "2024-11-04T08:00:30-05:00"),
      ("20240701163000", "20240701", "2024-07-01T20:30:00Z", "2024-07-01T16:30:00-04:00"),
      ("20241104174510", "20241105", "2024-11-05", "2024-11-04T17:45:10-05:00"),
      ("20241101213000", "20241101", "2024-11-02T01:30:00Z", "2024-11-01T21:30:00-04:00"),
      (nil, "19960301", "1996-03-01", nil),
      ("20241104080030", nil, "2024-11-04T13:00:30Z", "2024-11-04T08:00:30-05:00"),
    ] as [(String?, String?, String, String?)]
  )
  func publishedFollowsTheRule(
    accepted: String?,
    filed: String?,
    published: String,
    kept: String?
  ) throws {
    var fixture = SubmissionFixture()
    (fixture.accepted, fixture.filed) = (accepted, filed)
    let filing = try filing(fixture)
    #expect("\(filing.published)" == published)
    #expect(filing.accepted.map { "\($0)" } == kept)
  }

  @Test(
    "has its time in the time of the east of the United States, in summer and in winter",
    arguments: [
      ("20070311015959", "-05:00"), ("20070311030000", "-04:00"), ("20071104005959", "-04:00"),
      // Shown twice: the later one counts, so that nothing is known too early.
      ("20071104013000", "-05:00"), ("20071104020000", "-05:00"), ("20060402013000", "-05:00"),
      ("20060402033000", "-04:00"), ("20061029003000", "-04:00"), ("20061029023000", "-05:00"),
      ("20060315120000", "-05:00"), ("20070315120000", "-04:00"), ("20041104080030", "-05:00"),
      ("19990701120000", "-04:00"), ("20250309033000", "-04:00"),
    ]
  )
  func easternTimeHasSummer(digits: String, zone: String) throws {
    #expect(try #require(EasternTime.time(digits)).description.hasSuffix(zone))
  }

  @Test(
    "is not taken for a time that is none",
    arguments: ["20241304080030", "2024110408003", "20241104250000", "", "2024110408x030"]
  )
  func otherTextsAreNoTimes(digits: String) { #expect(EasternTime.time(digits) == nil) }

  @Test("of several filers names all of them, and keeps the one by whom it is recorded")
  func coRegistrantsAreNamed() throws {
    var fixture = SubmissionFixture()
    fixture.filers.append(("EIGHT CO", "0000000008", "0630"))
    let filing = try filing(fixture)
    #expect(filing.entities == ["cik:0000000007", "cik:0000000008"])
    var recorded = Filing(
      filing: fixture.accession,
      entity: "cik:0000000008",
      form: "10-Q EX-99",
      published: .day(try #require(CivilDate("2024-11-04")))
    )
    recorded.fiscalYear = 2024
    let known = KnownDefinitions(
      concept: { _ in nil },
      entity: { _ in nil },
      filing: { _ in recorded }
    )
    let again = try #require(fixture.imported(known: known).drafts.filings.first)
    #expect(again.entity == "cik:0000000008" && again.form == "10-Q EX-99")
    #expect(again.isConsistent(with: recorded))
  }

  @Test("is refused where what is given contradicts its header")
  func contradictionsAreRefused() throws {
    let other = try error(SubmissionFixture(), FilingParticulars(filing: "0000000007-24-000002"))
    #expect(other.message == "it is filing 0000000007-24-000001, and not 0000000007-24-000002")
    for time in ["2024-11-03", "2024-11-04T13:00:31Z", "2024-11-05"] {
      let error = try error(SubmissionFixture(), FilingParticulars(published: PublishedTime(time)))
      #expect(error.message == "it became public 2024-11-04T13:00:30Z, and not \(time)")
    }
    for time in ["2024-11-04", "2024-11-04T08:00:30-05:00"] {
      let given = FilingParticulars(filing: "0000000007-24-000001", published: PublishedTime(time))
      let filing = try #require(SubmissionFixture().imported(given).drafts.filings.first)
      #expect("\(filing.published)" == "2024-11-04T13:00:30Z")
    }
  }

  @Test("may have its report in an encoded archive, or as an old instance")
  func otherReportsAreRead() throws {
    var old = SubmissionFixture()
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.files["my.xsd"] = XBRLFixture.schema(references: "")
    old.parts = [
      ("10-Q", "q.txt", "Quarterly report", nil),
      ("EX-101.INS", "my.xml", fixture.instance, "XBRL"),
      ("EX-101.SCH", "my.xsd", XBRLFixture.schema(references: ""), "XBRL"),
    ]
    let claim = try #require(old.imported().drafts.claims.first)
    #expect(claim.said == "7 -3" && claim.source?.document == "my.xml")
  }

  @Test("is refused if it is cut off, names a document twice, or holds nothing that is read")
  func damagedSubmissionIsRefused() throws {
    let text = SubmissionFixture().text
    let end = try #require(text.range(of: "</TEXT>"))
    let cut = try #require(throws: ImportError.self) {
      try SubmissionFixture().imported(String(text[..<end.lowerBound]))
    }
    #expect(cut.message == "the submission is cut off")
    var twice = SubmissionFixture()
    twice.parts.append(twice.parts[0])
    #expect(try error(twice).message == "it has two documents with the name my.htm")
    var broken = SubmissionFixture()
    broken.parts[2].text = "begin 644 logo.jpg\nM\u{E9}\nend"
    #expect(try error(broken).message == "the line is no uuencoded one")
    #expect(try error(broken).place == .line(2))
    var release = SubmissionFixture()
    release.parts = [("8-K", "k.txt", "Report", nil), ("EX-99.1", "r.txt", "Release", nil)]
    let error = try error(release)
    #expect(error.message.hasPrefix("it holds no report in XBRL with figures, but EX-99.1 r.txt"))
    #expect(error.remedy.contains("profile"))
    release.parts.removeLast()
    #expect(try self.error(release).message.hasPrefix("none of its 1 documents is a report"))
  }
}
