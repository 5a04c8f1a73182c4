public import Facts
import Ledger
import XLSX

extension StatementReport {
  /// The statement as it is printed, with live sums and tick marks; its ties; where each figure comes from; the receipt.
  public var sheets: [Sheet] {
    guard statement.definition.layout == .columns else {
      return [Sheet(rows)] + (Sheet(about: titleBlocks).map { [$0] } ?? []) + [Sheet(receipt)]
    }
    return StatementSheets(self, evidence).sheets + [Sheet(receipt)]
  }

  /// The end of the reporting date.
  public var moment: Timestamp? { Timestamp(endOf: statement.asOf) }

  private var titleBlocks: [Block] {
    [
      .heading(statement.entity.name, level: 1), .heading(statement.definition.title, level: 2),
      .lines(header),
    ]
  }
}

/// Lays out the sheets of a statement.
private struct StatementSheets {
  private let report: StatementReport
  private let statement: StatementAnswer
  private let evidence: StatementEvidence?
  private let formulas: StatementFormulas

  /// What stands above the first line.
  private let head: [[SheetCell]]

  /// The rows of the sheet of sources, and the first of each cell.
  private var sources: [[SheetCell]] = []
  private var sourceRows: [StatementFormulas.Place: Int] = [:]

  /// The rows of the sheet of ties, and the first of each claim.
  private var ties: [[SheetCell]] = []
  private var tieRows: [UInt64: Int] = [:]

  private static let (statementName, tiesName, sourcesName) = ("Statement", "Ties", "Sources")
  private static let (captionWidth, figureWidth, markWidth) = (50, 17, 5)

  init(_ report: StatementReport, _ evidence: StatementEvidence?) {
    self.report = report
    self.evidence = evidence
    statement = report.statement
    formulas = StatementFormulas(statement, evidence?.ties ?? [])
    head = Self.head(of: report)
    addSources()
    addTies()
  }

  var sheets: [Sheet] {
    var setup = SheetSetup(
      Self.statementName,
      widths: [Self.captionWidth]
        + statement.columns.flatMap { _ in [Self.figureWidth, Self.markWidth] }
    )
    (setup.frozenRowCount, setup.frozenColumnCount) = (head.count, 1)
    (setup.isLandscape, setup.hasGridlines) = (statement.columns.count > 3, false)
    var sheet = Sheet(setup)
    sheet.rows = head + statement.lines.indices.map(row) + tail
    return [sheet] + tieSheets + [sourceSheet]
  }

  // MARK: The statement

  private static func head(of report: StatementReport) -> [[SheetCell]] {
    let statement = report.statement
    var (title, plain, grey) = (SheetStyle.bold, SheetStyle(), SheetStyle())
    (title.size, plain.size, grey.isGrey) = (14, 11, true)
    var rows = [
      [SheetCell(statement.entity.name, title)], [SheetCell(statement.definition.title, plain)],
    ]
    if let caption = statement.definition.caption { rows.append([SheetCell(caption)]) }
    rows.append([SheetCell(report.header.dropFirst().joined(separator: "; "), grey)])
    if let notice = report.notice { rows.append([SheetCell(notice, .bold)]) }
    rows.append([])
    var heading = SheetStyle.bold
    heading.alignment = .right
    if statement.columns.contains(where: { !$0.heading.isEmpty }) {
      rows.append(
        [SheetCell()] + statement.columns.flatMap { [SheetCell($0.heading, heading), SheetCell()] }
      )
    }
    heading.rule = .below
    rows.append(
      [SheetCell(.blank, heading)]
        + statement.columns.flatMap { [SheetCell($0.date, heading), SheetCell(.blank, heading)] }
    )
    return rows
  }

  /// The name of a statement's cell on its sheet.
  private func name(_ place: StatementFormulas.Place) -> String {
    Self.letters(1 + 2 * place.column) + String(head.count + place.line + 1)
  }

  /// The letters of a column, from 0: `A`, `Z`, `AA`.
  private static func letters(_ column: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? letter : letters(column / 26 - 1) + letter
  }

  private func row(_ index: Int) -> [SheetCell] {
    let line = statement.lines[index]
    var caption = SheetStyle()
    caption.isBold = line.isHeading || line.definition.isTotal
    (caption.indent, caption.isWrapped) = (line.definition.depth, true)
    return [SheetCell(line.definition.label, caption)]
      + line.cells.indices.flatMap { column in
        let place = StatementFormulas.Place(line: index, column: column)
        return [figure(at: place), mark(at: place)]
      }
  }

