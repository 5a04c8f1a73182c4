/// Which statement a table is, by the concepts that it has rows for.
enum StatementNames {
  /// The name of the statement that a table is; `nil` if it is none of those that have names.
  static func name(of table: PresentedTable) -> String? {
    let concepts = Set(table.rows.map { String(localName($0.concept)) })
    func has(_ names: String...) -> Bool { names.contains(where: concepts.contains) }
    func hasPrefix(_ prefix: String) -> Bool { concepts.contains { $0.hasPrefix(prefix) } }
    if hasPrefix("NetCashProvidedByUsedInOperatingActivities")
      || has("CashFlowsFromUsedInOperatingActivities")
    {
      return "cash-flow"
    }
    if has("Assets"), has("LiabilitiesAndStockholdersEquity", "Liabilities", "EquityAndLiabilities")
    {
      return "balance-sheet"
    }
    if case .members(let axes, _) = table.dimensions,
      axes.contains(where: { axis in
        ["StatementEquityComponentsAxis", "ComponentsOfEquityAxis"].contains(
          String(localName(axis))
        )
      })
    {
      return "equity"
    }
    let isAboutIncome =
      hasPrefix("EarningsPerShare") || hasPrefix("Revenue") || hasPrefix("SalesRevenue")
      || hasPrefix("IncomeLossFromContinuingOperations") || has("OperatingIncomeLoss", "ProfitLoss")
      || has("BasicEarningsLossPerShare") || hasPrefix("OperatingExpenses")
    if hasPrefix("ComprehensiveIncome") || hasPrefix("OtherComprehensiveIncome") {
      return isAboutIncome
        && (hasPrefix("EarningsPerShare") || has("BasicEarningsLossPerShare")
          || hasPrefix("Revenue"))
        ? "operations" : "comprehensive-income"
    }
    return isAboutIncome ? "operations" : nil
  }

  private static func localName(_ concept: String) -> Substring {
    concept.lastIndex(of: ":").map { concept[concept.index(after: $0)...] } ?? concept[...]
  }
}
