import EventStore
import Facts
import Merkle
import TestSupport
import Testing

@Suite("Layouts and presentations in the ledger file")
struct PresentationTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
    try store.append(definitions)
  }

  static func layout(_ title: String) -> String {
    #"{"columns":[{"span":"instant"}],"lines":[{"concept":"x:Cash","label":"Cash"}],"title":"\#(title)","type":"layout"}"#
  }

  static func hash(_ title: String) -> String {
    MerkleHash.leaf(Array(layout(title).utf8).span).hexadecimal
  }

  static func presentation(
    _ title: String,
    filing: String = "f1",
    statement: String? = "balance-sheet"
  ) -> String {
    let statement = statement.map { #","statement":"\#($0)""# } ?? ""
    return
      #"{"type":"presentation","filing":"\#(filing)","role":"http://x/role/Balance"\#(statement),"layout":"\#(hash(title))"}"#
  }

  private func presentations(
    named name: String?,
    of entity: String = "x:1",
    before head: UInt64? = nil
  ) throws -> [RecordedPresentation] {
    try store.read { snapshot in
      try snapshot.presentations(of: entity, named: name, before: head ?? snapshot.head)
    }
  }

  @Test("are recorded once: a layout that several filings print is one event")
  func layoutsAreShared() throws {
    let lines =
      Self.layout("A") + "\n" + Self.presentation("A") + "\n" + Self.presentation("A", filing: "f2")
    try store.append(lines)
    let head = try store.head
    try store.append(lines)
    #expect(try store.head == head)
    try store.append(Self.layout("A"))
    #expect(try store.head == head)
    #expect(try presentations(named: "balance-sheet").map(\.presentation.filing) == ["f1", "f2"])
    let layout = try store.read { snapshot in
      try snapshot.definition(DefinitionName(layout: Self.hash("A")), before: snapshot.head)
    }
    guard case .layout(let found) = layout else {
      Issue.record("there is no layout")
      return
    }
    #expect(found.title == "A")
  }

  @Test("are found by statement or role, of their entity alone, as of an earlier head")
  func areFound() throws {
    try store.append(Self.layout("A") + "\n" + Self.presentation("A"))
    let head = try store.head
    try store.append(Self.presentation("A", filing: "f2", statement: nil))
    #expect(try presentations(named: "http://x/role/Balance").map(\.presentation.filing) == ["f2"])
    #expect(try presentations(named: "http://x/role/Balance", before: head).isEmpty)
    #expect(try presentations(named: nil).map(\.presentation.filing) == ["f1", "f2"])
    #expect(try presentations(named: nil, of: "x:2").isEmpty)
    #expect(try presentations(named: "balance").isEmpty)
  }

  @Test("are refused without their filing or their layout")
  func areRefusedWithoutFilingOrLayout() throws {
    let messages = [
      Self.layout("A") + "\n" + Self.presentation("A", filing: "f9"), Self.presentation("B"),
    ].map { lines in
      do {
        try store.append(lines)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      messages[0].contains(
        #"filing "f9" is not recorded; put its filing event before its presentations"#
      )
    )
    #expect(
      messages[1].contains("layout \(Self.hash("B")) is not recorded; put its layout event before")
    )
  }

  @Test("are verified, rebuilt and replicated")
  func areVerifiedRebuiltAndReplicated() throws {
    let folder = try TemporaryFolder()
    try folder.store("other.assay").append(definitions)
    try folder.store("other.assay").append(
      cash("5") + Self.layout("A") + "\n" + Self.presentation("A") + "\n"
        + Self.presentation("A", filing: "f2")
    )
    let sound = try EventStore.verify(path: folder("other.assay"))
    #expect(try folder.store("other.assay").rebuild().root == sound.root)
    #expect(try EventStore.verify(path: folder("other.assay")).root == sound.root)
    var lines: [[UInt8]] = []
    try folder.store("other.assay").read { snapshot in
      #expect(try snapshot.presentations(of: "x:1", named: nil, before: snapshot.head).count == 2)
      try snapshot.forEachEvent { _, event in
        lines.append(event.canonicalLine)
        return true
      }
    }
    try folder.store("copy.assay").replicate(lines)
    #expect(try EventStore.verify(path: folder("copy.assay")).root == sound.root)
  }
}
