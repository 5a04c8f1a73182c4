import Facts
import Ledger

/// One figure of a statement whose layout is a list.
struct ListedFigure {
  let caption: String
  let period: Period
  let figure: String
  let unit: String
  let filing: String

  /// One text for each of the list's columns.
  var texts: [String] { [caption, period.description, figure, unit, filing] }
}

extension StatementReport {
  /// The figures found, line by line, newest period first.
  var listedFigures: [ListedFigure] {
    var found: [ListedFigure] = []
    var headings: [(depth: Int, label: String)] = []
    for line in statement.lines {
      let definition = line.definition
      headings.removeAll { $0.depth >= definition.depth }
      let context = headings.map { "\($0.label.droppingColon): " }.joined()
      headings.append((definition.depth, definition.label))
      let layout = FigureLayout(definition, statement.definition)
      for (cell, column) in zip(line.cells, statement.columns) {
        for (figure, filing) in figures(of: cell, line, layout) {
          found.append(
            ListedFigure(
              caption: context + definition.label,
              period: line.period(in: column),
              figure: figure,
              unit: layout.unitText(definition.unit ?? statement.definition.unit),
              filing: filing
            )
          )
        }
      }
    }
    return found
  }

  private func figures(
    of cell: FactAnswer,
    _ line: StatementAnswer.Line,
    _ layout: FigureLayout
  ) -> [(figure: String, filing: String)] {
    let currencySign = line.definition.hasCurrencySign ? "$" : ""
    switch cell {
    case .holds(let claim):
      return [(layout.words(for: claim.figure, currencySign), claim.filing)]
    case .range(let low, let high):
      return [low, high].map { claim in
        (layout.words(for: claim.figure, currencySign), claim.filing)
      }
    case .retracted(let claims, let filing, _):
      return claims.map { claim in
        ("retracted: \(layout.words(for: claim.figure, currencySign))", filing)
      }
    case .conflict(let claims):
      return claims.map { claim in
        ("conflict: \(layout.words(for: claim.figure, currencySign))", claim.filing)
      }
    case .notYetKnown(let claim):
      return [("not yet known", "\(claim.filing), \(claim.published.published)")]
    case .notReported, .derived, .notDerivable:
      return []  // A list has the periods that were reported, and derives none.
    }
  }
}

extension FigureLayout {
  /// The figure with its wording: `approximately 7.7`, `low $16.0`, `- -`.
  fileprivate func words(for figure: Figure, _ currencySign: String) -> String {
    guard let value = figure.value else { return "- -" }
    let (digits, isNegative) = digits(ofNonzero: value)
    let number = isNegative ? "(\(currencySign)\(digits))" : currencySign + digits
    let word: String? =
      switch figure.qualifier {
      case .moreThan: isNegated ? "less than" : "more than"
      case .lessThan: isNegated ? "more than" : "less than"
      case .approximately, .low, .high: figure.qualifier?.rawValue
      case nil: nil
      }
    return word.map { "\($0) \(number)" } ?? number
  }

  /// As ``digits(of:)``, with as many places as a value needs that is not zero.
  private func digits(ofNonzero value: Amount) -> (text: String, isNegative: Bool) {
    var layout = self
    while layout.isBelowScale(value) { layout.places += 1 }
    return layout.digits(of: value)
  }

  /// The unit of scaled figures: `million USD`, `percent`.
  fileprivate func unitText(_ unit: String) -> String {
    switch scale {
    case 0: unit
    case -2 where unit == "pure": "percent"
    case 3: "thousand \(unit)"
    case 6: "million \(unit)"
    case 9: "billion \(unit)"
    default: "10^\(scale) \(unit)"
    }
  }
}

extension String {
  fileprivate var droppingColon: String { last == ":" ? String(dropLast()) : self }
}
