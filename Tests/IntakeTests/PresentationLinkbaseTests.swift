import Facts
import Intake
import TestSupport
import Testing

@Suite("The layouts of a presentation linkbase")
struct PresentationLinkbaseTests {
  /// A presentation link; each arc is `parent child order`, and a label role behind them.
  private static func link(_ role: String, _ arcs: [String]) -> String {
    var concepts: Set<String> = []
    var text = ""
    for arc in arcs {
      let words = arc.split(separator: " ", maxSplits: 3).map(String.init)
      for concept in words[0...1] where concepts.insert(concept).inserted {
        let file = concept.hasPrefix("my_") ? "my.xsd" : "http://fasb.org/us-gaap.xsd"
        text += """
          <loc xlink:type="locator" xlink:label="\(concept)" xlink:href="\(file)#\(concept)"/>

          """
      }
      text += """
        <presentationArc xlink:type="arc" xlink:from="\(words[0])" xlink:to="\(words[1])" \
        xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" order="\(words[2])" \
        \(words.count > 3 ? words[3] : "")/>

        """
    }
    return """
      <presentationLink xlink:type="extended" xlink:role="\(role)">
      \(text)</presentationLink>
      """
  }

  private static func preferred(_ role: String) -> String {
    "preferredLabel=\"http://www.xbrl.org/2003/role/\(role)\""
  }

  private static let balance = link(
    "http://my.com/role/Balance",
    [
      "us-gaap_StatementOfFinancialPositionAbstract us-gaap_AssetsAbstract 1",
      "us-gaap_AssetsAbstract us-gaap_Cash 2",
      "us-gaap_AssetsAbstract us-gaap_Goodwill 1",
      "us-gaap_AssetsAbstract us-gaap_Assets 3 \(preferred("totalLabel"))",
      "us-gaap_StatementOfFinancialPositionAbstract us-gaap_LiabilitiesAbstract 2",
      "us-gaap_LiabilitiesAbstract us-gaap_Debt 1",
      "us-gaap_StatementOfFinancialPositionAbstract us-gaap_Liabilities 3 \(preferred("totalLabel"))",
      "us-gaap_StatementOfFinancialPositionAbstract us-gaap_TreasuryStockValue 4 "
        + "preferredLabel=\"http://www.xbrl.org/2009/role/negatedTerseLabel\"",
    ]
  )

  private static let cashFlow = link(
    "http://my.com/role/CashFlow",
    [
      "us-gaap_CashFlowTable us-gaap_ProductAxis 1",
      "us-gaap_ProductAxis us-gaap_ProductDomain 1", "us-gaap_ProductDomain my_IronMember 1",
      "us-gaap_CashFlowTable us-gaap_CashFlowLineItems 2",
      "us-gaap_CashFlowLineItems us-gaap_Cash 1 \(preferred("periodStartLabel"))",
      "us-gaap_CashFlowLineItems us-gaap_NetCashProvidedByUsedInOperatingActivities 2",
      "us-gaap_CashFlowLineItems us-gaap_Cash 3 \(preferred("periodEndLabel"))",
    ]
  )

  private static let labels = XBRLFixture.labels(
    ("us-gaap:AssetsAbstract", "Assets [Abstract]", "label"),
    ("us-gaap:LiabilitiesAbstract", "Liabilities [Abstract]", "label"),
    ("us-gaap:Cash", "Cash", "label"),
    ("us-gaap:Cash", "Cash at beginning of year", "periodStartLabel"),
    ("us-gaap:Cash", "Cash at end of year", "periodEndLabel"),
    ("us-gaap:Assets", "Assets", "label"),
    ("us-gaap:Assets", "Total assets", "totalLabel"),
    ("us-gaap:TreasuryStockValue", "Treasury stock, value", "label"),
    ("us-gaap:TreasuryStockValue", "Treasury stock", "terseLabel"),
    ("my:IronMember", "Iron [Member]", "label"),
    ("us-gaap:NetCashProvidedByUsedInOperatingActivities", "Operations", "label")
  )

  private static let roles = """
    <link:roleType roleURI="http://my.com/role/Balance" id="B"><link:definition>1002 - Statement - \
    Balance Sheets</link:definition></link:roleType>
    <link:roleType roleURI="http://my.com/role/CashFlow" id="C"><link:definition>1003 - Statement - \
    Cash Flows</link:definition></link:roleType>
    """

  private static func fixture(_ linkbase: String = balance + cashFlow) -> XBRLFixture {
    var fixture = XBRLFixture(
      XBRLFixture.figure("9000", "us-gaap:Cash"),
      XBRLFixture.figure("8000", "us-gaap:Cash", context: "Y"),
      XBRLFixture.figure("1000", "us-gaap:Goodwill"),
      XBRLFixture.figure("10000"),
      XBRLFixture.figure("9000", context: "Y"),
      XBRLFixture.figure("2000", "us-gaap:Liabilities"),
      XBRLFixture.figure("500000", "us-gaap:TreasuryStockValue"),
      XBRLFixture.figure("7000", "us-gaap:Cash", context: "J"),
      XBRLFixture.figure(
        "2000",
        "us-gaap:NetCashProvidedByUsedInOperatingActivities",
        context: "D"
      ),
      XBRLFixture.figure(
        "1500",
        "us-gaap:NetCashProvidedByUsedInOperatingActivities",
        context: "M"
      ),
      XBRLFixture.text("2010-09-30", "dei:DocumentPeriodEndDate"),
      XBRLFixture.text("10-Q", "dei:DocumentType"),
      XBRLFixture.text("--12-31", "dei:CurrentFiscalYearEndDate")
    )
    fixture.contexts += [
      XBRLFixture.context("Y", "<instant>2009-12-31</instant>"),
      XBRLFixture.context("J", "<instant>2010-06-30</instant>"),
      XBRLFixture.context(
        "M",
        "<startDate>2010-07-01</startDate><endDate>2010-09-30</endDate>",
        segment: "<xbrldi:explicitMember dimension=\"us-gaap:ProductAxis\">my:IronMember"
          + "</xbrldi:explicitMember>"
      ),
    ]
    let references =
      ["my_cal.xml calculation", "my_pre.xml presentation", "my_lab.xml label"].map { words in
        let parts = words.split(separator: " ")
        return "<link:linkbaseRef xlink:type=\"simple\" xlink:href=\"\(parts[0])\" "
          + "xlink:role=\"http://www.xbrl.org/2003/role/\(parts[1])LinkbaseRef\"/>"
      }.joined()
    fixture.files["my.xsd"] = XBRLFixture.schema(
      "<xs:element name=\"IronMember\" id=\"my_IronMember\" type=\"t:domainItemType\"/>",
      references: roles + references
    )
    fixture.files["my_pre.xml"] = XBRLFixture.linkbase(linkbase)
    fixture.files["my_lab.xml"] = XBRLFixture.linkbase(labels)
    return fixture
  }

