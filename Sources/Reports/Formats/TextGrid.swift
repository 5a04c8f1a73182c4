/// How wide the columns of aligned text are, and which stand beside each other.
///
/// On a screen that is narrower than the table, columns of words are made narrower first: their texts go on in the next
/// line, broken between words alone. Where that is not enough, the columns of a row stand in several bands, one below
/// the other, all but the first set in. So no figure, day or name is ever cut, whatever the width.
struct TextGrid {
  /// How many characters each column takes.
  private(set) var widths: [Int]

  /// Which columns stand beside each other, from the top.
  private(set) var bands: [Range<Int>] = []

  /// How far all bands but the first stand in.
  static let indent = 4

  /// Blanks between two columns.
  static let gap = 2

  /// Columns of words are not made narrower than this.
  private static let wordsWidthMin = 16

  /// - Parameters:
  ///   - widths: How wide the longest text of each column is.
  ///   - leastWidths: How wide the longest part of it is that must not be broken.
  ///   - columnCount: How many characters a line has; `nil` for as many as are needed.
  init(_ widths: [Int], _ leastWidths: [Int], columnCount: Int?) {
    self.widths = widths
    let all = [widths.indices]
    guard let columnCount, Self.width(of: widths) > columnCount else {
      bands = all
      return
    }
    isNarrowed = true
    let least = zip(widths, leastWidths).map { min($0, max($1, Self.wordsWidthMin)) }
    guard Self.width(of: least) > columnCount else {
      narrow(to: columnCount, least)
      bands = all
      return
    }
    // What is wider than a band stands in one of its own, and may go beyond it.
    self.widths = widths.map { min($0, max(1, columnCount - Self.indent)) }
    fillBands(columnCount)
  }

  /// Whether the screen is narrower than the table.
  private(set) var isNarrowed = false

  private static func width(of widths: [Int]) -> Int {
    widths.reduce(gap * (widths.count - 1), +)
  }

  /// Takes from the widest columns that can be made narrower, character by character.
  private mutating func narrow(to columnCount: Int, _ least: [Int]) {
    var excess = Self.width(of: widths) - columnCount
    while excess > 0 {
      let wide = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private mutating func fillBands(_ columnCount: Int) {
    var start = 0
    var used = 0
    for (index, width) in widths.enumerated() {
      let room = bands.isEmpty ? columnCount : columnCount - Self.indent
      if index > start, used + Self.gap + width > room {
        bands.append(start..<index)
        (start, used) = (index, width)
      } else {
        used += width + (index > start ? Self.gap : 0)
      }
    }
    bands.append(start..<widths.count)
  }
}

extension String {
  /// The parts that lines may be made of: they are broken before a word alone, and not before a number or sign, which
  /// belongs to what stands before it.
  var unbrokenParts: [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    for index in indices where index > start && self[index] != " " {
      let before = self.index(before: index)
      guard self[before] == " ", before > start, self[self.index(before: before)] != " ",
        self[index].isLetter || self[index] == "("
      else { continue }
      parts.append(self[start..<before])
      start = index
    }
    return parts + [self[start...]]
  }

  /// The text in lines of at most `width` characters, or of one part that is longer.
  func brokenBetweenWords(to width: Int) -> [String] {
    var lines: [String] = []
    for part in unbrokenParts {
      if let line = lines.last, line.count + 1 + part.count <= width {
        lines[lines.count - 1] = "\(line) \(part)"
      } else {
        lines.append(String(part))
      }
    }
    return lines
  }
}
