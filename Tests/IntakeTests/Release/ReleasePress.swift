import Facts
import TestSupport

/// Prints statements as earnings releases do, with figures of its own: what a reader of releases
/// should make of them is known for each cell.
struct ReleasePress {
  /// How a release is printed.
  struct Style {
    var captionWidth = 24
    var columnWidth = 11
    var indentStep = 2
    var wrapIndent = 1
    var quarter = 3
    var year = 2004
    var swapsYears = false
    var swapsSpans = false
    var fullDates = false

    /// In percent of the rows.
    var dropRate = 0
    var addRate = 0
    var shuffles = false

    /// A section heading that no statement has, above rows that one has.
    var addsSection = false

    /// Leaves out one heading.
    var dropsHeading = false
    var scale = "thousands"
  }

  /// A cell as printed.
  struct Cell {
    let text: String

    /// What it says; `nil` for a row that no statement has.
    let truth: Truth?
  }

  /// What a cell says.
  struct Truth: Equatable {
    var concept: String
    var dimensions: Dimensions
    var unit: String
    var period: Period
    var figure: Figure
  }

  var style: Style
  var random: SeededGenerator

  /// The lines of the document.
  private(set) var lines: [String] = []

  /// The cells, by line and by the column of their last character.
  private(set) var cells: [Source.Place: Cell] = [:]

  /// How many rows of known captions stand in known places.
  private(set) var knownCellCount = 0

  private var periods: [Period] = []

  init(_ style: Style, seed: UInt64) {
    self.style = style
    random = SeededGenerator(seed: seed)
  }

  /// Prints the tables of a profile.
  mutating func print(_ statements: [(table: ProfileDefinition.Table, StatementDefinition)]) {
    lines += ["EXAMPLE COMPANY REPORTS FOR \(style.year)", ""]
    lines += [
      "    The quarter was $5.1 million better than the 12 before it, and", "so on.", "", "",
    ]
    for (table, statement) in statements {
      if table.columns == .above { introduce(table) } else { head(statement) }
      printBody(statement)
      lines += ["", "    (1) A note on 3 matters, of \(style.year).", "", ""]
    }
  }

  // MARK: Headings

  private var spans: [(words: String, months: Int)] {
    let ordinal = ["", "First", "Second", "Third", "Fourth"][style.quarter]
    let count = ["", "Three", "Six", "Nine", "Twelve"][style.quarter]
    let both = [("\(ordinal) Quarter Ended", 3), ("\(count) Months Ended", 3 * style.quarter)]
    return style.swapsSpans ? both.reversed() : both
  }

  private var years: [Int] {
    style.swapsYears ? [style.year - 1, style.year] : [style.year, style.year - 1]
  }

  private var end: (short: String, long: String, month: Int, day: Int) {
    [
      ("", "", 0, 0), ("March 31,", "March 31,", 3, 31), ("June 30,", "June 30,", 6, 30),
      ("Sept. 30,", "September 30,", 9, 30), ("Dec. 31,", "December 31,", 12, 31),
    ][style.quarter]
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
  }

  private func day(_ year: Int) -> CivilDate {
    Self.day(year, end.month, end.day)
  }

  /// The end of column `index`, as a count of characters.
  private func edge(_ index: Int) -> Int {
    style.captionWidth + (index + 1) * style.columnWidth - 1
  }

  /// A line with texts centered above their columns.
  private func centered(_ texts: [String], left: String = "") -> String {
    let share = periods.count / texts.count
    var line = left
    for (index, text) in texts.enumerated() {
      let (first, last) = (
        edge(index * share) - style.columnWidth + 2, edge(index * share + share - 1)
      )
      let start = max(first + (last - first - text.count) / 2, line.count + (line.isEmpty ? 0 : 1))
      line += String(repeating: " ", count: max(0, start - line.count)) + text
    }
    return line
  }

