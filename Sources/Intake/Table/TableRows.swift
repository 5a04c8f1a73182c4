import Facts

/// The rows of a table, text or workbook.
struct TableRows {
  private let document: SourceFile

  init(_ document: SourceFile) { self.document = document }

  /// Calls `body` with each row that is not blank.
  ///
  /// - Throws: ``Facts/InvalidEvent`` if a text is no table; ``ImportError`` if a workbook is damaged, too large,
  ///   or has several sheets; whatever `body` throws.
  func read(_ body: (DelimitedText.Row) throws -> Void) throws {
    var text = DelimitedText()
    var wide = WideText()
    var head: [UInt8]? = []
    while let piece = try document.nextPiece() {
      var piece = piece
      if let start = head {
        piece = start + piece
        guard piece.count >= Workbook.magic.count else {
          head = piece
          continue
        }
        guard !piece.starts(with: Workbook.magic) else {
          return try readWorkbook(piece, body)
        }
        head = nil
      }
      try text.read(wide.utf8(piece[...])[...], body)
    }
    try text.read(wide.utf8((head ?? [])[...], isLast: true)[...], body)
    try text.finish(body)
  }

  private func readWorkbook(
    _ start: [UInt8],
    _ body: (DelimitedText.Row) throws -> Void
  ) throws {
    var bytes = start
    while let piece = try document.nextPiece() {
      bytes += piece
      try Workbook.checkSize(bytes.count, of: document.path)
    }
    let sheets = try Workbook(path: document.path, bytes).sheets
    guard sheets.count <= 1 else {
      let names = sheets.prefix(3).map { "\"\($0.name)\"" }
      throw error(
        "it has \(sheets.count) sheets: \(names.joined(separator: ", "))",
        remedy:
          "a table of claims is one sheet; statements as they are printed are imported as a release"
      )
    }
    for row in sheets.first?.rows ?? [] {
      var fields: [String] = []
      for cell in row {
        while fields.count < cell.column - 1 { fields.append("") }
        fields.append(cell.content.value)
      }
      if fields.contains(where: { !$0.isEmpty }) {
        try body(DelimitedText.Row(line: row[0].row, fields: fields))
      }
    }
  }

  private func error(_ message: String, remedy: String) -> ImportError {
    ImportError(file: document.path, place: .file, message: message, remedy: remedy)
  }
}
