import Facts
import Projections
import TestSupport
import Testing

@Suite("The cells of a statement") struct StatementCellTests {
  private static let sheet: [Column] = [
    .init(span: .instant), .init(span: .instant, isAtFiscalYearEnd: true),
  ]

  private static func log(_ lines: [Line], _ columns: [Column] = sheet) throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: "12-31")
    log.layout("s", columns, lines)
    try log.filing("f", "2004-11-04")
    return log
  }

  @Test("tell a value, a dash, zero, a conflict, and what is not reported or not yet known apart")
  func cellsTellAnswersApart() throws {
    let names = ["Value", "Dash", "Zero", "Conflict", "Nothing", "Later"]
    var log = try Self.log(names.map { Line(label: $0, concept: "x:\($0)") })
    for (name, figures) in [
      ("Value", ["71607000 -3"]), ("Dash", ["nil"]), ("Zero", ["0 -3"]), ("Conflict", ["7", "8"]),
    ] {
      for figure in figures { try log.claim("x:\(name)", "2004-09-30", figure, "f") }
    }
    try log.filing("g", "2005-02-22")
    try log.claim("x:Later", "2004-09-30", "9", "g")
    let statement = try log.fill("s", knownAt: "2004-12-31")
    #expect(
      statement.table == [
        "2004-09-30", "Value: 71607000", "Dash: nil", "Zero: 0", "Conflict: 7≠8", "Nothing: n/r",
        "Later: n/y/k",
      ]
    )
    #expect(statement.rows.map(\.sequence) == [3, 4, 5, 6, 7])
    #expect(statement.latestPublished == PublishedTime("2004-11-04")?.timestamp)
  }

  @Test("keep the value of a line that is printed with the other sign")
  func negatedLineKeepsItsValue() throws {
    var log = try Self.log([Line(label: "A", concept: "x:A", isNegated: true)])
    try log.claim("x:A", "2004-09-30", "7", "f")
    let statement = try log.fill("s")
    #expect(statement.table == ["2004-09-30", "A: 7"])
    #expect(statement.lines.first?.definition.isNegated == true)
  }

  @Test("are of the line's unit, dimensions and end of a range")
  func cellIsOfLinesUnitAndDimensions() throws {
    let gold = try Dimensions("metal=gold")
    var log = try Self.log([
      Line(label: "Dollars", concept: "x:A"), Line(label: "Ounces", concept: "x:A", unit: "ozt"),
      Line(label: "Gold", concept: "x:A", dimensions: gold),
      Line(label: "Low", concept: "x:A", qualifier: .low),
      Line(label: "High", concept: "x:A", qualifier: .high),
      Line(label: "Bound", concept: "x:B", qualifier: .moreThan),
    ])
    try log.claim("x:A", "2004-09-30", "1", "f")
    try log.claim("x:A", "2004-09-30", "2", "f", unit: "ozt")
    try log.claim("x:A", "2004-09-30", "3", "f", dimensions: "metal=gold")
    try log.claim("x:A", "2004-09-30", "4 0 low", "f")
    try log.claim("x:A", "2004-09-30", "5 0 high", "f")
    try log.claim("x:B", "2004-09-30", "6 0 less-than", "f")
    #expect(
      try log.fill("s").table == [
        "2004-09-30", "Dollars: 1", "Ounces: 2", "Gold: 3", "Low: 4", "High: 5", "Bound: 6",
      ]
    )
  }

  @Test("show a range or a bound where no figure is reported, and the figure once it is")
  func rangeIsShownUntilFigureIsReported() throws {
    let names = ["Range", "Bounds", "Bound", "Low", "Torn"]
    var log = try Self.log(names.map { Line(label: $0, concept: "x:\($0)") })
    for (name, figures) in [
      ("Range", ["100 low", "200 high"]), ("Bounds", ["50 more-than", "90 less-than"]),
      ("Bound", ["50 more-than"]), ("Low", ["100 low"]), ("Torn", ["1 low", "2 low", "9 high"]),
    ] {
      for figure in figures { try log.claim("x:\(name)", "2004-09-30", figure, "f") }
    }
    try log.filing("g", "2005-02-22")
    try log.claim("x:Range", "2004-09-30", "150", "g")
    #expect(
      try log.fill("s", knownAt: "2004-12-31").table == [
        "2004-09-30", "Range: 100..200", "Bounds: 50..90", "Bound: 50", "Low: 100", "Torn: 1≠2",
      ]
    )
    #expect(try log.fill("s").table[1] == "Range: 150")
    let early = try log.fill("s", asOf: "2004-09-30", knownAt: "2004-09-30")
    #expect(early.isNotYetKnown)
  }

  @Test("are the line's own concept's, or of the first alternative that was reported")
  func firstReportedAlternativeIsShown() throws {
    let line = Line(label: "A", concept: "x:A", alternatives: ["x:B", "x:C"])
    var log = try Self.log([line])
    try log.claim("x:C", "2004-09-30", "3", "f")
    try log.claim("x:B", "2004-09-30", "2", "f")
    try log.claim("x:C", "2003-12-31", "4", "f")
    #expect(try log.fill("s").table == ["2004-09-30 2003-12-31", "A: 2 4"])
    #expect(try log.fill("s").lines.first?.concept == "x:B")
    try log.claim("x:A", "2004-09-30", "nil", "f")
    #expect(try log.fill("s").table[1] == "A: nil 4")
    #expect(try log.fill("s").lines.first?.concept == "x:A")
  }

  @Test("are of an alternative that was known then, though the line's own concept came later")
  func alternativeKnownFirst() throws {
    var log = try Self.log([Line(label: "A", concept: "x:A", alternatives: ["x:B"])])
    try log.claim("x:B", "2004-09-30", "2", "f")
    try log.filing("g", "2005-11-04")
    try log.claim("x:A", "2004-09-30", "1", "g")
    #expect(try log.fill("s", knownAt: "2004-12-31").table[1] == "A: 2")
    #expect(try log.fill("s").table[1] == "A: 1")
    #expect(try log.fill("s", asOf: "2004-09-30", knownAt: "2003-12-31").table[1] == "A: n/y/k")
  }

  @Test("of an alternative name it, where the first column has no figure")
  func alternativeOfComparative() throws {
    let line = Line(label: "A", concept: "x:A", alternatives: ["x:B"])
    var log = try Self.log([line, Line(label: "C", concept: "x:C")])
    try log.claim("x:C", "2004-09-30", "1", "f")
    try log.claim("x:A", "2001-12-31", "1", "f")
    try log.claim("x:B", "2003-12-31", "2", "f")
    let statement = try log.fill("s")
    #expect(statement.table == ["2004-09-30 2003-12-31", "A: n/r 2", "C: 1 n/r"])
    #expect(statement.lines.map(\.concept) == ["x:B", "x:C"])
  }

  @Test("of an instant in a duration are at its start or its end")
  func instantIsAtStartOrEnd() throws {
    let lines = [
      Line(label: "Flow", concept: "x:Flow"),
      Line(label: "Opening", concept: "x:Cash", instant: .start),
      Line(label: "Closing", concept: "x:Cash", instant: .end),
      Line(label: "Plain", concept: "x:Cash"),
    ]
    var log = try Self.log(lines, [.init(span: .quarter), .init(span: .ytd)])
    try log.claim("x:Flow", "2004-07-01/2004-09-30", "1", "f")
    try log.claim("x:Flow", "2004-01-01/2004-09-30", "2", "f")
    for day in ["2003-12-31", "2004-06-30", "2004-09-30"] {
      try log.claim("x:Cash", day, String(day.filter { $0 != "-" }), "f")
    }
    #expect(
      try log.fill("s").table == [
        "2004-07-01/2004-09-30 2004-01-01/2004-09-30", "Flow: 1 2", "Opening: 20040630 20031231",
        "Closing: 20040930 20040930", "Plain: n/r n/r",
      ]
    )
  }

  @Test("leave out a heading of which all deeper lines are left out, before a line beside it")
  func headingWithoutLinesIsLeftOut() throws {
    let lines = [
      Line(label: "ASSETS"), Line(label: "Current"),
      Line(label: "B", depth: 1, concept: "x:B", isOptional: true),
      Line(label: "Total", concept: "x:A"),
    ]
    var log = try Self.log(lines)
    try log.claim("x:A", "2004-09-30", "1", "f")
    #expect(try log.fill("s").table == ["2004-09-30", "ASSETS:", "Total: 1"])
    try log.claim("x:B", "2004-09-30", "1", "f")
    #expect(
      try log.fill("s").table == ["2004-09-30", "ASSETS:", "Current:", "B: 1", "Total: 1"]
    )
  }

  @Test("of an optional line leave it out with its heading, where none has a figure")
  func emptyOptionalLineIsLeftOut() throws {
    let lines = [
      Line(label: "ASSETS"), Line(label: "A", concept: "x:A"), Line(label: "Loans"),
      Line(label: "B", concept: "x:B", isOptional: true),
      Line(label: "C", concept: "x:C", isOptional: true), Line(label: "Other"),
      Line(label: "D", concept: "x:D", isOptional: true), Line(label: "E", concept: "x:E"),
    ]
    var log = try Self.log(lines)
    try log.claim("x:A", "2004-09-30", "1", "f")
    #expect(try log.fill("s").table == ["2004-09-30", "ASSETS:", "A: 1", "Other:", "E: n/r"])
    try log.claim("x:D", "2004-09-30", "nil", "f")
    #expect(
      try log.fill("s").table == ["2004-09-30", "ASSETS:", "A: 1", "Other:", "D: nil", "E: n/r"]
    )
    try log.claim("x:C", "2003-12-31", "2", "f")
    #expect(
      try log.fill("s").table == [
        "2004-09-30 2003-12-31", "ASSETS:", "A: 1 n/r", "Loans:", "C: n/r 2", "Other:",
        "D: nil n/r", "E: n/r n/r",
      ]
    )
  }

  @Test("with the dimensions asked for stand with their headings; other lines are left out")
  func otherDimensionsAreLeftOut() throws {
    func line(_ label: String, _ dimensions: String, _ concept: String? = "x:A") throws -> Line {
      Line(label: label, concept: concept, dimensions: try Dimensions(dimensions))
    }
    var log = try Self.log([
      try line("Whole", ""), try line("CAMORRA", "unit=Camorra", nil),
      try line("Camorra gold", "metal=gold;unit=Camorra"),
      try line("Camorra silver", "metal=silver;unit=Camorra"), try line("CREEK", "unit=Creek", nil),
      try line("Creek gold", "metal=gold;unit=Creek"),
    ])
    try log.claim("x:A", "2004-12-31", "1", "f")
    for (index, dimensions) in [
      "metal=gold;unit=Camorra", "metal=silver;unit=Camorra", "metal=gold;unit=Creek",
    ].enumerated() {
      try log.claim("x:A", "2004-09-30", "\(index)", "f", dimensions: dimensions)
    }
    #expect(
      try log.fill("s", dimensions: "unit=Camorra").table
        == ["2004-09-30", "CAMORRA:", "Camorra gold: 0", "Camorra silver: 1"]
    )
    #expect(
      try log.fill("s", dimensions: "unit=Creek;metal=gold").table == [
        "2004-09-30", "Creek gold: 2",
      ]
    )
    let error = #expect(throws: UnanswerableQuery.self) {
      try log.fill("s", dimensions: "unit=Friday")
    }
    #expect(
      error?.message
        == "nothing of s with unit=Friday is reported for Example, but x:A 2004-12-31 USD"
    )
    #expect(error?.remedy == .listFacts(entity: "x:1"))
  }
}
