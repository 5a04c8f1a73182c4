/// Words between a table's title and its rows that are about all of its columns, and are no caption of a row:
/// `(in thousands, except per share data)`, `(unaudited)`, `Dollars in millions`.
struct ColumnNotes {
  /// Whether a parenthesis that says a scale was not closed on the last line.
  private var isOpen = false

  /// Whether a line has nothing but such words.
  mutating func takes(_ line: DocumentLine) -> Bool {
    let text = line.characters[
      (line.words.first?.lowerBound ?? 0)..<(line.words.last?.upperBound ?? 0)
    ]
    if isOpen {
      // What goes on ends with the parenthesis, and nothing stands behind it.
      isOpen = !text.contains(")") && text.count < 80
      return text.last == ")" || isOpen
    }
    guard text.first == "(" else { return ScaleCaption.isLine(text) }
    guard ScaleCaption.isAside(text) else { return false }
    isOpen = !text.contains(")")
    return isOpen || text.last == ")"
  }

  /// The words of a line without notes in cells at its end: `Assets          (unaudited)`.
  static func words(of line: DocumentLine) -> Range<Int> {
    guard line.words.count <= HeadingLine.wordCountMax else { return 0..<line.characters.count }
    var cells = HeadingLine.cells(of: line)
    while cells.count > 1, let last = cells.last {
      let words = line.words.filter {
        $0.lowerBound >= last.lowerBound && $0.upperBound <= last.upperBound
      }
      let says = words.map { HeadingWords.tokens(line.characters[$0]) }
      guard
        says.allSatisfy({ $0?.allSatisfy { $0 == .note || $0 == .filler || $0 == .mark } == true }),
        says.contains(where: { $0?.contains(.note) == true })
      else { break }
      cells.removeLast()
    }
    guard cells.count < HeadingLine.cells(of: line).count, let last = cells.last else {
      return 0..<line.characters.count
    }
    return 0..<last.upperBound
  }
}
