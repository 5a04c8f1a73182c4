import Facts

/// Makes the lines of a general layout foot: no line is printed that another printed line contains, no
/// figure twice, and above each total is what the lines above it leave out.
///
/// A layout whose lines say what they add to asks for it; other layouts stay as they are.
struct StatementFooting {
  /// The caption of what is left out.
  static let label = "Not listed here"

  let definitions: [StatementDefinition.Line]
  private(set) var lines: [Statement.Line]
  private let columnCount: Int

  /// For each line, those that add to it.
  private var items: [[Int]]

  /// Lines that are not printed.
  private var removed: Set<Int> = []

  /// For lines of which another line contains the figures of some columns only: those columns.
  private var contained: [Int: Set<Int>] = [:]

  /// The lines, footed.
  static func footed(_ lines: [Statement.Line]) -> [Statement.Line] {
    guard lines.contains(where: { $0.definition.addsTo != nil }) else { return lines }
    var footing = StatementFooting(lines)
    footing.removeRepeated()
    footing.removeContained()
    return footing.printed
  }

  init(_ lines: [Statement.Line]) {
    self.lines = lines
    definitions = lines.map(\.definition)
    columnCount = lines.map(\.cells.count).max() ?? 0
    var places: [String: Int] = [:]
    for (index, line) in definitions.enumerated() {
      // A balance that opens and closes is the sum where it closes.
      if let concept = line.concept, line.instant != .start { places[concept] = index }
    }
    items = lines.map { _ in [] }
    for (index, line) in definitions.enumerated() {
      if let total = line.addsTo.flatMap({ places[$0] }), total != index {
        items[total].append(index)
      }
    }
  }

  /// A figure of a line as it adds to a total: its claims, each added or subtracted.
  struct Term {
    let line: Int
    let operands: [Derivation.Operand]

    var interval: Interval? { Interval.sum(operands) }
  }

  /// The claims that make a cell's figure; none if it has none, `nil` if they do not add up.
  private func operands(_ line: Int, _ column: Int) -> [Derivation.Operand]? {
    guard !removed.contains(line), contained[line]?.contains(column) != true,
      lines[line].cells.indices.contains(column)
    else { return [] }
    switch lines[line].cells[column].answer {
    case .holds(let row):
      guard row.figure.rangeEnd == .figure, !row.figure.isBound else { return nil }
      return [Derivation.Operand(isSubtracted: false, row: row)]
    case .derived(let derivation): return derivation.operands
    case .range, .conflict, .retracted: return nil
    case .notReported, .notYetKnown, .notDerivable: return []
    }
  }

  /// The figures that add to a total in a column: of a total without a figure, those that add to it.
  private func terms(of total: Int, _ column: Int, isSubtracted: Bool = false) -> [Term]? {
    var terms: [Term] = []
    for item in items[total] {
      let isOpposite =
        (definitions[item].weight < 0)
        != (definitions[item].isNegated != definitions[total].isNegated)
      let isSubtracted = isSubtracted != isOpposite
      guard let operands = operands(item, column) else { return nil }
      if operands.isEmpty {
        guard let inner = self.terms(of: item, column, isSubtracted: isSubtracted) else {
          return nil
        }
        terms += inner
      } else {
        terms.append(
          Term(
            line: item,
            operands: operands.map {
              Derivation.Operand(isSubtracted: $0.isSubtracted != isSubtracted, row: $0.row)
            }
          )
        )
      }
    }
    return terms
  }

  /// A total less what adds to it.
  func residual(of total: Int, _ column: Int) -> (terms: [Term], residual: Derivation)? {
    // A total of which no line above it has a figure is a line like others.
    guard let own = operands(total, column), !own.isEmpty, let terms = terms(of: total, column),
      !terms.isEmpty
    else { return nil }
    let subtracted = terms.flatMap(\.operands).map {
      Derivation.Operand(isSubtracted: !$0.isSubtracted, row: $0.row)
    }
    return Derivation(own + subtracted).map { (terms, $0) }
  }

  /// Whether the line draws a rule and so is the sum of lines above it.
  func isTotal(_ line: Int) -> Bool {
    !items[line].isEmpty && (definitions[line].isSubtotal || definitions[line].isTotal)
  }
}

// What proves that derived figures and reported ones are of one state of things.

extension StatementFooting {
  /// Whether a column proves that derived figures belong to those that are reported in it: each reported
  /// total that derived figures add to is the sum of its items within rounding, and some of `facts` add
  /// to one.
  static func proves(_ facts: Set<FactID>, by lines: [Statement.Line]) -> Bool {
    var footing = StatementFooting(lines)
    footing.removeRepeated()
    var isProven = false
    for total in lines.indices where footing.isTotal(total) && !footing.removed.contains(total) {
      guard case .holds? = footing.lines[total].cells.first?.answer,
        let (terms, residual) = footing.residual(of: total, 0)
      else { continue }
      let derived = terms.compactMap { footing.derivedFact($0.line) }
      guard !derived.isEmpty else { continue }
      guard Interval.sum(residual.operands)?.overlaps(.zero) == true else { return false }
      isProven = isProven || derived.contains { facts.contains($0) }
    }
    return isProven
  }

