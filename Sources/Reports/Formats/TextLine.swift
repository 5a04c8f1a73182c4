import Platform

/// The texts of a row of aligned text, one behind the other.
struct TextLine {
  private var bytes: [UInt8] = []

  /// Where each text ends in `bytes`.
  private var ends: [Int] = []

  /// How many characters each text has.
  private(set) var widths: [Int] = []

  /// Which texts are words, that may go on in the next line.
  private var areWords: [Bool] = []

  /// How some texts stand out, by their columns.
  var styles: [Int: TextStyle] = [:]

  mutating func set(_ cells: [Cell], _ columns: [TableHead.Column]) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    widths.removeAll(keepingCapacity: true)
    areWords.removeAll(keepingCapacity: true)
    for (cell, column) in zip(cells, columns) {
      let start = bytes.count
      cell.appendText(to: &bytes, isGrouped: column.isGrouped)
      ends.append(bytes.count)
      widths.append(Self.width(of: bytes[start...]))
      areWords.append(cell.isText && column.alignment == .left)
    }
  }

  /// How many characters a text has; of ASCII without carriage returns, as many as bytes.
  private static func width(of text: ArraySlice<UInt8>) -> Int {
    if text.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.count }
    return String(decoding: text, as: UTF8.self).count
  }

  private func text(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// How many characters the longest part of a text has that must not be broken.
  func leastWidth(_ index: Int) -> Int {
    guard areWords[index] else { return widths[index] }
    return String(decoding: text(index), as: UTF8.self).unbrokenParts
      .reduce(0) { max($0, $1.count) }
  }

  /// Appends the row: in one line, if the grid has no bands and no text is too wide for it.
  func write(in grid: TextGrid, _ columns: [TableHead.Column], to bytes: inout [UInt8]) {
    guard grid.isNarrowed else {
      // Texts of rows behind the sample may be wider than any in it, and stand out of line.
      return writeLine(columns.indices, in: grid, columns, to: &bytes) { (text($0), widths[$0]) }
    }
    for (number, band) in grid.bands.enumerated() {
      let parts = band.map { brokenLines($0, in: grid) }
      for row in 0..<parts.reduce(1, { max($0, $1?.count ?? 1) }) {
        let start = bytes.count
        if number > 0 { bytes.appendBlanks(TextGrid.indent) }
        writeLine(band, in: grid, columns, to: &bytes) { index in
          guard let parts = parts[index - band.lowerBound] else {
            return row == 0 ? (text(index), widths[index]) : ([], 0)
          }
          return row < parts.count ? (ArraySlice(parts[row].utf8), parts[row].count) : ([], 0)
        }
        // A band of which the row has nothing takes no line.
        if number > 0, bytes.count == start + 1 { bytes.removeLast() }
      }
    }
  }

  /// The lines of a text that is too wide for its column; `nil` for one that fits, or must not be broken.
  private func brokenLines(_ index: Int, in grid: TextGrid) -> [String]? {
    guard areWords[index], widths[index] > grid.widths[index] else { return nil }
    return String(decoding: text(index), as: UTF8.self).brokenBetweenWords(to: grid.widths[index])
  }

  /// Appends a line of texts beside each other, without blanks at its end.
  private func writeLine(
    _ band: Range<Int>,
    in grid: TextGrid,
    _ columns: [TableHead.Column],
    to bytes: inout [UInt8],
    text: (Int) -> (bytes: ArraySlice<UInt8>, width: Int)
  ) {
    for index in band {
      if index > band.lowerBound { bytes.appendBlanks(TextGrid.gap) }
      let (text, width) = text(index)
      let blanks = grid.widths[index] - width
      if columns[index].alignment == .right { bytes.appendBlanks(blanks) }
      bytes.append(contentsOf: text, as: styles[index])
      if columns[index].alignment == .left { bytes.appendBlanks(blanks) }
    }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
  }
}

extension [UInt8] {
  fileprivate mutating func appendBlanks(_ count: Int) {
    if count > 0 { append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }
}
