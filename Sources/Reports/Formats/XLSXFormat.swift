import Facts
import Platform
import XLSX

/// A workbook of Office Open XML (ECMA-376), as spreadsheet programs open it: the rows of an answer on a sheet, what is
/// said beside them on another, statements as they are printed, with live sums.
///
/// It is made in the folder for temporary files (`TMPDIR`) and handed on once it is whole. The same answer gives the same
/// bytes.
public struct XLSXFormat: TableFormat {
  /// `xlsx`.
  public static let name = "xlsx"

  /// None.
  public static let otherNames: [String] = []

  /// Its rows have everything that an answer says.
  public static let isForReading = false

  /// It is an archive.
  public static let isText = false

  private let head: TableHead
  private var workbook: SpooledWorkbook?

  /// How many figures have more digits than a spreadsheet keeps.
  private var longNumberCount = 0

  /// A format for a table of its own.
  public init(_ head: TableHead) { self.head = head }

  /// Begins the workbook, with the names of the columns.
  ///
  /// - Throws: `XLSXFailure` if there is no room for temporary files.
  public mutating func begin(_ bytes: inout [UInt8]) throws {
    let workbook = try SpooledWorkbook(title: head.title)
    try workbook.file.beginSheet(Sheet.setup(of: head))
    try workbook.file.append(Sheet.headings(of: head))
    self.workbook = workbook
  }

  /// Adds a row to the sheet.
  ///
  /// - Throws: `XLSXFailure` if there is no room for it.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) throws {
    let cells = zip(row.cells, head.columns).map { $0.sheetCell(in: $1) }
    longNumberCount += zip(row.cells, cells).count { $0.isLongNumber(writtenAs: $1) }
    try workbook?.file.append(cells)
  }

  /// Adds what is said beside the rows, and appends the workbook.
  ///
  /// - Throws: `XLSXFailure` if the workbook is not whole; `FileFailure` if it cannot be read.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) throws {
    guard let workbook else { return }
    var blocks: [Block] = [.heading(head.title, level: 1), .notes(notes)]
    blocks += longNumberCount > 0 ? [.lines([Sheet.longNumbers(longNumberCount)])] : []
    blocks.append(.items(notes.compactMap(\.item)))
    if let about = Sheet(about: blocks) { try workbook.append(about) }
    bytes += try workbook.finished()
    self.workbook = nil
  }

  /// Appends the workbook of a document.
  ///
  /// - Throws: As ``append(_:to:)`` and ``end(_:to:)``.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) throws {
    let moment = document.moment
    let workbook = try SpooledWorkbook(title: document.rows.head.title, moment: moment)
    for sheet in document.sheets { try workbook.append(sheet) }
    bytes += try workbook.finished()
  }
}

/// A workbook in a temporary file, which is gone when this is.
final class SpooledWorkbook {
  let file: XLSXFile
  private let path: String
  private let leftover: Leftover

  /// When files in zip archives were made that have no moment of their own: 1980, the earliest that archives know.
  private static let earliest = 315_532_800

  /// - Parameter moment: What the properties of the document say; `nil` for none.
  init(title: String, moment: Timestamp? = nil) throws {
    path = FileSystem.temporaryPath(for: "\(FileSystem.temporaryFolder)/workbook")
    leftover = Leftover(path)
    let seconds = moment.map { Int($0.microseconds / 1_000_000) }
    file = try XLSXFile(
      creating: path,
      title: title,
      created: max(seconds ?? Self.earliest, Self.earliest)
    )
  }

  deinit { FileSystem.remove(path) }

  func append(_ sheet: Sheet) throws {
    try file.beginSheet(sheet.setup)
    for row in sheet.rows { try file.append(row) }
  }

  /// Closes the workbook.
  ///
  /// - Returns: Its bytes.
  func finished() throws -> [UInt8] {
    try file.close()
    let written = try RandomAccessFile(path)
    return try written.bytes(at: 0..<written.byteCount)
  }
}
