import Facts
import Intake
import TestSupport
import Testing

@Suite("What filing an XBRL report is")
struct XBRLFilingTests {
  private func filing(
    of fixture: XBRLFixture = XBRLFixture(XBRLFixture.figure("1")),
    folder: String = "x",
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> Filing? {
    try XBRLImporter().report(from: fixture.folder(folder), particulars, known: known)
      .drafts.filings.first
  }

  private static let metadata =
    #"{"accession_no":"0000000007-10-000009","filing_date":"2010-11-01","form":"8-K","cik":7}"#

  @Test(
    "is told by the folder's name, if that is an accession number",
    arguments: [
      ("a/0000000007-10-000001", "0000000007-10-000001"),
      ("a/000000000710000001/", "0000000007-10-000001"), ("a/0000000007-10000001", nil),
      ("a/00000000071000000", nil), ("0000000007-10-00000x", nil),
    ]
  )
  func folderName(folder: String, name: String?) throws {
    let particulars = XBRLFixture.published
    guard let name else {
      #expect(throws: ImportError.self) { try filing(folder: folder, particulars) }
      return
    }
    #expect(try filing(folder: folder, particulars)?.filing == name)
  }

  @Test("is told by metadata.json, and by the user before that and before the folder's name")
  func identifierComesFromOptionThenMetadataThenFolder() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    fixture.files["metadata.json"] = Self.metadata
    let told = try #require(try filing(of: fixture, folder: "0000000007-10-000001"))
    #expect(told.filing == "0000000007-10-000009" && told.form == "8-K")
    #expect(told.published == PublishedTime("2010-11-01"))
    let given = FilingParticulars(
      filing: "mine",
      published: PublishedTime("2010-11-02T09:00:00Z"),
      form: "10-K"
    )
    let overruled = try #require(try filing(of: fixture, given))
    #expect(overruled.filing == "mine" && overruled.form == "10-K")
    #expect(overruled.published == PublishedTime("2010-11-02T09:00:00Z"))
  }

