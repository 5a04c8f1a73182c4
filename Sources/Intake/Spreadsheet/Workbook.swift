import Archive
import Facts
import XML

/// A workbook as spreadsheet programs save it (`.xlsx`, Office Open XML, ECMA-376): what its sheets show.
///
/// Formulas are not computed: the value that the program stored with each is taken. Sheets that are hidden
/// are left out.
struct Workbook {
  /// A cell that shows something.
  struct Cell {
    /// Row and column, from 1.
    let row: Int
    let column: Int

    /// How many columns it covers.
    var columnCount = 1
    let content: Content

    /// What it holds.
    enum Content {
      case text(String)
      case number(Amount, CellFormat)
      case day(CivilDate)
    }
  }

  /// A sheet: its rows that have cells, each in the order of its columns.
  struct Sheet {
    let name: String
    var rows: [[Cell]]
  }

  /// The sheets that have cells, in their order.
  let sheets: [Sheet]

  /// The most cells of a workbook.
  static let cellCountMax = 1_000_000

  /// The most bytes of its texts, and of the workbook.
  private static let textByteCountMax = 1 << 26

  /// Refuses a workbook that is too large to be held in memory.
  ///
  /// - Parameter byteCount: How many bytes of it came.
  static func checkSize(_ byteCount: Int, of path: String) throws(ImportError) {
    guard byteCount > textByteCountMax else { return }
    throw ImportError(
      file: path,
      place: .file,
      message: "the workbook, or what its texts say, has more than \(textByteCountMax) bytes",
      remedy: smaller
    )
  }

  /// What to do about a workbook that is too large.
  fileprivate static let smaller = "save the sheet that is meant as a workbook of its own"

  /// The bytes that every workbook begins with: it is a zip archive.
  static let magic: [UInt8] = [0x50, 0x4B, 3, 4]

  /// Reads a workbook.
  ///
  /// - Throws: ``ImportError`` if it is none, is damaged, or has more than ``cellCountMax`` cells.
  /// - Complexity: O(*n*) time and memory.
  init(path: String, _ bytes: [UInt8]) throws {
    let folder = try SourceFolder(archive: path, RandomAccessBytes(bytes))
    guard folder.names.contains("xl/workbook.xml") else {
      throw ImportError(
        file: path,
        place: .file,
        message: "the archive is no workbook: it has no xl/workbook.xml",
        remedy: "of archives, workbooks (.xlsx) are tables; reports in XBRL are imported"
      )
    }
    var list: [(name: String, id: String)] = []
    var countsFrom1904 = false
    try folder.readXML("xl/workbook.xml") { node, _ in
      if node.name.local == "workbookPr" {
        countsFrom1904 = ["1", "true"].contains(node["date1904"])
      }
      guard node.name.local == "sheets" else { return }
      for sheet in node.children where sheet["state"] ?? "visible" == "visible" {
        let id = sheet.attributes.first { $0.name.local == "id" }?.value
        list.append((sheet["name"] ?? "", id ?? ""))
      }
    }
    let targets = try Self.targets(in: folder)
    let values = CellValues(
      texts: try Self.sharedTexts(in: folder),
      formats: try Self.formats(in: folder),
      countsFrom1904: countsFrom1904
    )
    var sheets: [Sheet] = []
    var cellCount = 0
    for (name, id) in list {
      guard let part = targets[id], folder.names.contains(part) else {
        throw ImportError(
          file: path,
          place: .file,
          message: "the sheet \"\(name)\" is missing in the workbook",
          remedy: Remedies.downloadAgain
        )
      }
      let reader = SheetReader(path: path, sheet: name, values, room: Self.cellCountMax - cellCount)
      try folder.readXML(part, by: reader)
      let rows = reader.rows
      cellCount += rows.lazy.map(\.count).reduce(0, +)
      if !rows.isEmpty { sheets.append(Sheet(name: name, rows: rows)) }
    }
    self.sheets = sheets
  }

  /// The files that the workbook names, by their identifiers.
  private static func targets(in folder: SourceFolder) throws -> [String: String] {
    let name = "xl/_rels/workbook.xml.rels"
    var targets: [String: String] = [:]
    guard folder.names.contains(name) else { return targets }
    try folder.readXML(name) { node, _ in
      guard let id = node["Id"], let target = node["Target"] else { return }
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
    return targets
  }

  private static func sharedTexts(in folder: SourceFolder) throws -> [String] {
    let name = "xl/sharedStrings.xml"
    var texts: [String] = []
    guard folder.names.contains(name) else { return texts }
    var byteCount = 0
    try folder.readXML(name) { node, _ in
      guard node.name.local == "si" else { return }
      texts.append(node.shownText)
      byteCount += texts[texts.count - 1].utf8.count
      try checkSize(byteCount, of: folder.path)
    }
    return texts
  }

  /// The format of each style of cells.
  private static func formats(in folder: SourceFolder) throws -> [CellFormat] {
    let name = "xl/styles.xml"
    var codes: [Int: String] = [:]
    var formats: [CellFormat] = []
    guard folder.names.contains(name) else { return formats }
    try folder.readXML(name) { node, _ in
      switch node.name.local {
      case "numFmts":
        for child in node.children {
          if let number = child["numFmtId"].flatMap({ Int($0) }) {
            codes[number] = child["formatCode"]
          }
        }
      case "cellXfs":
        formats = node.children.map { style in
          let number = style["numFmtId"].flatMap { Int($0) } ?? 0
          return CellFormat(codes[number] ?? CellFormat.builtIn(number))
        }
      default: break
      }
    }
    return formats
  }
}

extension XMLNode {
  /// The texts of a shared or an inline text, without those that only say how it is pronounced.
  fileprivate var shownText: String {
    if name.local == "t" { return text }
    return children.filter { $0.name.local != "rPh" }.map(\.shownText).joined()
  }
}

/// What makes contents of the values that a sheet stores.
private struct CellValues {
  let texts: [String]
  let formats: [CellFormat]
  let countsFrom1904: Bool

