import Facts
import Projections
import TestSupport
import Testing

@Suite("A general layout")
struct StatementFootingTests {
  /// Two totals, of which the inner one may not be reported; a line with parts; costs.
  private static let statement = StatementDefinition(
    statement: "s",
    title: "S",
    columns: [.init(span: .instant)],
    lines: [
      .init(label: "Heading:"),
      line("A", 1, addsTo: "Inner"), line("B", 1, addsTo: "Inner"),
      line("Debt", 1, addsTo: "Inner"), line("Short", 2, addsTo: "Debt"),
      line("Long", 2, addsTo: "Debt"), line("Inner", 1, addsTo: "Outer", isSubtotal: true),
      line("Costs", 0, addsTo: "Outer", weight: -1),
      line("Own", 0, addsTo: "Outer", isNegated: true),
      .init(
        label: "Outer",
        concept: "x:Outer",
        alternatives: ["x:Inner"],
        isTotal: true
      ),
    ]
  )

  private static func line(
    _ name: String,
    _ depth: Int,
    addsTo: String,
    weight: Int = 1,
    isNegated: Bool = false,
    isSubtotal: Bool = false
  ) -> StatementDefinition.Line {
    .init(
      label: name,
      depth: depth,
      concept: "x:\(name)",
      isNegated: isNegated,
      isSubtotal: isSubtotal,
      isOptional: true,
      addsTo: "x:\(addsTo)",
      weight: weight
    )
  }

  /// The lines that are printed, with their figures in the sign that is printed.
  private func printed(_ figures: (String, Int)...) throws -> [String] {
    var log = TestLog()
    log.add(.statement(Self.statement))
    try log.filing("f", "2020-02-01")
    for (name, value) in figures {
      try log.claim("x:\(name)", "2019-12-31", "\(value) 0", "f")
    }
    return try log.fill("s").lines.map { line in
      let value = line.cells.first?.answer.figure?.value.map { amount in
        line.definition.isNegated ? amount.negated.description : amount.description
      }
      return line.definition.label + (value.map { " \($0)" } ?? "")
    }
  }

  @Test("prints above each total what the lines above it leave out, and nothing where they foot")
  func residualIsPrintedAboveTotal() throws {
    #expect(
      try printed(("A", 30), ("B", 20), ("Inner", 60), ("Costs", 5), ("Own", 7), ("Outer", 40)) == [
        "Heading:", "A 30", "B 20", "Not listed here 10", "Inner 60", "Costs 5", "Own -7",
        "Not listed here -8", "Outer 40",
      ]
    )
    #expect(
      try printed(("A", 30), ("B", 30), ("Inner", 60), ("Outer", 60)) == [
        "Heading:", "A 30", "B 30", "Inner 60", "Outer 60",
      ]
    )
  }

  @Test("does not call rounding a residual")
  func roundingIsNoResidual() throws {
    // Each is rounded to a unit: three figures leave one and a half open.
    #expect(try printed(("A", 30), ("B", 20), ("Inner", 51), ("Outer", 51)).count == 5)
    #expect(
      try printed(("A", 30), ("B", 20), ("Inner", 52), ("Outer", 52)).contains("Not listed here 2")
    )
  }

  @Test("passes by a total that is not reported")
  func missingTotal() throws {
    #expect(
      try printed(("A", 30), ("B", 20), ("Outer", 60)) == [
        "Heading:", "A 30", "B 20", "Not listed here 10", "Outer 60",
      ]
    )
  }

  @Test("prints a line or its parts, never both")
  func lineOrItsPartsArePrinted() throws {
    #expect(
      try printed(("Debt", 50), ("Short", 20), ("Long", 30), ("Inner", 50), ("Outer", 50)) == [
        "Heading:", "Debt 50", "Inner 50", "Outer 50",
      ]
    )
    #expect(
      try printed(("Short", 20), ("Long", 30), ("Inner", 50), ("Outer", 50)) == [
        "Heading:", "Short 20", "Long 30", "Inner 50", "Outer 50",
      ]
    )
  }

  @Test("leaves out a line by which the others exceed their total: it is part of one of them")
  func containedLine() throws {
    #expect(
      try printed(("A", 60), ("B", 20), ("Inner", 60), ("Outer", 60)) == [
        "Heading:", "A 60", "Inner 60", "Outer 60",
      ]
    )
    // Nothing tells where this excess is from.
    #expect(
      try printed(("A", 60), ("B", 20), ("Inner", 75), ("Outer", 75)).contains("Not listed here -5")
    )
  }

  @Test("leaves out a contained figure in its column, and prints the line's other figures")
  func containedInOneColumn() throws {
    var statement = Self.statement
    statement.columns.append(.init(span: .instant, years: -1))
    var log = TestLog()
    log.add(.statement(statement))
    try log.filing("f", "2020-02-01")
    for (name, value) in [("A", 60), ("B", 20), ("Inner", 60), ("Outer", 60)] {
      try log.claim("x:\(name)", "2019-12-31", "\(value) 0", "f")
    }
    for (name, value) in [("A", 30), ("B", 20), ("Inner", 50), ("Outer", 50)] {
      try log.claim("x:\(name)", "2018-12-31", "\(value) 0", "f")
    }
    let filled = try log.fill("s")
    #expect(
      filled.table == [
        "2019-12-31 2018-12-31", "Heading::", "A: 60 30", "B: n/r 20", "Inner: 60 50",
        "Outer: 60 50",
      ]
    )
    let absences = try filled.absences(in: log.facts())
    #expect(absences.map(\.value.reason) == [.contained])
    #expect(absences.keys.first == Statement.Place(line: 2, column: 0))
    // Figure by figure, nothing is left out.
    let all = try filled.figureByFigure(isDerived: false, from: log.facts())
    #expect(all.table[3] == "B: 20 20")
  }

  @Test("prints no figure twice")
  func repeatedFigure() throws {
    #expect(
      try printed(("A", 60), ("Inner", 60)) == ["Heading:", "A 60", "Inner 60"]
    )
  }
}