  private func figure(at place: StatementFormulas.Place) -> SheetCell {
    let line = statement.lines[place.line]
    let printed = PrintedCell(at: place.column, of: line, statement.definition)
    var style = SheetStyle()
    style.alignment = .right
    style.isBold = line.definition.isTotal
    style.rule =
      line.definition.isTotal ? .aboveAndBelow : line.definition.isSubtotal ? .above : .none
    // Digits leave room for a parenthesis at their right, and so do words.
    style.numberFormat = SheetStyle.textAtRight
    var cell = SheetCell(printed.text, style)
    if let number = formulas.shown[place] {
      let marks =
        (line.otherConcepts[place.column] == nil ? "" : Legend.otherConcept.rawValue)
        + printed.legends.map(\.rawValue).joined()
      let layout = FigureLayout(line.definition, statement.definition)
      style.numberFormat = layout.numberFormat(
        marks: marks,
        hasCurrencySign: !printed.currencySign.isEmpty
      )
      cell = .exact(number, style)
      if case .number(let value) = cell.content,
        let formula = formulas.formula(of: place, name: name)
      {
        cell.content = .formula(formula, value: value)
      }
    }
    if let row = sourceRows[place] {
      cell.link = "'\(Self.sourcesName)'!A\(row)"
      cell.tip = tip(of: line.cells[place.column])
    }
    return cell
  }

  /// The tick marks of a cell, which lead to its ties.
  private func mark(at place: StatementFormulas.Place) -> SheetCell {
    guard case .holds(let claim) = statement.lines[place.line].cells[place.column] else {
      return SheetCell()
    }
    var style = SheetStyle()
    style.isGrey = true
    var cell = SheetCell(evidence?.marks(of: claim.sequence) ?? "", style)
    cell.link = tieRows[claim.sequence].map { "'\(Self.tiesName)'!A\($0)" }
    return cell
  }

  /// The filing and the place that a figure is read from.
  private func tip(of cell: FactAnswer) -> String {
    cell.claims.prefix(3).map { claim in
      let place = evidence?.sources[claim.sequence]?.source?.place.map { place in
        ", line \(place.line), column \(place.column)"
      }
      return "\(claim.filing)\(place ?? ""), event \(claim.sequence)"
    }.joined(separator: "; ")
  }

  /// What the signs mean, and what is printed below.
  private var tail: [[SheetCell]] {
    var grey = SheetStyle()
    grey.isGrey = true
    let width = Self.captionWidth + statement.columns.count * (Self.figureWidth + Self.markWidth)
    var rows: [[SheetCell]] = []
    func add(_ lines: [String]) {
      guard !lines.isEmpty else { return }
      rows.append([])
      for line in lines.flatMap({ $0.wrapped(to: width) }) { rows.append([SheetCell(line, grey)]) }
    }
    add(report.footnotes + report.partialNotes)
    add(report.legend.map { $0.name.isEmpty ? "      \($0.text)" : "\($0.name)  \($0.text)" })
    let used = evidence?.legend(of: statement.claims.map(\.sequence)) ?? []
    add(used.map { "\($0.mark)  \($0.meaning)" })
    add([
      "A sum is a formula where the rows above it give exactly the figure that is reported; every other cell is the "
        + "figure as it is reported. Each figure leads to its filing, line, column and event."
    ])
    let longCount = formulas.shown.values.count { number in
      SheetCell.significantDigitCount(of: number.description) > SheetCell.digitCountMax
    }
    add(longCount > 0 ? [Sheet.longNumbers(longCount)] : [])
    return rows
  }

  // MARK: Ties

  /// The ties whose total a claim is, but those that say nothing of it.
  private func shownTies(of sequence: UInt64) -> [CheckAnswer.Result] {
    evidence?.shownTies(of: sequence) ?? []
  }

  private static let tieColumns = [
    "cell", "mark", "check", "period", "unit", "reported", "computed", "residual",
    "rounding explains", "remark",
  ]

  private mutating func addTies() {
    for (place, claim) in claims where tieRows[claim.sequence] == nil {
      for tie in shownTies(of: claim.sequence) {
        if tieRows[claim.sequence] == nil { tieRows[claim.sequence] = ties.count + 2 }
        var cell = SheetCell(name(place))
        cell.link = "'\(Self.statementName)'!\(name(place))"
        ties.append(
          [
            cell, SheetCell(tie.mark), SheetCell(tie.check.title),
            SheetCell(tie.period.description), SheetCell(tie.total.operand.unit),
          ] + [tie.reported, tie.computed, tie.residual, tie.tolerance].map(Self.number)
            + [SheetCell(tie.reason ?? "")]
        )
      }
    }
  }