  /// The layouts, by the statement or else the title of their presentation.
  private func layouts(_ fixture: XBRLFixture) throws -> [String: StatementDefinition] {
    var found: [StatementDefinition] = []
    var names: [String] = []
    for draft in try fixture.report().drafts {
      switch draft.event {
      case .layout(let layout): found.append(layout)
      case .presentation(let presentation):
        names.append(presentation.statement ?? presentation.title ?? "")
      default: break
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  private func shown(_ layout: StatementDefinition?) -> [String] {
    (layout?.lines ?? []).map { line in
      let marks = [
        line.isNegated ? "negated" : nil, line.isSubtotal ? "total" : nil,
        line.instant?.rawValue, line.dimensions.isEmpty ? nil : line.dimensions.text,
        line.scale.map { "scale \($0)" },
      ].compactMap(\.self)
      return String(repeating: "  ", count: line.depth)
        + ([line.label, line.concept ?? "-"] + marks).joined(separator: "|")
    }
  }

  @Test("have the filer's order, captions, signs and totals; what has no figure is left out")
  func balanceSheet() throws {
    let layout = try layouts(Self.fixture())["balance-sheet"]
    #expect(
      shown(layout) == [
        "Assets|-", "  Goodwill|us-gaap:Goodwill", "  Cash|us-gaap:Cash",
        "  Total assets|us-gaap:Assets|total", "Liabilities|us-gaap:Liabilities|total",
        "Treasury stock|us-gaap:TreasuryStockValue|negated",
      ]
    )
    #expect(layout?.title == "Balance Sheets")
    #expect(layout?.caption == "(USD in thousands)")
    #expect(
      layout?.columns == [
        .init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true),
      ]
    )
  }

  @Test("have opening and closing balances, and figures of members under the member's caption")
  func cashFlow() throws {
    let layout = try layouts(Self.fixture())["cash-flow"]
    #expect(
      shown(layout) == [
        "Cash at beginning of year|us-gaap:Cash|start",
        "Operations|us-gaap:NetCashProvidedByUsedInOperatingActivities",
        "Cash at end of year|us-gaap:Cash|end", "Iron|-",
        "  Operations|us-gaap:NetCashProvidedByUsedInOperatingActivities|"
          + "us-gaap:ProductAxis=my:IronMember",
      ]
    )
    #expect(layout?.columns == [.init(span: .quarter)])
  }

  @Test("leave out arcs that another prohibits, and cut circles")
  func prohibitedArcs() throws {
    let more = Self.link(
      "http://my.com/role/Balance",
      [
        "us-gaap_AssetsAbstract us-gaap_Goodwill 1 use=\"prohibited\" priority=\"2\"",
        "us-gaap_Cash us-gaap_AssetsAbstract 1",
      ]
    )
    let layout = try layouts(Self.fixture(Self.balance + more))["balance-sheet"]
    #expect(shown(layout).first == "Assets|-")
    #expect(!shown(layout).contains { $0.contains("Goodwill") })
  }

  @Test("are of the filing, with the leaf hash of their event, and told of")
  func areOfTheFiling() throws {
    let report = try Self.fixture().report()
    #expect("\(report.summary)".contains("2 tables laid out as printed"))
    let presentations = report.drafts.compactMap { draft in
      if case .presentation(let presentation) = draft.event { presentation } else { nil }
    }
    #expect(presentations.map(\.filing) == ["0000000007-10-000001", "0000000007-10-000001"])
    #expect(presentations.map(\.role).allSatisfy { $0.hasPrefix("http://my.com/role/") })
  }

  @Test("are left out, and counted, where an event cannot hold them")
  func tooLong() throws {
    var fixture = Self.fixture()
    fixture.files["my_lab.xml"] = XBRLFixture.linkbase(
      XBRLFixture.labels(("us-gaap:Goodwill", String(repeating: "good ", count: 800), "label"))
    )
    let arcs = (1...20).map { "us-gaap_AssetsAbstract us-gaap_Goodwill \($0)" }
    fixture.files["my_pre.xml"] = XBRLFixture.linkbase(Self.link("http://my.com/r", arcs))
    #expect(
      try "\(fixture.report().summary)".contains("1 table left out for its length")
    )
  }

  @Test("are none where the folder lacks the linkbase")
  func missingLinkbase() throws {
    var fixture = Self.fixture()
    fixture.files["my_pre.xml"] = nil
    #expect(try layouts(fixture).isEmpty)
  }
}
