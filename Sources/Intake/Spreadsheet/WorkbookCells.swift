import Facts

/// What the cells of a workbook hold, sheet by sheet, for those who compare two of them.
public struct WorkbookCells: Sendable {
  /// A cell that holds something.
  public struct Cell: Hashable, Sendable {
    /// The name of its sheet.
    public let sheet: String

    /// Its row, from 1.
    public let row: Int

    /// Its column, from 1.
    public let column: Int

    /// The text, or the exact number that is stored: of a formula its value.
    public let text: String
  }

  /// The cells, in reading order.
  public let cells: [Cell]

  /// The bytes that every workbook begins with.
  public static let magic = Workbook.magic

  /// Reads a workbook.
  ///
  /// - Throws: ``ImportError`` if it is none, is damaged or too large.
  /// - Complexity: O(*n*) time and memory.
  public init(path: String, _ bytes: [UInt8]) throws {
    try Workbook.checkSize(bytes.count, of: path)
    cells = try Workbook(path: path, bytes).sheets.flatMap { sheet in
      sheet.rows.joined().map { cell in
        Cell(sheet: sheet.name, row: cell.row, column: cell.column, text: cell.content.value)
      }
    }
  }
}
