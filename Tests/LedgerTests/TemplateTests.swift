import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("What the next quarter is expected to report")
struct TemplateTests {
  private static let definitions = """
    {"type":"entity","entity":"x:1","name":"Example","fiscalYearEnd":"06-30"}
    {"type":"concept","concept":"x:Cash","kind":"statement-line","label":"Cash","periodType":"instant"}
    {"type":"concept","concept":"x:Sales","kind":"statement-line","periodType":"duration"}

    """

  /// A filing and its claims, each as `concept period value`.
  private func filing(_ name: String, _ published: String, _ claims: String...) -> String {
    let filing =
      #"{"type":"filing","filing":"\#(name)","entity":"x:1","published":"\#(published)"}"#
    let lines = claims.enumerated().map { index, claim in
      let parts = claim.split(separator: " ")
      return #"""
        {"type":"statement-line","filing":"\#(name)","entity":"x:1","concept":"x:\#(parts[0])",\#
        "period":"\#(parts[1])","unit":"USD","value":"\#(parts[2])","decimals":-3,\#
        "source":{"line":\#(index + 1),"column":9,"text":"?"}}
        """#
    }
    return ([filing] + lines).joined(separator: "\n") + "\n"
  }

  private func rows(_ ledger: Ledger, asOf: String) throws -> [String] {
    let date = try #require(CivilDate(asOf))
    return try ledger.template(entity: nil, asOf: date).rows.map { row in
      "\(row.fact.concept.dropFirst(2)) \(row.fact.period) <- \(row.prior.value?.description ?? "nil")"
    }
  }

  @Test("its quarter, year to date and reporting date move; comparatives stay behind")
  func periodsMoveByAQuarter() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(
      Self.definitions
        + filing(
          "f1",
          "2020-04-20",
          "Sales 2020-01-01/2020-03-31 5000",
          "Sales 2019-01-01/2019-03-31 4000",
          "Sales 2019-07-01/2020-03-31 15000",
          "Cash 2020-03-31 700",
          "Cash 2019-06-30 600"
        )
    )
    #expect(
      try rows(ledger, asOf: "2020-06-30") == [
        "Sales 2020-04-01/2020-06-30 <- 5000", "Sales 2019-07-01/2020-06-30 <- 15000",
        "Cash 2020-06-30 <- 700",
      ]
    )
    let next = try ledger.template(entity: nil, asOf: #require(CivilDate("2020-06-30")))
    #expect(next.otherCount == 2 && next.filing.filing == "f1")
    #expect(next.reportingDate.description == "2020-03-31")
    #expect(next.rows.last?.label == "Cash")
  }

  @Test("of the filing before, not of headlines after it, nor of later quarters")
  func rowsAreOfComparableFiling() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(
      Self.definitions
        + filing(
          "full",
          "2020-01-20",
          "Sales 2019-10-01/2019-12-31 1000",
          "Sales 2019-07-01/2019-12-31 2000",
          "Cash 2019-12-31 7",
          "Cash 2019-06-30 6"
        ) + filing("headline", "2020-04-10", "Cash 2020-03-31 8")
        + filing(
          "later",
          "2020-04-20",
          "Sales 2020-01-01/2020-03-31 1100",
          "Sales 2019-07-01/2020-03-31 3100",
          "Cash 2020-03-31 9"
        )
    )
    #expect(try rows(ledger, asOf: "2020-03-31").last == "Cash 2020-03-31 <- 7")
    #expect(try rows(ledger, asOf: "2020-06-30").last == "Cash 2020-06-30 <- 9")
    #expect(throws: (any Error).self) { try rows(ledger, asOf: "2019-12-31") }
  }

  @Test("a fact that a filing prints twice is one row, with its most precise figure")
  func repeatedFactIsOneRow() throws {
    let ledger = try TemporaryFolder().ledger()
    let exact = filing("f1", "2020-01-20", "Cash 2019-12-31 7000", "Cash 2019-12-31 7100")
      .replacing(#""7100","decimals":-3"#, with: #""7100","decimals":-2"#)
    try ledger.append(Self.definitions + exact)
    #expect(try rows(ledger, asOf: "2020-03-31") == ["Cash 2020-03-31 <- 7100"])
  }
}

@Suite("Drafts beside the ledger")
struct DraftComparisonTests {
  private func compared(_ lines: String, in ledger: Ledger?) throws -> [String] {
    try Ledger.comparison(of: drafts(lines), in: ledger).entries.map { entry in
      let from = entry.change?.from.value?.description ?? ""
      return "\(entry.role?.rawValue ?? "recorded before") \(from) \(entry.fromFiling ?? "")"
    }
  }

  private static let second =
    #"{"type":"filing","filing":"f2","entity":"x:1","published":"2021-02-01"}"# + "\n"

  @Test("are new, confirmed, restated, in conflict, or were recorded before")
  func draftsAreNewConfirmedRestatedOrInConflict() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Sample.definitions + Sample.cash("5", line: 3))
    let first = #"{"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}"# + "\n"
    func cash(_ values: String...) -> String {
      Self.second
        + values.enumerated().map { Sample.cash($1, filing: "f2", line: $0 + 1) }.joined()
    }
    #expect(try compared(cash("5"), in: ledger) == ["confirmed 5 f1"])
    #expect(try compared(cash("6"), in: ledger) == ["restated 5 f1"])
    #expect(try compared(cash("6", "7"), in: ledger) == ["conflict 5 f1"])
    #expect(try compared(cash("5"), in: nil) == ["first reported  "])
    #expect(try compared(first + Sample.cash("5", line: 3), in: ledger) == ["recorded before  "])
    let other = cash("5").replacing("2019-12-31", with: "2020-12-31")
    #expect(try compared(other, in: ledger) == ["first reported  "])
  }

  @Test("of an older filing are compared with what held when it came out")
  func olderFilingIsComparedWithItsTime() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Sample.definitions + Sample.cash("5", filing: "f2"))
    let first = #"{"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}"# + "\n"
    #expect(try compared(first + Sample.cash("6"), in: ledger) == ["first reported  "])
  }
}
