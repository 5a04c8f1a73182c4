import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("A check over filings of several vintages")
struct CheckMixtureTests {
  private static let lines = #"""
    {"type":"entity","entity":"x:1","name":"Example"}
    {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}
    {"type":"concept","concept":"x:Land","kind":"statement-line","periodType":"instant"}
    {"type":"concept","concept":"x:Total","kind":"statement-line","periodType":"instant"}
    {"type":"check","check":"total","entity":"x:1","kind":"foot","title":"Total","total":{"concept":"x:Total"},"items":[{"concept":"x:Cash"},{"concept":"x:Land"}]}
    {"type":"filing","filing":"k","entity":"x:1","form":"10-K","published":"2020-02-01"}
    {"type":"statement-line","filing":"k","entity":"x:1","concept":"x:Cash","period":"2019-12-31","unit":"USD","value":"30"}
    {"type":"statement-line","filing":"k","entity":"x:1","concept":"x:Land","period":"2019-12-31","unit":"USD","value":"20"}
    {"type":"statement-line","filing":"k","entity":"x:1","concept":"x:Total","period":"2019-12-31","unit":"USD","value":"50"}

    """#

  private static let amendment = #"""
    {"type":"filing","filing":"a","entity":"x:1","form":"10-K/A","published":"2020-02-01"}
    {"type":"statement-line","filing":"a","entity":"x:1","concept":"x:Total","period":"2019-12-31","unit":"USD","value":"60"}

    """#

  @Test("runs over what holds after a partial amendment, and names both filings")
  func partialAmendmentIsNamed() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(Self.lines)
    let before = try #require(try ledger.checks("total").results.first)
    #expect(before.status == .agrees && before.mixture == nil)
    _ = try ledger.append(Self.amendment, seconds: 1)
    let after = try #require(try ledger.checks("total").results.first)
    #expect(after.status == .exception && after.residual == "10")
    #expect(after.mixture == CheckAnswer.Mixture(restating: "a", earlier: "k"))
  }
}
