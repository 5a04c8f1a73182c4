import Facts
import Ledger
import Platform

/// One figure of a statement as issuers print it, in parts that columns are aligned by.
struct PrintedCell {
  /// `$`, at the left of the column; empty without a figure or where the line has no sign.
  private(set) var currencySign = ""

  /// What ends at the right of the column: `71,607`, `(11,292`, `- -`, `n/r`.
  private(set) var body: String

  /// Closes the parenthesis of a negative figure: hangs over the right of the column.
  private(set) var isNegative = false

  /// The signs in ``body`` that need an explanation.
  private(set) var legends: [Legend]

  /// The cell at `index` of `line`, with the mark of a figure of another concept.
  init(at index: Int, of line: StatementAnswer.Line, _ definition: StatementDefinition) {
    guard line.absences[index]?.reason != .contained else {
      self.init(.contained)
      return
    }
    self.init(line.cells[index], line, definition)
    if line.otherConcepts[index] != nil { body = Legend.otherConcept.rawValue + body }
  }

  /// The cell of `line` in a statement laid out by `definition`.
  init(_ cell: FactAnswer, _ line: StatementAnswer.Line, _ definition: StatementDefinition) {
    switch cell {
    case .holds(let claim):
      let isAskedFor = line.definition.qualifier != nil
      let layout = FigureLayout(line.definition, definition)
      let end = isAskedFor ? nil : layout.mark(ofEnd: claim.figure)
      self.init(claim.figure, line.definition, definition, marks: end.map { [$0] })
    case .range(let low, let high):
      self.init(from: low.figure, to: high.figure, line.definition, definition)
    case .conflict: self.init(.conflict)
    case .retracted: self.init(.retracted)
    case .notReported: self.init(.notReported)
    case .notYetKnown: self.init(.notYetKnown)
    case .notDerivable: self.init(.notDerivable)
    case .derived(let derived):
      var marks: [Legend] = line.isResidual ? [] : [.derived]
      if derived.vintage != nil { marks = [.vintage] }
      if derived.figure.qualifier == .approximately { marks.append(.approximately) }
      self.init(derived.figure, line.definition, definition, marks: marks)
    }
  }

  private init(_ sign: Legend) {
    body = sign.rawValue
    legends = [sign]
  }

  /// The range between two figures: `70,000-120,000`.
  private init(
    from low: Figure,
    to high: Figure,
    _ line: StatementDefinition.Line,
    _ definition: StatementDefinition
  ) {
    let layout = FigureLayout(line, definition)
    currencySign = line.hasCurrencySign ? "$" : ""
    // A negated range is printed with the other signs, and so the other way round.
    let ends = layout.isNegated ? [high, low] : [low, high]
    let areBelowScale = ends.map { $0.value.map(layout.isBelowScale) ?? false }
    legends = [.range] + (areBelowScale.contains(true) ? [.belowScale] : [])
    body = zip(ends, areBelowScale).map { figure, isBelowScale in
      guard let value = figure.value else { return "- -" }
      let (digits, isNegative) = layout.digits(of: value)
      if isBelowScale { return Legend.belowScale.rawValue + digits }
      return isNegative ? "(\(digits))" : digits
    }.joined(separator: "-")
  }

  /// A figure on `line` of a statement laid out by `definition`.
  ///
  /// - Parameter marks: The signs beside it; `nil` for those that its wording asks for.
  init(
    _ figure: Figure,
    _ line: StatementDefinition.Line,
    _ definition: StatementDefinition,
    marks: [Legend]? = nil
  ) {
    let layout = FigureLayout(line, definition)
    currencySign = line.hasCurrencySign ? "$" : ""
    legends = marks ?? []
    guard let value = figure.value else {
      body = legends.map(\.rawValue).joined() + "- -"
      return
    }
    (body, isNegative) = layout.digits(of: value)
    if marks == nil, let wording = layout.mark(of: figure) { legends = [wording] }
    if layout.isBelowScale(value) { legends.append(.belowScale) }
    body = legends.map(\.rawValue).joined() + (isNegative ? "(" : "") + body
  }

  /// How wide the column must be: a space stands between the currency sign and digits, none
  /// before a parenthesis.
  var width: Int {
    currencySign.count + body.count + (currencySign.isEmpty || isNegative ? 0 : 1)
  }

  /// The cell in a column of this width, and the place where a parenthesis hangs.
  func text(in width: Int) -> String {
    currencySign + body.rightAligned(in: width - currencySign.count) + (isNegative ? ")" : " ")
  }

  /// How it stands out: as the sign that takes the place of a figure.
  var style: TextStyle? { legends.lazy.compactMap(\.style).first }

  /// The cell without alignment: `$ 71,607`, `(11,292)`.
  var text: String {
    (currencySign.isEmpty ? "" : "$ ") + body + (isNegative ? ")" : "")
  }
}

/// How the figures of one line are scaled and signed.
struct FigureLayout {
  let scale: Int
  var places: Int
  let isNegated: Bool

  init(scale: Int, places: Int, isNegated: Bool) {
    (self.scale, self.places, self.isNegated) = (scale, places, isNegated)
  }

  init(_ line: StatementDefinition.Line, _ statement: StatementDefinition) {
    scale = line.scale ?? statement.scale
    places = line.places ?? statement.places
    isNegated = line.isNegated
  }

  /// The digits, grouped in thousands, and whether a negative sign belongs to them.
  func digits(of value: Amount) -> (text: String, isNegative: Bool) {
    let (whole, fraction) = value.scaledDigits(scale: scale, places: places)
    let text = whole.groupedInThousands + (fraction.isEmpty ? "" : "." + fraction)
    let isZero = !text.contains { $0.isNumber && $0 != "0" }
    return (text, !isZero && (value.mantissa < 0) != isNegated)
  }

  /// Whether a value that is not zero is printed as zero.
  func isBelowScale(_ value: Amount) -> Bool {
    !value.isZero && !digits(of: value).text.contains { $0.isNumber && $0 != "0" }
  }

  /// The sign beside one end of a range whose other end is not reported; `nil` for any other figure.
  func mark(ofEnd figure: Figure) -> Legend? {
    switch figure.rangeEnd {
    case .figure: nil
    // A negated range has its ends the other way round.
    case .low: isNegated ? .atMost : .atLeast
    case .high: isNegated ? .atLeast : .atMost
    }
  }

  /// The sign beside a figure that says less than its digits do.
  func mark(of figure: Figure) -> Legend? {
    switch figure.qualifier {
    case .approximately: .approximately
    // A negated bound is printed with the other sign, and bounds the other way.
    case .moreThan: isNegated ? .lessThan : .moreThan
    case .lessThan: isNegated ? .moreThan : .lessThan
    // The line asked for this end of the range, and its caption says so.
    case .low, .high: nil
    case nil:
      // What is below the scale is marked as such.
      figure.decimals.map { Int($0) < places - scale } == true
        && figure.value.map(isBelowScale) != true ? .rounded : nil
    }
  }
}