  private var tieSheets: [Sheet] {
    guard !ties.isEmpty else { return [] }
    return [Self.sheet(Self.tiesName, Self.tieColumns, ties)]
  }

  /// A decimal number that a tie computed.
  private static func number(_ text: String?) -> SheetCell {
    guard let text else { return SheetCell() }
    var style = SheetStyle()
    style.alignment = .right
    guard let amount = try? Amount(text) else { return SheetCell(text, style) }
    style.numberFormat = SheetStyle.numberFormat(places: Int(amount.fractionDigitCount))
    return .exact(amount, style)
  }

  // MARK: Sources

  private static let sourceColumns = [
    "cell", "line", "period", "concept", "dimensions", "unit", "value", "decimals", "qualifier",
    "part", "event", "filing", "form", "published", "document", "line of document", "column",
    "printed", "leaf hash",
  ]

  /// The claims of the statement with their cells, in reading order.
  private var claims: [(StatementFormulas.Place, ReportedFigure)] {
    statement.lines.indices.flatMap { line in
      statement.lines[line].cells.indices.flatMap { column in
        statement.lines[line].cells[column].claims.map { claim in
          (StatementFormulas.Place(line: line, column: column), claim)
        }
      }
    }
  }

  private mutating func addSources() {
    for (place, claim) in claims {
      // Behind the headings of the columns.
      if sourceRows[place] == nil { sourceRows[place] = sources.count + 2 }
      sources.append(source(claim, at: place))
    }
  }

  private func source(
    _ claim: ReportedFigure,
    at place: StatementFormulas.Place
  ) -> [SheetCell] {
    let line = statement.lines[place.line]
    let found = evidence?.sources[claim.sequence]
    var cell = SheetCell(name(place))
    cell.link = "'\(Self.statementName)'!\(name(place))"
    let plain = TableHead.Column("")
    func count(_ number: (some BinaryInteger)?) -> SheetCell { Cell(number).sheetCell(in: plain) }
    return [
      cell, SheetCell(line.definition.label), SheetCell(claim.period.description),
      SheetCell(found?.fact.concept ?? line.concept(ofCell: place.column) ?? ""),
      SheetCell((found?.fact.dimensions ?? line.definition.dimensions).text),
      SheetCell(found?.fact.unit ?? line.definition.unit ?? statement.definition.unit),
      Cell.figure(claim.figure).sheetCell(in: plain), count(claim.figure.decimals),
      SheetCell(claim.figure.qualifier?.rawValue ?? ""),
      SheetCell(Self.part(of: claim, in: line.cells[place.column])), count(claim.sequence),
      SheetCell(claim.filing), SheetCell(found?.form ?? ""), SheetCell(claim.published.published),
      SheetCell(found?.source?.document ?? ""), count(found?.source?.place?.line),
      count(found?.source?.place?.column), SheetCell(found?.source?.text ?? ""),
      SheetCell(found?.leafHash ?? ""),
    ]
  }

  /// What a claim is in a cell that has several.
  private static func part(of claim: ReportedFigure, in cell: FactAnswer) -> String {
    switch cell {
    case .derived(let derived):
      let operand = derived.operands.first { $0.claim.sequence == claim.sequence }
      return operand?.isSubtracted == true ? "subtracted" : "added"
    case .range(let low, _): return claim.sequence == low.sequence ? "low" : "high"
    case .conflict, .retracted: return cell.status
    case .holds, .notReported, .notYetKnown, .notDerivable: return ""
    }
  }

  private var sourceSheet: Sheet {
    Self.sheet(Self.sourcesName, Self.sourceColumns, sources)
  }

  private static func sheet(_ name: String, _ columns: [String], _ rows: [[SheetCell]]) -> Sheet {
    var style = SheetStyle.bold
    style.rule = .below
    var sheet = Sheet(SheetSetup(name, widths: []))
    let first = rows.first ?? []
    let headings = columns.enumerated().map { index, column in
      if first.indices.contains(index), case .number = first[index].content {
        style.alignment = .right
      } else {
        style.alignment = .left
      }
      return SheetCell(column, style)
    }
    sheet.rows = [headings] + rows
    sheet.setup.widths = Sheet.fittedWidths(sheet.rows)
    (sheet.setup.frozenRowCount, sheet.setup.hasFilter, sheet.setup.isLandscape) = (1, true, true)
    return sheet
  }
}
