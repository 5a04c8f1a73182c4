import CXlsxWriter

/// A new workbook of Office Open XML (ECMA-376, `.xlsx`), written row by row, in memory that does not grow with the
/// number of rows.
///
/// The same calls give the same bytes. It is not protected against a power cut while it is written: copy the closed
/// file to where it should be. For one thread.
@safe
public final class XLSXFile {
  private let path: String

  // Alive until ``close()`` or the end of this object; the sheet and the formats are parts of it.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var formats: [SheetStyle: Format] = [:]

  @safe
  private struct Format {
    let pointer: UnsafeMutablePointer<lxw_format>
  }

  private var setup = SheetSetup("", widths: [])
  private var names: Set<String> = []
  private var rowCount = 0
  private var columnCount = 0

  /// How many cells each sheet was given, to be found in the file.
  private var cellCounts: [Int] = []

  /// The most rows of a sheet.
  public static let rowCountMax = 1_048_576

  /// The most UTF-16 units of a text in a cell.
  static let textLengthMax = 32_767

  /// Makes an empty workbook.
  ///
  /// - Parameters:
  ///   - path: Where there is no file; others are made beside it.
  ///   - title: What the properties of the document say.
  ///   - created: When it was made, in seconds since 1970, more than 0: what the answer rests on, not the clock, so that it can be
  ///     made again.
  /// - Throws: ``XLSXFailure`` if it cannot be made there.
  public init(creating path: String, title: String, created: Int) throws(XLSXFailure) {
    self.path = path
    if let problem = unsafe assay_xlsx_load() {
      // What the loader of the system says; its text is good until the next call.
      throw XLSXFailure(
        "\(path): \(unsafe String(cString: problem))",
        remedy: "install libxlsxwriter, which workbooks are written with"
      )
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var folderText = Array(folder.utf8CString)
    unsafe workbook = folderText.withUnsafeMutableBufferPointer { folder in
      var options = unsafe lxw_workbook_options()
      unsafe options.constant_memory = 1
      unsafe options.use_zip64 = 0
      // The library copies the text.
      unsafe options.tmpdir = folder.baseAddress
      return unsafe workbook_new_opt(path, &options)
    }
    guard unsafe workbook != nil else {
      throw XLSXFailure(LXW_ERROR_MEMORY_MALLOC_FAILED, path: path)
    }
    var titleText = Array(String(title.prefix(255)).utf8CString)
    let code = unsafe titleText.withUnsafeMutableBufferPointer { title in
      var properties = unsafe lxw_doc_properties()
      unsafe properties.title = title.baseAddress
      unsafe properties.created = time_t(created)
      return unsafe workbook_set_properties(workbook, &properties)
    }
    try check(code)
  }

  deinit { if unsafe workbook != nil { unsafe lxw_workbook_free(workbook) } }

  /// Begins a sheet behind those that there are.
  ///
  /// - Returns: Its name, by which cells of other sheets lead to it.
  /// - Throws: ``XLSXFailure`` if the library does not take it.
  @discardableResult
  public func beginSheet(_ setup: SheetSetup) throws(XLSXFailure) -> String {
    try finishSheet()
    self.setup = setup
    (rowCount, columnCount) = (0, 0)
    let name = Self.sheetName(setup.name, besides: names)
    names.insert(name.lowercased())
    unsafe sheet = workbook_add_worksheet(workbook, name)
    guard unsafe sheet != nil else {
      throw XLSXFailure(LXW_ERROR_PARAMETER_VALIDATION, path: path)
    }
    cellCounts.append(0)
    for (index, width) in setup.widths.enumerated() {
      let column = lxw_col_t(index)
      try check(unsafe worksheet_set_column(sheet, column, column, Double(width), nil))
    }
    let (rows, columns) = (setup.frozenRowCount, setup.frozenColumnCount)
    if rows > 0 || columns > 0 {
      unsafe worksheet_freeze_panes(sheet, lxw_row_t(rows), lxw_col_t(columns))
    }
    if rows > 0 { try check(unsafe worksheet_repeat_rows(sheet, 0, lxw_row_t(rows - 1))) }
    if setup.isLandscape { unsafe worksheet_set_landscape(sheet) }
    if !setup.hasGridlines {
      unsafe worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    }
    // US letter, as wide as one page.
    unsafe worksheet_set_paper(sheet, 1)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
    try check(unsafe worksheet_set_footer(sheet, "&L&A&RPage &P of &N"))
    return name
  }

  /// Adds a row to the sheet that was begun last.
  ///
  /// A text that is longer than a cell can hold is replaced by one that says so.
  ///
  /// - Throws: ``XLSXFailure`` if the sheet is full, or a number has more digits than a spreadsheet keeps.
  public func append(_ cells: [SheetCell]) throws(XLSXFailure) {
    guard rowCount < Self.rowCountMax else {
      throw XLSXFailure(
        "a sheet has \(Self.rowCountMax) rows, and the answer more",
        remedy: "ask for less, or write it as csv, or as a database"
      )
    }
    if let height = height(of: cells) {
      try check(unsafe worksheet_set_row(sheet, lxw_row_t(rowCount), height, nil))
    }
    for (column, cell) in cells.enumerated() {
      try write(cell, at: lxw_row_t(rowCount), lxw_col_t(column))
    }
    rowCount += 1
    columnCount = max(columnCount, cells.count)
  }

  /// What a row needs in points, for letters that are larger or texts that are broken into lines; `nil` for the usual.
  private func height(of cells: [SheetCell]) -> Double? {
    var height = 0
    for (column, cell) in cells.enumerated() {
      guard case .text(let text) = cell.content else { continue }
      var lineCount = 1
      if cell.style.isWrapped, setup.widths.indices.contains(column) {
        let width = max(1, setup.widths[column] - 2 * cell.style.indent)
        lineCount = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
          $0 + max(1, ($1.count + width - 1) / width)
        }
      }
      height = max(height, lineCount * (cell.style.size + 3))
    }
    return height > Self.usualHeight ? Double(min(height, Self.heightMax)) : nil
  }

