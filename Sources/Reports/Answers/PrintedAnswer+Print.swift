extension PrintedAnswer {
  /// What begins with as many words as the text does is that text, and no page of a browser.
  private static let textWordCountMin = 12

  /// The first difference of the text of printed pages from a paper: a text that was printed as it is, or the page of
  /// a browser.
  func printDifference(from paper: some ReceiptedPaper) throws -> String? {
    let lines = text.split(separator: "\n").map(\.trimmed).filter {
      !$0.isEmpty && !$0.isPageMargin
    }
    let found = lines.flatMap(PrintedPage.words)
    let expected = PrintedPage.words(
      of: String(decoding: try paper.bytes(as: .text), as: UTF8.self)
    )
    guard found != expected else { return nil }
    let sameCount = zip(found, expected).prefix { $0 == $1 }.count
    // Texts have rules of hyphens, pages of a browser have lines.
    let ruleCounts = [found, expected].map { words in words.count { $0 == "-" } }
    if sameCount >= Self.textWordCountMin, ruleCounts[0] >= ruleCounts[1] / 2 {
      let said = found.indices.contains(sameCount) ? "\"\(found[sameCount])\"" : "nothing"
      let known = expected.indices.contains(sameCount) ? "\"\(expected[sameCount])\"" : "nothing"
      return
        "the paper says \(said) in place of \(known), behind \(sameCount) words that are the same"
    }
    let page = PrintedPage(String(decoding: try paper.bytes(as: .html), as: UTF8.self))
    let start = lines.firstIndex(where: PrintedReceipt.isStart) ?? lines.endIndex
    if let difference = page.difference(from: Array(lines[..<start])) { return difference }
    // Hashes and signatures may be broken anywhere.
    let receipt = lines[start...].joined().withoutBlanks
    let parts = paper.receipt.lines.map { ($0.name + $0.text).withoutBlanks }
    return receipt == parts.joined() ? nil : "the paper says more, or less, under its receipt"
  }
}

/// What a page of HTML shows once it is printed.
private struct PrintedPage {
  /// How often each word stands on the page.
  private var words: [Substring: Int] = [:]

  /// The words of headings of tables and of the title, which printers repeat on each sheet.
  private var repeated: Set<Substring> = []

  /// For each row of each table, its figures in their order.
  private var rows: [[String]] = []

  init(_ html: String) {
    for line in html.split(separator: "\n") {
      if line.hasPrefix("<title>") { repeated.formUnion(Self.words(of: Self.text(of: line))) }
    }
    let body = html.firstRange(of: "<body>").map { html[$0.upperBound...] } ?? html[...]
    for line in body.split(separator: "\n") {
      // The receipt is compared by itself.
      if line.hasPrefix("<dt>query</dt><dd>assay ") { break }
      let words = Self.words(of: Self.text(of: line))
      for word in words { self.words[word, default: 0] += 1 }
      if line.contains("<thead>") { repeated.formUnion(words) }
      let figures = line.split(separator: "<td class=\"figure\"").dropFirst().map { cell in
        Self.text(of: "<td" + cell.upTo("</td>")).filter { !$0.isWhitespace }
      }.filter { $0.contains(where: \.isNumber) }
      if !figures.isEmpty { rows.append(figures) }
    }
  }

  /// - Parameter lines: What was printed, without the margins of the sheets.
  func difference(from lines: [Substring]) -> String? {
    var rest = words
    for word in lines.flatMap(Self.words) {
      guard let count = rest[word], count > 0 else {
        if repeated.contains(word) { continue }
        return "the paper says \"\(word)\", which the ledger does not, or not so often"
      }
      rest[word] = count - 1
    }
    if let missing = rest.filter({ $0.value > 0 && !$0.key.isEmpty }).keys.sorted().first {
      return "the paper does not say \"\(missing)\", or not as often as the ledger"
    }
    let sheets = lines.map(\.withoutBlanks)
    var index = 0
    for row in rows {
      guard let found = sheets[index...].firstIndex(where: { Self.has($0, inOrder: row) }) else {
        return
          "no line of the paper has the figures \(row.joined(separator: " ")) in this order, below those of "
          + "the rows before; of a PDF give the text as it is laid out: pdftotext -layout"
      }
      index = found
    }
    return nil
  }

  private static func has(_ line: String, inOrder figures: [String]) -> Bool {
    var rest = line[...]
    for figure in figures {
      guard let range = rest.firstRange(of: figure) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  /// The text of a line without its elements.
  private static func text(of line: some StringProtocol) -> String {
    var (text, isElement) = ("", false)
    for character in line {
      switch character {
      case "<":
        isElement = true
        text += " "
      case ">" where isElement: isElement = false
      default: if !isElement { text.append(character) }
      }
    }
    return text.withoutHTMLEscapes
  }

  /// The words in lower-case letters, since pages print titles in capitals, split after hyphens and strokes, too, where browsers break lines.
  static func words(of text: some StringProtocol) -> [Substring] {
    text.lowercased().split(whereSeparator: \.isWhitespace).flatMap { word -> [Substring] in
      var (words, rest) = ([Substring](), word)
      while let end = rest.firstIndex(where: { $0 == "-" || $0 == "/" }) {
        let next = rest.index(after: end)
        words.append(rest[..<next])
        rest = rest[next...]
      }
      return rest.isEmpty ? words : words + [rest]
    }
  }
}

extension StringProtocol {
  fileprivate var withoutBlanks: String { String(filter { !$0.isWhitespace }) }

  /// The text before the first occurrence of `end`.
  fileprivate func upTo(_ end: String) -> SubSequence {
    firstRange(of: end).map { self[..<$0.lowerBound] } ?? self[...]
  }

  /// Whether it is what browsers print above and below a page: a time, an address, the number of the sheet.
  var isPageMargin: Bool {
    let words = split(whereSeparator: \.isWhitespace)
    guard let first = words.first, let last = words.last else { return true }
    let isSheet = Self.areNumbers(last, by: "/", 2...2)
    if words.count == 1, isSheet { return true }
    if isSheet, first.contains("://") || first.hasPrefix("file:") { return true }
    return words.count > 1 && Self.areNumbers(String(first.filter { $0 != "," }), by: "/", 3...3)
      && Self.areNumbers(String(words[1].filter { $0 != "," }), by: ":", 2...3)
  }

  private static func areNumbers(
    _ text: some StringProtocol,
    by separator: Character,
    _ counts: ClosedRange<Int>
  ) -> Bool {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    return counts.contains(parts.count) && parts.allSatisfy { Int($0) != nil }
  }
}
