import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

/// A company with three annual reports, of which the second calls its sales another concept and the
/// third prints other captions.
private enum Filer {
  static let definitions = """
    {"type":"entity","entity":"x:1","name":"Example","fiscalYearEnd":"12-31"}
    {"type":"concept","concept":"x:Sales","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"x:Revenue","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"x:Costs","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"x:Result","kind":"statement-line","periodType":"duration"}
    {"type":"statement","statement":"operations","title":"General","columns":[{"span":"year"}],\
    "lines":[{"label":"Result (general)","concept":"x:Result"}]}

    """

  static func layout(_ sales: String, _ caption: String = "Result") -> String {
    #"{"columns":[{"span":"year"},{"span":"year","years":-1}],"lines":[{"concept":"\#(sales)","label":"Sales"},{"concept":"x:Costs","label":"Costs","negated":true},{"concept":"x:Result","label":"\#(caption)","subtotal":true}],"title":"Statements of Results","type":"layout"}"#
  }

  static func hash(_ layout: String) throws -> String {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    try ledger.append(layout)
    return try ledger.read { view in try view.snapshot.leafHash(at: view.head - 1) }
  }

  /// A filing for a year, published the February after it, with the year and the one before.
  static func filing(_ year: Int, _ layout: String, sales: String) throws -> String {
    let claims = [year, year - 1].flatMap { year in
      [(sales, "100"), ("x:Costs", "60"), ("x:Result", "40")].map { concept, value in
        """
        {"type":"statement-line","filing":"f-\(year)","entity":"x:1","concept":"\(concept)",\
        "period":"\(year)-01-01/\(year)-12-31","unit":"USD","value":"\(value)"}
        """
      }
    }.map { $0.replacing("f-\(year - 1)", with: "f-\(year)") }
    return """
      {"type":"filing","filing":"f-\(year)","entity":"x:1","form":"10-K","published":"\(year + 1)-02-01"}
      \(layout)
      {"type":"presentation","filing":"f-\(year)","role":"http://x/role/Results",\
      "statement":"operations","title":"Results \(year)","layout":"\(try hash(layout))"}
      \(claims.joined(separator: "\n"))

      """
  }

  static func filings() throws -> [String] {
    [
      try filing(2001, layout("x:Sales"), sales: "x:Sales"),
      try filing(2002, layout("x:Revenue"), sales: "x:Revenue"),
      try filing(2003, layout("x:Revenue", "Profit"), sales: "x:Revenue"),
    ]
  }
}

@Suite("The layout that a filing prints")
struct LayoutTests {
  private func ledger(_ folder: TemporaryFolder, _ order: [Int] = [0, 1, 2]) throws -> Ledger {
    let ledger = try folder.ledger()
    try ledger.append(Filer.definitions)
    let filings = try Filer.filings()
    for index in order { try ledger.append(filings[index]) }
    return ledger
  }

  private func titles(_ answer: StatementAnswer) -> String {
    "\(answer.definition.title): "
      + answer.lines.map(\.definition.label).joined(separator: ", ")
  }

  private func request(
    _ asOf: String? = nil,
    _ layout: StatementRequest.Layout? = nil,
    span: StatementRequest.Span? = nil,
    columns: Int? = nil
  ) -> StatementRequest {
    StatementRequest(
      "operations",
      asOf: asOf.flatMap { CivilDate($0) },
      layout: layout,
      span: span,
      columnCount: columns
    )
  }

