import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Definitions that name what nothing defines")
struct DefinitionTrustTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions)
  }

  private static let misspelt = #"""
    {"type":"statement","statement":"s","title":"S","columns":[{"span":"instant"}],"lines":[{"label":"a","concept":"us-gaap:Asets"},{"label":"b","concept":"us-gaap:Liabilities"}]}
    {"type":"check","check":"c","entity":"x:7","kind":"foot","title":"C","total":{"concept":"us-gaap:Assets"},"items":[{"concept":"us-gaap:AssetsCurrrent"}]}
    {"type":"check","check":"f/c","filing":"f","kind":"foot","title":"C","total":{"concept":"us-gaap:Assets"},"items":[{"concept":"us-gaap:AssetsCurrrent"}]}
    {"type":"entity","entity":"x:7","name":"SEVEN CO"}
    """#

  private func unknown(_ lines: String, for ledger: Ledger?) throws -> [String] {
    let spool = DraftSpool()
    for draft in try drafts(lines) { try spool.append(draft) }
    return try Ledger.unknownConcepts(in: spool.finish(), for: ledger).map(\.description)
  }

  @Test("are told when they are appended, with their place and the name that was meant")
  func draftsAreTold() throws {
    let expected = [
      #"test.jsonl:1: statement "s" names us-gaap:Asets, which nothing defines; did you mean us-gaap:Assets?"#,
      #"test.jsonl:2: check "c@x:7" names us-gaap:AssetsCurrrent, which nothing defines; did you mean us-gaap:AssetsCurrent?"#,
    ]
    #expect(try unknown(Self.misspelt, for: ledger) == expected)
    #expect(try unknown(Self.misspelt, for: nil) == expected)
  }

  @Test("are not told of concepts that come with them, or that a public taxonomy has")
  func knownConceptsAreNotTold() throws {
    let lines = #"""
      {"type":"check","check":"c","kind":"equal","title":"C","total":{"concept":"y:New"},"items":[{"concept":"ifrs-full:Assets"}]}
      {"type":"concept","concept":"y:New","kind":"cost"}
      """#
    #expect(try unknown(lines, for: ledger).isEmpty)
  }

  @Test("are listed, of one entity or of all, as of any head")
  func recordedOnesAreListed() throws {
    let head = try ledger.head
    try ledger.append(Self.misspelt)
    let all = try ledger.read { try $0.unknownConcepts() }
    #expect(all.map(\.concept) == ["us-gaap:Asets", "us-gaap:AssetsCurrrent"])
    #expect(all.map(\.suggestion) == ["us-gaap:Assets", "us-gaap:AssetsCurrent"])
    let own = try ledger.read { try $0.unknownConcepts(entity: "SEVEN") }
    #expect(own.map(\.definition.qualifiedName) == ["c@x:7"])
    let before = Times(recordedAt: .head(head))
    #expect(try ledger.read(at: before) { try $0.unknownConcepts().isEmpty })
  }

  @Test("make a check an exception as soon as it has something to check")
  func checkIsAnException() throws {
    try ledger.append(Self.misspelt)
    #expect(try ledger.read { try $0.checks("c", entity: "x:7").results.isEmpty })
    try ledger.append(
      #"""
      {"type":"filing","filing":"f7","entity":"x:7","published":"2020-02-01"}
      {"type":"statement-line","filing":"f7","entity":"x:7","concept":"us-gaap:Assets","period":"2019-12-31","unit":"USD","value":"7"}
      """#
    )
    let result = try #require(
      try ledger.read { try $0.checks("c", entity: "x:7").results.first { $0.check.check == "c" } }
    )
    #expect(result.status == .exception)
    #expect(result.reason?.contains("did you mean us-gaap:AssetsCurrent?") == true)
  }

  @Test("A claim of a public taxonomy's element needs no definition, and gets one")
  func elementIsDefinedByItsFirstClaim() throws {
    let claim = #"""
      {"type":"statement-line","filing":"f1","entity":"x:1","concept":"us-gaap:AccountsPayableCurrent","period":"2019-12-31","unit":"USD","value":"7"}
      """#
    try ledger.append(claim)
    let concept = try #require(try Ledger.concept("us-gaap:AccountsPayableCurrent", in: ledger))
    #expect(concept.periodType == .instant && concept.balance == .credit)
    #expect(concept.dataType == .monetary && concept.label == "Accounts Payable, Current")
    let head = try ledger.head
    #expect(try ledger.append(claim).contains("nothingNew"))
    #expect(try ledger.head == head)
    #expect(throws: LedgerError.self) {
      try ledger.append(claim.replacing("AccountsPayableCurrent", with: "AccountsPayableCurent"))
    }
    // A member of a dimension is no concept of figures.
    #expect(throws: LedgerError.self) {
      try ledger.append(claim.replacing("us-gaap:AccountsPayableCurrent", with: "currency:CHF"))
    }
  }

  @Test("The elements are read whole, and what the program defines agrees with them")
  func elementsAgreeWithTheStandardDefinitions() throws {
    #expect(StandardElements.names.count == 3810)
    #expect(StandardElements.names.allSatisfy(StandardElements.contains))
    #expect(!StandardElements.contains("us-gaap:Asset") && !StandardElements.contains(""))
    for case .concept(let concept) in try StandardDefinitions.drafts().map(\.event) {
      guard let element = StandardElements.concept(concept.concept) else { continue }
      #expect(element.periodType == concept.periodType, "\(concept.concept)")
      #expect(element.dataType == concept.dataType, "\(concept.concept)")
    }
  }
}

@Suite("Retiring a definition")
struct RetirementTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  private static let check =
    #"{"type":"check","check":"c","kind":"equal","title":"C","total":{"concept":"x:Cash"},"items":[{"concept":"x:Cash"}]}"#
  private static let retirement =
    #"{"type":"retirement","retires":"check","name":"c","reason":"replaced"}"#

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Sample.cash("100", line: 4) + Self.check)
  }

  private func hasCheck(_ head: UInt64? = nil) throws -> Bool {
    try ledger.store.read { snapshot in
      let name = DefinitionName(check: "c", entity: nil)
      let head = head ?? snapshot.head
      let isListed = try snapshot.definitionNames(ofType: "check", entity: nil, before: head)
        .contains("c")
      #expect(try isListed == (snapshot.definition(name, before: head) != nil))
      return isListed
    }
  }

  @Test("ends it from then on; before, it stays; a later definition takes effect again")
  func endsItFromThenOn() throws {
    let head = try ledger.head
    try ledger.append(Self.retirement)
    #expect(try !hasCheck() && hasCheck(head))
    let retired = try ledger.head
    #expect(try ledger.append(Self.retirement).contains("nothingNew"))
    try ledger.append(Self.check)
    #expect(try hasCheck() && !hasCheck(retired) && hasCheck(head))
    #expect(try ledger.append(Self.check).contains("nothingNew"))
    try ledger.copy(to: folder("copy.assay"))
    _ = try EventStore.verify(path: folder("copy.assay"))
    _ = try ledger.rebuild()
    #expect(try hasCheck() && !hasCheck(retired) && hasCheck(head))
  }

  @Test("is refused of what is not there, or is retired already, with what to do")
  func missingOrRetiredDefinitionIsRefused() throws {
    func refusal(_ line: String) throws -> String {
      let error = #expect(throws: LedgerError.self) { try ledger.append(line) }
      return error.map { "\($0)" } ?? ""
    }
    let other = Self.retirement.replacing(#""name":"c""#, with: #""name":"d""#)
    #expect(try refusal(other).contains(#"there is no check "d" of every entity"#))
    try ledger.append(Self.retirement)
    let again = Self.retirement.replacing("replaced", with: "again")
    #expect(try refusal(again).contains("is retired already; see event"))
    let concept = Self.retirement.replacing(#""retires":"check""#, with: #""retires":"concept""#)
    #expect(throws: RefusedEvents.self) { try ledger.append(concept) }
  }

  @Test("is replicated with an export, and a fold of the log agrees")
  func isReplicated() throws {
    try ledger.append(Self.retirement)
    let copy = try folder.ledger("copy.assay")
    var export: [UInt8] = []
    try ledger.export { export += $0 }
    _ = try copy.append(drafts(String(decoding: export, as: UTF8.self)), options())
    #expect(try copy.read { try $0.root } == ledger.read { try $0.root })
    let replay = try copy.read { try $0.replay() }
    #expect(replay.facts.definition(DefinitionName(check: "c", entity: nil), before: .max) == nil)
    #expect(!replay.facts.definitionNames(ofType: "check", entity: nil, before: .max).contains("c"))
  }
}
