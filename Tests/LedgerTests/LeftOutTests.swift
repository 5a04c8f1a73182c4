import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("What general layouts leave out")
struct LeftOutTests {
  private func ledger(
    _ folder: TemporaryFolder,
    cash: Int,
    inventories: Int,
    total: Int
  ) throws -> Ledger {
    let ledger = try folder.ledger()
    var lines = """
      {"type":"entity","entity":"x:1","name":"One","fiscalYearEnd":"12-31"}
      {"type":"filing","filing":"f","entity":"x:1","published":"2010-03-30"}

      """
    for (concept, value) in [
      ("CashAndCashEquivalentsAtCarryingValue", cash), ("InventoryNet", inventories),
      ("AssetsCurrent", total),
    ] {
      lines += """
        {"type":"statement-line","filing":"f","entity":"x:1","concept":"us-gaap:\(concept)",\
        "period":"2009-12-31","unit":"USD","value":"\(value)"}

        """
    }
    try ledger.append(lines)
    return ledger
  }

  private func findings(cash: Int, inventories: Int, total: Int) throws -> [String] {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, cash: cash, inventories: inventories, total: total)
    return try ledger.read { try $0.lint() }.map { finding in
      guard case .leftOut(let statement, let amount) = finding.kind else { return "other" }
      return "\(statement) \(finding.fact.concept) \(amount)"
    }
  }

  @Test("is a finding if it is more than half of the total, or has the other sign")
  func largeResidualIsFinding() throws {
    #expect(
      try findings(cash: 10, inventories: 30, total: 100) == [
        "balance-sheet us-gaap:AssetsCurrent 60"
      ]
    )
    #expect(
      try findings(cash: 90, inventories: 30, total: 100) == [
        "balance-sheet us-gaap:AssetsCurrent -20"
      ]
    )
    #expect(try findings(cash: 50, inventories: 30, total: 100).isEmpty)
    #expect(try findings(cash: 70, inventories: 30, total: 100).isEmpty)
  }

  @Test("is what a check of the printed lines says of a total that they do not foot to")
  func checkOfPrintedLinesFindsResidual() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, cash: 50, inventories: 30, total: 100)
    let result = try #require(ledger.checks("printed/").results.first)
    #expect(result.check.check == "printed/balance-sheet/us-gaap:AssetsCurrent")
    #expect(result.status == .notCheckable)
    #expect(result.reason == "the printed lines leave 20 USD out")
    #expect(result.residual == "20")
    let other = try TemporaryFolder()
    let footed = try self.ledger(other, cash: 70, inventories: 30, total: 100)
    #expect(try footed.checks("printed/").results.map(\.status) == [.agrees])
  }
}