  @Test(
    "has the form of its document, amended or not",
    arguments: [
      (["DocumentType 10-Q"], "10-Q"), (["DocumentType 10-Q", "AmendmentFlag true"], "10-Q/A"),
      (["DocumentType 10-K/A", "AmendmentFlag true"], "10-K/A"),
      (["AmendmentFlag false", "DocumentType 10-K"], "10-K"), (["AmendmentFlag true"], nil),
    ]
  )
  func hasFormOfItsDocumentAmendedOrNot(facts: [String], form: String?) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    for fact in facts {
      let words = fact.split(separator: " ").map(String.init)
      fixture.facts.append(XBRLFixture.text(words[1], "dei:\(words[0])"))
    }
    #expect(
      try filing(of: fixture, folder: "0000000007-10-000001", XBRLFixture.published)?.form == form
    )
  }

  @Test("belongs to the entity whose document it is, and defines every entity of it")
  func belongsToEntityWhoseDocumentItIs() throws {
    var fixture = XBRLFixture(
      XBRLFixture.figure("1", context: "O"),
      XBRLFixture.text("10-Q", "dei:DocumentType"),
      XBRLFixture.text("PARENT", "dei:EntityRegistrantName"),
      XBRLFixture.text("SUBSIDIARY", "dei:EntityRegistrantName", context: "O"),
      XBRLFixture.figure("2")
    )
    fixture.contexts.append(
      XBRLFixture.context("O", "<instant>2010-09-30</instant>", identifier: "8")
    )
    let drafts = try fixture.report().drafts
    #expect(drafts.filings.map(\.entity) == ["cik:0000000007"])
    #expect(drafts.entities.map(\.name) == ["PARENT", "SUBSIDIARY"])
    #expect(drafts.claims.map(\.fact.entity) == ["cik:0000000008", "cik:0000000007"])
  }

  @Test("takes no name from a fact with dimensions, and no impossible fiscal year or year end")
  func dimensionedName() throws {
    var fixture = XBRLFixture(
      XBRLFixture.text("A PART", "dei:EntityRegistrantName", context: "S"),
      XBRLFixture.text("0", "dei:DocumentFiscalYearFocus"),
      XBRLFixture.text("12-31", "dei:CurrentFiscalYearEndDate"),
      XBRLFixture.figure("1")
    )
    fixture.contexts.append(
      XBRLFixture.context(
        "S",
        "<instant>2010-09-30</instant>",
        segment: "<xbrldi:explicitMember dimension=\"my:A\">my:M</xbrldi:explicitMember>"
      )
    )
    let drafts = try fixture.report().drafts
    #expect(drafts.entities == [EntityDefinition(entity: "cik:0000000007", name: "cik:0000000007")])
    #expect(drafts.filings.first?.fiscalYear == nil)
  }

  @Test("is said to be missing, with the option that gives it")
  func missingParticularsNameTheirOption() throws {
    let unnamed = try #require(throws: ImportError.self) { try filing() }
    #expect(
      unnamed.description
        == "x/my.xml: nothing says which filing this is; give its accession number"
    )
    let undated = try #require(throws: ImportError.self) {
      try filing(FilingParticulars(filing: "f"))
    }
    #expect(
      undated.description == "x/my.xml: nothing says when filing f became public; "
        + "give the day or the time"
    )
  }

  @Test("has the time that is recorded of it, where none is given")
  func hasRecordedTimeWhereNoneIsGiven() throws {
    let recorded = Filing(
      filing: "f",
      entity: "cik:0000000007",
      form: "10-Q",
      published: .day(try #require(CivilDate("2010-10-27"))),
      fiscalYear: 2010
    )
    let known = KnownDefinitions(
      concept: { _ in nil },
      entity: { _ in nil },
      filing: { $0 == "f" ? recorded : nil }
    )
    let found = try #require(try filing(FilingParticulars(filing: "f"), known: known))
    #expect(found.published == recorded.published && found.isConsistent(with: recorded))
    for (day, form) in [("2010-10-28", "10-Q"), ("2010-10-27", "10-K")] {
      var fixture = XBRLFixture(XBRLFixture.figure("1"))
      fixture.facts.append(XBRLFixture.text(form, "dei:DocumentType"))
      let given = FilingParticulars(filing: "f", published: PublishedTime(day))
      // Not the same filing: the ledger refuses it.
      let other = try #require(try filing(of: fixture, given, known: known))
      #expect(!other.isConsistent(with: recorded))
    }
  }

  @Test("is the same from companyfacts, whichever comes first")
  func companyFacts() throws {
    let facts = file(
      cik: "7",
      concept(
        "Assets",
        unit(
          "USD",
          fact(
            end: "2010-09-30",
            val: "12000",
            accn: "0000000007-10-000001",
            fy: "2010",
            fp: #""Q3""#,
            form: "10-Q",
            filed: "2010-10-27"
          )
        )
      )
    )
    let fixture = XBRLFixture(
      XBRLFixture.figure("12000"),
      XBRLFixture.text("10-Q", "dei:DocumentType")
    )
    let report = try fixture.report().drafts
    let after = try drafts(facts, known: KnownDefinitions.none.adding(report))
    let (day, instance) = (try #require(after.filings.first), try #require(report.filings.first))
    #expect(day.isConsistent(with: instance) && day.document == nil && instance.document != nil)
    #expect(day.joined(with: instance) == instance.joined(with: day))
    let first = try drafts(facts)
    let second = try fixture.report(
      FilingParticulars(),
      known: KnownDefinitions.none.adding(first)
    ).drafts
    #expect(first.filings == [day])
    #expect(second.filings.first?.published == day.published)
    #expect(second.claims.map(\.fact) == first.claims.map(\.fact))
  }
}
