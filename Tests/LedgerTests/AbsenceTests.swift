import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("A cell of a statement that is not reported")
struct AbsenceTests {
  private static let definitions = """
    {"type":"entity","entity":"x:1","name":"One","fiscalYearEnd":"12-31"}
    {"type":"concept","concept":"x:Flow","periodType":"duration","dataType":"monetary","kind":"statement-line","additive":false}
    {"type":"concept","concept":"x:Stock","periodType":"instant","dataType":"monetary","kind":"statement-line"}
    {"type":"concept","concept":"x:Anchor","periodType":"instant","dataType":"monetary","kind":"statement-line"}
    {"type":"statement","statement":"s","entity":"x:1","title":"S","columns":[{"span":"instant"}],"lines":[\
    {"label":"anchor","concept":"x:Anchor"},{"label":"stock","concept":"x:Stock"},\
    {"label":"assets","concept":"us-gaap:Assets"}]}
    {"type":"statement","statement":"t","entity":"x:1","title":"T","columns":[{"span":"quarter"}],"lines":[\
    {"label":"sales","concept":"us-gaap:GrossProfit"},{"label":"flow","concept":"x:Flow"}]}
    {"type":"filing","filing":"f","entity":"x:1","published":"2020-02-01"}
    {"type":"filing","filing":"g","entity":"x:1","published":"2021-02-01"}

    """

  /// One claim that the test is about, beside those that give the statements their date.
  private func ledger(_ claim: String, in folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    _ = try ledger.append(
      Self.definitions + Self.claim("x:Anchor", "2019-12-31")
        + Self.claim("us-gaap:GrossProfit", "2019-10-01/2019-12-31") + claim
    )
    return ledger
  }

  private static func claim(
    _ concept: String,
    _ period: String,
    unit: String = "USD",
    dimensions: String = "",
    filing: String = "f"
  ) -> String {
    #"{"type":"statement-line","filing":"\#(filing)","entity":"x:1","concept":"\#(concept)","#
      + (dimensions.isEmpty ? "" : #""dimensions":\#(dimensions),"#)
      + #""period":"\#(period)","unit":"\#(unit)","value":"5"}"# + "\n"
  }

  private func absence(
    _ label: String,
    of statement: String,
    in ledger: Ledger,
    knownAt: String? = nil
  ) throws -> ReportedOtherwise? {
    let times = Times(knownAt: knownAt.flatMap { PublishedTime($0) })
    let request = StatementRequest(statement, asOf: CivilDate("2019-12-31"))
    let answer = try ledger.statement(request, at: times)
    let replay = try ledger.read { try $0.replay() }
    #expect(try ledger.statement(request, from: replay, at: times) == answer)
    let line = try #require(answer.lines.first { $0.definition.label == label })
    #expect(line.cells == [.notReported])
    return line.absences[0]
  }

  private static let gold = claim("x:Stock", "2019-12-31", dimensions: #"{"metal":"gold"}"#)

  private static let near: [(String, String, AbsenceReason)] = [
    (claim("x:Stock", "2019-12-31", unit: "EUR"), "stock", .otherCurrency),
    (claim("x:Stock", "2019-12-31", unit: "ozt"), "stock", .otherUnit),
    (gold, "stock", .otherDimensions),
    (claim("x:Stock", "2019-12-20"), "stock", .otherPeriod),
    (claim("x:Flow", "2019-01-01/2019-12-31"), "flow", .otherPeriod),
    (claim("ifrs-full:Assets", "2019-12-31"), "assets", .otherConcept),
  ]

  @Test("says in which one thing a fact that is recorded differs", arguments: near)
  func saysReason(claim: String, label: String, reason: AbsenceReason) throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(claim, in: folder)
    let absence = try absence(label, of: label == "flow" ? "t" : "s", in: ledger)
    #expect(absence?.reason == reason)
    let event = try drafts(claim).first?.event
    guard case .claim(let recorded)? = event else { return #expect(Bool(false)) }
    #expect(absence?.fact == recorded.fact)
  }

  /// Two things differ, or the period is another altogether.
  private static let far: [String] = [
    claim("x:Stock", "2019-12-20", unit: "EUR"), claim("x:Stock", "2019-09-30"),
    claim("x:Stock", "2020-12-31"), claim("x:Flow", "2019-01-01/2019-12-31", unit: "EUR"),
    claim("x:Flow", "2018-01-01/2018-12-31"),
  ]

  @Test("says nothing where nothing of its meaning is known", arguments: far)
  func saysNothing(claim: String) throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(claim, in: folder)
    #expect(try absence("stock", of: "s", in: ledger) == nil)
    #expect(try absence("flow", of: "t", in: ledger) == nil)
  }

  @Test("says nothing of what was published later, and tells what the keeper withdrew")
  func onThreeTimes() throws {
    let folder = try TemporaryFolder()
    let later = Self.claim("x:Stock", "2019-12-31", unit: "EUR", filing: "g")
    let ledger = try ledger(later, in: folder)
    #expect(try absence("stock", of: "s", in: ledger)?.reason == .otherCurrency)
    #expect(try absence("stock", of: "s", in: ledger, knownAt: "2020-12-31") == nil)
    _ = try ledger.append(Self.claim("x:Stock", "2019-12-31"))
    let hash = try ledger.read { try $0.leafHash(named: "\($0.head - 1)") }
    _ = try ledger.append(#"{"type":"withdrawal","event":"\#(hash)","reason":"r"}"#)
    // Of several things, the one that can be asked for comes first.
    #expect(try absence("stock", of: "s", in: ledger)?.reason == .otherCurrency)
    #expect(
      try absence("stock", of: "s", in: ledger, knownAt: "2020-12-31")?.reason == .withdrawn
    )
  }

  @Test("of a translation, tells the currency in which the year before is reported")
  func ofTranslation() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(
      Self.definitions + Self.claim("us-gaap:Assets", "2019-12-31", unit: "CNY")
        + Self.claim("us-gaap:Assets", "2018-12-31", unit: "CNY")
        + Self.claim("us-gaap:Assets", "2019-12-31")
        + Self.claim("us-gaap:Liabilities", "2018-12-31")
    )
    let answer = try ledger.statement(
      StatementRequest("balance-sheet", layout: .general, currency: "USD")
    )
    let line = try #require(answer.lines.first { $0.definition.concept == "us-gaap:Assets" })
    #expect(line.cells.count == 2 && line.cells.last == .notReported)
    #expect(line.absences[1]?.reason == .otherCurrency)
    #expect(line.absences[1]?.fact.unit == "CNY")
  }
}
