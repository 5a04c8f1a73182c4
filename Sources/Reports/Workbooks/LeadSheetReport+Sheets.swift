public import Facts
import Ledger
import XLSX

extension LeadSheetReport {
  /// A sheet for each pair of periods, with the change as a formula.
  public var sheets: [Sheet] {
    let made = pairs.map { LeadSheetWriter(self, $0).sheet }
    return made.isEmpty ? [Sheet(rows)] : made
  }

  /// The end of the reporting date.
  public var moment: Timestamp? { Timestamp(endOf: now.asOf) }
}

/// Lays out a pair of periods.
private struct LeadSheetWriter {
  private let report: LeadSheetReport
  private let pair: LeadSheetReport.Pair
  private let rows: [LeadSheetReport.Row]

  init(_ report: LeadSheetReport, _ pair: LeadSheetReport.Pair) {
    (self.report, self.pair) = (report, pair)
    rows = report.rows(of: pair)
  }

  private static let headings = [
    "", "", "", "as then reported", "as known now", "", "change", "%", "filing", "line", "column",
    "event", "filing of the prior figure",
  ]

  var sheet: Sheet {
    let current = report.now.columns[pair.current]
    var setup = SheetSetup(
      current.heading.isEmpty ? "Lead sheet" : current.heading,
      widths: [50, 17, 6, 17, 17, 6, 16, 9, 24, 8, 8, 8, 24]
    )
    (setup.isLandscape, setup.hasGridlines, setup.frozenColumnCount) = (true, false, 1)
    var sheet = Sheet(setup)
    for cells in head { sheet.append(cells) }
    sheet.setup.frozenRowCount = sheet.rows.count
    for row in rows { sheet.append(cells(of: row, number: sheet.rows.count + 1)) }
    var grey = SheetStyle()
    grey.isGrey = true
    sheet.append([])
    for remark in report.remarks(pair, rows) { sheet.append([SheetCell(remark, grey)]) }
    sheet.append([])
    for item in report.legend { sheet.append([SheetCell("\(item.name)  \(item.text)", grey)]) }
    return sheet
  }

  private var head: [[SheetCell]] {
    var (title, heading) = (SheetStyle.bold, SheetStyle.bold)
    (title.size, heading.alignment, heading.isWrapped) = (14, .right, true)
    let columns = report.now.columns
    // Of figures that nobody reported then, the column is empty, and so is what stands above it.
    let isKnown = LeadSheetReport.isThenKnown(self.rows)
    let prior = columns[pair.prior].label
    let dates = ["", columns[pair.current].label, "", isKnown ? prior : "", prior]
    var rows = [
      [SheetCell(report.now.entity.name, title)],
      [SheetCell("\(report.now.definition.title): lead sheet")],
      [SheetCell(report.now.definition.caption ?? "")], [],
      dates.map { SheetCell($0, heading) },
    ]
    heading.rule = .below
    rows.append(
      Self.headings.map { title in
        let title = !isKnown && title.hasPrefix("as ") ? "" : title
        // Names of filings are texts, and stand at the left.
        heading.alignment = title.hasPrefix("filing") ? .left : .right
        heading.indent = title.hasPrefix("filing") ? 1 : 0
        return SheetCell(title, heading)
      }
    )
    return rows
  }

  private func cells(of row: LeadSheetReport.Row, number: Int) -> [SheetCell] {
    let definition = row.line.definition
    var caption = SheetStyle()
    caption.isBold = row.line.isHeading || definition.isTotal
    (caption.indent, caption.isWrapped) = (definition.depth, true)
    let label = SheetCell(definition.label, caption)
    guard !row.line.isHeading else { return [label] }
    var style = SheetStyle()
    (style.alignment, style.isBold) = (.right, definition.isTotal)
    style.rule =
      definition.isTotal ? .aboveAndBelow : definition.isSubtotal ? .above : .none
    let layout = FigureLayout(definition, report.now.definition)
    func figure(_ number: Amount?, _ text: String) -> SheetCell {
      var style = style
      guard let number else {
        style.numberFormat = SheetStyle.textAtRight
        return SheetCell(text, style)
      }
      // The signs before the digits stay: of figures that are approximate, or derived.
      let marks = text.prefix { !$0.isNumber && $0 != "(" }.filter { !"$ ".contains($0) }
      style.numberFormat = layout.numberFormat(marks: String(marks), hasCurrencySign: false)
      return .exact(number, style)
    }
    let current = figure(row.currentNumber, row.currentText)
    let isKnown = LeadSheetReport.isThenKnown(rows)
    let then = isKnown ? figure(row.thenNumber, row.thenText) : SheetCell(.blank, style)
    let prior = figure(row.priorNumber, row.priorText)
    var change = figure(row.change, "")
    if case .number(let value) = change.content, case .number = current.content,
      case .number = prior.content
    {
      let places = row.change.map { Int($0.fractionDigitCount) } ?? 0
      let formula = "B\(number)-E\(number)"
      change.content = .formula(places > 0 ? "ROUND(\(formula),\(places))" : formula, value: value)
    }
    var percent = style
    (percent.rule, percent.numberFormat) = (.none, SheetStyle.numberFormat(places: 1))
    var grey = SheetStyle()
    grey.isGrey = true
    var apart = SheetStyle()
    apart.indent = 1
    let claim = row.current.claims.first
    let place = claim.flatMap { report.evidence.sources[$0.sequence]?.source?.place }
    func count(_ number: (some BinaryInteger)?) -> SheetCell {
      Cell(number).sheetCell(in: TableHead.Column(""))
    }
    return [
      label, current, SheetCell(report.marks(of: row.current) ?? "", grey), then, prior,
      SheetCell(report.marks(of: row.prior) ?? "", grey), change,
      row.percent.map { .exact($0, percent) } ?? SheetCell(row.change == nil ? "" : "n/m", percent),
      SheetCell(claim?.filing ?? "", apart), count(place?.line), count(place?.column),
      count(claim?.sequence), SheetCell(row.prior.claims.last?.filing ?? "", apart),
    ]
  }
}
