import Facts
import Ledger
import TestSupport
import Testing

@testable import Intake

@Suite("A workbook")
struct WorkbookTests {
  private func workbook(_ press: WorkbookPress) throws -> Workbook {
    try Workbook(path: "next.xlsx", press.bytes)
  }

  private func error(_ press: WorkbookPress) throws -> ImportError {
    try #require(throws: ImportError.self) { try workbook(press) }
  }

  @Test(
    "shows numbers as their cells are formatted",
    arguments: [
      ("#,##0", "1234567", "1,234,567"), ("#,##0", "-999", "-999"), ("0.00", "2.5", "2.50"),
      ("#,##0_);(#,##0)", "-1234.5", "(1,235)"), ("#,##0,", "34567890", "34,568"),
      ("#,##0.0,,", "-1250000", "-1.3"), ("0.0%", "0.1234", "12.3%"), ("0%;(0%)", "-0.05", "(5%)"),
      ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", "0", "-"),
      ("$#,##0.00", "5.1", "$5.10"), ("[$€-407] #,##0", "5", "€5"), ("\"EUR\" 0", "5", "5"),
      ("0.###", "1.25", "1.25"), ("General", "0.685", "0.685"), ("0;-0;;@", "0", ""),
      ("0.00E+00", "12345", "12345"), ("[Red](#,##0)", "7", "7"), ("0", "0.5", "1"),
    ]
  )
  func numbersAreShownAsTheirCellsAreFormatted(code: String, stored: String, shown: String) throws {
    let number = try #require(Amount(stored: stored))
    #expect(CellFormat(code).shown(number) == shown)
  }

  @Test(
    "stores decimal numbers, whatever binary fraction it writes",
    arguments: [
      ("5.0999999999999996", "5.1"), ("0.30000000000000004", "0.3"), ("1E3", "1000"),
      ("-2.4500000000000002E-2", "-0.0245"), ("123456789012345", "123456789012345"),
      ("9.9999999999999998E-1", "1"), ("0", "0"), ("1234567890123456", "1234567890123460"),
    ]
  )
  func decimalNumbersAreStored(stored: String, value: String) {
    #expect(Amount(stored: stored)?.description == value)
  }

  @Test("has days as numbers, counted from 1900 or from 1904")
  func daysAreNumbers() throws {
    var press = WorkbookPress(
      sheets: [("A", "<row>\(WorkbookPress.number("38260", at: "A1", style: 1))</row>")],
      formats: ["mmm d, yyyy"]
    )
    #expect(try workbook(press).sheets[0].rows[0][0].content.value == "2004-09-30")
    #expect(try workbook(press).sheets[0].rows[0][0].content.shown == "September 30, 2004")
    press.properties = "<workbookPr date1904=\"1\"/>"
    #expect(try workbook(press).sheets[0].rows[0][0].content.value == "2008-10-01")
  }

  @Test("has texts that cells share, without how they are pronounced")
  func textsAreShared() throws {
    let press = WorkbookPress(
      sheets: [("A", "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c t=\"b\"><v>1</v></c></row>")],
      texts: ["<r><t>To</t></r><r><t>tal &amp; more</t></r><rPh><t>no</t></rPh>"]
    )
    let row = try workbook(press).sheets[0].rows[0]
    #expect(row.map(\.content.shown) == ["Total & more", "TRUE"])
    #expect(row.map { [$0.row, $0.column] } == [[3, 2], [3, 3]])
  }

