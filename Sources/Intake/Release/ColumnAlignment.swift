/// Where the figures of a table's columns end.
///
/// It decides which column a figure belongs to, in a row with fewer figures than columns or with footnote
/// marks among its figures.
struct ColumnAlignment {
  /// How many columns there are.
  let columnCount: Int

  /// Where most figures of each column end; `nil` if the rows do not agree.
  private let edges: [Int]?

  /// Why a row's figures belong to no column.
  struct Unclear: Error {
    let reason: String
  }

  /// Learns from rows with a figure in each column.
  init(_ rows: some Sequence<PrintedLine>, columnCount: Int) {
    self.columnCount = columnCount
    var votes = [[Int: Int]](repeating: [:], count: columnCount)
    for row in rows {
      var figures = row.figures[...]
      if figures.count == columnCount + 1, figures.first?.looksLikeMark == true {
        figures = figures.dropFirst()
      }
      guard figures.count == columnCount else { continue }
      for (index, figure) in figures.enumerated() { votes[index][figure.edge, default: 0] += 1 }
    }
    let best = votes.compactMap { column in
      column.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
    let isAscending = zip(best, best.dropFirst()).allSatisfy { $0 < $1 }
    edges = best.count == columnCount && isAscending ? best : nil
  }

  /// The column of each figure of `row`, from 0; footnote marks become the caption's.
  func columns(of row: inout PrintedLine) throws(Unclear) -> [Int] {
    if row.figures.count > columnCount { row.dropMarks(where: { !stands($0) }) }
    if row.figures.count == columnCount + 1, row.figures.first?.looksLikeMark == true {
      row.giveFirstToCaption()
    }
    try takeBack(&row)
    let figures = row.figures
    guard figures.count <= columnCount else {
      throw Unclear(reason: "\(figures.count) figures stand under \(columnCount) columns")
    }
    if figures.count == columnCount {
      // Tabs part cells by themselves; else what is printed under a column belongs to it.
      let isParted = figures.allSatisfy { $0.gap == .max }
      guard isParted || figures.indices.allSatisfy({ nearest(figures[$0]) ?? $0 == $0 }) else {
        throw Unclear(reason: "its figures do not stand under the columns")
      }
      return Array(figures.indices)
    }
    var columns: [Int] = []
    for figure in figures {
      guard let column = nearest(figure), stands(figure), columns.last ?? -1 < column else {
        throw Unclear(
          reason: "\(figures.count) figures stand under \(columnCount) columns, not plainly which"
        )
      }
      columns.append(column)
    }
    return columns
  }

  /// Whether the line holds nothing but a footnote mark, left over from a caption.
  func isMark(_ row: PrintedLine) -> Bool {
    guard row.captionWordCount == 0, row.figures.count == 1, let only = row.figures.first else {
      return false
    }
    return only.looksLikeMark && !stands(only)
  }

  /// Takes a figure back from the caption, if it stands exactly under a column without another.
  private func takeBack(_ row: inout PrintedLine) throws(Unclear) {
    guard row.figures.count < columnCount, let last = row.captionFigures.last, let edges,
      let column = edges.firstIndex(of: last.edge),
      row.figures.first.flatMap(nearest).map({ column < $0 }) ?? true
    else { return }
    row.takeFromCaption()
    guard !last.looksLikeMark, !last.looksLikeYear else {
      throw Unclear(reason: "\"\(last.text)\" may be a figure or a part of the caption")
    }
  }

  /// Whether the figure ends where those of a column do.
  private func stands(_ figure: PrintedFigure) -> Bool {
    let slack = if case .dash = figure.content { 3 } else { 1 }
    return edges?.contains { ($0 - figure.edge).magnitude <= slack } ?? false
  }

  /// The column that the figure ends nearest to; `nil` if two are as near, or rows do not tell.
  private func nearest(_ figure: PrintedFigure) -> Int? {
    guard let edges else { return nil }
    let distances = edges.map { ($0 - figure.edge).magnitude }
    guard let least = distances.min(), distances.count(where: { $0 == least }) == 1 else {
      return nil
    }
    return distances.firstIndex(of: least)
  }
}
