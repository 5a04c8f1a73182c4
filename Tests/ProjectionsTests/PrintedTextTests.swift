import Facts
import Projections
import TestSupport
import Testing

@Suite("The text of a printed figure")
struct PrintedTextTests {
  @Test(
    "gives the value, whatever its scale and signs",
    arguments: [
      ("71,607", "71607000", "71607000"), ("71,607", "71608000", "71607000"),
      ("28,290", "28290", "28290"), ("(11,292)", "-11292000", "-11292000"),
      ("(11,292)", "11292000", "11292000"), ("$ (0.43)", "-0.43", "-0.43"), (".42", "0.42", "0.42"),
      ("7.7", "7700000", "7700000"), ("29.73", "0.2973", "0.2973"), ("42.3", "0.423", "0.423"),
      ("6", "6000000000", "6000000000"), ("0.10", "-0.1", "-0.10"), ("-0.04", "-0.04", "-0.04"),
      ("- -", "5", "nil"), ("--", "nil", "nil"), ("12", "nil", "12"),
    ]
  )
  func givesValueWhateverItsScaleAndSigns(text: String, value: String, expected: String) throws {
    let printed = try #require(PrintedText(text))
    let amount = value == "nil" ? nil : try Amount(value)
    #expect(
      (printed.value(nearestTo: amount)?.description ?? "nil")
        == (expected == "12" ? "0.12" : expected)
    )
  }

  @Test("of words says nothing", arguments: ["double", "", "nearly half", "1.2.3", "9Q", "$"])
  func ofWordsSaysNothing(text: String) { #expect(PrintedText(text) == nil) }

  @Test(
    "vouches a claim: a dash for a dash and for zero, and for nothing else",
    arguments: [
      ("—", "nil", CheckStatus.agrees), ("—", "0 -6", .agrees), ("—", "5000000 -6", .exception),
      ("12", "nil", .exception), ("12", "12000000 -6", .agrees), ("12", "0 -6", .exception),
    ]
  )
  func dashesVouchForZero(text: String, figure: String, expected: CheckStatus) throws {
    var log = TestLog()
    try log.filing("f", "2004-11-04")
    try log.claim("x:Cash", "2004-09-30", figure, "f")
    let row = try #require(try log.facts().rows.first)
    let fact = Fact(
      entity: "x:1",
      concept: "x:Cash",
      dimensions: .none,
      unit: "USD",
      period: row.fact.period
    )
    let claim = Claim(
      kind: "k",
      filing: "f",
      fact: fact,
      figure: row.figure,
      source: Source(place: nil, text: text)
    )
    let check = CheckDefinition(check: "c", kind: .vouch, title: "T", comparison: .source)
    let result = try #require(CheckResult(vouching: row, of: claim, check))
    #expect(result.status == expected)
  }
}
