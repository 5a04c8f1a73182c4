/// One line of a document as filed, made plain: dashes, quotes and spaces of whatever kind are the
/// ASCII ones, markup is gone, and every character knows its column.
struct DocumentLine {
  /// The line's number in the document, from 1.
  let number: Int

  /// The characters, made plain.
  private(set) var characters: [Unicode.Scalar]

  /// Where words stand: what is between white space, as ranges of ``characters``.
  private(set) var words: [Range<Int>] = []

  /// Words with digits inside of markup, which is taken out.
  private(set) var markupWords: [(text: String, column: Int)] = []

  /// The characters as filed, where they differ.
  private var filed: [Unicode.Scalar]?

  /// The column of each character as filed, from 1; `nil` where that is its index plus one.
  private var columns: [Int]?

  /// The column of each character on paper, from 1; `nil` where that is its index plus one.
  private var paperColumns: [Int]?

  /// The line of each character as filed, from 1; `nil` where that is ``number``.
  private var lines: [Int]?

  /// Whether it is a row of a table that a spreadsheet program saved.
  var isSheetRow = false

  /// A cell of a table in HTML.
  struct Cell {
    /// What it holds, as a range of ``DocumentLine/characters``.
    var words: Range<Int>

    /// The columns on paper that it covers.
    var paper: Range<Int>
  }

  /// The cells that hold something; empty in a text.
  private(set) var cells: [Cell] = []

  /// Reads a line: UTF-8, or Windows-1252 where it is no UTF-8; HTML tags and entities allowed for.
  init(_ bytes: [UInt8], number: Int) {
    self.number = number
    if bytes.allSatisfy({ $0 < 0x80 }) {
      characters = bytes.map { Unicode.Scalar($0) }
    } else if let text = String(validating: bytes, as: UTF8.self) {
      characters = Array(text.unicodeScalars)
    } else {
      characters = bytes.map(Self.windowsScalar)
    }
    if characters.contains(where: { $0 == "<" || $0 == "&" }) { takeMarkupOut() }
    if characters.contains(where: { $0.value < 0x20 || $0.value >= 0x7F }) { makePlain() }
    findWords()
  }

  /// A line that was set from HTML.
  ///
  /// - Parameters:
  ///   - number: The line of its first character.
  ///   - paper: The column of each character on paper; `nil` where that is its index plus one.
  init(_ text: HTMLText, number: Int, paper: [Int]?, cells: [Cell]) {
    self.number = number
    (characters, self.cells, paperColumns) = (text.characters, cells, paper)
    columns = text.places.map(\.column)
    lines = text.places.map(\.line)
    if characters.contains(where: { $0.value < 0x20 || $0.value >= 0x7F }) { makePlain() }
    findWords()
  }

  /// The line of the character at `index` as filed, from 1.
  func line(at index: Int) -> Int { lines?[index] ?? number }

  /// The column of the character at `index` as filed, from 1; a tab is one character.
  func column(at index: Int) -> Int { columns?[index] ?? index + 1 }

  /// The column of the character at `index` on paper, where tabs go on to the next eighth column.
  func paperColumn(at index: Int) -> Int { paperColumns?[index] ?? index + 1 }