  /// The fact of a line whose figure is derived.
  private func derivedFact(_ line: Int) -> FactID? {
    guard case .derived? = lines[line].cells.first?.answer else { return nil }
    return lines[line].cells.first?.fact
  }
}

// What is not printed.

extension StatementFooting {
  /// A figure that an alternative gives and that another line prints as its own is printed there.
  private mutating func removeRepeated() {
    for column in 0..<columnCount {
      var own: Set<FactID> = []
      for line in lines where line.cells.indices.contains(column) {
        let cell = line.cells[column]
        if cell.otherConcept == nil, cell.answer != .notReported, let fact = cell.fact {
          own.insert(fact)
        }
      }
      for index in lines.indices where lines[index].cells.indices.contains(column) {
        let cell = lines[index].cells[column]
        guard cell.otherConcept != nil, let fact = cell.fact, own.contains(fact),
          lines[index].definition.instant == nil
        else { continue }
        lines[index].cells[column] = Statement.Cell(answer: .notReported, fact: nil)
        if lines[index].cells.allSatisfy({ $0.answer == .notReported }) { removed.insert(index) }
      }
    }
  }

  /// Leaves out lines that another one contains.
  ///
  /// A line that is the sum of others is printed in their place, if it has a figure wherever one of
  /// them has; else they are. A line by which the others exceed their total is part of one of them: in
  /// the columns where they do.
  private mutating func removeContained() {
    for line in lines.indices where !items[line].isEmpty && !isTotal(line) {
      let columns = (0..<columnCount).filter { column in
        items[line].contains { operands($0, column) != [] }
      }
      guard !columns.isEmpty else { continue }
      if columns.allSatisfy({ operands(line, $0) != [] }) {
        removed.formUnion(items[line])
      } else {
        removed.insert(line)
      }
    }
    for total in lines.indices where isTotal(total) {
      for column in 0..<columnCount {
        guard let excess = excess(of: total, column) else { continue }
        contained[excess, default: []].insert(column)
      }
    }
    for line in contained.keys where (0..<columnCount).allSatisfy({ operands(line, $0) == [] }) {
      removed.insert(line)
    }
  }

  /// The line by which the others exceed their total.
  private func excess(of total: Int, _ column: Int) -> Int? {
    guard let (terms, residual) = residual(of: total, column),
      let value = residual.figure.value, let sum = Interval.sum(residual.operands),
      !sum.overlaps(.zero),
      let own = operands(total, column).map({ Term(line: total, operands: $0) })?.interval,
      (own.center < 0) != (value.mantissa < 0)
    else { return nil }
    return terms.last { term in
      guard definitions[term.line].isOptional, items[term.line].isEmpty,
        let rest = term.interval.flatMap({ sum.adding($0) })
      else { return false }
      return rest.overlaps(.zero)
    }?.line
  }
}

// What is printed.

extension StatementFooting {
  private var printed: [Statement.Line] {
    var printed: [Statement.Line] = []
    for index in lines.indices where !removed.contains(index) {
      if isTotal(index), let line = leftOut(of: index) { printed.append(line) }
      var line = lines[index]
      for column in contained[index] ?? [] {
        line.cells[column].answer = .notReported
        line.cells[column].isContained = true
      }
      printed.append(line)
    }
    return printed
  }

  /// What the lines above a total leave out; `nil` if that is nothing in any column.
  private func leftOut(of total: Int) -> Statement.Line? {
    let residuals = (0..<columnCount).map { residual(of: total, $0)?.residual }
    guard
      residuals.contains(where: {
        $0.flatMap { Interval.sum($0.operands) }?.overlaps(.zero) == false
      })
    else {
      return nil
    }
    let depth = items[total].filter { !removed.contains($0) }.map { definitions[$0].depth }.min()
    var definition = StatementDefinition.Line(label: Self.label, depth: depth ?? 0)
    definition.unit = definitions[total].unit
    definition.scale = definitions[total].scale
    definition.places = definitions[total].places
    definition.isNegated = definitions[total].isNegated
    return Statement.Line(
      definition: definition,
      concept: nil,
      cells: residuals.map { residual in
        Statement.Cell(answer: residual.map { .derived($0) } ?? .notReported, fact: nil)
      }
    )
  }
}

extension Interval {
  /// What the roundings of figures leave open of their sum; `nil` if one is a bound, or the sum is too
  /// long.
  static func sum(_ operands: [Derivation.Operand]) -> Interval? {
    let sum = Interval.sum(
      operands.lazy.map { operand in
        let interval = Interval(termOf: operand.row.figure)
        return operand.isSubtracted ? interval.negated : interval
      }
    )
    return sum.flatMap { $0.low == .min || $0.high == .max ? nil : $0 }
  }
}
