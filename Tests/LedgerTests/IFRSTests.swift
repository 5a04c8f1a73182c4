import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("The general layouts for a filer under IFRS")
struct IFRSTests {
  private static let year = "2023-01-01/2023-12-31"

  /// One concept of each line that such filers most often print, with its period and value.
  private static let figures: [(statement: String, concept: String, period: String)] = [
    ("balance-sheet", "TradeAndOtherCurrentReceivables", "2023-12-31"),
    ("balance-sheet", "Inventories", "2023-12-31"),
    ("balance-sheet", "CurrentAssets", "2023-12-31"),
    ("balance-sheet", "PropertyPlantAndEquipment", "2023-12-31"),
    ("balance-sheet", "InvestmentAccountedForUsingEquityMethod", "2023-12-31"),
    ("balance-sheet", "Goodwill", "2023-12-31"),
    ("balance-sheet", "IntangibleAssetsOtherThanGoodwill", "2023-12-31"),
    ("balance-sheet", "Assets", "2023-12-31"),
    ("balance-sheet", "LongtermBorrowings", "2023-12-31"),
    ("balance-sheet", "Liabilities", "2023-12-31"),
    ("balance-sheet", "IssuedCapital", "2023-12-31"),
    ("balance-sheet", "SharePremium", "2023-12-31"),
    ("balance-sheet", "EquityAttributableToOwnersOfParent", "2023-12-31"),
    ("balance-sheet", "Equity", "2023-12-31"),
    ("balance-sheet", "EquityAndLiabilities", "2023-12-31"), ("operations", "Revenue", year),
    ("operations", "CostOfSales", year), ("operations", "GrossProfit", year),
    ("operations", "AdministrativeExpense", year),
    ("operations", "ProfitLossFromOperatingActivities", year),
    ("operations", "ProfitLossBeforeTax", year), ("operations", "ProfitLoss", year),
    ("operations", "ProfitLossAttributableToOwnersOfParent", year),
    ("operations", "BasicEarningsLossPerShare", year),
    ("cash-flow", "AdjustmentsForDepreciationAndAmortisationExpense", year),
    ("cash-flow", "CashFlowsFromUsedInOperatingActivities", year),
    ("cash-flow", "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities", year),
    ("cash-flow", "CashFlowsFromUsedInInvestingActivities", year),
    ("cash-flow", "DividendsPaidClassifiedAsFinancingActivities", year),
    ("cash-flow", "CashFlowsFromUsedInFinancingActivities", year),
  ]

  @Test("print what it reports, in its currency")
  func printsReported() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    var lines = """
      {"type":"entity","entity":"x:1","name":"One","fiscalYearEnd":"12-31"}
      {"type":"filing","filing":"f","entity":"x:1","form":"20-F","published":"2024-03-01"}

      """
    for (index, figure) in Self.figures.enumerated() {
      let unit = figure.concept.hasSuffix("PerShare") ? "EUR/shares" : "EUR"
      lines +=
        #"{"type":"statement-line","filing":"f","entity":"x:1","concept":"ifrs-full:\#(figure.concept)","#
        + #""period":"\#(figure.period)","unit":"\#(unit)","value":"\#(index + 1)"}"# + "\n"
    }
    _ = try ledger.append(lines)
    for statement in StatementDefinition.commonNames {
      let answer = try ledger.statement(StatementRequest(statement))
      #expect(answer.definition.unit == "EUR")
      var printed: [String: String] = [:]
      for line in answer.lines {
        guard let concept = line.concept, let cell = line.cells.first else { continue }
        printed[concept] = cell.figure?.value?.description
      }
      for (index, figure) in Self.figures.enumerated() where figure.statement == statement {
        #expect(printed["ifrs-full:\(figure.concept)"] == "\(index + 1)", "\(figure)")
      }
    }
  }
}
