import Foundation
import TestSupport
import Testing

@Suite("A lead sheet") struct LeadSheetTests {
  private let assay: Assay

  private static func claim(_ filing: String, _ concept: String, _ day: String, _ value: String)
    -> String
  {
    #"{"type":"statement-line","filing":"\#(filing)","entity":"x:1","concept":"us-gaap:\#(concept)","period":"\#(day)","#
      + #""unit":"USD","value":"\#(value)000","decimals":-6}"#
  }

  /// Assets of two years, of which the second filing restates the first year's without a word.
  ///
  /// - Parameters:
  ///   - form: The form of the second filing.
  ///   - more: Events behind the others.
  private init(form: String, more: [String] = []) throws {
    assay = try Assay()
    let lines =
      [
        #"{"type":"entity","entity":"x:1","name":"Example"}"#,
        #"{"type":"filing","filing":"f1","entity":"x:1","form":"10-K","published":"2004-02-01"}"#,
        #"{"type":"filing","filing":"f2","entity":"x:1","form":"\#(form)","published":"2005-02-01"}"#,
        Self.claim("f1", "Assets", "2003-12-31", "100000000"),
        Self.claim("f1", "Liabilities", "2003-12-31", "30000000"),
        Self.claim("f2", "Assets", "2004-12-31", "110050000"),
        Self.claim("f2", "Assets", "2003-12-31", "99000000"),
        Self.claim("f2", "Liabilities", "2004-12-31", "33335000"),
        Self.claim("f2", "Liabilities", "2003-12-31", "30000000"),
        Self.claim("f2", "InventoryNet", "2004-12-31", "5000000"),
        Self.claim("f2", "InventoryNet", "2003-12-31", "7000000"),
      ] + more
    try assay.write(lines.joined(separator: "\n") + "\n", to: "e.jsonl")
    let outcome = try assay.run("append", "e.jsonl")
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  init() throws { try self.init(form: "10-K") }

  @Test("has the prior year as then reported, and as known now only where that is another")
  func priorYearIsAsThenReported() throws {
    let text = try assay.run("bs", "--as-of", "2004-12-31", "--lead-sheet").output
    func words(_ label: String) -> [Substring] {
      text.lines.first { $0.hasPrefix(label) }?.split(separator: " ").filter { $0 != "$" } ?? []
    }
    // Marks stand behind the figures; the sums of the general layout tie what there is.
    let assets = words("Total assets").map(String.init)
    #expect(
      assets.contains("110,050") && assets.contains("100,000") && assets.contains("99,000"),
      "\(text)"
    )
    #expect(assets.contains("11,050") && assets.contains("11.2"), "\(text)")
    let liabilities = words("Total liabilities").map(String.init)
    #expect(
      liabilities.filter { $0 == "30,000" }.count == 1 && liabilities.contains("11.1"),
      "\(text)"
    )
    let inventories = words("Inventories").map(String.init)
    #expect(
      inventories.contains("n/y/k") && inventories.contains("(2,000)")
        && inventories.contains("-28.6"),
      "\(text)"
    )
    #expect(text.contains("1 figure is another now, shown beside it."), "\(text)")
    #expect(
      text.contains("1 figure of it came out with the later filings only: n/y/k then."),
      "\(text)"
    )
  }

  @Test("holds by its receipt, and as a workbook has the same figures with the change as a formula")
  func workbookHasFormulas() throws {
    let outcome = try assay.shell(
      """
      set -e
      assay bs --as-of 2004-12-31 --lead-sheet >page.txt
      assay receipt verify page.txt | tail -n 1
      assay bs --as-of 2004-12-31 --lead-sheet -o lead.xlsx
      unzip -p lead.xlsx xl/worksheets/sheet1.xml | grep -o '<f>[^<]*</f><v>[^<]*</v>'
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("The paper holds."), "\(outcome.output)")
    let formulas = outcome.output.matches(of: /<f>B(\d+)-E\1<\/f><v>(-?\d+)<\/v>/).map {
      String($0.2)
    }
    #expect(
      formulas.contains("11050") && formulas.contains("3335") && formulas.contains("-2000"),
      "\(outcome.output)"
    )
  }

  @Test("is refused beside a comparison, and for a date without figures")
  func nonsenseIsRefused() throws {
    let both = try assay.run("bs", "--lead-sheet", "--vs", "2004-03-01")
    #expect(both.status == 64 && both.errors.contains("leave --vs out"))
    let none = try assay.run("bs", "--lead-sheet", "--as-of", "1999-12-31")
    #expect(none.status == 1, "\(none.errors)")
  }

  private func notices() throws -> [String] {
    try assay.run("restatements", "-O", "csv").output.csv.dropFirst().compactMap(\.last)
  }

  @Test("and its restatements: one without a word is silent, one that is told is not")
  func silentRestatementsAreMarked() throws {
    #expect(try notices() == ["silent"])
    #expect(try LeadSheetTests(form: "10-K/A").notices() == ["amendment"])
    let footnote =
      #"{"type":"footnote","filing":"f2","statement":"balance-sheet","text":"Prior year figures were reclassified."}"#
    #expect(try LeadSheetTests(form: "10-K", more: [footnote]).notices() == ["footnote"])
    let page = try assay.run("restatements", "-O", "html").output
    #expect(page.contains("silent: the later filing is no amendment"), "\(page)")
  }
}
