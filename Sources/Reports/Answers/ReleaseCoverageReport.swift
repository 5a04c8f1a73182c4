import Facts
public import Intake

/// How much of an earnings release was read, table by table, and which figures were not.
public struct ReleaseCoverageReport: Sendable {
  private let summary: ReleaseSummary

  /// The greatest number of unmapped rows that are printed; ``ReleaseFigureReport`` lists all.
  private static let rowCountMax = 50

  /// A report of one release.
  public init(_ summary: ReleaseSummary) { self.summary = summary }

  /// The report in plain text.
  public var text: String {
    let coverage = summary.coverage
    var text = "\(summary.file): \(summary.byteCount) bytes, \(summary.lineCount) lines, "
    text += "SHA-256 \(summary.sha256)\n\n\(TextFormat.text(of: tables))"
    let restCount = summary.tableCount - summary.tables.count
    text += restCount > 0 ? "… and \(restCount) more tables\n\n" : "\n"
    let cellCount = coverage.mappedCount + coverage.unmappedCount
    text += "\(counted(cellCount, "figure", "figures")) in tables: \(coverage.mappedCount) mapped"
    text += " (\(coverage.dashCount) of them dashes), \(coverage.unmappedCount) unmapped\n"
    if coverage.computedCount > 0 {
      text += "\(counted(coverage.computedCount, "figure", "figures")) computed from others, "
      text += "such as changes and percentages: not imported\n"
    }
    text +=
      "\(counted(coverage.headingCount, "figure", "figures")) in headings, \(coverage.textCount) in text: "
    text += "not imported; -O csv lists them\n"
    return text + unmapped + "\n"
  }

  private var tables: Table {
    var table = Table(
      title: "Tables",
      columns: [
        .init("line", .right), .init("table"), .init("columns", .right), .init("rows", .right),
        .init("mapped", .right), .init("unmapped", .right),
      ]
    )
    for found in summary.tables {
      table.append([
        String(found.line), found.statement ?? "\"\(found.title)\"", String(found.periods.count),
        String(found.rowCount), String(found.mappedCount), String(found.unmappedCount),
      ])
    }
    return table
  }

  /// One line for each row with unmapped figures.
  private var unmapped: String {
    var rows: [(line: Int, figures: [String], reason: String)] = []
    for figure in summary.coverage.unmapped {
      guard case .unmapped(let reason) = figure.status else { continue }
      if let last = rows.last, last.line == figure.line, last.reason == reason {
        rows[rows.count - 1].figures.append(figure.text)
      } else {
        rows.append((figure.line, [figure.text], reason))
      }
    }
    guard !rows.isEmpty else { return "" }
    var text = "\nunmapped:\n"
    for row in rows.prefix(Self.rowCountMax) {
      text += "  line \(row.line): \(row.figures.joined(separator: "  ")): \(row.reason)\n"
    }
    let shownCount = rows.prefix(Self.rowCountMax).lazy.map(\.figures.count).reduce(0, +)
    let rest = summary.coverage.unmappedCount - shownCount
    return rest > 0 ? text + "  … and \(rest) more figures; -O csv lists them\n" : text
  }
}
