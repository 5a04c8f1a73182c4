/// A table of a page while it is read: where the next cell stands in its grid.
struct HTMLTable {
  /// A cell of a row.
  struct Cell {
    /// The first column of the grid that it covers, from 0, and the one behind the last.
    var columns: Range<Int>
    var text = HTMLText()

    /// How far the text is moved to the right, in hundredths of a point.
    var indent = 0

    /// Whether a paragraph or line break was before the text, so that figures in it stand one below the
    /// other.
    var hasBreaks = false
  }

  /// How many columns a grid has, at most; what goes beyond stands in the last ones.
  static let columnCountMax = 1000

  /// The cells of the row, in order.
  private(set) var cells: [Cell] = []

  /// Whether a row is open; `<tr>` or a cell begins one.
  private var isInRow = false

  /// Whether a cell is open.
  private(set) var isInCell = false

  /// The column behind the last cell of the row.
  private var nextColumn = 0

  /// For a column that cells of rows above reach into: how many more rows.
  private var rowSpans: [Int: Int] = [:]

  /// Begins a row, after `endRow`.
  mutating func beginRow() { isInRow = true }

  /// Begins a cell.
  mutating func beginCell(_ tag: HTMLTag) {
    isInRow = true
    isInCell = true
    while rowSpans[nextColumn] != nil { nextColumn += 1 }
    let first = min(nextColumn, Self.columnCountMax - 1)
    let end = min(first + Self.count(tag.attributes["colspan"]), Self.columnCountMax)
    let rowCount = Self.count(tag.attributes["rowspan"])
    if rowCount > 1 { for column in first..<end { rowSpans[column] = rowCount } }
    nextColumn = end
    cells.append(Cell(columns: first..<end, indent: HTMLStyle(tag).indent))
  }

  mutating func endCell() {
    isInCell = false
    guard !cells.isEmpty else { return }
    cells[cells.count - 1].text.endRaised()
  }

  /// Changes the cell that is open.
  mutating func withCell(_ body: (inout Cell) -> Void) {
    guard isInCell, !cells.isEmpty else { return }
    body(&cells[cells.count - 1])
  }

  /// Gives the cells of the row so far; those that follow stand behind them.
  mutating func takeCells() -> [Cell] {
    endCell()
    defer { cells = [] }
    return cells
  }

  /// Ends the row, if one is open, and gives its cells.
  mutating func endRow() -> [Cell] {
    guard isInRow else { return [] }
    isInRow = false
    nextColumn = 0
    rowSpans = rowSpans.compactMapValues { $0 > 1 ? $0 - 1 : nil }
    return takeCells()
  }

  private static func count(_ text: String?) -> Int {
    max(1, min(text.flatMap { Int($0) } ?? 1, columnCountMax))
  }
}

extension DocumentLine {
  /// How wide a column of a grid is on paper.
  static let gridColumnWidth = 1 << 12

  /// How far from the right edge of its column the last digit of a figure stands.
  private static let gridMargin = 16

  private static let cellGap: [Unicode.Scalar] = [" ", " ", " ", " "]

  /// A row of a table, set as text: figures end with the columns of the grid that they stand in, words
  /// begin there.
  init(row cells: [HTMLTable.Cell], at place: HTMLPlace) {
    var text = HTMLText()
    var paper: [Int] = []
    var spans: [Cell] = []
    for var cell in cells {
      cell.text.trim()
      guard !cell.text.isBlank else { continue }
      let isMark = cell.text.isMark
      if cell.hasBreaks { cell.text.joinStackedFigures() }
      cell.text.closeFigure()
      // A footnote mark in a cell of its own is no figure: it belongs to what stands before it.
      if cell.text.isClosing && text.endsWithFigure || isMark && !spans.isEmpty {
        cell.text.closeGaps()
        for _ in cell.text.characters { paper.append((paper.last ?? 0) + 1) }
        text.append(cell.text)
        if let last = spans.indices.last {
          spans[last].words = spans[last].words.lowerBound..<text.characters.count
        }
        continue
      }
      if !text.characters.isEmpty {
        text.pad(Self.cellGap)
        for _ in Self.cellGap { paper.append((paper.last ?? 0) + 1) }
      }
      let start = text.characters.count
      let bounds =
        cell.columns.lowerBound * Self.gridColumnWidth..<cell.columns.upperBound
        * Self.gridColumnWidth
      paper += Self.paperColumns(of: cell, in: bounds)
      text.append(cell.text)
      spans.append(Cell(words: start..<text.characters.count, paper: bounds))
    }
    self.init(text, number: text.places.first?.line ?? place.line, paper: paper, cells: spans)
  }

  private static func paperColumns(of cell: HTMLTable.Cell, in bounds: Range<Int>) -> [Int] {
    let characters = cell.text.characters
    if bounds.lowerBound > 0, cell.text.endsWithFigure, let edge = cell.text.edgeIndex {
      return characters.indices.map { bounds.upperBound - gridMargin + $0 - edge }
    }
    let start = bounds.lowerBound + 1 + HTMLStyle.columnCount(of: cell.indent)
    return characters.indices.map { start + $0 }
  }
}

extension HTMLText {
  /// Takes all white space out.
  fileprivate mutating func closeGaps() {
    var kept = HTMLText()
    for index in characters.indices where characters[index].plain != " " {
      kept.append(characters[index], places[index])
    }
    self = kept
  }

  /// Figures one below the other in one cell are those of several rows: joined, they are no figure.
  fileprivate mutating func joinStackedFigures() {
    guard
      characters.allSatisfy({ $0.isDigit || " (),.%$-".unicodeScalars.contains($0.plain) }),
      characters.split(whereSeparator: { $0.plain == " " })
        .count(where: { $0.contains(where: \.isDigit) }) > 1
    else { return }
    var joined = HTMLText()
    for index in characters.indices {
      joined.append(characters[index].plain == " " ? "|" : characters[index], places[index])
    }
    self = joined
  }
}
