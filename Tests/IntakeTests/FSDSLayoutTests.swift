import Facts
import Intake
import TestSupport
import Testing

@Suite("The layouts of a Financial Statement Data Set")
struct FSDSLayoutTests {
  @Test(
    "lays out statements as the table pre does: captions, order, signs, totals, balances of cash"
  )
  func laysOutStatements() throws {
    var set = DataSet(
      DataSet.figure("9000", tag: "Cash"),
      DataSet.figure("7000", tag: "Cash", date: "20090331"),
      DataSet.figure("2000", tag: "Result", quarters: "1"),
      DataSet.figure("500", tag: "Paid", quarters: "1"),
      DataSet.figure("100", tag: "Paid", quarters: "1", segments: "Region=NorthAmerica;"),
      DataSet.figure("100", tag: "Paid", quarters: "1", segments: "EquityComponents=Common;")
    )
    set.pre = [
      "adsh|report|line|stmt|inpth|tag|version|plabel|negating",
      "A-1|4|3|CF|0|Paid|us-gaap/2009|Paid|1", "A-1|4|2|CF|0|Result|us-gaap/2009|Total result|0",
      "A-1|4|1|CF|0|Cash|us-gaap/2009|Cash at beginning of quarter|0",
      "A-1|4|5|CF|0|Cash|us-gaap/2009|Cash, end|0", "A-1|4|4|CF|0|None|us-gaap/2009|None|0",
      "A-1|4|1|CF|1|Paid|us-gaap/2009|In parentheses|0",
    ]
    let (drafts, summary) = try FSDSImporter().drafts(from: set.folder)
    var layouts: [StatementDefinition] = []
    var presentations: [Presentation] = []
    for draft in drafts {
      if case .layout(let layout) = draft.event { layouts.append(layout) }
      if case .presentation(let presentation) = draft.event { presentations.append(presentation) }
    }
    #expect("\(summary)".contains("; 2 tables laid out as printed"))
    #expect(presentations.map(\.role) == ["fsds:R4", "fsds:R4Parenthetical"])
    #expect(presentations.map(\.statement) == ["cash-flow", nil])
    #expect(
      layouts[0].lines == [
        .init(
          label: "Cash at beginning of quarter",
          concept: "us-gaap:Cash",
          hasCurrencySign: true,
          instant: .start
        ),
        .init(
          label: "Total result",
          concept: "us-gaap:Result",
          hasCurrencySign: true,
          isSubtotal: true
        ),
        .init(label: "Paid", concept: "us-gaap:Paid", isNegated: true),
        .init(label: "Cash, end", concept: "us-gaap:Cash", instant: .end),
        .init(label: "North America"),
        .init(
          label: "Paid",
          depth: 1,
          concept: "us-gaap:Paid",
          dimensions: try Dimensions("Region=NorthAmerica"),
          isNegated: true
        ),
      ]
    )
    #expect(layouts[0].columns == [.init(span: .quarter)])
    #expect(layouts[0].caption == "(USD)")
  }
}
