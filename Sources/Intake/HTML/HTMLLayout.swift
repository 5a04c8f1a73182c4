/// Sets a page as lines of text: a line for each row of a table, and one for each paragraph.
///
/// A row's cells stand on paper where the grid of the table has them (`colspan`, `rowspan`), so that a
/// reader of text finds figures of a column one below the other. Tables within cells are set after what
/// the cell holds before them. Within `<pre>`, lines are as they are filed.
struct HTMLLayout {
  /// How long a paragraph or the text of a cell is, at most; what goes on is another line.
  private static let textLengthMax = 1 << 16

  /// How deep tables are within one another, at most; deeper ones are read as text.
  private static let depthMax = 64

  private static let blocks: Set<String> = [
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main", "ol", "p",
    "pre",
    "section", "table", "tbody", "tfoot", "thead", "title", "ul", "caption",
  ]

  /// Elements that raised text is made of, whose end tags are looked for.
  private static let inlines: Set<String> = ["font", "span", "sup"]

  private var tables: [HTMLTable] = []

  /// How many tables are open that are read as text.
  private var extraDepth = 0

  /// The paragraph outside of tables.
  private var text = HTMLText()
  private var textIndent = 0

  /// The inline elements that are open in this paragraph or cell, and whether each is raised.
  private var open: [(name: String, isRaised: Bool)] = []

  /// The element that hides its text, and how many of its name are open in it.
  private var hidden: (name: String, depth: Int, line: Int)?

  private var preformattedDepth = 0

  /// The place of the last token.
  private var place = HTMLPlace(line: 1, column: 1)

  private static let emptyElements: Set<String> = [
    "br", "col", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "embed", "source",
  ]

  /// Takes a part of the page, and calls `body` with each line that it ends.
  mutating func take(
    _ token: HTMLToken,
    at place: HTMLPlace,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    self.place = place
    switch token {
    case .character(let character, let place):
      guard hidden == nil else { return }
      try take(character, place, body)
    case .start(let tag): try begin(tag, body)
    case .end(let name): try end(name, body)
    }
  }

  /// Ends all that is open.
  mutating func finish(_ body: (DocumentLine) throws -> Void) rethrows {
    while !tables.isEmpty { try endTable(body) }
    try endParagraph(body)
  }

  /// The element at the end that hides its text, and the line where it begins; `nil` if none does.
  var hiding: (name: String, line: Int)? { hidden.map { ($0.name, $0.line) } }

  private mutating func take(
    _ character: Unicode.Scalar,
    _ place: HTMLPlace,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    let isKept = preformattedDepth > 0
    if let last = tables.indices.last, tables[last].isInCell {
      var isLong = false
      tables[last].withCell { cell in
        cell.text.append(character, place)
        isLong = cell.text.characters.count >= Self.textLengthMax
      }
      if isLong { try endRow(body) }
      return
    }
    if isKept, character == "\n" {
      try endParagraph(keepingBlank: true, body)
      return
    }
    text.append(character, place, isKept: isKept)
    if text.characters.count >= Self.textLengthMax { try endParagraph(body) }
  }

  // MARK: Tags

  private mutating func begin(
    _ tag: HTMLTag,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    if let hidden {
      if tag.name == hidden.name { self.hidden?.depth += 1 }
      return
    }
    let style = HTMLStyle(tag)
    if style.isHidden, !Self.emptyElements.contains(tag.name) {
      hidden = (tag.name, 1, place.line)
      return
    }
    switch tag.name {
    case "table":
      guard tables.count < Self.depthMax else {
        extraDepth += 1
        return
      }
      try endParagraph(body)
      try endRow(isNested: true, body)
      tables.append(HTMLTable())
    case "tr":
      try endRow(body)
      if let last = tables.indices.last { tables[last].beginRow() }
    case "td", "th":
      guard let last = tables.indices.last else { return try endParagraph(body) }
      tables[last].endCell()
      open = []
      tables[last].beginCell(tag)
    case "br": try breakLine(body)
    case _ where Self.inlines.contains(tag.name):
      open.append((tag.name, style.isRaised))
      if style.isRaised { withText { $0.beginRaised() } }
    case _ where Self.blocks.contains(tag.name): try beginBlock(tag, style, body)
    default: break
    }
  }

