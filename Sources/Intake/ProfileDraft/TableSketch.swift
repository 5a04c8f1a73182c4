/// What stands above the rows of a table.
struct TableHead {
  /// The text above the headings of columns.
  let titles: [[Unicode.Scalar]]

  /// That, and what stands between the headings and the rows.
  let lines: [[Unicode.Scalar]]

  /// The columns, or why they are not known.
  let columns: Result<[TableColumn], ColumnHeadings.Unreadable>
}

/// A table of a document as it is printed, before anything is known of its company.
struct TableSketch {
  /// A line of its body.
  enum Row {
    case text(CaptionLine)

    /// A row: its caption, and the figure of each column that has one.
    case figures(CaptionLine, [Int: PrintedFigure])
  }

  /// The line of the document with its title or headings.
  let line: Int

  let head: TableHead

  private(set) var rows: [Row] = []

  /// The captions of rows whose figures do not stand plainly under columns.
  private(set) var unclear: [String] = []

  /// How many columns there are, computed ones included.
  var columnCount: Int { (try? head.columns.get().count) ?? 0 }

  /// The table, if it has headings of columns.
  init?(_ table: TableReader) {
    guard let head = table.head, let columns = try? head.columns.get() else { return nil }
    (line, self.head) = (table.summary.line, head)
    let hasComputed = columns.contains(where: \.isComputed)
    let entries = table.entries[table.bodyStart...]
    let printed = entries.compactMap { entry -> PrintedLine? in
      guard case .row(var row) = entry else { return nil }
      if !hasComputed { row.setPercentagesAside() }
      return row
    }
    let alignment = ColumnAlignment(printed, columnCount: columns.count)
    var startsBlock = true
    for entry in entries {
      switch entry {
      case .gap, .heading, .aside:
        startsBlock = true
        continue
      case .text(let line, let range):
        rows.append(.text(CaptionLine(line, range, startsBlock: startsBlock)))
      case .row(let row) where alignment.isMark(row): continue
      case .row(var row):
        if !hasComputed { row.setPercentagesAside() }
        var figures: [Int: PrintedFigure] = [:]
        if row.trailing.isEmpty, let found = try? alignment.columns(of: &row) {
          for (figure, column) in zip(row.figures, found) { figures[column] = figure }
        }
        let caption = CaptionLine(row.line, row.caption, startsBlock: startsBlock)
        if figures.isEmpty { unclear.append(CaptionReader.caption([caption])) }
        rows.append(.figures(caption, figures))
      }
      startsBlock = false
    }
  }
}
