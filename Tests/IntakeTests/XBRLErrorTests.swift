import Facts
import Intake
import TestSupport
import Testing

@Suite("An XBRL filing is refused, with the place,")
struct XBRLErrorTests {
  private func error(_ fixture: XBRLFixture) throws -> ImportError {
    try #require(throws: ImportError.self) { try fixture.report() }
  }

  @Test(
    "if a fact lacks what it needs, or has it wrong",
    arguments: [
      (XBRLFixture.figure("1,5"), #"us-gaap:Assets is "1,5", which is no decimal number"#),
      (XBRLFixture.figure(""), #"us-gaap:Assets is "", which is no decimal number"#),
      (XBRLFixture.figure("NaN"), #"us-gaap:Assets is "NaN", which is no decimal number"#),
      (XBRLFixture.figure("--1"), #"us-gaap:Assets is "--1", which is no decimal number"#),
      (XBRLFixture.figure("1.2.3"), "which is no decimal number"),
      (XBRLFixture.figure("."), "which is no decimal number"),
      (XBRLFixture.figure("1e2e3"), "which is no decimal number"),
      (XBRLFixture.figure("+-1"), "which is no decimal number"),
      (XBRLFixture.figure("1234567890123456789"), "which has more than 18 digits"),
      (XBRLFixture.figure("1e18"), "which has more than 18 digits"),
      (XBRLFixture.figure("1", rounding: ""), "us-gaap:Assets has no decimals"),
      (
        XBRLFixture.figure("1", rounding: "decimals=\"x\""),
        #"us-gaap:Assets has decimals or precision "x""#
      ),
      (
        XBRLFixture.figure("1", rounding: "precision=\"0\""),
        #"us-gaap:Assets has decimals or precision "0""#
      ),
      (
        XBRLFixture.figure("1", rounding: "decimals=\"-19\""), "us-gaap:Assets has decimals -19"
      ),
      (
        XBRLFixture.figure("1", context: "Z"),
        #"contextRef of us-gaap:Assets is "Z", which the file does not define"#
      ),
      (
        XBRLFixture.figure("1", unit: "z"),
        #"unitRef of us-gaap:Assets is "z", which the file does not define"#
      ),
      ("<my:tuple>7</my:tuple>", "<tuple> is no fact: it has no contextRef"),
      (
        "<us-gaap:Assets contextRef=\"I\" unitRef=\"usd\" decimals=\"0\" xsi:nil=\"true\"/>",
        "us-gaap:Assets has no value (xsi:nil), and says how far it is rounded"
      ),
      (
        "<Assets xmlns=\"http://other\" contextRef=\"I\" unitRef=\"usd\" decimals=\"0\">1</Assets>",
        #"the namespace "http://other" of Assets has no prefix"#
      ),
    ]
  )
  func factThatLacksMemberIsRefused(written: String, message: String) throws {
    let error = try error(XBRLFixture(XBRLFixture.figure("7"), written))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == .line(5) && error.file == "0000000007-10-000001/my.xml")
    #expect(error.description.hasPrefix("0000000007-10-000001/my.xml:5: "))
    #expect(!error.remedy.isEmpty)
  }

  @Test(
    "if a context or a unit is wrong",
    arguments: [
      (
        XBRLFixture.context("X", "<instant>2010-02-30</instant>"),
        "the period is instant 2010-02-30"
      ),
      (XBRLFixture.context("X", "<forever/>"), "the period is forever"),
      (
        XBRLFixture.context("X", "<instant>2010-09-30T12:00:00</instant>"),
        "the period is instant 2010-09-30T12:00:00"
      ),
      (
        XBRLFixture.context("X", "<startDate>2010-09-30</startDate><endDate>2010-07-01</endDate>"),
        "the period is startDate 2010-09-30, endDate 2010-07-01"
      ),
      (
        XBRLFixture.context("X", "<startDate>2010-09-30</startDate>"),
        "the period is startDate 2010-09-30"
      ),
      ("<context id=\"X\"/>", "<context> has no <entity>"),
      ("<context id=\"X\"><entity/></context>", "<entity> has no <identifier>"),
      (
        "<context id=\"X\"><entity><identifier>7</identifier></entity></context>",
        "<identifier> has no scheme"
      ),
      (
        "<context id=\"X\"><entity><identifier scheme=\"s\">7</identifier></entity></context>",
        "<context> has no <period>"
      ),
      (XBRLFixture.context("I", "<instant>2010-09-30</instant>"), #"context "I" stands twice"#),
      (
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: "<my:part>1<my:b/></my:part>"
        ),
        "<part> in a segment or scenario has text beside elements"
      ),
      (
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: "<xbrldi:explicitMember>my:M</xbrldi:explicitMember>"
        ), "<explicitMember> has no dimension"
      ),
      (
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: "<xbrldi:explicitMember dimension=\"my:A\">no:M</xbrldi:explicitMember>"
        ), #""no:M" is no name, or its prefix is not declared"#
      ),
      (
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: "<xbrldi:typedMember dimension=\"my:A\"><my:t>a;b</my:t></xbrldi:typedMember>"
        ), #"dimension my:A=a;b cannot be used in context "X""#
      ),
      (
        XBRLFixture.context(
          "X",
          "<instant>2010-09-30</instant>",
          segment: "<xbrldi:explicitMember dimension=\"my:A\">my:M</xbrldi:explicitMember>",
          scenario: "<xbrldi:explicitMember dimension=\"my:A\">my:N</xbrldi:explicitMember>"
        ), #"dimension my:A stands twice in context "X""#
      ),
      ("<unit id=\"x\"/>", "<unit> has no <measure>"),
      ("<unit id=\"x\"><divide/></unit>", "<divide> has no <unitNumerator>"),
      (
        "<unit id=\"x\"><measure>no:USD</measure></unit>",
        #""no:USD" is no name, or its prefix is not declared"#
      ),
      (XBRLFixture.unit("usd", "iso4217:USD"), #"unit "usd" stands twice"#),
      (XBRLFixture.unit("x", "EUR"), "the measure EUR is none of XBRL's own"),
      (
        "<unit id=\"x\"><divide><unitNumerator><measure>pure</measure></unitNumerator>"
          + "<unitDenominator><measure>pure</measure></unitDenominator></divide></unit>",
        "pure stands above and below the line of a unit"
      ),
      ("<unit><measure>pure</measure></unit>", "<unit> has no id"),
    ]
  )
  func ifContextOrUnitIsWrong(written: String, message: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.units.append(written)
    let error = try error(fixture)
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == .line(8))
  }

