import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("The currency of a statement")
struct CurrencyTests {
  /// One company with a translation of its last year, one that reports in yen, one in dollars.
  private func ledger(_ folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    var lines = ""
    for (entity, name) in [("x:1", "Bai"), ("x:2", "Kyo"), ("x:3", "Dol")] {
      lines += """
        {"type":"entity","entity":"\(entity)","name":"\(name)","fiscalYearEnd":"12-31"}
        {"type":"filing","filing":"f-\(name)","entity":"\(entity)","published":"2010-03-30"}

        """
    }
    for (entity, name, unit, day, value) in [
      ("x:1", "Bai", "CNY", "2008-12-31", "3937991000"),
      ("x:1", "Bai", "CNY", "2009-12-31", "6156975000"),
      ("x:1", "Bai", "USD", "2009-12-31", "902002000"),
      ("x:2", "Kyo", "JPY", "2009-12-31", "3847557000000"),
      ("x:3", "Dol", "USD", "2009-12-31", "5000000"),
    ] {
      lines += """
        {"type":"statement-line","filing":"f-\(name)","entity":"\(entity)","concept":"us-gaap:Assets",\
        "period":"\(day)","unit":"\(unit)","value":"\(value)"}

        """
    }
    _ = try ledger.append(lines)
    return ledger
  }

  private func shown(_ answer: StatementAnswer) -> String {
    let total = answer.lines.first { $0.definition.concept == "us-gaap:Assets" }
    let figures = (total?.cells ?? []).map { $0.figure?.value?.description ?? "n/r" }
    return ([answer.definition.unit, answer.definition.caption ?? ""] + figures)
      .joined(separator: " ")
  }

  @Test("is one of the words that name facts")
  func unitWords() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    func values(_ words: String...) throws -> [String] {
      var values: [String] = []
      _ = try ledger.forEachClaim(Ledger.FactsRequest(words: words)) { listed in
        values.append("\(listed.claim.fact.unit) \(listed.claim.figure.value?.description ?? "")")
      }
      return values.sorted()
    }
    #expect(try values("Assets", "CNY") == ["CNY 3937991000", "CNY 6156975000"])
    #expect(try values("JPY") == ["JPY 3847557000000"])
    #expect(try values("Assets", "USD", "2009-12-31") == ["USD 5000000", "USD 902002000"])
    #expect(throws: LedgerError.self) { try values("Assets", "GBP") }
  }

  @Test("is the one in which the entity reports most of it, and the caption names it")
  func mainCurrency() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    func printed(_ entity: String, _ currency: String? = nil) throws -> String {
      let request = StatementRequest("balance-sheet", entity: entity, currency: currency)
      let answer = try ledger.statement(request)
      #expect(try answer == ledger.statement(request, from: ledger.replay()))
      return shown(answer)
    }
    #expect(try printed("x:1") == "CNY (in millions of CNY) 6156975000 3937991000")
    #expect(try printed("x:2") == "JPY (in millions of JPY) 3847557000000")
    #expect(try printed("x:3") == "USD (in millions) 5000000")
    #expect(
      try printed("x:1", "USD")
        == "USD (in millions of USD, a translation: most of it is reported in CNY) 902002000"
    )
    let refused = #expect(throws: LedgerError.self) { try printed("x:1", "EUR") }
    #expect(refused?.message == "nothing of balance-sheet is reported in EUR")
    #expect(refused?.remedy == .nameOneOf(["CNY", "USD"]))
  }
}
