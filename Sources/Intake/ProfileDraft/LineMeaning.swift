import Facts

/// What a row of a statement measures, as far as its caption and figures tell: unit, scale, which end of a
/// period.
struct LineMeaning: Hashable {
  var unit: String
  var dataType: ConceptDefinition.DataType
  var scale: Int
  var places: Int

  /// For a balance in a statement of flows: which end of the period.
  var instant: StatementDefinition.Edge?

  /// What a person should look at; `nil` where nothing is in doubt.
  var doubt: String?

  /// What a row measures.
  ///
  /// - Parameters:
  ///   - line: A row.
  ///   - currency: The currency of the statement.
  init(_ line: StatementSketch.Line, of statement: StatementSketch, currency: String) {
    let own = line.label.lowercased()
    let words = (line.headings + [line.label]).joined(separator: " ").lowercased()
    let figures = line.figures.map { Array($0.values) } ?? []
    let fractions = figures.map { figure -> Int in
      if case .number(let amount) = figure.content { Int(amount.fractionDigitCount) } else { 0 }
    }
    let places = fractions.max() ?? 0
    let main = statement.scales.first ?? 0
    (unit, dataType, scale, self.places) = (currency, .monetary, main, places)
    if figures.contains(where: \.isPercent) {
      (unit, dataType, scale) = ("pure", .percent, -2)
      doubt = "its figures are percentages"
    } else if places < 2, Self.isShares(words, own, statement.kind) {
      (unit, dataType, scale) = ("shares", .shares, Self.shareScale(statement))
      if statement.scales.count > 1 { doubt = "it counts shares: the caption names two scales" }
    } else if Self.isPerShare(words), statement.kind == .operations || Self.isPerShare(own) {
      (unit, dataType, scale) = ("\(currency)/shares", .perShare, 0)
      if places == 0,
        figures.contains(where: { if case .number = $0.content { true } else { false } })
      {
        doubt = "its figures have no decimals, as amounts a share have"
      }
    } else if statement.kind != .balanceSheet, let edge = Self.edge(own) {
      instant = edge
    } else if statement.kind == .operations, places > 1, places > statement.usualPlaces {
      (unit, dataType, scale) = ("\(currency)/shares", .perShare, 0)
      doubt = "its figures have \(places) decimals, as amounts a share have"
    } else if places > statement.usualPlaces {
      doubt =
        "its figures have more decimals than those of the other rows: is it an amount of money?"
    }
  }

  private static func isPerShare(_ words: String) -> Bool {
    [
      "per share", "per common share", "per ordinary share", "a share", "per unit",
      "per basic share",
      "per diluted share", "per common and",
    ].contains(where: words.contains)
  }

  private static func isShares(
    _ words: String,
    _ own: String,
    _ kind: StatementSketch.Kind
  ) -> Bool {
    guard kind != .cashFlow else { return false }
    if kind == .balanceSheet {
      return own.contains("shares outstanding") && !own.contains("stock,")
        && !own.contains("par value")
    }
    return [
      "weighted average", "weighted-average", "average shares", "average common", "shares used",
      "shares outstanding", "number of shares", "equivalent shares", "diluted shares",
      "basic shares",
    ].contains(where: words.contains)
  }

  /// The scale of counts of shares: the second one that a caption names, if it says "shares" before it.
  private static func shareScale(_ statement: StatementSketch) -> Int {
    guard statement.scales.count > 1 else { return statement.scales.first ?? 0 }
    return statement.scales[1]
  }

  private static func edge(_ label: String) -> StatementDefinition.Edge? {
    guard label.contains("cash") else { return nil }
    let isStart = ["beginning of", "beginning balance", "start of"].contains(where: label.contains)
    let isEnd = [
      "end of period", "end of the", "end of year", "end of quarter", "ending balance", "end of",
    ]
    .contains(where: label.contains)
    return isStart ? .start : isEnd ? .end : nil
  }
}
