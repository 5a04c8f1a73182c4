import Facts

/// A figure in a cell of a table, as it is printed.
struct PrintedFigure {
  /// What is printed.
  enum Content {
    /// A number with its sign, without currency.
    case number(Amount)

    /// A dash: nothing to report.
    case dash

    /// Something else, and what is wrong with it.
    case malformed(String)
  }

  /// What is printed.
  var content: Content

  /// The words of the line that it is made of.
  var words: Range<Int>

  /// As printed, without currency sign and footnote mark.
  var text: String

  /// The line of its last character as filed, from 1.
  var line: Int

  /// The column of its last character as filed, from 1.
  var column: Int

  /// The column of its last digit or dash on paper: where figures of a column are aligned.
  var edge: Int

  /// How much white space stands before it, currency sign included; `Int.max` after a tab.
  var gap: Int

  /// The currency sign before it; empty for none.
  var currencySign: String

  /// Whether a currency sign stands before it.
  var hasCurrency: Bool { !currencySign.isEmpty }

  /// Whether it looks like a footnote mark: one or two digits in parentheses.
  var looksLikeMark: Bool

  /// Whether it looks like a year: four digits without a comma.
  var looksLikeYear: Bool

  /// Whether a percent sign stands behind it.
  var isPercent = false
}

/// A line of a table, taken apart: a caption, then figures.
struct PrintedLine {
  let line: DocumentLine

  /// The figures at the end of the line.
  var figures: [PrintedFigure] = []

  /// Figures that stand closer to the caption than to the other figures: footnote marks, years.
  private(set) var captionFigures: [PrintedFigure] = []

  /// Figures that are percentages of others in the row.
  private(set) var percentages: [PrintedFigure] = []

  /// Words that stand behind the figures, in a cell of their own; empty if none do.
  private(set) var trailing: Range<Int> = 0..<0

  /// How many words the caption has.
  var captionWordCount: Int

  /// Takes figures from the end of the line, as many as there are.
  init(_ line: DocumentLine) {
    self.line = line
    captionWordCount = line.words.count
    var index = line.words.count
    takeFigures(endingAt: &index)
    if figures.isEmpty {
      // Words behind figures in cells of their own.
      var end = Self.trailingStart(line)
      takeFigures(endingAt: &end)
      if figures.count(where: { !$0.looksLikeYear && !$0.looksLikeMark }) > 1,
        figures.allSatisfy({ $0.gap > 1 })
      {
        trailing = Self.trailingStart(line)..<line.words.count
        index = end
      } else {
        figures = []
      }
    }
    captionWordCount = index
    giveCaptionItsOwn()
  }

  private mutating func takeFigures(endingAt index: inout Int) {
    while index > 0, let figure = Self.figure(endingAt: index - 1, in: line) {
      figures.insert(figure, at: 0)
      index = figure.words.lowerBound
    }
  }

  /// The first word of the last cell.
  private static func trailingStart(_ line: DocumentLine) -> Int {
    var index = line.words.count - 1
    while index > 0, line.words[index].lowerBound - line.words[index - 1].upperBound < 2 {
      index -= 1
    }
    return max(0, index)
  }

  /// Sets percentages aside, which are computed from the figures that they stand beside.
  mutating func setPercentagesAside() {
    percentages += figures.filter(\.isPercent)
    figures.removeAll(where: \.isPercent)
  }

  /// The caption, without the figures.
  var caption: Range<Int> {
    guard captionWordCount > 0 else { return 0..<0 }
    return line.words[0].lowerBound..<line.words[captionWordCount - 1].upperBound
  }

  /// Gives the caption's last figure back to the cells, where it stands under a column.
  mutating func takeFromCaption() {
    guard let figure = captionFigures.popLast() else { return }
    captionWordCount = figure.words.lowerBound
    figures.insert(figure, at: 0)
  }

  /// Takes footnote marks, for which `isMark` holds, out of the figures.
  mutating func dropMarks(where isMark: (PrintedFigure) -> Bool) {
    figures.removeAll { $0.looksLikeMark && isMark($0) }
  }

  /// Makes the first figure a footnote mark of the caption.
  mutating func giveFirstToCaption() {
    let first = figures.removeFirst()
    captionFigures.append(first)
    captionWordCount = first.words.upperBound
  }

  /// Moves a figure that is one space behind a word, and farther from the next figure, to the caption.
  private mutating func giveCaptionItsOwn() {
    while let first = figures.first, !first.hasCurrency, first.gap == 1, captionWordCount > 0 {
      if let next = figures.dropFirst().first {
        guard next.gap > 1 || next.hasCurrency else { return }
      }
      captionFigures.append(first)
      figures.removeFirst()
      captionWordCount = first.words.upperBound
    }
  }
}

extension PrintedLine {
  private static let absences: Set<String> = [
    "nm", "n/m", "n.m.", "n/a", "n.a.", "na", "nmf", "**",
  ]

