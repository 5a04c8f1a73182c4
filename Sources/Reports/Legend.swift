import Facts
import Projections

/// Signs that statements print beside or instead of a figure, each explained below when used.
enum Legend: String, CaseIterable {
  case notReported = "n/r"
  case notYetKnown = "n/y/k"
  case conflict
  case approximately = "~"
  case moreThan = ">"
  case lessThan = "<"

  /// Reported in fewer digits than are printed: `6.1 million` printed as `6,100` thousand.
  case rounded = "*"

  /// What the sign means.
  var explanation: String {
    switch self {
    case .notReported: "not reported"
    case .notYetKnown: "not yet known at the date asked for"
    case .conflict: "one filing contradicts itself"
    case .approximately: "approximately"
    case .moreThan: "more than"
    case .lessThan: "less than"
    case .rounded: "reported in fewer digits than printed here"
    }
  }
}

extension StatementReport {
  /// What is printed under the table: each sign used, in a fixed order, and what contradicts what.
  var legend: [(name: String, text: String)] {
    guard statement.definition.layout == .columns else { return [] }
    var used: Set<Legend> = []
    var conflicts: [(name: String, text: String)] = []
    for line in statement.lines {
      for (cell, column) in zip(line.cells, statement.columns) {
        guard let sign = PrintedCell(cell, line, statement.definition).legend else { continue }
        used.insert(sign)
        if case .conflict(let rows) = cell.answer {
          conflicts.append(("", conflictText(rows, line, column)))
        }
      }
    }
    return Legend.allCases.filter(used.contains).flatMap { sign in
      [(sign.rawValue, sign.explanation)] + (sign == .conflict ? conflicts : [])
    }
  }

  private func conflictText(
    _ rows: [FactRow],
    _ line: Statement.Line,
    _ column: Statement.Column
  ) -> String {
    let figures = rows.map { row in
      PrintedCell(row.figure, line.definition, statement.definition).text
    }
    let filing = rows.first.map(filing(of:)) ?? ""
    return "\(line.definition.label), \(column.label): \(figures.joined(separator: " or "))"
      + " in \(filing)"
  }
}