  private mutating func end(_ name: String, _ body: (DocumentLine) throws -> Void) rethrows {
    if let hidden {
      guard name == hidden.name else { return }
      self.hidden?.depth -= 1
      if hidden.depth == 1 { self.hidden = nil }
      return
    }
    switch name {
    case "table":
      guard extraDepth == 0 else {
        extraDepth -= 1
        return
      }
      try endTable(body)
    case "tr": try endRow(body)
    case "td", "th": if let last = tables.indices.last { tables[last].endCell() }
    case _ where Self.inlines.contains(name):
      guard let index = open.lastIndex(where: { $0.name == name }) else { return }
      let closed = open[index...]
      open.removeSubrange(index...)
      if closed.contains(where: \.isRaised), !open.contains(where: \.isRaised) {
        withText { $0.endRaised() }
      }
    case _ where Self.blocks.contains(name):
      try endBlock(body)
      if name == "pre" { preformattedDepth = max(0, preformattedDepth - 1) }
    default: break
    }
  }

  private mutating func withText(_ body: (inout HTMLText) -> Void) {
    if let last = tables.indices.last, tables[last].isInCell {
      tables[last].withCell { body(&$0.text) }
    } else {
      body(&text)
    }
  }

  // MARK: Blocks and rows

  private mutating func beginBlock(
    _ tag: HTMLTag,
    _ style: HTMLStyle,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    try endBlock(body)
    if tag.name == "pre" { preformattedDepth += 1 }
    if let last = tables.indices.last, tables[last].isInCell {
      tables[last].withCell { if $0.text.characters.isEmpty { $0.indent += style.indent } }
    } else {
      textIndent = style.indent
    }
  }

  private mutating func endBlock(_ body: (DocumentLine) throws -> Void) rethrows {
    guard let last = tables.indices.last, tables[last].isInCell else {
      return try endParagraph(body)
    }
    tables[last].withCell { cell in
      guard !cell.text.characters.isEmpty else { return }
      cell.text.appendSpace()
      cell.hasBreaks = true
    }
  }

  private mutating func breakLine(_ body: (DocumentLine) throws -> Void) rethrows {
    guard let last = tables.indices.last, tables[last].isInCell else {
      return try endParagraph(keepingBlank: true, body)
    }
    try endBlock(body)
  }

  private mutating func endParagraph(
    keepingBlank: Bool = false,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    text.endRaised()
    defer { (text, open) = (HTMLText(), []) }
    guard keepingBlank || !text.characters.isEmpty else { return }
    let indent = HTMLStyle.columnCount(of: textIndent)
    let line = DocumentLine(
      text,
      number: text.places.first?.line ?? place.line,
      paper: indent == 0 ? nil : text.characters.indices.map { indent + $0 + 1 },
      cells: []
    )
    try body(line)
  }

  /// Ends the row of the innermost table.
  ///
  /// - Parameter isNested: Whether its cell goes on behind a table within it.
  private mutating func endRow(
    isNested: Bool = false,
    _ body: (DocumentLine) throws -> Void
  ) rethrows {
    guard let last = tables.indices.last else { return }
    open = []
    // Text between rows stands before the table in a browser.
    if !text.characters.isEmpty { try endParagraph(body) }
    let cells = isNested ? tables[last].takeCells() : tables[last].endRow()
    guard !cells.isEmpty else { return }
    guard !isNested || cells.contains(where: { !$0.text.isBlank }) else { return }
    try body(DocumentLine(row: cells, at: place))
  }

  private mutating func endTable(_ body: (DocumentLine) throws -> Void) rethrows {
    guard !tables.isEmpty else { return }
    try endRow(body)
    tables.removeLast()
    open = []
  }
}
