import Facts
import Ledger
import Platform

/// The table of a statement as issuers print it: captions at the left, columns of figures at the
/// right, rules above and below sums.
struct StatementGrid {
  private let statement: StatementAnswer
  private let cells: [[PrintedCell]]
  private let figureWidth: Int
  private let captionWidth: Int

  /// Blanks between two columns; in the first of them, a parenthesis can hang.
  private static let gap = 2

  /// What a terminal is wide.
  private static let lineWidth = 80

  /// Captions have what a line leaves for them, within these bounds.
  private static let captionWidths = 28...46

  init(_ statement: StatementAnswer) {
    self.statement = statement
    cells = statement.lines.map { line in
      line.cells.indices.map { PrintedCell(at: $0, of: line, statement.definition) }
    }
    var width = cells.joined().reduce(0) { max($0, $1.width) }
    for column in statement.columns {
      width = Self.dateLines(column.date).reduce(width) { max($0, $1.count) }
    }
    for group in Self.groups(of: statement.columns) where group.heading.contains(" ") {
      let needed = group.heading.leastWidth(lineCount: 2)
      width = max(width, (needed - (group.count - 1) * Self.gap + group.count - 1) / group.count)
    }
    figureWidth = width
    // A parenthesis can hang over the last column too.
    let room = Self.lineWidth - 1 - statement.columns.count * (width + Self.gap)
    captionWidth = min(max(room, Self.captionWidths.lowerBound), Self.captionWidths.upperBound)
  }

  /// The lines, and how wide they are.
  var printed: (lines: [StyledText], width: Int) {
    let width = captionWidth + statement.columns.count * (figureWidth + Self.gap)
    return (.init(columnHeadings + [""], .title) + rows, width)
  }
}

extension StatementGrid {
  private struct Group {
    var heading: String
    var count: Int
  }

  /// Runs of columns under one heading.
  private static func groups(of columns: [StatementColumn]) -> [Group] {
    var groups: [Group] = []
    for column in columns {
      if groups.last?.heading == column.heading {
        groups[groups.count - 1].count += 1
      } else {
        groups.append(Group(heading: column.heading, count: 1))
      }
    }
    return groups
  }

  /// `Sept. 30, 2004` as `Sept. 30,` and `2004`.
  private static func dateLines(_ date: String) -> [String] {
    guard let space = date.lastIndex(of: " ") else { return [date] }
    return [String(date[..<space]), String(date[date.index(after: space)...])]
  }

  private var columnHeadings: [String] {
    let margin = String(repeating: " ", count: captionWidth)
    let gap = String(repeating: " ", count: Self.gap)
    let groups = Self.groups(of: statement.columns).map { group in
      let width = group.count * (figureWidth + Self.gap) - Self.gap
      return (lines: group.heading.wrapped(to: width), width: width)
    }
    let depth = groups.reduce(0) { max($0, $1.lines == [""] ? 0 : $1.lines.count) }
    var lines = (0..<depth).map { index in
      margin
        + groups.map { group in
          let offset = index - (depth - group.lines.count)
          return gap + (offset < 0 ? "" : group.lines[offset]).centered(in: group.width)
        }.joined()
    }
    let dates = statement.columns.map { Self.dateLines($0.date) }
    for index in 0..<(dates.map(\.count).max() ?? 0) {
      let texts = dates.map { index < $0.count ? $0[index] : "" }
      lines.append(margin + texts.map { gap + $0.centered(in: figureWidth) }.joined())
    }
    return lines
  }
}

extension StatementGrid {
  private var rows: [StyledText] {
    var rows: [StyledText] = []
    for (index, line) in statement.lines.enumerated() {
      let definition = line.definition
      let isRuledAbove = definition.isSubtotal || definition.isTotal
      let previous = index > 0 ? statement.lines[index - 1] : nil
      if previous?.definition.isTotal == true {
        rows.append(StyledText(""))
      } else if line.isHeading, previous.map({ isApart(line, from: $0) }) == true {
        rows.append(StyledText(""))
      } else if isRuledAbove {
        rows.append(StyledText(rule("-")))
      }
      rows += captions(of: line, cells[index])
      if definition.isTotal { rows.append(StyledText(rule("="))) }
      if line.isCapitalHeading, index + 1 < statement.lines.count,
        !statement.lines[index + 1].isHeading
      {
        rows.append(StyledText(""))
      }
    }
    return rows
  }

  /// Whether a blank line stands before a heading.
  ///
  /// Issuers run headings that end in a colon on, after a line that is no sum.
  private func isApart(_ heading: StatementAnswer.Line, from previous: StatementAnswer.Line) -> Bool
  {
    guard heading.definition.depth == 0 else { return false }
    let isSum = previous.definition.isSubtotal || previous.definition.isTotal
    return !heading.definition.label.hasSuffix(":") || isSum || previous.isHeading
  }

  /// The caption, wrapped, with the figures behind its last line.
  private func captions(of line: StatementAnswer.Line, _ cells: [PrintedCell]) -> [StyledText] {
    let indent = min(2 * line.definition.depth, captionWidth / 2)
    let margin = String(repeating: " ", count: indent)
    let captions = line.definition.label.wrapped(to: captionWidth - indent, restIndent: 1)
      .map { margin + $0 }
    var lines = [StyledText](captions, line.isHeading ? .title : nil)
    if !cells.isEmpty {
      // The parenthesis hangs in the first blank of the gap; the rest of it stands before.
      let rest = String(repeating: " ", count: Self.gap - 1)
      lines[lines.count - 1] = cells.reduce(
        StyledText(captions[captions.count - 1].padded(to: captionWidth + 1))
      ) { $0 + StyledText(rest + $1.text(in: figureWidth), $1.style) }
    }
    return lines
  }

  private func rule(_ dash: Character) -> String {
    let gap = String(repeating: " ", count: Self.gap)
    let rule = gap + String(repeating: dash, count: figureWidth)
    return String(repeating: " ", count: captionWidth)
      + String(repeating: rule, count: statement.columns.count)
  }
}

extension StatementAnswer.Line {
  fileprivate var isCapitalHeading: Bool {
    let start = definition.label.prefix { $0 != "(" }
    return isHeading && definition.depth == 0 && start == start.uppercased()
  }
}