  /// The characters of `range` as filed.
  func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: (filed ?? characters)[range])
    return String(text)
  }

  /// Whether a tab stands in `range`.
  func hasTab(in range: Range<Int>) -> Bool { filed?[range].contains("\t") ?? false }

  /// How many characters of white space the line begins with, on paper.
  var indent: Int { words.first.map { paperColumn(at: $0.lowerBound) - 1 } ?? 0 }

  /// Whether it is a rule under figures or headings: nothing but dashes, long ones among them.
  var isRule: Bool {
    var longest = 0
    for word in words {
      guard characters[word].allSatisfy({ $0 == "-" || $0 == "=" || $0 == "_" }) else {
        return false
      }
      longest = max(longest, word.count)
    }
    return longest >= 3
  }

  private mutating func findWords() {
    var start: Int?
    for index in characters.indices {
      if characters[index] == " " {
        if let first = start { words.append(first..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { words.append(start..<characters.count) }
  }

  /// Makes dashes, quotes and white space ASCII.
  private mutating func makePlain() {
    filed = characters
    if characters.contains("\t"), paperColumns == nil {
      var next = 1
      paperColumns = characters.map { character in
        let column = character == "\t" ? (next + 7) / 8 * 8 : next
        next = column + 1
        return column
      }
    }
    for index in characters.indices { characters[index] = characters[index].plain }
  }

  static func windowsScalar(_ byte: UInt8) -> Unicode.Scalar {
    guard 0x80...0x9F ~= byte else { return Unicode.Scalar(byte) }
    return windowsScalars[Int(byte) - 0x80]
  }

  /// What Windows-1252 has from 0x80 to 0x9F; five places are empty.
  private static let windowsScalars = Array(
    """
    €\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}\u{2018}\u{2019}\u{201C}\u{201D}•–—˜™š›œ\u{9D}žŸ
    """.unicodeScalars
  )
}

extension DocumentLine {
  /// Tags that the text of filings is wrapped in, and that move no figure.
  private static let tagNames: Set<String> = [
    "a", "b", "body", "br", "c", "caption", "center", "div", "document", "font", "head", "hr",
    "html", "i", "p", "page", "pre", "s", "small", "span", "sub", "sup", "table", "text", "title",
    "tt", "u",
  ]

  private mutating func takeMarkupOut() {
    var kept: [Unicode.Scalar] = []
    var columns: [Int] = []
    var index = 0
    while index < characters.count {
      if let end = tagEnd(from: index) {
        noteDigits(in: index..<end)
        index = end
      } else if let (scalar, end) = entity(at: index) {
        kept.append(scalar)
        columns.append(end)
        index = end
      } else {
        kept.append(characters[index])
        columns.append(index + 1)
        index += 1
      }
    }
    (characters, self.columns) = (kept, columns)
  }

  /// The index behind the tag that begins at `start`; `nil` if none does.
  private func tagEnd(from start: Int) -> Int? {
    guard characters[start] == "<", let end = characters[start...].firstIndex(of: ">") else {
      return nil
    }
    let inside = characters[(start + 1)..<end].drop { $0 == "/" }
    let name = inside.prefix { $0.properties.isAlphabetic }
    let rest = inside.dropFirst(name.count)
    guard Self.tagNames.contains(String(String.UnicodeScalarView(name)).lowercased()),
      rest.isEmpty || rest.first == " " || rest.first == "/"
    else { return nil }
    return end + 1
  }

  private mutating func noteDigits(in tag: Range<Int>) {
    for word in characters[tag].split(separator: " ") where word.contains(where: \.isDigit) {
      markupWords.append((String(String.UnicodeScalarView(word)), word.endIndex))
    }
  }

  /// The character that the entity at `start` stands for, and the index behind it.
  private func entity(at start: Int) -> (Unicode.Scalar, Int)? {
    guard characters[start] == "&",
      let end = characters[start...].prefix(10).firstIndex(of: ";")
    else { return nil }
    let name = String(String.UnicodeScalarView(characters[(start + 1)..<end]))
    return HTMLEntity.scalar(named: name).map { ($0, end + 1) }
  }
}

extension Unicode.Scalar {
  /// Whether it is an ASCII digit.
  var isDigit: Bool { "0"..."9" ~= self }

  /// The ASCII character for a dash, a quote or white space of whatever kind; else itself.
  var plain: Unicode.Scalar {
    switch value {
    case 0...0x20, 0x7F, 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF: " "
    case 0x2010...0x2015, 0x2212, 0xAD, 0x97, 0x96: "-"
    case 0x2018, 0x2019, 0x2032, 0x60, 0xB4: "'"
    case 0x201C, 0x201D, 0x2033: "\""
    default: self
    }
  }
}