  private mutating func head(_ statement: StatementDefinition) {
    lines += ["", String(repeating: " ", count: 20) + "EXAMPLE COMPANY"]
    let isTitledLeft = statement.statement == "highlights"
    if !isTitledLeft { wrap(statement.title, 60, indent: 14) }
    if let caption = statement.caption {
      wrap(caption.replacing("thousands", with: style.scale), 50, indent: 14)
    }
    lines.append("")
    if statement.columns.contains(where: \.isAtFiscalYearEnd) {
      let ends = [day(style.year), Self.day(style.year - 1, 12, 31)]
      periods = (style.swapsYears ? ends.reversed() : ends).map { .instant($0) }
      let months = [end.short, "Dec. 31,"]
      if style.fullDates {
        let texts = periods.map {
          "\($0.end == ends[0] ? end.short : months[1]) \($0.end.components.year)"
        }
        lines.append(centered(texts))
      } else {
        lines.append(centered(style.swapsYears ? months.reversed() : months))
        lines.append(centered(periods.map { String($0.end.components.year) }))
      }
    } else {
      let isYearToDate = statement.columns.allSatisfy { $0.span == .ytd }
      let spans = isYearToDate ? self.spans.filter { !$0.words.contains("Quarter") } : self.spans
      periods = spans.flatMap { span in
        years.map { year in
          let end = day(year)
          // Counted by calendar months, as the reader does not: its first month and year.
          let months = year * 12 + self.end.month - span.months
          return .duration(start: Self.day(months / 12, months % 12 + 1, 1), end: end)
        }
      }
      lines.append(centered(spans.map(\.words)))
      if style.fullDates {
        lines.append(centered(spans.map { _ in end.short }))
      } else {
        lines.append(centered(periods.map { _ in end.short }))
      }
      lines.append(
        centered(
          periods.map { String($0.end.components.year) },
          left: isTitledLeft ? statement.title.uppercased() : ""
        )
      )
    }
    lines.append("")
  }

  private mutating func introduce(_ table: ProfileDefinition.Table) {
    let title = (table.title ?? "").replacing("*", with: "words")
    let lengths = ["", "", "three and six", "three and nine", "three and twelve"][style.quarter]
    let words =
      "(2) This is what leads \(title) for the \(lengths) months ended \(end.long) \(style.year) and "
      + "\(style.year - 1):"
    wrap(words, 60, indent: 4)
    lines.append("")
  }

