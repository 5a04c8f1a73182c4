import Facts

/// Sets the rows of a table that a spreadsheet program saved as lines, as ``HTMLLayout`` sets those of a page:
/// line and column are row and column of the sheet.
struct SheetLines {
  /// The line of the last row.
  private(set) var lineCount = 0

  /// Calls `body` with the line of a row, and before it with a blank one where rows are left free.
  mutating func take(
    _ fields: [(column: Int, count: Int, text: String)],
    at line: Int,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    if line > lineCount + 1 { try body(DocumentLine([], number: line - 1)) }
    lineCount = line
    let cells = fields.compactMap { field -> HTMLTable.Cell? in
      let first = min(field.column, HTMLTable.columnCountMax) - 1
      let end = min(first + max(field.count, 1), HTMLTable.columnCountMax)
      var cell = HTMLTable.Cell(columns: first..<end)
      cell.indent = 100 * field.text.unicodeScalars.prefix { $0.plain == " " }.count
      let place = HTMLPlace(line: line, column: field.column)
      for scalar in field.text.unicodeScalars { cell.text.append(scalar, place) }
      return cell.text.isBlank ? nil : cell
    }
    let place = HTMLPlace(line: line, column: 1)
    guard !cells.isEmpty else { return try body(DocumentLine([], number: line)) }
    var row = DocumentLine(row: cells, at: place)
    row.isSheetRow = true
    try body(row)
  }

  /// Calls `body` with the lines of all sheets of a workbook: those of a sheet are counted on behind those of
  /// the one before.
  mutating func take(_ workbook: Workbook, _ body: (DocumentLine) throws -> Void) rethrows {
    for sheet in workbook.sheets {
      let before = lineCount
      if before > 0 { try body(DocumentLine([], number: before)) }
      for row in sheet.rows {
        let fields = row.map { ($0.column, $0.columnCount, $0.content.shown) }
        try take(fields, at: before + row[0].row, body)
      }
    }
  }
}

extension Workbook.Cell.Content {
  /// What people see.
  var shown: String {
    switch self {
    case .text(let text): text
    case .number(let number, let format): format.shown(number)
    case .day(let day): HeadingWords.written(day)
    }
  }

  /// What is stored, whatever is shown of it.
  var value: String {
    switch self {
    case .text(let text): text
    case .number(let number, _): number.description
    case .day(let day): day.description
    }
  }
}
