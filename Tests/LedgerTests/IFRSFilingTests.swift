import Facts
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

/// The annual report of a company under IFRS, with its own presentation and labels: in euros.
private struct IFRSReport {
  /// A row: its label, its concept, the role of its label, and its figures of two years in thousands.
  struct Row {
    let label: String
    let concept: String
    var role = "label"
    var figures: [String] = []
  }

  static let statements: [(name: String, role: String, rows: [Row])] = [
    (
      "balance-sheet", "[210000] Statement of financial position",
      [
        Row(label: "Assets", concept: "AssetsAbstract"),
        Row(label: "Plant", concept: "PropertyPlantAndEquipment", figures: ["700", "650"]),
        Row(label: "Stock", concept: "Inventories", figures: ["120", "130"]),
        Row(label: "Cash", concept: "CashAndCashEquivalents", figures: ["80", "60"]),
        Row(
          label: "Sum of assets",
          concept: "Assets",
          role: "totalLabel",
          figures: ["900", "840"]
        ),
        Row(label: "Equity and debt", concept: "EquityAndLiabilitiesAbstract"),
        Row(label: "Capital", concept: "IssuedCapital", figures: ["300", "300"]),
        Row(
          label: "Own shares",
          concept: "TreasuryShares",
          role: "negatedLabel",
          figures: ["20", "15"]
        ),
        Row(label: "Equity", concept: "Equity", role: "totalLabel", figures: ["500", "460"]),
        Row(label: "Debt", concept: "Liabilities", role: "totalLabel", figures: ["400", "380"]),
        Row(
          label: "Sum of equity and debt",
          concept: "EquityAndLiabilities",
          role: "totalLabel",
          figures: ["900", "840"]
        ),
      ]
    ),
    (
      "operations", "[310000] Statement of comprehensive income, profit or loss",
      [
        Row(label: "Turnover", concept: "Revenue", figures: ["1000", "950"]),
        Row(
          label: "Cost of turnover",
          concept: "CostOfSales",
          role: "negatedLabel",
          figures: ["640", "610"]
        ),
        Row(label: "Margin", concept: "GrossProfit", role: "totalLabel", figures: ["360", "340"]),
        Row(label: "Result", concept: "ProfitLoss", role: "totalLabel", figures: ["60", "-5"]),
        Row(
          label: "Result a share",
          concept: "BasicEarningsLossPerShare",
          figures: ["0.60", "-0.05"]
        ),
      ]
    ),
    (
      "cash-flow", "[510000] Statement of cash flows",
      [
        Row(label: "Cash at first", concept: "CashAndCashEquivalents", role: "periodStartLabel"),
        Row(
          label: "From operations",
          concept: "CashFlowsFromUsedInOperatingActivities",
          figures: ["150", "140"]
        ),
        Row(
          label: "Plant bought",
          concept: "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
          role: "negatedLabel",
          figures: ["130", "90"]
        ),
        Row(label: "Cash at last", concept: "CashAndCashEquivalents", role: "periodEndLabel"),
      ]
    ),
  ]

  private static let standard = "http://www.xbrl.org/2003/role"

  private static func file(_ name: String, _ content: String) -> (String, String) {
    (
      name,
      """
      <linkbase xmlns="http://www.xbrl.org/2003/linkbase" \
      xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en">\(content)</linkbase>
      """
    )
  }

  private static func locator(_ concept: String) -> String {
    "<loc xlink:type=\"locator\" xlink:label=\"\(concept)\" "
      + "xlink:href=\"https://xbrl.ifrs.org/taxonomy/full_ifrs-cor.xsd#ifrs-full_\(concept)\"/>"
  }

  private static var presentation: String {
    statements.enumerated().map { number, statement in
      var (arcs, concepts) = ("", Set(["Root\(number)"]))
      var heading = "Root\(number)"
      for (order, row) in statement.rows.enumerated() {
        concepts.insert(row.concept)
        let isHeading = row.concept.hasSuffix("Abstract")
        let parent = isHeading ? "Root\(number)" : heading
        if isHeading { heading = row.concept }
        arcs += """
          <presentationArc xlink:type="arc" xlink:from="\(parent)" xlink:to="\(row.concept)" \
          xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" order="\(order + 1)" \
          preferredLabel="\(row.role == "negatedLabel" ? "http://www.xbrl.org/2009/role" : standard)\
          /\(row.role)"/>
          """
      }
      return "<presentationLink xlink:type=\"extended\" xlink:role=\"http://x.com/role/\(number)\">"
        + concepts.sorted().map(locator).joined() + arcs + "</presentationLink>"
    }.joined()
  }

  private static var labels: String {
    var (text, seen) = ("", Set<String>())
    for (number, row) in statements.flatMap(\.rows).enumerated() {
      let role = row.role == "negatedLabel" ? "label" : row.role
      let ending = row.concept.hasSuffix("Abstract") ? " [abstract]" : ""
      if seen.insert(row.concept).inserted { text += locator(row.concept) }
      text += """
        <label xlink:type="resource" xlink:label="l\(number)" \
        xlink:role="\(standard)/\(role)">\(row.label)\(ending)</label>
        <labelArc xlink:type="arc" xlink:from="\(row.concept)" xlink:to="l\(number)" \
        xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"/>
        """
    }
    return "<labelLink xlink:type=\"extended\" xlink:role=\"\(standard)/link\">\(text)</labelLink>"
  }