  @Test(
    "if a linkbase is wrong",
    arguments: [
      (
        XBRLFixture.calculation("x:T x:A 0"),
        #"the weight of an arc is "0""#
      ),
      (XBRLFixture.calculation("x:T x:A one"), #"the weight of an arc is "one""#),
      (
        XBRLFixture.calculation("x:T x:A 1").replacing("weight=", with: "height="),
        "<calculationArc> has no weight"
      ),
      (
        XBRLFixture.calculation("x:T x:A 1").replacing("xlink:arcrole=", with: "arcrole="),
        "<calculationArc> has no arcrole"
      ),
      (
        XBRLFixture.calculation("x:T x:A 1").replacing("xlink:to=\"x_A\"", with: "xlink:to=\"z\""),
        #"an arc names "z", which the link does not locate"#
      ),
      (
        XBRLFixture.calculation("x:T x:A 1").replacing(".xsd#x_A", with: ".xsd"),
        #"the locator "http://fasb.org/us-gaap.xsd" points to no concept"#
      ),
      (
        XBRLFixture.calculation("x:T x:A 1").replacing("xlink:role=", with: "role="),
        "<calculationLink> has no role"
      ),
    ]
  )
  func ifLinkbaseIsWrong(written: String, message: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(written)
    let error = try error(fixture)
    #expect(error.message.contains(message), "\(error)")
    #expect(error.description.hasPrefix("0000000007-10-000001/my_cal.xml:"))
  }

  @Test("if a file that another names is missing", arguments: ["my.xsd", "my_cal.xml"])
  func ifFileThatAnotherNamesIsMissing(name: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.files[name] = nil
    let error = try error(fixture)
    #expect(error.message == "it names \(name), which the folder lacks")
    #expect(error.remedy == "put all files of the filing into 0000000007-10-000001")
    #expect(error.place == .line(name == "my.xsd" ? 3 : 2))
  }

  @Test(
    "if a file of it is damaged",
    arguments: [
      ("my.xsd", "<xs:schema>"), ("my.xsd", "<schema><a></schema>"), ("my_cal.xml", ""),
      ("my_cal.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><x>&a;</x>"),
      ("other.xml", "broken"), ("my_cal.xml", "{}"),
    ]
  )
  func ifFileOfItIsDamaged(name: String, text: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.files[name] = text
    let error = try error(fixture)
    #expect(error.file == "0000000007-10-000001/\(name)")
    #expect(error.place == .line(1))
    #expect(error.remedy == "the file is damaged, cut off or no XBRL: download it again")
  }

  @Test("wherever its instance is cut off")
  func whereverItsInstanceIsCutOff() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    let whole = Array(fixture.instance.utf8)
    for count in stride(from: 0, to: whole.count, by: 7) {
      fixture.files["my.xml"] = String(decoding: whole[..<count], as: UTF8.self)
      _ = try error(fixture)
    }
  }

