public import Facts

/// The concepts that filings report, and the layout of the balance sheet.
public enum Catalogue {
  /// What every filing claims for every period: a concept, with or without dimensions.
  struct Series: Sendable {
    let concept: String
    let dimensions: Dimensions
    let unit: String
    let isInstant: Bool
    let kind = "statement-line"

    /// Digits after the point; `nil` for whole thousands.
    let fractionDigitCount: UInt8?
  }

  /// The lines of the balance sheet that have figures.
  static let balanceSheet = (1...31).map { line in
    Series(
      concept: "bench:BalanceSheetLine\(padded(line, 2))",
      dimensions: .none,
      unit: line == 31 ? "shares" : "USD",
      isInstant: true,
      fractionDigitCount: line == 31 ? 0 : nil
    )
  }

  private static let conceptCount = 300
  private static let segmentedConceptCount = 100
  private static let segmentCount = 8

  /// What filings report beside the balance sheet: first every concept alone, then some of them by
  /// segment.
  static let others: [Series] = {
    let alone = (0..<conceptCount).map { series(concept: $0, dimensions: .none) }
    let bySegment = (0..<segmentCount).flatMap { segment in
      let text = "segment=Segment \(segment + 1)"
      return (0..<segmentedConceptCount).map { concept in
        series(concept: concept, dimensions: Dimensions(canonicalText: text))
      }
    }
    return alone + bySegment
  }()

  private static func series(concept: Int, dimensions: Dimensions) -> Series {
    let name = "bench:Concept\(padded(concept, 3))"
    switch concept % 10 {
    case 0...5:
      return Series(
        concept: name,
        dimensions: dimensions,
        unit: "USD",
        isInstant: false,
        fractionDigitCount: nil
      )
    case 6, 7:
      return Series(
        concept: name,
        dimensions: dimensions,
        unit: "USD",
        isInstant: true,
        fractionDigitCount: nil
      )
    case 8:
      return Series(
        concept: name,
        dimensions: dimensions,
        unit: "USD/shares",
        isInstant: false,
        fractionDigitCount: 2
      )
    default:
      return Series(
        concept: name,
        dimensions: dimensions,
        unit: "shares",
        isInstant: true,
        fractionDigitCount: 0
      )
    }
  }

  /// The definitions of all concepts, and the layouts of two statements: the balance sheet, whose
  /// lines and columns are as many and of the same kinds as a real one's, and one of a single line.
  public static let definitions: [Draft] = {
    let concepts = (balanceSheet + others.prefix(conceptCount)).map { series in
      Event.concept(
        ConceptDefinition(
          concept: series.concept,
          kind: series.kind,
          periodType: series.isInstant ? .instant : .duration,
          dataType: dataType(of: series),
          isAdditive: series.isInstant ? nil : series.unit == "USD"
        )
      )
    }
    return (concepts + [.statement(balanceSheetLayout), .statement(singleLayout)]).map {
      Draft($0)
    }
  }()

  private static func dataType(of series: Series) -> ConceptDefinition.DataType {
    switch series.unit {
    case "USD": .monetary
    case "shares": .shares
    default: .perShare
    }
  }

  private static var balanceSheetLayout: StatementDefinition {
    let headings = [
      0: ["Assets", "Current:"], 12: ["Liabilities", "Current:"], 22: ["Equity"],
    ]
    var lines: [StatementDefinition.Line] = []
    for (index, series) in balanceSheet.enumerated() {
      lines += (headings[index] ?? []).map { StatementDefinition.Line(label: $0) }
      lines.append(
        StatementDefinition.Line(
          label: "Balance sheet line \(index + 1)",
          depth: index % 6 == 5 ? 2 : 1,
          concept: series.concept,
          unit: series.unit == "USD" ? nil : series.unit,
          hasCurrencySign: index % 12 == 0,
          isSubtotal: index % 6 == 5,
          isTotal: index == 30
        )
      )
    }
    return StatementDefinition(
      statement: "balance-sheet",
      title: "Balance Sheets",
      caption: "(in thousands)",
      scale: 3,
      columns: [
        StatementDefinition.Column(span: .instant),
        StatementDefinition.Column(span: .instant, isAtFiscalYearEnd: true),
      ],
      lines: lines
    )
  }

  private static var singleLayout: StatementDefinition {
    StatementDefinition(
      statement: "single",
      title: "One Figure",
      columns: [StatementDefinition.Column(span: .instant)],
      lines: [StatementDefinition.Line(label: "The figure", concept: balanceSheet[0].concept)]
    )
  }
}

/// `number` with zeros in front, `count` digits long.
func padded(_ number: Int, _ count: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, count - digits.count)) + digits
}
