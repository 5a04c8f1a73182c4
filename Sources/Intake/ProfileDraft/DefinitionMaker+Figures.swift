import Facts

extension DefinitionMaker {
  static func recordedRow(
    _ line: StatementSketch.Line,
    _ meaning: LineMeaning,
    _ sketch: StatementSketch,
    _ isInstant: Bool
  ) -> RecordedConcepts.Row {
    RecordedConcepts.Row(
      label: line.label,
      unit: meaning.unit,
      isInstant: isInstant,
      figures: values(line, sketch).compactMap { span, amount in
        amount.scaled(byPowerOfTen: meaning.scale).map { (span.length, span.end, $0.fixedPoint) }
      }
    )
  }

  static func values(_ line: StatementSketch.Line, _ sketch: StatementSketch) -> [Span:
    Amount]
  {
    var values: [Span: Amount] = [:]
    for (index, column) in sketch.columns {
      guard let end = column.end, case .number(let amount)? = line.figures?[index]?.content else {
        continue
      }
      values[Span(length: column.length, end: end)] = amount
    }
    return values
  }

  static func amounts(_ line: StatementSketch.Line, _ sketch: StatementSketch) -> [Int128?] {
    sketch.columns.map { index, _ in
      switch line.figures?[index]?.content {
      case .number(let amount)?: amount.fixedPoint
      case .dash?: 0
      default: nil
      }
    }
  }

  static func agree(_ first: [Span: Amount], _ second: [Span: Amount]) -> Bool {
    let shared = first.filter { second[$0.key] != nil }
    return !shared.isEmpty && shared.allSatisfy { second[$0.key]?.isEqual(to: $0.value) == true }
  }

  static func currency(of sketch: StatementSketch) -> String {
    var texts = sketch.caption.map { [$0] } ?? []
    for line in sketch.lines { texts += line.figures?.values.map(\.currencySign) ?? [] }
    let codes = Set(texts.flatMap { CurrencyMention.mentions(in: $0) }.map(\.codes))
    guard codes.count == 1, let only = codes.first, !only.contains("USD"),
      let code = only.sorted().first
    else { return "USD" }
    return code
  }

  static func columns(_ sketch: StatementSketch) -> [StatementDefinition.Column] {
    let ends = sketch.columns.compactMap(\.column.end)
    guard let base = ends.max() else { return [.init(span: .quarter)] }
    var columns: [StatementDefinition.Column] = []
    for (_, column) in sketch.columns {
      guard let end = column.end else { continue }
      let days = Int(base.dayNumber - end.dayNumber)
      let years = -((days + 182) / 365)
      let found: StatementDefinition.Column
      switch column.length {
      case nil:
        let isSameDay = (days - -years * 365).magnitude <= UInt(FiscalCalendar.slackDayCount)
        found = .init(span: .instant, years: isSameDay ? years : 0, isAtFiscalYearEnd: !isSameDay)
      case .months(12)?, .weeks(50...54)?: found = .init(span: .year, years: years)
      case .months(1...4)?, .weeks(1...17)?: found = .init(span: .quarter, years: years)
      default: found = .init(span: .ytd, years: years)
      }
      if !columns.contains(found) { columns.append(found) }
    }
    return columns
  }
}