  @Test("if it holds entities or elements without end")
  func ifItHoldsEntitiesOrElementsWithoutEnd() throws {
    var fixture = XBRLFixture(XBRLFixture.figure("&a;"))
    let bomb = "<!DOCTYPE xbrl [<!ENTITY a \"1\">]>\n<xbrl"
    fixture.files["my.xml"] = fixture.instance.replacing("<xbrl ", with: bomb + " ")
    #expect(try error(fixture).message.contains("<!DOCTYPE"))
    let deep = String(repeating: "<my:x>", count: 1000) + String(repeating: "</my:x>", count: 1000)
    #expect(try error(XBRLFixture(deep)).message == "more than 256 elements lie in each other")
  }

  @Test("if the folder holds no instance, or several")
  func folderWithoutOneInstanceIsRefused() throws {
    var fixture = XBRLFixture()
    fixture.files = ["a.txt": "x", "my.xml": XBRLFixture.linkbase("")]
    let none = try error(fixture)
    #expect(none.message == "the folder holds neither a page of Inline XBRL nor an XBRL instance")
    #expect(none.place == .file && none.remedy == "give a folder with the files of one filing")
    fixture.files["my.xml"] = fixture.instance
    fixture.files["your.xbrl"] = fixture.instance
    #expect(try error(fixture).message == "instances: my.xml, your.xbrl")
  }

  @Test(
    "if its own schema declares other concepts, or another kind of period",
    arguments: [
      ("Other", "instant", "my.xsd declares no concept my:Part"),
      ("Part", "duration", "my:Part is of the period 2010-09-30, and its schema declares duration"),
    ]
  )
  func ifItsOwnSchemaDeclaresOtherConcepts(name: String, period: String, message: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"), XBRLFixture.figure("8", "my:Part"))
    fixture.files["my.xsd"] = XBRLFixture.schema(
      "<xs:element name=\"\(name)\" type=\"xbrli:monetaryItemType\" xbrli:periodType=\"\(period)\"/>"
    )
    let error = try error(fixture)
    #expect(error.message == message && error.place == .line(5))
    // What another schema adds is not at hand.
    fixture.files["my.xsd"]?.replace("</xs:schema>", with: "<xs:include/></xs:schema>")
    if name == "Other" { #expect(try fixture.claims.count == 2) }
  }

  @Test("if it holds neither a figure nor a text")
  func ifItHoldsNeitherFigureNorText() throws {
    #expect(try error(XBRLFixture()).message == "the report holds no figure")
  }

  @Test("if metadata.json is damaged", arguments: ["{", #"{"filing_date":"2010-13-01"}"#])
  func ifMetadataJsonIsDamaged(text: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("7"))
    fixture.files["metadata.json"] = text
    #expect(try error(fixture).file == "0000000007-10-000001/metadata.json")
  }
}