  /// The content of a cell; `nil` if it shows nothing, or is damaged.
  func content(_ stored: String, type: String?, style: Int?) -> Workbook.Cell.Content? {
    switch type {
    case "s": return Int(stored).flatMap { texts.indices.contains($0) ? .text(texts[$0]) : nil }
    case "b": return .text(stored == "1" ? "TRUE" : "FALSE")
    case nil, "n":
      guard let number = Amount(stored: stored) else { return .text(stored) }
      let format = style.flatMap { formats.indices.contains($0) ? formats[$0] : nil }
      if format?.isDay == true, let day = day(number) { return .day(day) }
      return .number(number, format ?? CellFormat(nil))
    default: return .text(stored)
    }
  }

  /// The day of a number; `nil` if it has a time, too, or lies before March of 1900, which spreadsheets count
  /// in another way.
  private func day(_ number: Amount) -> CivilDate? {
    guard number.fractionDigitCount == 0, 61...2_958_465 ~= number.mantissa else { return nil }
    let first =
      countsFrom1904
      ? CivilDate(year: 1904, month: 1, day: 1) : CivilDate(year: 1899, month: 12, day: 30)
    return first?.advanced(byDays: Int(number.mantissa))
  }
}

/// Reads the cells of a sheet.
private final class SheetReader: XMLEventHandler {
  private let path: String
  private let sheet: String
  private let values: CellValues
  private let room: Int
  private var cells: [Workbook.Cell] = []
  private var spans: [[Int]: Int] = [:]

  /// The elements that are open.
  private var open: [String] = []

  private var row = 0
  private var column = 0
  private var type: String?
  private var style: Int?
  private var text = ""
  private var hasValue = false
  private var hasFormula = false

  init(path: String, sheet: String, _ values: CellValues, room: Int) {
    (self.path, self.sheet, self.values, self.room) = (path, sheet, values, room)
  }

  /// The rows, once all is read.
  var rows: [[Workbook.Cell]] {
    var rows: [[Workbook.Cell]] = []
    for var cell in cells {
      cell.columnCount = spans[[cell.row, cell.column]] ?? 1
      if rows.last?.first?.row == cell.row {
        rows[rows.count - 1].append(cell)
      } else {
        rows.append([cell])
      }
    }
    return rows
  }

  var takesText: Bool { open.last == "v" || (open.last == "t" && !open.contains("rPh")) }

  func start(_ name: XMLName, _ tag: () -> XMLStartTag) throws {
    open.append(name.local)
    switch name.local {
    case "row":
      (row, column) = (tag()["r"].flatMap { Int($0) } ?? row + 1, 0)
    case "c":
      let tag = tag()
      column = tag["r"].flatMap(Self.column) ?? column + 1
      (type, style) = (tag["t"], tag["s"].flatMap { Int($0) })
      (text, hasValue, hasFormula) = ("", false, false)
    case "v", "is": hasValue = true
    case "f": hasFormula = true
    case "mergeCell":
      let ends = tag()["ref"]?.split(separator: ":").map(String.init) ?? []
      guard ends.count == 2, let first = Self.column(ends[0]), let last = Self.column(ends[1]),
        let row = Int(ends[0].drop { !$0.isNumber }), first <= last
      else { return }
      spans[[row, first]] = last - first + 1
    default: break
    }
  }

  func text(_ piece: XMLText) throws { text += piece.text }

  func end(_ place: XMLPlace) throws {
    guard open.popLast() == "c" else { return }
    guard hasValue else {
      guard !hasFormula else {
        throw error("has a formula without a value", remedy: "save it in a spreadsheet program")
      }
      return
    }
    guard let content = values.content(text, type: type, style: style) else {
      throw error("names a text that the workbook lacks", remedy: Remedies.downloadAgain)
    }
    let isOrdered = cells.last.map { ($0.row, $0.column) < (row, column) } ?? true
    guard isOrdered, row >= 1, column >= 1 else {
      throw error("stands twice, or before another", remedy: Remedies.downloadAgain)
    }
    guard cells.count < room else {
      throw error(
        "is one too many: a workbook may have \(Workbook.cellCountMax)",
        remedy: Workbook.smaller
      )
    }
    cells.append(Workbook.Cell(row: row, column: column, content: content))
  }

  private func error(_ message: String, remedy: String) -> ImportError {
    ImportError(
      file: path,
      place: .line(row),
      message: "the cell in column \(column) of the sheet \"\(sheet)\" \(message)",
      remedy: remedy
    )
  }

  /// The number of the column of a reference: 28 of `AB12`.
  private static func column(_ reference: String) -> Int? {
    var number = 0
    for letter in reference.utf8.prefix(while: { $0 > 0x39 }) {
      guard UInt8(ascii: "A")...UInt8(ascii: "Z") ~= letter, number < 1000 else { return nil }
      number = number * 26 + Int(letter - UInt8(ascii: "A")) + 1
    }
    return number > 0 ? number : nil
  }
}
