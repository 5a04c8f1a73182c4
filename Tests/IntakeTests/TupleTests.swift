import Facts
import Intake
import TestSupport
import Testing

@Suite("Of an XBRL instance,")
struct TupleTests {
  private static let filing = "0000000007-10-000001"

  @Test("the figures of a tuple have it as a dimension, and are those of no other tuple")
  func figuresOfTupleHaveItAsDimension() throws {
    let fixture = XBRLFixture(
      "<my:loan>\(XBRLFixture.figure("7", "my:Due"))\(XBRLFixture.text("x", "my:Bank"))</my:loan>",
      "<my:loan>\(XBRLFixture.figure("7", "my:Due"))"
        + "<my:share>\(XBRLFixture.figure("5", "my:Due"))</my:share></my:loan>",
      XBRLFixture.figure("19", "my:Due"),
      "<my:loan xsi:nil=\"true\"/>"
    )
    let report = try fixture.report()
    let told = report.drafts.claims.map { "\($0.said) \($0.fact.dimensions.text)" }
    let expected: [String] = [
      "7 -3 my:loan=\(Self.filing)#1", "7 -3 my:loan=\(Self.filing)#2",
      "5 -3 my:loan=\(Self.filing)#2;my:share=\(Self.filing)#1", "19 -3 ",
    ]
    #expect(told == expected)
    #expect(
      report.summary.description.hasSuffix(
        "4 figures became 4 claims; 1 fact that is no figure left out; "
          + "4 tuples as dimensions of their figures"
      )
    )
  }

  @Test("a tuple in one of its own name is told by its own number")
  func tupleInOneOfItsOwnName() throws {
    let fixture = XBRLFixture(
      "<my:part><my:part>\(XBRLFixture.figure("7"))</my:part>\(XBRLFixture.figure("8"))</my:part>"
    )
    let dimensions = try fixture.claims.map(\.fact.dimensions.text)
    #expect(dimensions == ["my:part=\(Self.filing)#2", "my:part=\(Self.filing)#1"])
  }

  @Test(
    "what is no dimension in a segment becomes one, and nothing of it is lost",
    arguments: [
      ("<my:state>MI</my:state>", "my:state=MI"),
      ("<my:state> M;I </my:state>", "my:state=<my:state>M%3BI</my:state>"),
      ("<my:state/>", "my:state=<my:state/>"),
      ("<my:s b=\"2\" a='1\"'/>", "my:s=<my:s a=\"1%22\" b=\"2\"/>"),
      (
        "<my:s>\n<my:b>x&lt;</my:b><my:a/>\n</my:s>", "my:s=<my:s><my:b>x%3C</my:b><my:a/></my:s>"
      ),
      ("<my:s>1</my:s><my:t>2</my:t><my:s>3</my:s>", "my:s=<my:s>1</my:s><my:s>3</my:s>;my:t=2"),
      ("<s xmlns=\"http://other\">1</s>", "{http://other}s=1"),
      ("<my:s>&lt;5</my:s>", "my:s=<my:s>%3C5</my:s>"),
    ]
  )
  func whatIsNoDimensionBecomesOne(written: String, dimensions: String) throws {
    for isScenario in [false, true] {
      var fixture = XBRLFixture(XBRLFixture.figure("7", context: "X"))
      fixture.contexts.append(
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: isScenario ? "" : written,
          scenario: isScenario ? written : ""
        )
      )
      #expect(try fixture.claims.map(\.fact.dimensions.text) == [dimensions])
    }
  }

  @Test("one with texts alone is read for what it tells of itself, and says that it has no figure")
  func oneWithTextsAlone() throws {
    let report = try XBRLFixture(XBRLFixture.text("10-Q", "dei:DocumentType")).report()
    #expect(report.drafts.claims.isEmpty)
    #expect(
      report.summary.description.hasSuffix(
        "0 figures became 0 claims; 1 fact that is no figure left out"
      )
    )
    #expect(report.drafts.lines.contains { $0.contains(#""form":"10-Q""#) })
  }

  @Test("the namespaces, the schemas and the prefixes of measures are kept with the filing")
  func namespacesSchemasAndPrefixesAreKept() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7", unit: "u"), XBRLFixture.figure("8", "my:B"))
    fixture.units.append(
      "<unit id=\"u\"><divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator>"
        + "<unitDenominator><measure>shares</measure></unitDenominator></divide></unit>"
    )
    let lines = try fixture.report().drafts.lines
    let line = try #require(lines.first { $0.contains(#""type":"filing""#) })
    let namespaces =
      #"{"cik":"http://www.sec.gov/CIK","iso4217":"http://www.xbrl.org/2003/iso4217","#
      + #""my":"http://my.com/2010","us-gaap":"http://xbrl.us/us-gaap/2009-01-31","#
      + #""xbrli":"http://www.xbrl.org/2003/instance"}"#
    let report =
      #""report":{"measures":{"USD":"iso4217","shares":"xbrli"},"#
      + #""namespaces":\#(namespaces),"taxonomy":["my.xsd"]}"#
    #expect(line.contains(report), "\(line)")
  }
}
