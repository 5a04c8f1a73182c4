import Facts

/// The tables that the rows of `pre` of one filing lay out.
///
/// The data sets have neither headings nor labels of totals: which lines are totals is taken from
/// their captions and concepts, opening and closing balances from their captions and order.
enum FSDSTables {
  /// What the SEC calls a statement, and what it is.
  private static let statements: [String: (name: String, title: String)] = [
    "BS": ("balance-sheet", "Balance Sheets"),
    "IS": ("operations", "Statements of Operations"),
    "CF": ("cash-flow", "Statements of Cash Flows"),
    "CI": ("comprehensive-income", "Statements of Comprehensive Income"),
    "EQ": ("equity", "Statements of Equity"),
  ]

  static func tables(_ rows: [FSDSPresentations.Row]) -> [PresentedTable] {
    var reports: [String: [FSDSPresentations.Row]] = [:]
    for row in rows {
      let key = "\(row.report) \(row.statement) \(row.isParenthetical)"
      reports[key, default: []].append(row)
    }
    let sorted = reports.values.sorted { lhs, rhs in
      let (left, right) = (lhs[0], rhs[0])
      return (left.report, left.isParenthetical ? 1 : 0, left.statement)
        < (right.report, right.isParenthetical ? 1 : 0, right.statement)
    }
    var named: Set<String> = []
    return sorted.map { rows in
      var table = table(of: rows.sorted { $0.line < $1.line })
      if let name = statements[rows[0].statement]?.name, !rows[0].isParenthetical,
        named.insert(name).inserted
      {
        table.statement = name
      }
      return table
    }
  }

  private static func table(of rows: [FSDSPresentations.Row]) -> PresentedTable {
    let first = rows[0]
    let title = statements[first.statement]?.title ?? "Statement"
    let part = first.isParenthetical ? "Parenthetical" : ""
    var table = PresentedTable(
      role: "fsds:R\(first.report)\(part)",
      title: title + (first.isParenthetical ? " (Parenthetical)" : "")
    )
    var seen: [String: Int] = [:]
    let counts = rows.reduce(into: [String: Int]()) { $0[$1.concept, default: 0] += 1 }
    for row in rows {
      seen[row.concept, default: 0] += 1
      table.rows.append(
        PresentedTable.Row(
          concept: row.concept,
          label: row.label,
          isNegated: row.isNegated,
          isTotal: isTotal(row),
          edge: first.statement == "BS"
            ? nil
            : edge(row, seen: seen[row.concept] ?? 1, of: counts[row.concept] ?? 1)
        )
      )
    }
    // Components of equity are the columns of its statement, whatever else they are figures of.
    table.dimensions = .anyBut(
      axes: first.statement == "EQ" ? [] : ["EquityComponents", "PartnerCapitalComponents"]
    )
    return table
  }

  private static func isTotal(_ row: FSDSPresentations.Row) -> Bool {
    let name = row.concept.split(separator: ":").last ?? ""
    return row.label.lowercased().hasPrefix("total ") || totals.contains(String(name))
      || ["NetCashProvidedByUsedIn", "LiabilitiesAndStock"].contains(where: name.hasPrefix)
  }

  private static let totals: Set<String> = [
    "Assets", "AssetsCurrent", "Liabilities", "LiabilitiesCurrent", "StockholdersEquity",
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    "NetIncomeLoss", "ProfitLoss",
    "ComprehensiveIncomeNetOfTax",
    "ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest",
  ]

  /// Whether a balance among flows is an opening or a closing one: by the words of its caption.
  ///
  /// Of a balance with two rows, the first is the opening one.
  private static func edge(
    _ row: FSDSPresentations.Row,
    seen: Int,
    of count: Int
  ) -> StatementDefinition.Edge? {
    let words = row.label.lowercased()
    if words.contains("beginning") || words.contains("start of") { return .start }
    if words.contains("end of") || words.contains("ending") || words.contains(", end") {
      return .end
    }
    return count == 2 && row.concept.hasPrefix("us-gaap:Cash") ? (seen == 1 ? .start : .end) : nil
  }
}