  @Test("is read as a table of claims, and its values are whole")
  func workbookIsTableOfClaims() throws {
    let header = ["concept", "period", "unit", "value", "filing", "published"]
    let names = header.enumerated().map {
      WorkbookPress.text($1, at: "\("ABCDEF".map(String.init)[$0])1")
    }
    let row =
      WorkbookPress.text("quarry:Cash", at: "A3")
      + WorkbookPress.number("38260", at: "B3", style: 1)
      + WorkbookPress.text("USD", at: "C3") + WorkbookPress.number("34567890.5", at: "D3", style: 2)
      + WorkbookPress.text("q-9", at: "E3") + WorkbookPress.number("38295", at: "F3", style: 1)
    let press = WorkbookPress(
      sheets: [("A", "<row r=\"1\">\(names.joined())</row><row r=\"3\">\(row)</row>")],
      formats: ["yyyy-mm-dd", "#,##0,"]
    )
    let drafts = try EventLineReader.drafts(from: Array(Quarry.definitions.utf8), file: nil)
    var claims: [Claim] = []
    _ = try ClaimTableImporter { Quarry.entity }.read(
      SourceFile(path: "next.xlsx", bytes: press.bytes),
      known: KnownDefinitions.none.adding(drafts)
    ) { draft in
      if case .claim(let claim) = draft.event { claims.append(claim) }
    }
    #expect(claims.map { "\($0.fact.period) \($0.said)" } == ["2004-09-30 34567890.5"])
  }

  @Test(
    "is refused if it is damaged",
    arguments: [
      ("<row><c r=\"A1\"><f>1+1</f></c></row>", "has a formula without a value"),
      ("<row><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "names a text that the workbook lacks"),
      (
        "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
        "stands twice, or before another"
      ), ("<row><c r=\"A1\">", "mismatched tag"),
    ]
  )
  func damagedWorkbookIsRefused(rows: String, message: String) throws {
    let error = try error(WorkbookPress(sheets: [("A", rows)]))
    #expect(error.description.contains(message), "\(error)")
    #expect(!error.remedy.isEmpty)
  }

  @Test("is refused if a part of it is missing, or it is another archive")
  func workbookWithoutPartIsRefused() throws {
    var press = WorkbookPress(sheets: [("A", "")])
    press.changes = ["xl/worksheets/sheet1.xml": String?.none]
    #expect(try error(press).message == "the sheet \"A\" is missing in the workbook")
    press.changes = ["xl/workbook.xml": String?.none]
    #expect(try error(press).message.hasPrefix("the archive is no workbook"))
    let cut = Array(press.bytes.dropLast(30))
    #expect(throws: ImportError.self) { try Workbook(path: "next.xlsx", cut) }
  }
}

@Suite("A statement in a table of a spreadsheet")
struct StatementTableTests {
  private static let definitions = """
    {"type":"entity","entity":"cik:0000000042","name":"Example Quarry"}
    {"type":"concept","concept":"quarry:Sales","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Result","kind":"statement-line","periodType":"duration"}
    {"type":"statement","entity":"cik:0000000042","statement":"results","title":"Statements of Results","caption":"(in millions)","scale":6,"columns":[{"span":"quarter"}],"lines":[{"label":"Sales","concept":"quarry:Sales"},{"label":"Costs:"},{"label":"Result","depth":1,"concept":"quarry:Result"}]}
    {"type":"profile","profile":"quarry","entity":"cik:0000000042","tables":[{"statement":"results"}]}
    """

  private static let expected = [
    "Sales 2023 = 8247000000 (8,247 at 5:2)", "Sales 2022 = 7411000000 (7,411 at 5:3)",
    "Result 2023 = -28000000 ((28) at 7:2)", "Result 2022 = nil (- at 7:3)",
  ]

  private func told(_ bytes: [UInt8], _ file: String, pieceByteCount: Int = 1 << 18) throws
    -> [String]
  {
    let profile = try Profiles(
      EventLineReader.drafts(from: Array(Self.definitions.utf8), file: nil)
    )
    let reading = try Reading(bytes, profile.profile, file: file, pieceByteCount: pieceByteCount)
    #expect(reading.unmapped.isEmpty, "\(reading.unmapped)")
    return reading.claims.map { claim in
      let place = claim.source?.place.map { "\($0.line):\($0.column)" } ?? ""
      return
        "\(claim.fact.concept.dropFirst(7)) \(claim.fact.period.end.components.year) = "
        + "\(claim.figure.value?.description ?? "nil") (\(claim.source?.text ?? "") at \(place))"
    }
  }

