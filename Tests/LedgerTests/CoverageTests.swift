import Facts
import Intake
import TestSupport
import Testing

@testable import Ledger

@Suite("A filing that was recorded in part")
struct CoverageTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    _ = try ledger.append(
      """
      {"type":"entity","entity":"x:1","name":"One","fiscalYearEnd":"12-31"}
      {"type":"filing","filing":"f","entity":"x:1","published":"2020-02-01"}
      {"type":"filing","filing":"g","entity":"x:1","published":"2021-02-01"}
      {"type":"statement-line","filing":"f","entity":"x:1","concept":"us-gaap:Assets","period":"2019-12-31","unit":"USD","value":"5"}
      {"type":"statement-line","filing":"g","entity":"x:1","concept":"us-gaap:Liabilities","period":"2019-12-31","unit":"USD","value":"3"}

      """
    )
  }

  private func coverage(_ filing: String, _ unmapped: Int, of statement: String = "balance-sheet")
    -> String
  {
    #"{"type":"coverage","filing":"\#(filing)","statement":"\#(statement)","figures":9,"unmapped":\#(unmapped)}"#
      + "\n"
  }

  private func partial(knownAt: String? = nil) throws -> [String] {
    let times = Times(knownAt: knownAt.flatMap { PublishedTime($0) })
    let answer = try ledger.statement(StatementRequest("balance-sheet"), at: times)
    let replay = try ledger.read { try $0.replay() }
    let replayed = try ledger.statement(StatementRequest("balance-sheet"), from: replay, at: times)
    #expect(replayed == answer)
    return answer.partialFilings.map { "\($0.filing) \($0.unmappedCount)/\($0.figureCount)" }
  }

  @Test("is named by the statements that use its figures, and by no other")
  func isNamed() throws {
    #expect(try partial() == [])
    _ = try ledger.append(coverage("f", 2) + coverage("g", 1) + coverage("f", 3, of: "operations"))
    #expect(try partial() == ["f 2/9", "g 1/9"])
    #expect(try partial(knownAt: "2020-12-31") == ["f 2/9"])
  }

  @Test("is recorded whole by a later coverage")
  func isWholeLater() throws {
    _ = try ledger.append(coverage("f", 2))
    #expect(try ledger.append(coverage("f", 2)).contains("nothing"))
    _ = try ledger.append(coverage("f", 0))
    #expect(try partial() == [])
  }

  @Test("is refused where the filing is not recorded, or more is missing than there is")
  func isRefused() throws {
    #expect(throws: LedgerError.self) { try ledger.append(coverage("h", 1)) }
    #expect(throws: RefusedEvents.self) { try ledger.append(coverage("f", 10)) }
    #expect(throws: RefusedEvents.self) { try ledger.append(coverage("f", -1)) }
  }
}