  /// Heights of rows in points.
  private static let (usualHeight, heightMax) = (15, 409)

  private func write(
    _ cell: SheetCell,
    at row: lxw_row_t,
    _ column: lxw_col_t
  ) throws(XLSXFailure) {
    let format = try format(cell.style)
    if let link = cell.link, cell.content != .blank {
      // The library writes a text with the link; the content takes its place below.
      let address = "internal:" + link
      let tip = cell.tip.map { String($0.prefix(255)) }
      try check(
        unsafe worksheet_write_url_opt(sheet, row, column, address, format.pointer, "-", tip)
      )
    }
    cellCounts[cellCounts.count - 1] += cell.content == .blank && cell.style == SheetStyle() ? 0 : 1
    switch cell.content {
    case .blank:
      // Without a style the library writes nothing.
      if cell.style != SheetStyle() {
        try check(unsafe worksheet_write_blank(sheet, row, column, format.pointer))
      }
    case .text(let text):
      try check(unsafe worksheet_write_string(sheet, row, column, Self.held(text), format.pointer))
    case .number(let text):
      try check(unsafe worksheet_write_number(sheet, row, column, number(text), format.pointer))
    case .formula(let formula, let value):
      let number = try number(value)
      try check(
        unsafe worksheet_write_formula_num(
          sheet,
          row,
          column,
          "=" + formula,
          format.pointer,
          number
        )
      )
    }
  }

  /// The binary fraction that stands for a decimal number in every spreadsheet.
  private func number(_ text: String) throws(XLSXFailure) -> Double {
    guard SheetCell.significantDigitCount(of: text) <= SheetCell.digitCountMax,
      let number = Double(text), number.isFinite
    else {
      throw XLSXFailure(
        "\(text) has more digits than a spreadsheet keeps",
        remedy: "write it as a text"
      )
    }
    return number
  }

