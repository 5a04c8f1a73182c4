import Facts
import Intake
import TestSupport
import Testing

@Suite("A page of Inline XBRL is refused, by name and place,")
struct InlineErrorTests {
  private typealias Page = InlineFixture

  @Test(
    "if a figure is none, or is written by a rule that is not known",
    arguments: [
      (Page.figure("1,5"), nil),
      (Page.figure("(1)"), "shows \"(1)\", of which ixt:num-dot-decimal makes no number"),
      (Page.figure("\u{2014}"), "of which ixt:num-dot-decimal makes no number"),
      (Page.figure("-1", "my:A", "decimals=\"0\""), "my:A is \"-1\", which is no decimal number"),
      (
        Page.figure("1,000", "my:A", "decimals=\"0\""),
        "my:A is \"1,000\", which is no decimal number"
      ),
      (
        Page.figure("1", "my:A", "decimals=\"0\" format=\"ixt:num-dot\""),
        "my:A has the format ixt:num-dot, which"
      ),
      (
        Page.figure("1", "my:A", "decimals=\"0\" format=\"my:f\""),
        "the format my:f of http://my.com/2010, which"
      ),
      (
        Page.figure("1", "my:A", "decimals=\"0\" format=\"no:f\""),
        "the prefix of the format \"no:f\" is not"
      ),
      (Page.figure("1", "my:A", "decimals=\"0\" scale=\"x\""), "the scale of my:A is \"x\""),
      (Page.figure("1", "my:A", "decimals=\"0\" scale=\"19\""), "the scale of my:A is \"19\""),
      (Page.figure("1", "my:A", "decimals=\"0\" scale=\"18\""), "has more than 18 digits"),
      (Page.figure("1", "my:A", "decimals=\"0\" sign=\"+\""), "the sign of my:A is \"+\""),
      (Page.figure("1", "my:A", ""), "my:A has no decimals"),
      (
        Page.figure("1", "my:A", "decimals=\"0\" precision=\"1\""),
        "has decimals \"0\" and precision \"1\""
      ),
      (Page.figure("1", "no:A"), "\"no:A\" is no name, or its prefix is not declared"),
      (Page.figure("<b>1</b>"), "<b> lies in ix:nonFraction of us-gaap:Assets"),
      (Page.figure("2" + Page.figure("1")), "holds text or figures beside the one in it"),
      (Page.figure("1", "my:A", "decimals=\"0\" tupleRef=\"t\""), "is part of a tuple"),
      ("<ix:fraction name=\"my:A\" contextRef=\"I\" unitRef=\"usd\"/>", "ix:fraction is not read"),
      ("<ix:tuple name=\"my:A\"/>", "ix:tuple is not read"),
      (
        "<ix:nonFraction xmlns:ix=\"http://x\" name=\"my:A\">1</ix:nonFraction>",
        "<nonFraction> is of the namespace \"http://x\""
      ), ("<ix:figure/>", "ix:figure is no element of Inline XBRL 1.1"),
      (
        "<ix:nonFraction name=\"my:A\" unitRef=\"usd\">1</ix:nonFraction>",
        "ix:nonFraction has no contextRef"
      ),
      (
        "<ix:nonFraction contextRef=\"I\" unitRef=\"usd\">1</ix:nonFraction>",
        "ix:nonFraction has no name"
      ),
      (
        "<ix:nonFraction name=\"my:A\" contextRef=\"I\">1</ix:nonFraction>",
        "ix:nonFraction has no unitRef"
      ),
    ] as [(String, String?)]
  )
  func malformedFigureIsRefused(written: String, message: String?) throws {
    let page = Page("<p>" + Page.figure("7"), written + "</p>")
    guard let message else { return #expect(try page.claims.count == 2) }
    let error = try #require(throws: ImportError.self) { try page.claims }
    #expect(error.message.contains(message), "\(error)")
    #expect(!error.remedy.isEmpty && error.file == "0000000007-24-000001/my.htm")
    let line = page.page.split(separator: "\n").count - 1
    switch error.place {
    case .line(let found): #expect(found == line)
    case .column(_, let found):
      #expect(found == line)
      #expect(error.description.hasPrefix("0000000007-24-000001/my.htm:\(line): column "))
    default: Issue.record("\(error)")
    }
  }

  @Test(
    "if it is no XML, or what a figure names is missing",
    arguments: [
      (Page.figure("1", context: "Z"), #"contextRef of us-gaap:Assets is "Z", which"#),
      ("<p>" + Page.figure("1"), "mismatched tag"), (Page.figure("1&copy;"), "undefined entity"),
    ]
  )
  func brokenPageIsRefused(written: String, message: String) throws {
    let error = try #require(throws: ImportError.self) { try Page(written).claims }
    #expect(error.message.contains(message), "\(error)")
  }

  @Test("if its document type declares something: no entity grows or names a file")
  func declarationsAreRefused() throws {
    var page = Page(Page.figure("&a;"))
    page.start = "<!DOCTYPE html [<!ENTITY a \"1\">]>"
    let error = try #require(throws: ImportError.self) { try page.claims }
    #expect(error.message == "a document type (<!DOCTYPE) that declares something is not read")
  }
}
