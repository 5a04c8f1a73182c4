import Facts
import Ledger
import Platform

extension StatementReport {
  /// The statement as its issuer prints it, under a header and above the receipt.
  public var text: [Block] {
    let (table, width) =
      statement.definition.layout == .list ? listing : StatementGrid(statement).printed
    var parts = [[StyledText](header)]
    if let notice { parts.append(.init(notice.wrapped(to: max(width, 72)), .alarm)) }
    let notes = (footnotes + partialNotes).flatMap { $0.wrapped(to: max(width, 72)) }
    parts += [
      .init(title(in: width), .title), table, .init(notes), .init(Self.aligned(legend)),
      .init(Self.aligned(receipt.lines)),
    ]
    parts.removeAll(where: \.isEmpty)
    let lines = parts.map { $0.map(\.trimmedAtEnd) }.joined(separator: [StyledText("")])
    return [.styled(Array(lines))]
  }

  /// The footnotes, each after its mark.
  public var footnotes: [String] {
    statement.footnotes.map { note in (note.mark.map { "(\($0)) " } ?? "") + note.text }
  }

  private func title(in width: Int) -> [String] {
    [statement.entity.name.uppercased(), statement.definition.title, statement.definition.caption]
      .compactMap(\.self)
      .flatMap { text in
        let lineCount = text.wrapped(to: max(40, width - 16)).count
        return text.wrapped(to: text.leastWidth(lineCount: lineCount))
      }
      .map { $0.centered(in: width) }
  }

  private static func aligned(_ pairs: [(name: String, text: String)]) -> [String] {
    let width = pairs.reduce(0) { max($0, $1.name.count) }
    return pairs.map { "\($0.name.padded(to: width))  \($0.text)" }
  }
}

extension StatementReport {
  /// A row for each figure found, for layouts without columns.
  private var listing: (lines: [StyledText], width: Int) {
    guard !listedFigures.isEmpty else { return ([StyledText("nothing is known", .faint)], 40) }
    let columns = Self.listColumns
    var rows = listedFigures.map(\.texts)
    rows.insert(columns.map(\.title), at: 0)
    let widths = columns.indices.map { index in rows.reduce(0) { max($0, $1[index].count) } }
    rows.insert(widths.map { String(repeating: "-", count: $0) }, at: 1)
    let lines = rows.enumerated().map { number, row in
      let line = columns.indices.map { index in
        columns[index].alignment == .right
          ? row[index].rightAligned(in: widths[index]) : row[index].padded(to: widths[index])
      }.joined(separator: "  ")
      return StyledText(line, number == 0 ? .title : nil)
    }
    return (lines, widths.reduce(2 * (widths.count - 1), +))
  }
}
