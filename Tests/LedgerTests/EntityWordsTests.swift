import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("The words for an entity")
struct EntityWordsTests {
  private static let apple = """
    {"type":"entity","entity":"cik:0000320193","name":"APPLE INC"}
    {"type":"entity","entity":"cik:0000719413","name":"HECLA MINING CO"}

    """

  @Test(
    "may be its central index key in any of the usual spellings",
    arguments: ["CIK0000320193", "cik0000320193", "0000320193", "320193", "CIK 320193", "apple"]
  )
  func centralIndexKeys(words: String) throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(Self.apple)
    let entity = try ledger.read { try $0.entity(matching: words) }
    #expect(entity.entity == "cik:0000320193")
  }

  @Test("may be the central index key of an entity that only filings name")
  func undefinedEntity() throws {
    let ledger = try TemporaryFolder().ledger()
    try ledger.append(
      #"{"type":"filing","filing":"f","entity":"cik:0000320193","published":"2020-02-01"}"#
    )
    let entity = try ledger.read { try $0.entity(matching: "CIK0000320193") }
    #expect(entity.entity == "cik:0000320193")
  }

  @Test("that match several are refused with all of them, or how many more there are")
  func severalMatchesAreRefused() throws {
    let ledger = try TemporaryFolder().ledger()
    for count in [11, 23] {
      let lines = (0..<count).map {
        #"{"type":"entity","entity":"x:\#($0)","name":"Company \#($0)"}"#
      }
      try ledger.append(lines.joined(separator: "\n"))
      for words in [nil, "company"] {
        let error = #expect(throws: LedgerError.self) {
          try ledger.read { try $0.entity(matching: words) }
        }
        let listed =
          switch error?.remedy {
          case .nameEntity(let names), .nameOneOf(let names): names
          default: [String]()
          }
        #expect(error?.code == .ambiguous)
        #expect(listed.count == min(count, 21), "\(listed)")
        #expect(listed.last == (count == 23 ? "and 3 more" : "x:9 (Company 9)"))
      }
    }
  }
}