  /// The figure whose last word is the one at `index`; `nil` if that word is none.
  private static func figure(endingAt index: Int, in line: DocumentLine) -> PrintedFigure? {
    if let percentage = percentage(endingAt: index, in: line) { return percentage }
    var first = index
    var start = line.words[index].lowerBound
    let end = line.words[index].upperBound
    var word = line.characters[start..<end]
    var printedSign = ""
    if let sign = currencySign(of: word), sign < word.count {
      printedSign = text(word.prefix(sign))
      word = word.dropFirst(sign)
      start += sign
    }
    if word.allSatisfy({ $0 == "-" }), word.count <= 3 {
      return dash(endingAt: index, start..<end, sign: printedSign, in: line)
    }
    guard word.contains(where: \.isDigit) else { return absence(at: index, start..<end, in: line) }
    if word.first != "(", word.last == ")", let before = previous(first, in: line) {
      // The parenthesis may stand apart: `$ (  112)`.
      var open = line.characters[before.word]
      let sign = currencySign(of: open) ?? 0
      open = open.dropFirst(sign)
      let hasSignBehind = open == ["(", "$"]
      if open == ["("] || hasSignBehind {
        first -= 1
        start = before.word.lowerBound + sign
        if sign > 0 { printedSign = text(line.characters[before.word].prefix(sign)) }
        if hasSignBehind { printedSign = "$" }
        word = ["("] + word
      }
    }
    let printed = Numeral(word)
    guard printed.isFigure else {
      // A damaged figure: it stands where figures do, not within a sentence.
      guard let before = previous(first, in: line), before.gap > 1 else { return nil }
      return figure(
        first...index,
        start..<end,
        .malformed("\"\(line.text(start..<end))\" is no number"),
        lastDigit: line.characters[start..<end].lastIndex(where: \.isDigit) ?? end - 1,
        in: line
      )
    }
    let textEnd = end - printed.markCount
    var figure = figure(
      first...index,
      start..<textEnd,
      printed.content,
      lastDigit: textEnd - 1 - printed.closingCount,
      in: line
    )
    if !printedSign.isEmpty { figure.currencySign = printedSign }
    figure.looksLikeMark = printed.looksLikeMark && !figure.hasCurrency
    figure.looksLikeYear = printed.looksLikeYear && !figure.hasCurrency
    figure.isPercent = printed.isPercent
    return figure
  }

  /// A figure with a percent sign apart from it, and a dash before one.
  private static func percentage(endingAt index: Int, in line: DocumentLine) -> PrintedFigure? {
    let word = line.characters[line.words[index]]
    guard word.last == "%" else { return nil }
    var figure: PrintedFigure?
    if word.count == 1, index > 0,
      line.words[index].lowerBound - line.words[index - 1].upperBound <= 4
    {
      figure = self.figure(endingAt: index - 1, in: line)
    } else if 2...4 ~= word.count, word.dropLast().allSatisfy({ $0 == "-" }) {
      let range = line.words[index].lowerBound..<(line.words[index].upperBound - 1)
      figure = dash(endingAt: index, range, sign: "", in: line)
    }
    guard var found = figure else { return nil }
    found.words = found.words.lowerBound..<(index + 1)
    found.isPercent = true
    return found
  }

  /// A dash; two with a space between them are one.
  private static func dash(
    endingAt index: Int,
    _ range: Range<Int>,
    sign: String,
    in line: DocumentLine
  ) -> PrintedFigure {
    var (first, start, printedSign) = (index, range.lowerBound, sign)
    if range.count == 1, printedSign.isEmpty, let before = previous(first, in: line),
      before.gap == 1
    {
      let other = line.characters[before.word]
      let sign = currencySign(of: other) ?? 0
      if other.dropFirst(sign) == ["-"] {
        first -= 1
        start = before.word.lowerBound + sign
        printedSign = text(other.prefix(sign))
      }
    }
    let words = first...index
    var dash = figure(
      words,
      start..<range.upperBound,
      .dash,
      lastDigit: range.upperBound - 1,
      in: line
    )
    if !printedSign.isEmpty { dash.currencySign = printedSign }
    return dash
  }

  /// Words that stand for a figure that has no meaning.
  private static func absence(
    at index: Int,
    _ range: Range<Int>,
    in line: DocumentLine
  ) -> PrintedFigure? {
    guard absences.contains(text(line.characters[range]).lowercased()),
      let before = previous(index, in: line), before.gap > 1
    else { return nil }
    let content = PrintedFigure.Content.malformed("\"\(line.text(range))\" is no number")
    return figure(index...index, range, content, lastDigit: range.upperBound - 1, in: line)
  }

  private static func figure(
    _ words: ClosedRange<Int>,
    _ range: Range<Int>,
    _ content: PrintedFigure.Content,
    lastDigit: Int,
    in line: DocumentLine
  ) -> PrintedFigure {
    var first = words.lowerBound
    var printedSign = ""
    // A currency sign apart from its figure: `$   71,607`.
    if let before = previous(first, in: line),
      currencySign(of: line.characters[before.word]) == before.word.count
    {
      first -= 1
      printedSign = text(line.characters[before.word])
    }
    let gap = previous(first, in: line).map { before in
      line.hasTab(in: before.word.upperBound..<line.words[first].lowerBound) ? Int.max : before.gap
    }
    return PrintedFigure(
      content: content,
      words: first..<(words.upperBound + 1),
      text: line.text(range),
      line: line.line(at: range.upperBound - 1),
      column: line.column(at: range.upperBound - 1),
      edge: line.paperColumn(at: lastDigit),
      gap: gap ?? .max,
      currencySign: printedSign,
      looksLikeMark: false,
      looksLikeYear: false
    )
  }

  /// The word before the one at `index`, and how much white space is between them.
  private static func previous(
    _ index: Int,
    in line: DocumentLine
  ) -> (word: Range<Int>, gap: Int)? {
    guard index > 0 else { return nil }
    let (word, next) = (line.words[index - 1], line.words[index])
    return (word, next.lowerBound - word.upperBound)
  }

  /// How many characters of a currency sign `word` begins with, letters before it included; `nil` if none.
  private static func currencySign(of word: ArraySlice<Unicode.Scalar>) -> Int? {
    let letters = word.prefix { ("A"..."Z").contains($0) }.count
    guard letters <= 3, let sign = word.dropFirst(letters).first else { return nil }
    return sign.properties.generalCategory == .currencySymbol ? letters + 1 : nil
  }

  private static func text(_ characters: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(characters))
  }
}
