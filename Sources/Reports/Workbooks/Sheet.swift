import Facts
public import XLSX

/// A sheet of a workbook, in memory.
public struct Sheet: Hashable, Sendable {
  /// Its name, the widths of its columns, and what stays in view.
  public var setup: SheetSetup

  /// Its rows.
  public var rows: [[SheetCell]] = []

  /// A sheet without rows.
  public init(_ setup: SheetSetup) { self.setup = setup }

  /// Adds a row.
  public mutating func append(_ cells: [SheetCell]) { rows.append(cells) }
}

extension Sheet {
  /// The widths of columns of texts, in characters: of those that have little to say, and of those that have much.
  static let widths = 8...44

  /// How many rows are looked at for the widths of columns.
  private static let sampleRowCount = 1_400

  /// What numbers take, with their separators.
  private static let numberWidth = 18

  /// How a sheet of a table is set up that is written row by row.
  static func setup(of head: TableHead) -> SheetSetup {
    var setup = SheetSetup(
      head.title,
      widths: head.columns.map { column in
        max(column.alignment == .right ? numberWidth : 20, column.key.count + 4)
      }
    )
    (setup.frozenRowCount, setup.hasFilter, setup.isLandscape) = (1, true, head.columns.count > 5)
    return setup
  }

  /// The names of the columns for programs: what formulas and scripts find them by.
  static func headings(of head: TableHead) -> [SheetCell] {
    head.columns.map { column in
      var style = SheetStyle.bold
      style.rule = .below
      style.alignment = column.alignment == .right ? .right : .left
      return SheetCell(column.key, style)
    }
  }

  /// What is said of figures with more digits than a spreadsheet keeps.
  static func longNumbers(_ count: Int) -> String {
    "\(counted(count, "figure has", "figures have")) more than \(SheetCell.digitCountMax) significant digits, "
      + "which no number of a spreadsheet keeps: written as texts"
  }

  /// The rows of a table, exactly.
  init(_ table: Table) {
    self.init(Self.setup(of: table.head))
    append(Self.headings(of: table.head))
    var longNumberCount = 0
    for row in table.rows {
      let cells = zip(row.cells, table.head.columns).map { $0.sheetCell(in: $1) }
      longNumberCount += zip(row.cells, cells).count { $0.isLongNumber(writtenAs: $1) }
      append(cells)
    }
    setup.widths = Self.fittedWidths(rows)
    if longNumberCount > 0 {
      append([])
      append([SheetCell(Self.longNumbers(longNumberCount))])
    }
  }

  /// What blocks say beside their tables and drawings; `nil` if that is nothing.
  ///
  /// - Parameter name: The name of the sheet.
  init?(about blocks: [Block], name: String = "About") {
    var setup = SheetSetup(name, widths: [24, 90])
    setup.hasGridlines = false
    self.init(setup)
    for block in blocks {
      switch block {
      case .heading(let text, let level):
        var style = SheetStyle.bold
        style.size = level == 1 ? 14 : 11
        append([SheetCell(text, style)])
      case .caption(let text): append([SheetCell(text)])
      case .notice(let text): append([SheetCell(text, .bold)])
      case .lines(let lines): for line in lines { append([SheetCell(line)]) }
      case .styled(let lines): for line in lines { append([SheetCell(line.text)]) }
      case .items(let items): for item in items { append(Self.item(item.name, item.text)) }
      case .table, .chart: break
      }
    }
    guard rows.contains(where: { !$0.isEmpty }) else { return nil }
  }

  /// The receipt of an answer.
  init(_ receipt: Receipt) {
    var setup = SheetSetup("Receipt", widths: [24, 90])
    setup.hasGridlines = false
    self.init(setup)
    append([SheetCell("Receipt", .bold)])
    append([SheetCell("The question asked of the same events gives the same answer.")])
    append([])
    for line in receipt.lines { append(Self.item(line.name, line.text)) }
  }

  /// A name and its text, broken into lines.
  static func item(_ name: String, _ text: String) -> [SheetCell] {
    var style = SheetStyle()
    style.isWrapped = true
    return [SheetCell(name, .bold), SheetCell(text, style)]
  }

  /// Widths that show what the cells hold, within bounds.
  static func fittedWidths(_ rows: [[SheetCell]]) -> [Int] {
    var widths: [Int] = []
    for row in rows.prefix(sampleRowCount) {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(widths.isEmpty ? 8 : Self.widths.lowerBound) }
        widths[index] = max(widths[index], min(cell.width + 2, Self.widths.upperBound))
      }
    }
    return widths
  }
}

extension SheetCell {
  /// About how many characters the cell shows.
  fileprivate var width: Int {
    switch content {
    case .blank: 0
    case .text(let text): text.count
    // Separators between groups of three.
    case .number(let number), .formula(_, let number): number.count * 4 / 3
    }
  }

  /// A number that is written exactly: as a number if a spreadsheet keeps its digits, else as a text.
  static func exact(_ number: Amount, _ style: SheetStyle) -> SheetCell {
    let text = number.description
    guard significantDigitCount(of: text) > digitCountMax else {
      return SheetCell(.number(text), style)
    }
    var style = style
    (style.numberFormat, style.alignment) = (nil, .right)
    return SheetCell(.text(text), style)
  }
}

extension Cell {
  /// The cell on a sheet: figures and counts are numbers, what is absent is blank, everything else is a text.
  func sheetCell(in column: TableHead.Column) -> SheetCell {
    var style = SheetStyle()
    switch self {
    case .none: return SheetCell()
    case .figure(let figure):
      guard let value = figure.value else {
        style.alignment = .right
        return SheetCell(.text("nil"), style)
      }
      style.numberFormat = SheetStyle.numberFormat(places: Int(value.fractionDigitCount))
      return .exact(value, style)
    case .count(let count):
      style.numberFormat = "0"
      let text = String(count)
      let isLong = SheetCell.significantDigitCount(of: text) > SheetCell.digitCountMax
      return SheetCell(isLong ? .text(text) : .number(text), style)
    case .text, .time, .period, .dimensions, .list, .link, .printed:
      if column.alignment == .right { style.alignment = .right }
      return SheetCell(text(isGrouped: false), style)
    }
  }

  /// Whether it is a number that had to be written as a text.
  func isLongNumber(writtenAs cell: SheetCell) -> Bool {
    guard case .figure(let figure) = self, figure.value != nil, case .text = cell.content else {
      return false
    }
    return true
  }
}

extension SheetStyle {
  /// The code of the format of words among figures: as far from the right as digits that leave room for a parenthesis.
  static let textAtRight = ";;;@_)"

  /// The code of a format with groups of three digits and so many places.
  static func numberFormat(places: Int) -> String {
    "#,##0" + (places > 0 ? "." + String(repeating: "0", count: places) : "")
  }
}