  /// Ends the workbook: closes the file, and reads it again.
  ///
  /// The library does not tell of everything that the disk did not take, so all parts are read: each must be whole, and
  /// each sheet have as many cells as it was given.
  ///
  /// - Throws: ``XLSXFailure`` if it is not on the disk as it was given.
  public func close() throws(XLSXFailure) {
    try finishSheet()
    let code = unsafe workbook_close(workbook)
    unsafe workbook = nil
    unsafe sheet = nil
    formats = [:]
    try check(code)
    do {
      try WrittenWorkbook.check(path, cellCounts: cellCounts)
    } catch {
      throw XLSXFailure(
        "\(path): the workbook is not on the disk as it was written: \(error)",
        remedy: XLSXFailure.makeRoom
      )
    }
  }

  private func finishSheet() throws(XLSXFailure) {
    guard unsafe sheet != nil, setup.hasFilter, setup.frozenRowCount > 0, columnCount > 0 else {
      return
    }
    let first = lxw_row_t(setup.frozenRowCount - 1)
    let last = max(first, lxw_row_t(rowCount - 1))
    try check(unsafe worksheet_autofilter(sheet, first, 0, last, lxw_col_t(columnCount - 1)))
  }

  private func check(_ code: lxw_error) throws(XLSXFailure) {
    guard code == LXW_NO_ERROR else { throw XLSXFailure(code, path: path) }
  }

  private func format(
    _ style: SheetStyle
  ) throws(XLSXFailure) -> Format {
    if let format = formats[style] { return format }
    guard let format = unsafe workbook_add_format(workbook) else {
      throw XLSXFailure(LXW_ERROR_MEMORY_MALLOC_FAILED, path: path)
    }
    unsafe format_set_font_name(format, "Arial")
    unsafe format_set_font_size(format, Double(style.size))
    if let code = style.numberFormat { unsafe format_set_num_format(format, code) }
    if style.isBold { unsafe format_set_bold(format) }
    if style.isGrey { unsafe format_set_font_color(format, lxw_color_t(0x59_59_59)) }
    if style.isWrapped { unsafe format_set_text_wrap(format) }
    if style.indent > 0 { unsafe format_set_indent(format, UInt8(min(style.indent, 15))) }
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    switch style.alignment {
    case .general: break
    case .left: unsafe format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .right: unsafe format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case .center: unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    }
    if style.rule == .above || style.rule == .aboveAndBelow {
      unsafe format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
    }
    if style.rule == .below { unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue)) }
    if style.rule == .aboveAndBelow {
      unsafe format_set_bottom(format, UInt8(LXW_BORDER_DOUBLE.rawValue))
    }
    let made = unsafe Format(pointer: format)
    formats[style] = made
    return made
  }
}

extension XLSXFile {
  /// A name as spreadsheets take it, of a sheet besides others: 1 to 31 characters, without some that have a meaning
  /// in formulas.
  static func sheetName(_ name: String, besides names: Set<String>) -> String {
    let plain = String(name.map { "[]:*?/\\'".contains($0) || $0.isNewline ? " " : $0 })
    func cut(_ text: String, _ count: Int) -> String {
      var text = text
      while text.utf16.count > count { text.removeLast() }
      while let last = text.last, last.isWhitespace { text.removeLast() }
      return String(text.drop { $0.isWhitespace })
    }
    var start = cut(plain, 31)
    // Spreadsheets keep the name History for themselves.
    if start.isEmpty || start.lowercased() == "history" { start = "Sheet \(start)".trimmingBlanks }
    var (found, number) = (start, 1)
    while names.contains(found.lowercased()) {
      number += 1
      found = cut(start, 31 - " (\(number))".count) + " (\(number))"
    }
    return found
  }

  /// The text as a cell can hold it.
  private static func held(_ text: String) -> String {
    let length = text.utf16.count
    guard length <= textLengthMax else {
      return "a text of \(length) characters, more than a cell of a spreadsheet holds: csv has it"
    }
    return escaped(text)
  }

  /// `_x0041_` as a text that is not taken for an escape (ECMA-376 part 1, §22.9.2.19), without the characters that XML
  /// does not have.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    guard text.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF }) else {
      return text
    }
    return text.replacing("\u{FFFE}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}")
  }
}

extension String {
  fileprivate var trimmingBlanks: String { last == " " ? String(dropLast()) : self }
}
