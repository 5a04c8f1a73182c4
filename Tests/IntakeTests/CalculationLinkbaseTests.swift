import Facts
import Intake
import TestSupport
import Testing

@Suite("A calculation linkbase")
struct CalculationLinkbaseTests {
  private func checks(_ links: String...) throws -> [String] {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(links.joined())
    return try fixture.report().drafts.checks.map { check in
      let name = check.check.replacing("0000000007-10-000001/", with: "")
      let items = check.items.map { ($0.weight < 0 ? "- " : "+ ") + ($0.concept ?? "") }
      return ([name] + items).joined(separator: " ")
    }
  }

  @Test("gives a check for each total of each role, with weights")
  func givesCheckForEachTotalOfEachRole() throws {
    #expect(
      try checks(
        XBRLFixture.calculation("x:T x:A 1.0", "x:T x:B -1", "x:B x:C 1"),
        XBRLFixture.calculation(role: "http://my.com/role/Note@1", "x:T x:A 1"),
        XBRLFixture.calculation(role: "http://other.com/Balance", "x:T x:D 1"),
        XBRLFixture.calculation("x:T x:E 1")
      ) == [
        "Balance/x:T + x:A - x:B + x:E", "Balance/x:B + x:C", "Note-1/x:T + x:A",
        "Balance-2/x:T + x:D",
      ]
    )
  }

  @Test(
    "leaves out what it prohibits, unless a higher priority allows it again",
    arguments: [
      (["x:T x:B 1 use=\"prohibited\""], "Balance/x:T + x:A"),
      (["x:T x:B 1 use=\"prohibited\" priority=\"1\""], "Balance/x:T + x:A"),
      (
        ["x:T x:B 1.00 use=\"prohibited\" priority=\"1\"", "x:T x:B 1 priority=\"2\""],
        "Balance/x:T + x:A + x:B"
      ),
      (["x:T x:B -1 use=\"prohibited\" priority=\"9\""], "Balance/x:T + x:A + x:B"),
      // Another attribute: the arcs are not equivalent (XBRL 2.1 §3.5.3.9.7.4).
      (["x:T x:B 1 use=\"prohibited\" note=\"a\""], "Balance/x:T + x:A + x:B"),
      (
        ["x:T x:A 1 note=\"1.0\"", "x:T x:A 1 note=\"1\" use=\"prohibited\""],
        "Balance/x:T + x:A + x:B"
      ),
      (["x:T x:B 1 use=\"optional\" priority=\"2\""], "Balance/x:T + x:A + x:B"),
    ]
  )
  func leavesOutWhatItProhibits(arcs: [String], check: String) throws {
    let link = XBRLFixture.calculation("x:T x:A 1", "x:T x:B 1")
    #expect(try checks(link, arcs.map { XBRLFixture.calculation($0) }.joined()) == [check])
  }

  @Test("counts sums of other weights, and makes no check of them")
  func otherWeights() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(
      XBRLFixture.calculation("x:T x:A 1", "x:T x:B 0.5", "x:U x:A 1")
    )
    let report = try fixture.report()
    #expect(report.drafts.checks.map(\.check) == ["0000000007-10-000001/Balance/x:U"])
    #expect(report.summary.description.hasSuffix("1 sum left out for a weight other than 1 and -1"))
  }

  @Test("takes its titles from standard labels")
  func takesItsTitlesFromStandardLabels() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(
      XBRLFixture.calculation("x:T x:A 1") + XBRLFixture.labels(("x:T", "Total", "label"))
    )
    #expect(try fixture.report().drafts.checks.map(\.title) == ["Total"])
  }

  @Test("may be named by the instance itself, and of Calculations 1.1")
  func namedByInstance() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1"))
    fixture.references = "<link:linkbaseRef xlink:href=\"my_cal.xml\"/>"
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(
      XBRLFixture.calculation("x:T x:A 1")
        .replacing(
          "http://www.xbrl.org/2003/arcrole/summation-item",
          with: "https://xbrl.org/2023/arcrole/summation-item"
        )
        + XBRLFixture.calculation("x:T x:B 1").replacing("summation-item", with: "other")
    )
    #expect(try fixture.report().drafts.checks.map(\.items.count) == [1])
  }
}
