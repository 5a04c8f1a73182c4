import Facts
import JSON
import Reports
import TestSupport
import Testing

@Suite("A statement with figures of an earlier vintage")
struct StatementVintageReportTests {
  /// A year that was recast, nine months that were not, and figures below the scale.
  private static let lines =
    [
      #"{"type":"entity","entity":"test:1","name":"Ore & Sons","fiscalYearEnd":"12-31"}"#,
      #"{"type":"statement","statement":"operations","title":"Operations","scale":6,"columns":[{"span":"quarter"}],"lines":["#
        + #"{"label":"Sales","concept":"x:Sales"},{"label":"Fees","concept":"x:Fees"},{"label":"Rent","concept":"x:Rent"}]}"#,
    ]
    + ["Sales", "Fees", "Rent"].map { name in
      #"{"type":"concept","concept":"x:\#(name)","kind":"line","periodType":"duration","dataType":"monetary","additive":true}"#
    }
    + [
      #"{"type":"filing","filing":"F1","entity":"test:1","published":"2004-11-04"}"#,
      claim("Sales", "2004-01-01/2004-09-30", "70000000", "F1"),
      claim("Fees", "2004-01-01/2004-09-30", "1000000", "F1"),
      claim("Rent", "2004-01-01/2004-09-30", "5000000", "F1"),
      #"{"type":"filing","filing":"F2","entity":"test:1","published":"2005-02-22T13:00:00Z"}"#,
      claim("Sales", "2004-01-01/2004-12-31", "100000000", "F2"),
      claim("Fees", "2004-01-01/2004-12-31", "1200000", "F2", decimals: -5),
      claim("Rent", "2004-10-01/2004-12-31", "-400000", "F2", decimals: -5),
      #"{"type":"filing","filing":"F3","entity":"test:1","published":"2006-02-22"}"#,
      claim("Sales", "2004-01-01/2004-12-31", "90000000", "F3"),
    ]

  private static func claim(
    _ concept: String,
    _ period: String,
    _ value: String,
    _ filing: String,
    decimals: Int = -6
  ) -> String {
    #"{"type":"line","filing":"\#(filing)","entity":"test:1","concept":"x:\#(concept)","#
      + #""period":"\#(period)","unit":"USD","value":"\#(value)","decimals":\#(decimals)}"#
  }

  private func report(knownAt: String? = nil) throws -> StatementReport {
    try TestLog(lines: Self.lines).report(
      "operations",
      of: "test:1",
      asOf: "2004-12-31",
      knownAt: knownAt,
      span: .quarter
    )
  }

  @Test("marks them, says as of when, and prints nothing as zero that is none")
  func textMarksEarlierVintages() throws {
    let text = try report().rendered(as: .text)
    let rows = text.split(separator: "\n").map { $0.split(separator: " ") }
    for row in [["Sales", "@30"], ["Fees", "@^0"], ["Rent", "^0"]] as [[Substring]] {
      #expect(rows.contains(row), "\(text)")
    }
    for line in [
      "@  derived as of an earlier moment: later filings restated some of the figures, and not the others",
      "   Fourth Quarter Ended Dec. 31, 2004, as of 2005-02-22T13:00:00Z (F2): "
        + "2004-01-01/2004-12-31 - 2004-01-01/2004-09-30, within 1000000 USD",
      "^  not zero: less than half of the last digit that is printed",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    let before = try report(knownAt: "2005-12-31").rendered(as: .text)
    #expect(before.contains("=30") && before.contains("=^0") && !before.contains("@"))
    for format in [ReportFormat.html, .markdown] {
      let page = try report().rendered(as: format)
      #expect(page.contains("@30") && page.contains("@^0"), "\(page)")
    }
  }

  @Test("has it in JSON, for the column and each of its derived figures")
  func jsonHasVintages() throws {
    let vintage = #"{"published":"2005-02-22T13:00:00Z","filing":"F2"}"#
    let text = try report().rendered(as: .json)
    #expect(text.split(separator: vintage, omittingEmptySubsequences: false).count == 4, "\(text)")
    let root = try JSONParser().parse(text).root
    let column = try #require(root["columns"]?.elements.map(\.self).first)
    #expect(column["vintage"]?["filing"]?.string == "F2")
    let lines = try #require(root["lines"]).elements.map(\.self)
    let cell = try #require(lines[0]["cells"]?.elements.map(\.self).first)
    #expect(cell["value"]?.string == "30000000" && cell["decimals"]?.numberText == "-7")
    #expect(cell["vintage"]?["published"]?.string == "2005-02-22T13:00:00Z")
    #expect(try !report(knownAt: "2005-12-31").rendered(as: .json).contains("vintage"))
  }

  @Test("has low and high in CSV, and decimals that claim no more than these")
  func csvHasLowAndHigh() throws {
    let lines = try report().rendered(as: .csv).split(separator: "\n")
    #expect(
      lines[1] == "operations,Sales,0,x:Sales,,USD,2004-10-01/2004-12-31,derived,30000000,-7,,"
        + "-6 +10,F1 F2,test:1,,29000000,31000000,2005-02-22T13:00:00Z,F2,,"
    )
    #expect(
      lines[2] == "operations,Fees,0,x:Fees,,USD,2004-10-01/2004-12-31,derived,200000,-7,,"
        + "-7 +11,F1 F2,test:1,,-350000,750000,2005-02-22T13:00:00Z,F2,,"
    )
    #expect(lines[3].hasSuffix("value,-400000,-5,,12,F2,test:1,2005-02-22T13:00:00Z,,,,,,"))
  }
}
