import Facts

/// Makes a claim of a figure whose line and column are known.
struct ClaimBuilder {
  let plan: TablePlan

  /// The scale of lines that have none of their own.
  let scale: Int

  let entity: String

  /// Why a figure cannot be a claim of its line.
  struct Unfit: Error {
    let reason: String
  }

  /// The claim, before its filing is known.
  ///
  /// - Parameters:
  ///   - line: A line with a concept.
  ///   - column: The period of the column.
  ///   - dimensions: What else the column is about.
  func claim(
    _ figure: PrintedFigure,
    _ line: StatementDefinition.Line,
    _ column: Period,
    _ dimensions: Dimensions
  ) throws(Unfit) -> UnfiledClaim {
    guard let name = line.concept, let concept = plan.concepts[name] else {
      throw Unfit(reason: "the line has no concept")
    }
    let unit = line.unit ?? plan.statement.unit
    guard !figure.isPercent || (unit == "pure" && (line.scale ?? plan.statement.scale) == -2) else {
      throw Unfit(reason: "it is a percentage, and the line is in \(unit)")
    }
    try check(figure.currencySign, unit)
    guard let dimensions = line.dimensions.merging(dimensions) else {
      throw Unfit(reason: "its line and its column both have one dimension")
    }
    return UnfiledClaim(
      fact: Fact(
        entity: entity,
        concept: name,
        dimensions: dimensions,
        unit: unit,
        period: try period(line, concept, column)
      ),
      figure: try value(figure, line)
    )
  }

  /// Refuses a figure behind the sign of another currency than that of the line.
  private func check(_ sign: String, _ unit: String) throws(Unfit) {
    guard let code = unit.split(separator: "/").first.map(String.init), Currency.isCurrency(code),
      let mention = CurrencyMention.mentions(in: sign).first, !mention.codes.contains(code)
    else { return }
    throw Unfit(reason: "it is printed behind \(sign), and the line is in \(unit)")
  }

  private func period(
    _ line: StatementDefinition.Line,
    _ concept: ConceptDefinition,
    _ column: Period
  ) throws(Unfit) -> Period {
    switch (line.instant, column) {
    case (nil, _):
      let type: ConceptDefinition.PeriodType = column.start == nil ? .instant : .duration
      guard concept.periodType.map({ $0 == type }) ?? true else {
        throw Unfit(
          reason: "its column is \(column), and \(concept.concept) needs another kind of period"
        )
      }
      return column
    case (.start?, .duration(let start, _)): return .instant(start.advanced(byDays: -1))
    case (.end?, .duration(_, let end)): return .instant(end)
    case (_?, .instant):
      throw Unfit(
        reason:
          "its column is \(column), and the line needs the \(line.instant?.rawValue ?? "") of a duration"
      )
    }
  }

  private func value(
    _ figure: PrintedFigure,
    _ line: StatementDefinition.Line
  ) throws(Unfit) -> Figure {
    switch figure.content {
    case .dash: return Figure(value: nil)
    case .malformed(let reason): throw Unfit(reason: reason)
    case .number(let printed):
      let scale = line.scale ?? scale
      guard let value = printed.scaled(byPowerOfTen: scale) else {
        throw Unfit(reason: Amount.tooManyDigitsReason)
      }
      return Figure(
        value: line.isNegated && !value.isZero ? value.negated : value,
        decimals: Int8(Int(printed.fractionDigitCount) - scale)
      )
    }
  }
}
