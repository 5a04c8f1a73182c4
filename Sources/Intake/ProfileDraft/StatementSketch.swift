import Facts

/// One of the three main statements as a document prints it: its title, its words about scale, its lines.
struct StatementSketch {
  /// Which statement it is.
  enum Kind: String, CaseIterable {
    case operations
    case balanceSheet = "balance-sheet"
    case cashFlow = "cash-flow"

    /// Whether a title is that of such a statement.
    func isTitle(_ title: String) -> Bool {
      let words = title.lowercased()
      let isOther = [
        "comprehensive", "percent", "segment", "supplemental", "reconciliation", "non-gaap",
      ]
      .contains(where: words.contains)
      switch self {
      case .balanceSheet:
        return ["balance sheet", "financial position", "financial condition"].contains(
          where: words.contains
        )
          && !isOther
      case .cashFlow: return words.contains("cash flow") && !isOther
      case .operations:
        return !isOther && !words.contains("cash flow") && !words.contains(".")
          && [
            "statements of income", "statement of income", "statements of operations",
            "statement of operations", "of earnings", "consolidated income",
            "consolidated earnings",
            "results of operations", "income statement", "statements of consolidated income",
            "consolidated operations", "statement of consolidated", "profit and loss",
            "income account",
          ].contains(where: words.contains)
      }
    }
  }

  /// A line: a heading, or a row.
  struct Line {
    let label: String
    let depth: Int

    /// The label, and those of the headings that it stands under, the innermost last.
    let headings: [String]

    /// The figure of each column that has one; `nil` for a heading.
    let figures: [Int: PrintedFigure]?

    /// Whether it stands among current assets or liabilities.
    var isCurrent = false

    /// Whether the caption stands more than once under the same headings.
    var isRepeated = false
  }

  let kind: Kind
  let title: String

  /// The words about scale as printed, in parentheses; `nil` if there are none.
  let caption: String?

  /// The powers of ten that they name.
  let scales: [Int]

  /// The columns whose figures are no computed ones, by their index.
  let columns: [(index: Int, column: TableColumn)]

  private(set) var lines: [Line] = []

  /// How many lines of text above a row are headings, at most.
  private static let headingCountMax = 4
  private static let titleLengthMax = 120

  /// The statement that a table is; `nil` if its title is none of one, or its columns are of another kind.
  init?(_ table: TableSketch) {
    guard let all = try? table.head.columns.get() else { return nil }
    columns = all.enumerated().filter { !$0.element.isComputed }.map { ($0.offset, $0.element) }
    guard let found = Self.title(table.head.titles), columns.allSatisfy({ $0.column.name == nil })
    else {
      return nil
    }
    (kind, title) = found
    let periods = columns.compactMap { try? $0.column.period.get() }
    let isInstant = periods.allSatisfy { $0.start == nil }
    guard periods.isEmpty || isInstant == (kind == .balanceSheet) else { return nil }
    let scale = ScaleCaption(in: table.head.lines)
    (caption, scales) = (scale.map { "(\($0.text))" }, scale?.scales ?? [])
    readLines(table)
    let keys = lines.filter { $0.figures != nil }.map { [$0.label] + $0.headings }
    for index in lines.indices where lines[index].figures != nil {
      let key = [lines[index].label] + lines[index].headings
      lines[index].isRepeated = keys.count { $0 == key } > 1
    }
  }

  /// How many digits most figures have behind the point.
  var usualPlaces: Int {
    var counts: [Int: Int] = [:]
    for line in lines {
      for case .number(let amount) in line.figures?.values.map(\.content) ?? [] {
        counts[Int(amount.fractionDigitCount), default: 0] += 1
      }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  private static func title(_ lines: [[Unicode.Scalar]]) -> (Kind, String)? {
    let texts = lines.map { text(of: $0[...]) }
    for count in 1...2 {
      for end in stride(from: texts.count, through: count, by: -1) {
        let title = texts[(end - count)..<end].joined(separator: " ")
        guard title.count <= titleLengthMax else { continue }
        if let kind = Kind.allCases.first(where: { $0.isTitle(title) }) { return (kind, title) }
      }
    }
    return nil
  }

  static func text(of characters: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(characters)).split(separator: " ").joined(separator: " ")
  }

  // MARK: Lines

  private mutating func readLines(_ table: TableSketch) {
    var pending: [CaptionLine] = []
    var indents: [Int] = []
    var headings: [(label: String, depth: Int)] = []
    var isCurrent = false
    func depth(_ indent: Int) -> Int {
      while let last = indents.last, last > indent { indents.removeLast() }
      if indents.last != indent { indents.append(indent) }
      return min(indents.count - 1, 9)
    }
    for row in table.rows {
      guard case .figures(let caption, let figures) = row else {
        if case .text(let line) = row { pending.append(line) }
        continue
      }
      var groups = Self.groups(pending + [caption])
      pending = []
      let own = groups.removeLast()
      for group in groups.suffix(Self.headingCountMax) {
        let label = Self.label(group)
        guard !label.isEmpty else { continue }
        let depth = depth(group[0].indent)
        // Headings without rows between them are of one row, however they are indented.
        if lines.last?.figures != nil { headings.removeAll { $0.depth >= depth } }
        isCurrent = Self.isCurrent(label)
        headings.append((label, depth))
        lines.append(
          Line(label: label, depth: depth, headings: headings.map(\.label), figures: nil)
        )
      }
      let label = Self.label(own)
      let isBare = label.isEmpty
      let depth = isBare ? (lines.last?.depth ?? 0) : depth(own[0].indent)
      // A heading that is not indented less than its rows heads them until the next one.
      let above = headings.filter { $0.depth < depth || isSection($0.depth, depth) }
      lines.append(
        Line(
          label: label,
          depth: depth,
          headings: above.map(\.label),
          figures: figures,
          isCurrent: isCurrent
        )
      )
      if label.lowercased().hasPrefix("total") { isCurrent = false }
    }
  }

  private static func isCurrent(_ heading: String) -> Bool {
    let words = heading.lowercased()
    return words.contains("current") && !words.contains("noncurrent")
      && !words.contains("non-current")
  }

  private func isSection(_ heading: Int, _ row: Int) -> Bool { heading == row && heading == 0 }

  /// Lines of text that belong together: a caption that goes on over lines, or a heading.
  private static func groups(_ lines: [CaptionLine]) -> [[CaptionLine]] {
    var groups: [[CaptionLine]] = []
    for line in lines {
      if let last = groups.last?.last, last.goesOn(in: line) {
        groups[groups.count - 1].append(line)
      } else {
        groups.append([line])
      }
    }
    return groups
  }

  /// The caption of lines, without footnote marks, leaders and a colon at its end.
  private static func label(_ lines: [CaptionLine]) -> String {
    var text = CaptionReader.caption(lines[...])
    let colon = text.last == ":" ? ":" : ""
    if !colon.isEmpty { text.removeLast() }
    while true {
      if text.hasSuffix(")"), let open = text.lastIndex(of: "("),
        case let mark = text[open...].dropFirst().dropLast(), 1...2 ~= mark.count,
        mark.allSatisfy(\.isNumber)
      {
        text = String(text[..<open])
      } else if text.last == "." && text.hasSuffix("..") || text.last == " " {
        text.removeLast()
      } else {
        return text.isEmpty ? text : text + colon
      }
    }
  }
}