  private static var schema: String {
    let roles = statements.enumerated().map { number, statement in
      "<link:roleType roleURI=\"http://x.com/role/\(number)\" id=\"r\(number)\">"
        + "<link:definition>\(statement.role)</link:definition></link:roleType>"
    }.joined()
    let references = ["pre": "presentation", "lab": "label"].map { file, kind in
      "<link:linkbaseRef xlink:type=\"simple\" xlink:href=\"x_\(file).xml\" "
        + "xlink:role=\"\(standard)/\(kind)LinkbaseRef\"/>"
    }.joined()
    return """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://x.com" \
      xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
      <xs:annotation><xs:appinfo>\(roles)\(references)</xs:appinfo></xs:annotation></xs:schema>
      """
  }

  private static var instance: String {
    let periods = [
      "i0": "<instant>2023-12-31</instant>", "i1": "<instant>2022-12-31</instant>",
      "i2": "<instant>2021-12-31</instant>",
      "d0": "<startDate>2023-01-01</startDate><endDate>2023-12-31</endDate>",
      "d1": "<startDate>2022-01-01</startDate><endDate>2022-12-31</endDate>",
    ]
    var text = periods.sorted { $0.key < $1.key }.map { id, period in
      """
      <context id="\(id)"><entity><identifier scheme="http://standards.iso.org/iso/17442">\
      5299000000000000XX17</identifier></entity><period>\(period)</period></context>
      """
    }.joined()
    func fact(_ concept: String, _ context: String, _ figure: String) -> String {
      let isPerShare = concept.hasSuffix("PerShare")
      let value = isPerShare ? figure : figure + "000"
      return "<ifrs-full:\(concept) contextRef=\"\(context)\" "
        + "unitRef=\"\(isPerShare ? "p" : "e")\" decimals=\"\(isPerShare ? 2 : -3)\">"
        + "\(value)</ifrs-full:\(concept)>"
    }
    for statement in statements {
      for row in statement.rows {
        for (year, figure) in row.figures.enumerated() {
          text += fact(
            row.concept,
            (statement.name == "balance-sheet" ? "i" : "d") + "\(year)",
            figure
          )
        }
      }
    }
    text += fact("CashAndCashEquivalents", "i2", "10")
    return """
      <xbrl xmlns="http://www.xbrl.org/2003/instance" \
      xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
      xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" \
      xmlns:ifrs-full="https://xbrl.ifrs.org/taxonomy/2022-03-24/ifrs-full">
      <link:schemaRef xlink:type="simple" xlink:href="x.xsd"/>\(text)
      <unit id="e"><measure>iso4217:EUR</measure></unit>
      <unit id="p"><divide><unitNumerator><measure>iso4217:EUR</measure></unitNumerator>\
      <unitDenominator><measure>shares</measure></unitDenominator></divide></unit></xbrl>
      """
  }

  static var folder: SourceFolder {
    let files = Dictionary(
      uniqueKeysWithValues: [
        ("x.xml", instance), ("x.xsd", schema), file("x_pre.xml", presentation),
        file("x_lab.xml", labels),
      ]
    )
    return SourceFolder(path: "x", names: files.keys.sorted()) { name, body in
      try body(Array((files[name] ?? "").utf8)[...])
    }
  }
}

@Suite("A filing under IFRS with its own presentation")
struct IFRSFilingTests {
  private func ledger(_ folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    let report = try XBRLImporter().report(
      from: IFRSReport.folder,
      FilingParticulars(filing: "f", published: PublishedTime("2024-03-01"), form: "20-F"),
      known: KnownDefinitions(of: nil)
    )
    _ = try ledger.append(report.drafts, options())
    return ledger
  }

  private func printed(_ line: StatementAnswer.Line) -> [String] {
    line.cells.map { cell in
      guard let value = cell.figure?.value else { return "\(cell)" }
      return value.description.hasSuffix("000") ? String(value.description.dropLast(3)) : "\(value)"
    }
  }

  @Test("is printed line by line as its filer prints it, in euros")
  func isPrintedAsFiled() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    for (name, _, rows) in IFRSReport.statements {
      let answer = try ledger.statement(StatementRequest(name))
      #expect(answer.filedLayout?.filing.filing == "f")
      #expect(answer.definition.unit == "EUR")
      #expect(answer.definition.caption?.contains("EUR") == true)
      #expect(answer.lines.map(\.definition.label) == rows.map(\.label), "\(name)")
      for (line, row) in zip(answer.lines, rows) {
        #expect(line.definition.isNegated == (row.role == "negatedLabel"), "\(row.label)")
        let figures: [String] =
          switch row.role {
          case "periodStartLabel": ["60", "10"]
          case "periodEndLabel": ["80", "60"]
          default: row.figures
          }
        #expect(printed(line) == figures, "\(row.label)")
      }
    }
  }

  @Test("is printed in the general layouts, in euros, with what they do not list")
  func isPrintedInGeneral() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    for (name, _, rows) in IFRSReport.statements {
      let answer = try ledger.statement(StatementRequest(name, layout: .general))
      #expect(answer.definition.unit == "EUR")
      #expect(answer.definition.caption?.contains("EUR") == true)
      for row in rows where !row.figures.isEmpty {
        let line = answer.lines.first { $0.concept == "ifrs-full:\(row.concept)" }
        #expect(line.map(printed) == row.figures, "\(name): \(row.label)")
      }
    }
  }
}
