import Facts
import Foundation
import TestSupport

/// Makes pages of HTML of printed releases: the same rows as tables, made in as many ways as filers make them.
struct PagePress {
  /// The page.
  private(set) var html = ""

  /// Where a figure that stood at a place of the text ends in the page.
  private(set) var places: [Source.Place: Source.Place] = [:]

  private let press: ReleasePress
  private var random: SeededGenerator
  private var place = (line: 1, column: 0)
  private var isInTable = false

  /// How many columns of the grid a column of figures has: sign, figure, closing parenthesis.
  private static let groupWidth = 3

  init(_ press: ReleasePress, seed: UInt64) {
    (self.press, random) = (press, SeededGenerator(seed: seed))
    write("<html><head><title>5 of 7</title></head><body>\n")
    for index in press.lines.indices { line(index) }
    if isInTable { write("</table>") }
    write("</body></html>")
  }

  private func chance(_ percent: Int, _ random: inout SeededGenerator) -> Bool {
    random.below(100) < percent
  }

  private mutating func write(_ text: String) {
    for character in text {
      html.append(character)
      place = character == "\n" ? (place.line + 1, 0) : (place.line, place.column + 1)
    }
  }

  private mutating func end(_ tag: String) {
    if chance(70, &random) { write("</\(tag)>") }
    if chance(30, &random) { write("\n") }
  }

  private func cells(_ index: Int) -> [(column: Int, text: String)] {
    press.cells.filter { Int($0.key.line) == index + 1 }
      .map { (Int($0.key.column), $0.value.text) }.sorted { $0.column < $1.column }
  }

  private mutating func line(_ index: Int) {
    let text = press.lines[index]
    let words = text.trimmingCharacters(in: .whitespaces)
    let figures = cells(index)
    if !figures.isEmpty { return row(index, figures) }
    let indent = text.prefix { $0 == " " }.count
    let isRule = !words.isEmpty && words.allSatisfy { "-= ".contains($0) }
    if words.isEmpty || isRule {
      return write(isInTable ? "<tr><td>&nbsp;</td></tr>\n" : "<br>\n")
    }
    if words.hasPrefix("(1) A note") || words.hasPrefix("(2) This is") || words == "EXAMPLE COMPANY"
    {
      if isInTable { write("</table>\n") }
      isInTable = false
    }
    if let phrases = headings(text, at: index) { return head(phrases, above: index) }
    if isInTable {
      write("<tr><td style=\"padding-left:\(indent * 4)pt\">\(escaped(words))")
      end("td")
      end("tr")
    } else {
      write("<p>\(escaped(words))</p>\n")
    }
  }

  /// The phrases of a line of headings; `nil` for another line.
  private func headings(_ text: String, at index: Int) -> (left: String, phrases: [String])? {
    let phrases = text.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    let words = ["Ended", "Sept.", "June", "March", "Dec.", "September", "December"]
    let isYear = { (phrase: String) in phrase.count == 4 && phrase.allSatisfy(\.isNumber) }
    let found = phrases.filter { phrase in
      isYear(phrase) || words.contains { phrase.contains($0) }
    }
    guard !found.isEmpty, text.prefix(while: { $0 == " " }).count > 20 || found.count > 1,
      phrases.count - found.count <= 1
    else { return nil }
    return (phrases.count > found.count ? phrases[0] : "", found)
  }

  private mutating func head(_ heading: (left: String, phrases: [String]), above index: Int) {
    if !isInTable { write("<table width=\"100%\">\n") }
    isInTable = true
    let next = (index..<press.lines.count).first { !cells($0).isEmpty }
    let count = next.map { cells($0).count } ?? heading.phrases.count
    write("<tr><td>\(escaped(heading.left))")
    end("td")
    let share = max(1, count / heading.phrases.count) * Self.groupWidth
    for phrase in heading.phrases {
      write("<td align=\"center\" colspan=\"\(share)\">")
      let space = chance(50, &random) ? "<br>" : " "
      write(phrase.replacing(" ", with: space))
      end("td")
    }
    end("tr")
  }

  private mutating func row(_ index: Int, _ figures: [(column: Int, text: String)]) {
    let text = press.lines[index]
    if !isInTable { write("<table>") }
    isInTable = true
    let characters = Array(text)
    let first = figures[0].column - figures[0].text.count
    var caption = String(characters[..<first]).trimmingCharacters(in: .whitespaces)
    if caption.hasSuffix("$") {
      caption = String(caption.dropLast()).trimmingCharacters(in: .whitespaces)
    }
    let indent = text.prefix { $0 == " " }.count
    let label = marked(escaped(caption))
    write("<tr><td style=\"margin-left: \(indent * 4)pt\">\(label)")
    end("td")
    var start = caption.isEmpty ? 0 : first - 1
    for (column, figure) in figures {
      let lead = characters[min(start, column - figure.count)..<(column - figure.count)]
      let printed = Source.Place(line: UInt32(index + 1), column: UInt32(column))
      cell(figure, hasSign: lead.contains("$"), printed)
      start = column
    }
    end("tr")
  }

  private mutating func cell(_ figure: String, hasSign: Bool, _ printed: Source.Place) {
    let sign = hasSign ? (chance(50, &random) ? "$" : "&#36;") : ""
    let isSplit = figure.hasSuffix(")") && chance(60, &random)
    let body = figure == "- -" ? "\u{2014}" : isSplit ? String(figure.dropLast()) : figure
    if chance(60, &random) {
      write("<td>\(sign)")
      end("td")
      write("<td align=right>")
    } else {
      write("<td colspan=\"2\">\(sign)")
    }
    let isBold = chance(30, &random)
    if isBold { write("<font size=\"1\"><b>") }
    write(body)
    note(printed)
    if isBold { write("</b></font>") }
    end("td")
    write("<td>")
    if isSplit {
      write(")")
      note(printed)
    }
    end("td")
  }

  /// Notes that a figure ends with what was just written.
  private mutating func note(_ printed: Source.Place) {
    places[printed] = Source.Place(line: UInt32(place.line), column: UInt32(place.column))
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("'", with: "&rsquo;")
  }

  /// A caption with its footnote mark raised.
  private mutating func marked(_ caption: String) -> String {
    guard caption.hasSuffix(" (1)"), chance(50, &random) else { return caption }
    return caption.dropLast(4) + "<sup>1</sup>"
  }
}
