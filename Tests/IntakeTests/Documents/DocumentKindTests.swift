import Facts
import TestSupport
import Testing

@testable import Intake

@Suite("A document that nobody named the kind of")
struct DocumentKindTests {
  private func imported(_ bytes: [UInt8], isPartial: Bool = false) throws -> Imported<
    DocumentSummary
  > {
    try DocumentImporter(
      FilingParticulars(filing: "f", published: PublishedTime("2024-11-05")),
      isPartial: isPartial
    ).imported(SourceDocument(path: "d", bytes: bytes))
  }

  private func imported(_ text: String, isPartial: Bool = false) throws -> Imported<DocumentSummary>
  {
    try imported(Array(text.utf8), isPartial: isPartial)
  }

  @Test("is read as what it is")
  func kindsAreRecognised() throws {
    let page = InlineFixture(InlineFixture.figure("1")).page
    let read = try imported(page)
    #expect(read.drafts.claims.count == 1)
    #expect("\(read.summary)".hasPrefix("d: read as a page of Inline XBRL\n"), "\(read.summary)")
    let instance = try imported(XBRLFixture(XBRLFixture.figure("1")).instance, isPartial: true)
    #expect("\(instance.summary)".contains("read as an XBRL instance\n"))
    #expect("\(instance.summary)".contains("without my.xsd"))
    let facts = try imported(
      file(concept("Assets", unit("USD", fact(end: "2009-12-31", val: "5"))))
    )
    #expect("\(facts.summary)" == "d: read as a companyfacts or companyconcept file")
  }

  @Test(
    "is named and refused, with advice, if it is of another kind",
    arguments: [
      ("%PDF-1.7\n", "it is a PDF", "pdftotext -layout"),
      (
        "{\"taxonomy\":\"us-gaap\",\"tag\":\"Assets\",\"ccp\":\"CY2019Q1I\",\"data\":[]}",
        "it is a file of the SEC's frames API", "companyfacts"
      ),
      (
        "{\"cik\":\"7\",\"entityType\":\"operating\",\"sic\":\"1\",\"filings\":{}}",
        "it is a file of the SEC's submissions API", "holds no figure"
      ),
      ("{\"type\":\"entity\"}", "it is a file of events", "append it"),
      ("[{\"type\":\"entity\"}]", "it is a file of events", "append it"),
      ("{\"a\":1}", "it is JSON of another kind", "xBRL-JSON"),
      ("{\"a\":", "it is damaged JSON", "Download it again"),
      ("Third quarter results", "it is a text", "profile"), ("", "it is an empty file", "download"),
      ("<html><body>Results</body></html>", "it is a page without XBRL", "profile"),
      (
        "<schema xmlns=\"http://www.w3.org/2001/XMLSchema\"/>", "it is a part of an XBRL taxonomy",
        "folder"
      ),
      ("<a/>", "it is markup of another kind", "report"),
      ("\u{1F}\u{8B}", "it is a text", "profile"),
    ]
  )
  func otherKindsAreNamed(text: String, message: String, advice: String) throws {
    let error = try #require(throws: ImportError.self) { try imported(text) }
    #expect(error.message == message && error.remedy.contains(advice), "\(error)")
  }

  @Test("is named as a workbook, with the commands that read one")
  func workbookIsNamed() throws {
    let error = try #require(throws: ImportError.self) {
      try imported(WorkbookPress(sheets: [("A", "")]).bytes)
    }
    #expect(error.message.hasPrefix("it is a workbook"), "\(error)")
    #expect(error.remedy.contains("import it as a release"))
  }

  @Test("is refused as an instance without its schema, unless that is asked for")
  func loneInstanceNeedsItsSchema() throws {
    let error = try #require(throws: ImportError.self) {
      try imported(XBRLFixture(XBRLFixture.figure("1")).instance)
    }
    #expect(error.lacking == [.taxonomy])
  }
}

@Suite("A report package")
struct ReportPackageTests {
  private func package(
    _ files: [String: String]
  ) throws -> (drafts: [Draft], summary: DocumentSummary) {
    let folder = SourceFolder(path: "p.zip", names: Array(files.keys)) { name, body in
      try body(Array((files[name] ?? "").utf8)[...])
    }
    var drafts: [Draft] = []
    let importer = DocumentImporter(
      FilingParticulars(filing: "f", published: PublishedTime("2024-11-05"))
    )
    let summary = try importer.read(folder, .none) { drafts.append($0) }
    return (drafts, summary)
  }

  private static let catalog = """
    <catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
    <rewriteURI uriStartString="http://my.com/" rewritePrefix="../my.com/"/></catalog>
    """

  @Test("is read with the taxonomy that its catalog finds")
  func packageIsReadWithItsTaxonomy() throws {
    var page = InlineFixture(InlineFixture.figure("1", "my:Own"))
    page.references =
      "<link:schemaRef xlink:type=\"simple\" xlink:href=\"http://my.com/2010/my.xsd\"/>"
    let label = XBRLFixture.linkbase(XBRLFixture.labels(("my:Own", "Own figure", "label")))
    let schema = XBRLFixture.schema(
      "<xs:element name=\"Own\" id=\"my_Own\" type=\"xbrli:monetaryItemType\" xbrli:balance=\"credit\"/>",
      references: "<link:linkbaseRef xlink:type=\"simple\" xlink:href=\"../lab.xml\"/>"
    )
    let files = [
      "top/META-INF/reportPackage.json": "{}", "top/META-INF/catalog.xml": Self.catalog,
      "top/reports/my.xhtml": page.page, "top/my.com/2010/my.xsd": schema,
      "top/my.com/lab.xml": label,
    ]
    let imported = try package(files)
    #expect(imported.drafts.claims.count == 1)
    let concept = try #require(imported.drafts.concepts.first)
    #expect(concept.label == "Own figure" && concept.balance == .credit)
    #expect("\(imported.summary)".hasPrefix("p.zip: read as a report package\n"))
    #expect(imported.drafts.filings.first?.document?.name == "my.xhtml")
  }

  @Test("is refused without a report, or with several")
  func packageWithoutOneReportIsRefused() throws {
    let page = InlineFixture(InlineFixture.figure("1")).page
    let none = try #require(throws: ImportError.self) { try package(["META-INF/a.json": "{}"]) }
    #expect(none.message == "the package has no report in reports/")
    let two = try #require(throws: ImportError.self) {
      try package(["META-INF/a.json": "{}", "reports/a.xhtml": page, "reports/b/c.xhtml": page])
    }
    #expect(two.message == "the package has several reports: reports/a.xhtml, reports/b/")
  }
}
