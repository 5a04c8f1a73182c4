import Foundation
import Testing

@Suite("Checks of the release")
struct CheckTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  /// Where the release of 2004-11-04 does not tie, and by how much.
  private static let exceptions = [
    "articulation/contributed-capital 2004-01-01/2004-09-30 -749000",
    "articulation/investments 2004-01-01/2004-09-30 -1023000",
    "articulation/other-assets 2004-01-01/2004-09-30 114000",
    "articulation/payables 2004-01-01/2004-09-30 -13000",
    "articulation/payroll 2004-01-01/2004-09-30 256000",
    "articulation/reclamation-and-other-liabilities 2004-01-01/2004-09-30 391000",
    "articulation/reclamation-provision 2003-01-01/2003-09-30 -45000",
    "balance-sheet/properties 2004-01-01/2004-09-30 277000",
    "balance-sheet/restricted-cash 2004-01-01/2004-09-30 346000",
    "cash-cost-reconciliation/cost-of-sales 2003-07-01/2003-09-30 24000",
    "cash-cost-reconciliation/cost-of-sales 2003-01-01/2003-09-30 567000",
    "cash-cost-reconciliation/gold-segment-cost-per-exact-ounce 2004-07-01/2004-09-30 -2.43",
    "production/capital-additions 2004-01-01/2004-09-30 266000",
    "production/capital-additions 2003-01-01/2003-09-30 879000",
    "production/gold 2004-07-01/2004-09-30 65",
    "production/gold 2004-01-01/2004-09-30 176",
    "production/gold 2003-07-01/2003-09-30 55",
    "production/gold 2003-01-01/2003-09-30 180",
    "prose/environmental-accrual 2004-07-01/2004-09-30 -121000",
  ]

  private func rows(_ arguments: String...) throws -> [[String]] {
    let outcome = try assay.run(["check", "-O", "csv"] + arguments)
    return Array(outcome.output.csv.dropFirst())
  }

  @Test("every place where the release does not tie is found, with its signed residual")
  func everyPlaceWhereReleaseDoesNotTieIsFound() throws {
    let found = try rows().filter { $0[3] == "exception" }.map { "\($0[0]) \($0[2]) \($0[7])" }
    #expect(found.sorted() == Self.exceptions.sorted())
  }

  @Test("text tells exceptions with their figures and places, and ends with 1")
  func textTellsExceptionsWithTheirFiguresAndPlaces() throws {
    let outcome = try assay.run("check", "production/gold")
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("residual   65   rounding explains 2"))
    #expect(outcome.output.contains("[0001157523-04-010335 line 342, column 33]"))
    #expect(outcome.output.contains("! exception"))
    #expect(!outcome.output.contains("not checkable\n\n"))
  }

  @Test("what ties ends with 0 and says so in a line")
  func agreeingChecksEndWithZero() throws {
    let outcome = try assay.run("check", "balance-sheet/total-assets")
    #expect(outcome.status == 0)
    // A line, the latest filing, and the receipt.
    let told = outcome.output.components(separatedBy: "\nquery ")[0]
    #expect(told.lines.count { !$0.isEmpty } == 2, "\(outcome.output)")
    let verbose = try assay.run("check", "balance-sheet/total-assets", "--verbose")
    #expect(verbose.output.contains("F balance-sheet/total-assets  2004-09-30"))
  }

  @Test("JSON has the shape that outside programs rely on")
  func jsonHasShapeThatOutsideProgramsRelyOn() throws {
    let outcome = try assay.run("check", "production/gold", "-O", "json")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    )
    #expect(json["schema"] as? String == "assay.check/1")
    let results = try #require(json["results"] as? [[String: Any]])
    let quarter = try #require(
      results.first {
        $0["check"] as? String == "production/gold"
          && $0["period"] as? String == "2004-07-01/2004-09-30"
      }
    )
    #expect(quarter["kind"] as? String == "cross-foot")
    #expect(quarter["status"] as? String == "exception")
    #expect(quarter["reported"] as? String == "44814")
    #expect(quarter["computed"] as? String == "44749")
    #expect(quarter["residual"] as? String == "65")
    #expect(quarter["tolerance"] as? String == "2")
    #expect((quarter["operands"] as? [[String: Any]])?.count == 4)
  }

  @Test("a figure that is not known yet is not checkable, and never a pass")
  func notKnown() throws {
    #expect(try rows("--known-at", "2004-11-03").allSatisfy { $0[2] < "2004-09-30" })
    let headlines = try rows("operations/", "--as-of", "2004-12-31")
    #expect(headlines.allSatisfy { $0[3] == "not-checkable" && !$0[9].isEmpty })
  }

  @Test("a tolerance makes small residuals immaterial")
  func toleranceMakesSmallResidualsImmaterial() throws {
    let outcome = try assay.run("check", "production/gold", "--tolerance", "200", "-O", "csv")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("immaterial"))
  }

  @Test("an unknown check suggests a near one; a wrong tolerance is wrong usage")
  func unknownCheckSuggestsNearOne() throws {
    #expect(try assay.run("check", "balance-shet").errors.contains("did you mean"))
    #expect(try assay.run("check", "--tolerance", "some").status == 64)
  }

  @Test("claims are vouched to the printed text, and one copied wrongly is an exception")
  func claimsAreVouchedToPrintedText() throws {
    let clean = try assay.run("check", "claims/printed-text", "--verbose")
    #expect(clean.status == 0 && clean.output.contains("V vouched to the printed text"))
    try assay.write(
      """
      {"type":"filing","filing":"f","entity":"cik:0000719413","published":"2007-03-01"}
      {"type":"statement-line","filing":"f","entity":"cik:0000719413","concept":"us-gaap:Assets",\
      "period":"2006-12-31","unit":"USD","value":"346296000","decimals":-3,\
      "source":{"line":9,"column":40,"text":"346,269"}}
      """,
      to: "wrong.jsonl"
    )
    _ = try assay.run("append", "wrong.jsonl")
    let outcome = try assay.run("check", "claims/printed-text", "-O", "csv")
    #expect(outcome.status == 1)
    let found = outcome.output.csv.filter { $0.contains("exception") }
    #expect(found.count == 1 && found[0].contains("27000") && found[0].contains("346269000"))
  }
}
