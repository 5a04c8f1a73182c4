import Facts
import Intake
import TestSupport
import Testing

@Suite("A page of Inline XBRL")
struct InlineTests {
  private typealias Page = InlineFixture

  private func claim(_ shown: String, _ attributes: String) throws -> Claim {
    let claims = try Page(Page.figure(shown, "my:A", attributes)).claims
    return try #require(claims.first)
  }

  @Test("gives each figure with its value, its aspects, and the place and text that people see")
  func figureHasValueAspectsAndPlace() throws {
    let imported = try Page("<p>Assets of <b>$ \(Page.figure("1,234"))</b></p>").report()
    let claim = try #require(imported.drafts.claims.first)
    #expect(imported.drafts.claims.count == 1)
    #expect(claim.said == "1234000 -3")
    #expect(claim.fact.concept == "us-gaap:Assets" && claim.fact.unit == "USD")
    #expect(claim.fact.entity == "cik:0000000007")
    #expect(claim.fact.period == .instant(try #require(CivilDate("2024-09-30"))))
    let line = Page("").page.split(separator: "\n").count - 1
    let column =
      "<p>Assets of <b>$ \(Page.figure("1,234"))".utf8.count
      - "</ix:nonFraction>".utf8.count
    #expect(claim.source?.place == Source.Place(line: UInt32(line + 1), column: UInt32(column)))
    #expect(claim.source?.text == "1,234" && claim.source?.document == nil)
    #expect(imported.drafts.filings.first?.document?.name == "my.htm")
  }

  @Test(
    "reads scale and sign exactly",
    arguments: [
      ("5", "decimals=\"0\"", "5 0", nil), ("1.50", "decimals=\"2\"", "1.50 2", nil),
      ("12.5", "decimals=\"3\" scale=\"-2\"", "0.125 3", "12.5"),
      ("1.5", "decimals=\"-5\" scale=\"6\"", "1500000 -5", "1.5"),
      ("7", "decimals=\"INF\" sign=\"-\"", "-7", "7"),
      ("0", "decimals=\"0\" sign=\"-\"", "0 0", nil),
      ("12", "precision=\"1\"", "12 -1", nil), (" 12\u{A0}", "decimals=\"0\"", "12 0", nil),
      ("<!-- a -->1<?b c?>2", "decimals=\"0\"", "12 0", nil),
    ] as [(String, String, String, String?)]
  )
  func scaleAndSignAreExact(
    shown: String,
    attributes: String,
    said: String,
    text: String?
  ) throws {
    let claim = try claim(shown, attributes)
    #expect(claim.said == said)
    #expect(claim.source?.text == text, "\(attributes)")
  }