  @Test("is read in its own scale, with its headings and comparatives", arguments: [1, 7, 1 << 18])
  func statementIsReadInItsOwnScale(pieceByteCount: Int) throws {
    let text = """
      Statements of Results
      (in millions)
      ,"Three Months Ended March 31,",
      ,2023,2022
      Sales,"8,247","7,411"
      Costs:
        Result,(28),-

      """
    let bytes = Array(text.utf8)
    #expect(try told(bytes, "q1.csv", pieceByteCount: pieceByteCount) == Self.expected)
    let tabs = text.replacing("\"8,247\"", with: "8,247").replacing(
      ",\"Three Months Ended March 31,\",",
      with: "\tThree Months Ended March 31,\t"
    )
    .replacing(",2023,2022", with: "\t2023\t2022").replacing(
      "Sales,8,247,\"7,411\"",
      with: "Sales\t8,247\t7,411"
    )
    .replacing("Result,(28),-", with: "Result\t(28)\t-")
    #expect(try told(Array(tabs.utf8), "q1.tsv") == Self.expected)
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
    #expect(try told(wide, "q1.csv", pieceByteCount: pieceByteCount) == Self.expected)
  }

  @Test("has a caption in each row, whatever heading stands above, unless its words go on")
  func rowsAreWholeCaptions() throws {
    let text = """
      Statements of Results
      (in millions)
      ,"Three Months Ended March 31,",
      ,2023,2022
      REVENUES
      Sales,"8,247","7,411"
      Costs:
        Result,(28),-

      """
    let expected = Self.expected.map {
      $0.replacing("at 7:", with: "at 8:").replacing("at 5:", with: "at 6:")
    }
    #expect(try told(Array(text.utf8), "q1.csv") == expected)
    // Whether "Other" is a heading, or what follows is a part of its caption, cannot be told.
    let unfinished = text.replacing("REVENUES", with: "Other than")
      .replacing("Sales,", with: "of sales,")
    let profile = try Profiles(
      EventLineReader.drafts(from: Array(Self.definitions.utf8), file: nil)
    )
    let reading = try Reading(Array(unfinished.utf8), profile.profile, file: "q1.csv")
    #expect(reading.unmapped.map(\.figure.text) == ["8,247", "7,411"])
  }

  @Test("is read from a workbook as it is shown, sheet by sheet")
  func workbookIsReadAsItIsShown() throws {
    func text(_ text: String, _ place: String) -> String { WorkbookPress.text(text, at: place) }
    func number(_ text: String, _ place: String) -> String {
      WorkbookPress.number(text, at: place, style: 1)
    }
    let rows = [
      "<row r=\"1\">\(text("Statements of Results", "A1"))</row>",
      "<row r=\"2\">\(text("(in millions)", "A2"))</row>",
      "<row r=\"3\">\(text("Three Months Ended March 31,", "B3"))</row>",
      "<row r=\"4\">\(WorkbookPress.number("2023", at: "B4") + WorkbookPress.number("2022", at: "C4"))</row>",
      "<row r=\"5\">\(text("Sales", "A5") + number("8246700000", "B5") + number("7411000000", "C5"))</row>",
      "<row r=\"6\">\(text("Costs:", "A6"))</row>",
      "<row r=\"7\">\(text("  Result", "A7") + number("-28000000", "B7") + number("0", "C7"))</row>",
    ]
    var press = WorkbookPress(
      sheets: [("Results", rows.joined())],
      formats: ["#,##0,,;(#,##0,,);\"-\""],
      tail: "<mergeCells><mergeCell ref=\"B3:C3\"/></mergeCells>"
    )
    #expect(try told(press.bytes, "q1.xlsx") == Self.expected)
    press.sheets.insert(("Notes", "<row r=\"4\">\(text("Nothing", "A4"))</row>"), at: 0)
    let moved = try told(press.bytes, "q1.xlsx")
    #expect(moved.first == "Sales 2023 = 8247000000 (8,247 at 9:2)")
  }
}
