import Facts

/// One line of the headings above columns: what tells periods, names of columns, and nothing else.
struct HeadingLine {
  /// What a phrase is.
  enum Kind {
    /// It tells a period, or a part of one.
    case period(PeriodWords)

    /// It says that the column is computed from others: `Change`, `% of sales`.
    case computed

    /// It names the column otherwise: a segment, a company.
    case name
  }

  /// A phrase, and where it stands on paper.
  struct Phrase {
    let kind: Kind
    let text: String
    let tokens: [HeadingWords.Token]

    /// Its first and last column on paper, or those of its cell.
    let extent: ClosedRange<Int>

    /// Where its middle stands, in half columns.
    var middle: Int { extent.lowerBound + extent.upperBound }

    /// Whether it says nothing but notes.
    var isNote: Bool { words?.isNote == true }

    var words: PeriodWords? { if case .period(let words) = kind { words } else { nil } }
  }

  /// What stands left of the phrases: a table's title can, or words about scale.
  private(set) var title: Range<Int> = 0..<0

  /// What stands where captions of rows do, and is about every column: `Quarters Ended March 31,`.
  private(set) var left: Phrase?

  /// What stands above columns.
  private(set) var phrases: [Phrase] = []

  /// Whether the extents are those of cells.
  let hasCells: Bool

  /// How far from the left margin headings of columns begin, at least.
  private static let indentMin = 12

  /// How many words a line of headings has, at most: so a long line of prose costs no time.
  static let wordCountMax = 200

  /// Reads a line; `nil` if it holds anything that is no heading of a column.
  ///
  /// - Parameter isAboveRows: Whether a table was named above, and no row of it was seen yet: only there
  ///   columns have names.
  init?(_ line: DocumentLine, isAboveRows: Bool) {
    hasCells = !line.cells.isEmpty
    guard line.words.count <= Self.wordCountMax else { return nil }
    var cells = Self.cells(of: line)[...]
    var leftPhrases: [Phrase] = []
    while let cell = cells.first {
      let found = Self.phrases(line, cell)
      let isAtLeft = line.paperColumn(at: cell.lowerBound) <= Self.indentMin
      if found != nil, !isAtLeft || (cells.count == 1 && isAboveRows) { break }
      cells = cells.dropFirst()
      if let found, leftPhrases.isEmpty, title.isEmpty {
        leftPhrases = found
        continue
      }
      guard leftPhrases.isEmpty else { return nil }
      title = (title.isEmpty ? cell.lowerBound : title.lowerBound)..<cell.upperBound
    }
    for cell in cells {
      guard let found = Self.phrases(line, cell) else {
        phrases = []
        break
      }
      phrases += found
    }
    if phrases.isEmpty {
      guard leftPhrases.isEmpty, isAboveRows, let names = Self.names(line) else { return nil }
      (phrases, title) = (names, 0..<0)
    }
    // Notes beside words are about columns, and the words are a caption's.
    guard title.isEmpty || !isNote else { return nil }
    guard !leftPhrases.isEmpty else { return }
    // Only what is about every column stands at the left, beside years.
    guard leftPhrases.count == 1, let only = leftPhrases[0].words, !only.isNote, !only.hasYear,
      phrases.count(where: { $0.words?.hasYear == true }) > 1
    else { return nil }
    left = leftPhrases[0]
  }

  /// What stands apart from each other: cells, or words with two spaces between them.
  static func cells(of line: DocumentLine) -> [Range<Int>] {
    guard line.cells.isEmpty else { return line.cells.map(\.words) }
    var cells: [Range<Int>] = []
    for word in line.words {
      if let last = cells.last,
        word.lowerBound - last.upperBound < 2,
        !line.hasTab(in: last.upperBound..<word.lowerBound)
      {
        cells[cells.count - 1] = last.lowerBound..<word.upperBound
      } else {
        cells.append(word)
      }
    }
    return cells
  }

  private static func phrases(_ line: DocumentLine, _ cell: Range<Int>) -> [Phrase]? {
    let ranges = line.words.filter {
      $0.lowerBound >= cell.lowerBound && $0.upperBound <= cell.upperBound
    }
    let words = ranges.map { ($0, HeadingWords.tokens(line.characters[$0])) }
    guard let found = PeriodWords.phrases(words) else {
      guard ColumnName.isComputed(line.text(cell)) else { return nil }
      let extent = extent(of: cell, in: line, isAlone: true)
      return [Phrase(kind: .computed, text: line.text(cell), tokens: [], extent: extent)]
    }
    return found.map { phrase in
      Phrase(
        kind: .period(phrase.says),
        text: line.text(phrase.range),
        tokens: phrase.tokens,
        extent: extent(of: phrase.range, in: line, isAlone: found.count == 1)
      )
    }
  }

  /// Whether a line has names of columns and nothing else: below rows, another table begins there.
  static func namesColumns(_ line: DocumentLine) -> Bool {
    names(line)?.contains { !$0.isNote } ?? false
  }

  /// Names of columns: two and more, none of which stands where captions do.
  private static func names(_ line: DocumentLine) -> [Phrase]? {
    let cells = cells(of: line)
    let isAllRight = cells.allSatisfy { line.paperColumn(at: $0.lowerBound) > indentMin }
    guard cells.count > 1, isAllRight, !line.characters.contains(where: \.isDigit) else {
      return nil
    }
    return cells.map { cell in
      phrases(line, cell)?.first
        ?? Phrase(
          kind: .name,
          text: line.text(cell),
          tokens: [],
          extent: extent(of: cell, in: line, isAlone: true)
        )
    }
  }

  private static func extent(
    of range: Range<Int>,
    in line: DocumentLine,
    isAlone: Bool
  ) -> ClosedRange<Int> {
    if isAlone,
      let cell = line.cells.first(where: {
        $0.words.lowerBound <= range.lowerBound && $0.words.upperBound >= range.upperBound
      })
    {
      return cell.paper.lowerBound...max(cell.paper.lowerBound, cell.paper.upperBound - 1)
    }
    return line.paperColumn(at: range.lowerBound)...line.paperColumn(at: range.upperBound - 1)
  }
}

extension HeadingLine {
  /// Whether it says nothing but notes.
  var isNote: Bool { phrases.allSatisfy { $0.words?.isNote == true } && left == nil }

  /// Whether one of its phrases tells a year.
  var hasYears: Bool { phrases.contains { $0.words?.hasYear == true } }

  /// Whether it names a day or a month.
  var hasDays: Bool {
    phrases.contains { $0.words?.days.isEmpty == false } || left?.words?.days.isEmpty == false
  }
}

/// Names of columns that tell no period.
enum ColumnName {
  /// Words that say that figures are computed from other columns.
  private static let computed: Set<String> = [
    "change", "changes", "%", "percent", "percentage", "pct", "increase", "inc", "variance",
    "growth",
    "margin", "constant",
  ]

  /// Words that may stand beside them.
  private static let others: Set<String> = [
    "decrease", "dec", "$", "of", "net", "sales", "revenue", "revenues", "total", "in", "currency",
    "favorable", "unfavorable", "fav", "unfav", "over", "prior", "year", "the", "from", "vs",
    "amount", "better", "worse", "or",
  ]

  /// Whether a name of a column says that its figures are computed from others: changes, shares of a total,
  /// figures at constant currency.
  static func isComputed(_ name: String) -> Bool {
    let words = name.lowercased().split { " ()/,.&-\u{2014}\u{2013}".contains($0) }
    return words.contains { computed.contains(String($0)) }
      && words.allSatisfy { computed.contains(String($0)) || others.contains(String($0)) }
  }
}