  @Test("reads a figure that is nil, hidden ones, and one in another")
  func nilHiddenAndNestedAreRead() throws {
    var page = Page(
      Page.figure(Page.figure("9", "my:Part", "decimals=\"0\""), "my:Whole", "decimals=\"0\""),
      Page.figure("\u{2014}", "my:None", "xsi:nil=\"true\""),
      Page.figure("", "my:Empty", "xsi:nil=\"1\"")
    )
    page.hidden = Page.figure("8", "my:Hidden", "decimals=\"0\"")
    let said = try page.claims.map { "\($0.fact.concept) \($0.said) \($0.source?.text ?? "")" }
    #expect(
      said == [
        "my:Hidden 8 0 ", "my:Part 9 0 ", "my:Whole 9 0 ", "my:None nil \u{2014}", "my:Empty nil ",
      ]
    )
  }

  @Test("leaves out what is marked as left out, and facts of other targets, which it counts")
  func excludedAndOtherTargetsAreLeftOut() throws {
    var page = Page(
      Page.text(
        "Paper<ix:exclude> (the \(Page.figure("3"))</ix:exclude> Co.",
        "dei:EntityRegistrantName"
      ),
      Page.figure("4", "us-gaap:Assets", "decimals=\"0\" target=\"parent\""),
      Page.text("x", "my:Text", "target=\"parent\"")
    )
    page.references +=
      "<!-- --></ix:references><ix:references target=\"parent\">"
      + "<link:schemaRef xlink:type=\"simple\" xlink:href=\"other.xsd\"/>"
    let imported = try page.report()
    #expect(imported.drafts.claims.map(\.said) == ["3000 -3"])
    #expect(imported.drafts.entities.first?.name == "Paper Co.")
    #expect(imported.summary.otherReportCounts == ["parent": 2])
    #expect("\(imported.summary)".contains("2 facts of the target \"parent\" left out"))
  }

  @Test("tells form, year, period and name, by the rules for dates and with continuations")
  func documentFactsAreRead() throws {
    let imported = try Page(
      Page.figure("1"),
      "<ix:continuation id=\"c2\">Company</ix:continuation>",
      Page.text("10-Q", "dei:DocumentType"),
      Page.text(
        "September 30, 2024",
        "dei:DocumentPeriodEndDate",
        "format=\"ixt:date-monthname-day-year-en\""
      ),
      Page.text(
        "December 31",
        "dei:CurrentFiscalYearEndDate",
        "format=\"ixt:date-monthname-day-en\""
      ),
      Page.text("\u{2612}", "dei:AmendmentFlag", "format=\"ixt:fixed-true\""),
      Page.text("Paper ", "dei:EntityRegistrantName", "continuedAt=\"c1\""),
      "<ix:continuation id=\"c1\"><i>&amp; Pulp</i></ix:continuation>"
    ).report()
    let filing = try #require(imported.drafts.filings.first)
    #expect(filing.form == "10-Q/A")
    let entity = try #require(imported.drafts.entities.first)
    #expect(entity.name == "Paper & Pulp" && entity.fiscalYearEnd?.description == "12-31")
  }

  @Test("may be one of several that share contexts and units; each source names its page")
  func severalPagesAreOneReport() throws {
    var page = Page(Page.figure("1"))
    var other = Page(Page.figure("2", "us-gaap:Liabilities"))
    (other.resources, other.references) = ("", "")
    page.files["ex.htm"] = other.page
    page.files["plain.htm"] = "<html><body><p>no XBRL<br></body></html>"
    let imported = try page.report()
    let said = imported.drafts.claims.map { "\($0.said) \($0.source?.document ?? "")" }
    #expect(said == ["2000 -3 ex.htm", "1000 -3 my.htm"])
    let filing = try #require(imported.drafts.filings.first)
    #expect(filing.document == nil && filing.documents.map(\.name) == ["ex.htm", "my.htm"])
  }

  @Test("begins with an empty line, declares ASCII, a document type or version 1.0")
  func startsAsPagesDo() throws {
    var page = Page(Page.figure("1&#160;&nbsp;234"), Page.figure("5", "my:Other"))
    page.start =
      "\n\n<?xml version='1.0' encoding='ASCII'?>\n<!DOCTYPE html PUBLIC "
      + "\"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n"
    let claims = try page.claims
    #expect(claims.map(\.said) == ["1234000 -3", "5000 -3"])
    let line = page.page.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(claims.map { $0.source?.place?.line } == [UInt32(line - 1), UInt32(line)])
    let old = page.page.replacing("/2013/inlineXBRL", with: "/2008/inlineXBRL")
    page.files["my.htm"] = old
    #expect(try page.claims.map(\.said) == ["1234000 -3", "5000 -3"])
  }

  @Test("places figures in characters, behind letters of several bytes and references")
  func placesAreInCharacters() throws {
    let body =
      "<p>\u{E9}\u{20AC}\u{1F600}&#8212;" + Page.figure("1<!-- -->&#50;", "my:A", "decimals=\"0\"")
    let claim = try #require(Page(body + "</p>").claims.first)
    let column = body.unicodeScalars.count - "</ix:nonFraction>".utf8.count
    #expect(claim.source?.place?.column == UInt32(column))
    #expect(claim.said == "12 0")
  }

  @Test("is read without its schema where that is asked for, and tells so")
  func missingSchemaIsTold() throws {
    var page = Page(Page.figure("1"))
    page.files = [:]
    let error = try #require(throws: ImportError.self) { try page.report() }
    #expect(error.message == "it names my.xsd, which the folder lacks")
    #expect(error.lacking == [.taxonomy])
    let imported = try page.report(isPartial: true)
    #expect(imported.drafts.claims.count == 1 && imported.summary.missingNames == ["my.xsd"])
    #expect("\(imported.summary)".contains("without my.xsd"))
  }
}
