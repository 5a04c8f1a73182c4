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
    for (number, band) in grid.bands.enumerated() {
      // Texts of rows behind the sample may be wider than any in it, and stand out of line where nothing was folded.
      let parts = band.map { index -> [String]? in
        guard areWords[index], widths[index] > grid.widths[index], grid.isNarrowed else {
          return nil
        }
        return String(decoding: text(index), as: UTF8.self)
          .brokenBetweenWords(to: grid.widths[index])
      }
      let height = parts.reduce(1) { max($0, $1?.count ?? 1) }
      for row in 0..<height {
        let start = bytes.count
        if number > 0 { bytes.appendBlanks(TextGrid.indent) }
        for (index, part) in zip(band, parts) {
          if index > band.lowerBound { bytes.appendBlanks(TextGrid.gap) }
          let alignment = columns[index].alignment
          let style = styles[index]
          guard let part else {
            let (text, width) = row == 0 ? (text(index), widths[index]) : ([], 0)
            let blanks = grid.widths[index] - width
            if alignment == .right { bytes.appendBlanks(blanks) }
            bytes.append(contentsOf: text, as: style)
            if alignment == .left { bytes.appendBlanks(blanks) }
            continue
          }
          let text = row < part.count ? part[row] : ""
          bytes.append(contentsOf: text.utf8[...], as: style)
          bytes.appendBlanks(grid.widths[index] - text.count)
        }
        while bytes.count > start, bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        // A band of which the row has nothing takes no line.
        if bytes.count > start || number == 0 { bytes.append(UInt8(ascii: "\n")) }
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendBlanks(_ count: Int) {
    if count > 0 { append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }
}