  private mutating func wrap(_ text: String, _ width: Int, indent: Int) {
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > width {
        lines.append(String(repeating: " ", count: indent) + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(String(repeating: " ", count: indent) + line)
  }

  // MARK: Rows

  private mutating func printBody(_ statement: StatementDefinition) {
    var order = Array(statement.lines.enumerated())
    if style.shuffles { order = shuffled(order) }
    let headings = order.indices.filter { order[$0].element.concept == nil }
    let dropped = style.dropsHeading ? headings.randomElement(using: &random) : nil
    let foreign = style.addsSection ? headings.randomElement(using: &random) : nil
    for (position, (_, line)) in order.enumerated() {
      if position == dropped { continue }
      if position == foreign, line.depth == 0 { printForeignSection(statement) }
      guard line.concept != nil else {
        lines.append("")
        wrapCaption(line.label, indent: line.depth * style.indentStep)
        if random.below(2) == 0, !line.label.hasSuffix(":") { lines.append("") }
        continue
      }
      if random.below(100) < style.dropRate { continue }
      if random.below(100) < style.addRate { printForeignRow(depth: line.depth) }
      if line.isSubtotal || line.isTotal { rule("-") }
      printRow(line, of: statement, label: line.label, isKnown: true)
      if line.isTotal { rule("=") }
      if random.below(6) == 0, !line.label.isEmpty { lines.append("") }
    }
  }

  /// Puts rows of one depth under one heading in another order.
  private mutating func shuffled(
    _ lines: [(offset: Int, element: StatementDefinition.Line)]
  ) -> [(offset: Int, element: StatementDefinition.Line)] {
    var order = lines
    var start = 0
    func canMove(_ line: StatementDefinition.Line) -> Bool {
      line.concept != nil && !line.isSubtotal && !line.isTotal && !line.label.isEmpty
    }
    while start < order.count {
      var end = start
      while end < order.count, canMove(order[end].element),
        order[end].element.depth == order[start].element.depth
      {
        end += 1
      }
      if end > start { order[start..<end].shuffle(using: &random) }
      start = max(end, start + 1)
    }
    return order
  }

  private mutating func rule(_ character: Character) {
    var line = ""
    for index in periods.indices {
      let width = style.columnWidth - 2
      line += String(repeating: " ", count: max(1, edge(index) - width - line.count))
      line += String(repeating: character, count: max(3, edge(index) - line.count))
    }
    lines.append(line)
  }

  private static let notes = ["", "", "", " (1)", " (4)"]

  /// Prints a caption, wrapped; its last line stays open for figures.
  private mutating func wrapCaption(_ label: String, indent: Int) {
    var label = label + Self.notes[random.below(Self.notes.count)]
    if label.hasSuffix("share)") { label.replace("Hecla's share", with: "Hecla's 29.73% share") }
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in label.split(separator: " ") {
      if !isEmpty, line.count + word.count + 1 > style.captionWidth - 2 {
        lines.append(line)
        line = String(repeating: " ", count: indent + style.wrapIndent)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
  }

  private mutating func printRow(
    _ line: StatementDefinition.Line,
    of statement: StatementDefinition,
    label: String,
    isKnown: Bool
  ) {
    if label.isEmpty {
      lines.append("")
    } else {
      wrapCaption(label, indent: line.depth * style.indentStep)
    }
    var printed = lines.removeLast()
    let scales = ["thousands": 3, "millions": 6]
    let scale =
      line.scale
      ?? (statement.caption != nil || statement.scale > 0 ? scales[style.scale, default: 0] : 0)
    let places = line.places ?? statement.places
    for (index, period) in periods.enumerated() {
      let (text, figure) = figure(scale: scale, places: places, isNegated: line.isNegated)
      let core = text.hasSuffix(")") ? text.count - 1 : text.count
      let currency = line.hasCurrencySign && random.below(3) > 0 ? "$" : ""
      var pad = edge(index) - core - printed.count
      if !currency.isEmpty {
        let lead = max(1, pad - 1 - random.below(3))
        printed += String(repeating: " ", count: lead) + currency
        pad = edge(index) - core - printed.count
      }
      printed += String(repeating: " ", count: max(currency.isEmpty ? 1 : 0, pad)) + text
      let own: Period =
        switch (line.instant, period) {
        case (.start?, .duration(let start, _)): .instant(start.advanced(byDays: -1))
        case (.end?, .duration(_, let end)): .instant(end)
        default: period
        }
      let truth = Truth(
        concept: line.concept ?? "",
        dimensions: line.dimensions,
        unit: line.unit ?? statement.unit,
        period: own,
        figure: figure
      )
      let place = Source.Place(line: UInt32(lines.count + 1), column: UInt32(printed.count))
      cells[place] = Cell(text: text, truth: isKnown ? truth : nil)
      if isKnown { knownCellCount += 1 }
    }
    lines.append(printed)
  }

  private mutating func figure(
    scale: Int,
    places: Int,
    isNegated: Bool
  ) -> (text: String, figure: Figure) {
    if random.below(12) == 0 { return ("- -", Figure(value: nil)) }
    let digitCount = 1 + random.below(places > 0 ? 4 : 6)
    let mantissa = Int64(random.below([1, 10, 100, 1000, 10_000, 100_000, 1_000_000][digitCount]))
    let isNegative = random.below(4) == 0 && mantissa > 0
    let printed = Amount(mantissa: mantissa, fractionDigitCount: UInt8(places))
    var text = printed.description
    if places == 0, mantissa >= 1000 {
      text = "\(mantissa / 1000)," + String(String(1000 + mantissa % 1000).dropFirst())
    }
    if isNegative { text = "(\(text))" }
    // The value, written another way than the reader does: digits with zeros or a point moved.
    let moved = places - scale
    let digits = String(mantissa)
    var plain = digits
    if moved < 0 {
      plain += String(repeating: "0", count: -moved)
      if mantissa == 0 { plain = "0" }
    } else if moved > 0 {
      let padded = String(repeating: "0", count: max(0, moved + 1 - digits.count)) + digits
      plain = "\(padded.dropLast(moved)).\(padded.suffix(moved))"
    }
    if mantissa != 0, isNegative != isNegated { plain = "-" + plain }
    return (text, Figure(value: try? Amount(plain), decimals: Int8(moved)))
  }

  // MARK: What no statement has

  private mutating func printForeignRow(depth: Int) {
    let captions = [
      "Copper shipped (lbs.)", "Sundry", "Gain on the sale of a very old and remote mill",
    ]
    let label = captions[random.below(captions.count)]
    let line = StatementDefinition.Line(label: label, depth: depth, concept: "x:Foreign")
    printRow(
      line,
      of: StatementDefinition(statement: "x", title: "x", lines: []),
      label: label,
      isKnown: false
    )
  }

  /// A heading of its own above captions that the statement has elsewhere.
  private mutating func printForeignSection(_ statement: StatementDefinition) {
    lines += ["", "HOLLISTER UNIT", ""]
    for line in statement.lines where line.concept != nil && line.depth == 0 && !line.label.isEmpty
    {
      if random.below(3) == 0 { printRow(line, of: statement, label: line.label, isKnown: false) }
    }
  }
}
