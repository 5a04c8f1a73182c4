import EventStore
import Facts
import TestSupport
import Testing

@Suite("Definitions in the ledger file")
struct DefinitionTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  private func check(_ name: String, of entity: String? = nil, title: String = "t") -> String {
    let owner = entity.map { #","entity":"\#($0)""# } ?? ""
    return """
      {"type":"check","check":"\(name)"\(owner),"kind":"equal","title":"\(title)"}

      """
  }

  /// The names of the checks of an owner, as of a head.
  private func names(_ owner: String?, _ head: UInt64? = nil) throws -> [String] {
    try store.read { snapshot in
      try snapshot.definitionNames(
        ofType: "check",
        entity: owner,
        before: head ?? snapshot.head
      )
    }
  }

  private func title(_ name: String, _ owner: String?, _ head: UInt64) throws -> String? {
    let name = DefinitionName(check: name, entity: owner)
    guard case .check(let check) = try store.read({ try $0.definition(name, before: head) }) else {
      return nil
    }
    return check.title
  }

  /// The entities that match a part of their identifier or name, as of a head.
  private func found(
    _ part: String?,
    _ head: UInt64? = nil,
    limit: Int = 9
  ) throws -> [EntityDefinition] {
    try store.read { snapshot in
      try snapshot.entities(matching: part, before: head ?? snapshot.head, limit: limit)
    }
  }

  private func entity(_ identifier: String, _ name: String) -> String {
    #"{"type":"entity","entity":"\#(identifier)","name":"\#(name)"}"# + "\n"
  }

  @Test("are listed by owner, whatever begins or ends alike")
  func areListedByOwner() throws {
    let owners = ["x:1", "x:11", "x:1/a", String(repeating: "é", count: 90) + "1"]
    var lines = check("b") + check("a") + check("x:1")
    for owner in owners { lines += check("of \(owner)", of: owner) + check("a", of: owner) }
    try store.append(lines)
    #expect(try names(nil) == ["a", "b", "x:1"])
    for owner in owners { #expect(try names(owner) == ["a", "of \(owner)"]) }
    #expect(try names("x:") == [])
    let (applying, found) = try store.read { snapshot in
      let names = try snapshot.definitions(
        ofType: "check",
        applyingTo: "x:1",
        before: snapshot.head
      )
      return (
        names, try names.map { try snapshot.definition($0, before: snapshot.head)?.definitionName }
      )
    }
    #expect(applying.map(\.qualifiedName) == ["a", "a@x:1", "b", "of x:1@x:1", "x:1"])
    #expect(applying == found)
  }

  @Test("are found in the version of the past: one name, two owners, long names")
  func areFoundInVersionOfThePast() throws {
    let long = String(repeating: "long/", count: 200)
    for (second, title) in ["first", "second"].enumerated() {
      try store.append(
        check("a", title: title) + check("a", of: "x:1", title: title + " own")
          + check(long, of: "x:1", title: title) + check(long + "2", of: "x:1", title: title),
        seconds: Int64(second)
      )
    }
    for (head, version) in [(5, "first"), (10, "second")] as [(UInt64, String)] {
      #expect(try title("a", nil, head) == version)
      #expect(try title("a", "x:1", head) == version + " own")
      #expect(try title(long, "x:1", head) == version)
      #expect(try title("a", "x:2", head) == nil)
      #expect(try names("x:1", head) == ["a", long, long + "2"])
    }
    #expect(try title("a", nil, 1) == nil)
  }

  @Test("are verified: keys with long owners and names, entities with names in every script")
  func areVerified() throws {
    let long = String(repeating: "long/", count: 200)
    do {
      let other = try folder.store("other")
      try other.append(
        check(long, of: long) + check("a", of: long) + entity(long, "名前") + entity("x:1", "a")
      )
      try other.append(entity("x:1", "b"), seconds: 1)
      _ = try other.rebuild()
    }
    #expect(try EventStore.verify(path: folder("other")).head == 7)
  }

  @Test("of entities are found by a part of identifier or name, in any case of letters")
  func entitiesAreFoundByPartOfName() throws {
    try store.append(
      entity("cik:1", "Hecla Mining Company") + entity("cik:2", "Société Générale")
        + entity("cik:3", "\u{212A}elvin") + entity("cik:33", "Renamed")
    )
    try store.append(entity("cik:33", "Hecla Silver"), seconds: 1)
    let cases: [(part: String?, head: UInt64, identifiers: [String])] = [
      ("hecla", 7, ["cik:1", "cik:33"]), ("HECLA M", 7, ["cik:1"]), ("hecla", 5, ["cik:1"]),
      ("renamed", 5, ["cik:33"]), ("renamed", 7, []), ("CIK:3", 7, ["cik:3", "cik:33"]),
      ("générale", 7, ["cik:2"]), ("SOCIÉTÉ", 7, ["cik:2"]), ("no such", 7, []),
      // The Kelvin sign is a k in lower case.
      ("kelvin", 7, ["cik:3"]),
      ("", 7, ["cik:1", "cik:2", "cik:3", "cik:33"]),
      (nil, 7, ["cik:1", "cik:2", "cik:3", "cik:33"]), (nil, 3, ["cik:1", "cik:2"]),
    ]
    for (part, head, identifiers) in cases {
      #expect(try found(part, head).map(\.entity) == identifiers, "\(part ?? "all") at \(head)")
    }
    #expect(try found(nil, limit: 2).map(\.entity) == ["cik:1", "cik:2"])
    #expect(try found("cik:33", limit: 1).map(\.name) == ["Hecla Silver"])
  }

  @Test("are taken up to 65,535 bytes: a longer line is refused, because tiles cannot hold it")
  func longLines() throws {
    func statement(_ byteCount: Int) throws -> String {
      func line(_ label: String) -> String {
        #"{"type":"statement","statement":"s","title":"t","layout":"list","lines":[{"label":"\#(label)"}]}"#
      }
      let overhead = try event(line("").utf8).canonicalLine.count
      return line(String(repeating: "x", count: byteCount - overhead))
    }
    try store.append(statement(65_535))
    let checkpoint = try store.checkpoint
    let error = #expect(throws: RefusedEvents.self) { try store.append(statement(65_536)) }
    #expect(
      error?.description.contains("the event's line has 65536 bytes; an event has at") == true
    )
    #expect(try store.checkpoint == checkpoint)
  }
}