  @Test(
    "is of the newest filing known that covers the date, in whatever order they came",
    arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]]
  )
  func newestThatCovers(order: [Int]) throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, order)
    func shown(_ asOf: String?, knownAt: String? = nil) throws -> String {
      let times = Times(knownAt: knownAt.flatMap { PublishedTime($0) })
      let answer = try ledger.statement(request(asOf), at: times)
      let replayed = try ledger.statement(request(asOf), from: ledger.replay(), at: times)
      #expect(answer == replayed)
      return titles(answer)
    }
    #expect(try shown(nil) == "Results 2003: Sales, Costs, Profit")
    #expect(try shown("2002-12-31") == "Results 2003: Sales, Costs, Profit")
    #expect(try shown("2001-12-31") == "Results 2002: Sales, Costs, Result")
    #expect(try shown("2000-12-31") == "Results 2001: Sales, Costs, Result")
    #expect(try shown(nil, knownAt: "2003-03-01") == "Results 2002: Sales, Costs, Result")
    #expect(try shown("2001-12-31", knownAt: "2002-03-01") == "Results 2001: Sales, Costs, Result")
  }

  @Test("is not used before it was recorded, or where the general one is asked for")
  func recordedAt() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    #expect(try titles(ledger.statement(request(nil, .general))) == "General: Result (general)")
    let answer = try ledger.statement(request(nil, .filed))
    #expect(answer.filedLayout?.filing.filing == "f-2003")
    var presented: UInt64 = 0
    try ledger.forEachEvent(from: 0) { sequence, event, _ in
      if case .presentation = event { presented = sequence }
      return true
    }
    let before = try ledger.statement(
      request("2002-12-31"),
      at: Times(recordedAt: .head(presented))
    )
    #expect(titles(before) == "Results 2002: Sales, Costs, Result")
  }

  @Test("gives way to the general one for a date that no filing with a layout covers")
  func uncoveredDateHasGeneralLayout() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    try ledger.append(
      """
      {"type":"filing","filing":"f-9","entity":"x:1","form":"10-K","published":"2005-02-01"}
      {"type":"statement-line","filing":"f-9","entity":"x:1","concept":"x:Result",\
      "period":"2004-01-01/2004-12-31","unit":"USD","value":"50"}

      """
    )
    #expect(try titles(ledger.statement(request())) == "General: Result (general)")
    let filed = try ledger.statement(request("2004-12-31", .filed))
    #expect(filed.asOf == CivilDate("2003-12-31"))
    #expect(filed.requestedAsOf == CivilDate("2004-12-31"))
    let refused = #expect(throws: LedgerError.self) {
      try ledger.statement(request("1999-12-31", .filed))
    }
    #expect(
      refused?.message
        == "no filing known then prints operations of x:1 for a date up to 1999-12-31"
    )
    let unknown = #expect(throws: LedgerError.self) {
      try ledger.statement(
        request(nil, .filed),
        at: Times(knownAt: PublishedTime("2001-01-01"))
      )
    }
    #expect(unknown?.message == "no filing known then prints operations of x:1")
  }

  @Test("is filled in other columns from what stood under the same caption, and says so")
  func otherConcepts() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    let statement = try ledger.statement(request(span: .year, columns: 4))
    #expect(statement.columns.count == 4)
    #expect(
      statement.lines.first?.otherConcepts == [3: "x:Sales"]
    )
    #expect(statement.lines.allSatisfy { $0.cells.allSatisfy { $0 != .notReported } })
  }

  @Test("of a table of the notes is found by the last part of its role; all are listed")
  func tableOfNotesIsFoundByItsRole() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    let layout = Filer.layout("x:Sales")
    try ledger.append(
      """
      {"type":"presentation","filing":"f-2001","role":"http://x/role/SalesDetails",\
      "title":"Sales (Details)","layout":"\(try Filer.hash(layout))"}

      """
    )
    let answer = try ledger.statement(StatementRequest("SalesDetails"))
    #expect(answer.definition.title == "Sales (Details)")
    #expect(answer.definition.statement == "SalesDetails")
    let names = try ledger.read { try $0.statementNames(entity: nil) }
    let results = names.first { $0.name == "operations" }
    #expect(results?.title == "Results 2003")
    #expect(results?.filing == "f-2003")
    #expect(results?.filingCount == 3)
    #expect(names.last?.name == "SalesDetails")
    let refused = #expect(throws: LedgerError.self) {
      try ledger.statement(StatementRequest("SalesDetail"))
    }
    #expect(refused.map { "\($0)" }?.contains("SalesDetails") == true)
  }
}
