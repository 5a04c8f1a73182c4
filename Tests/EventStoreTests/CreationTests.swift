import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("A new ledger file")
struct CreationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Refusal: Error {}

  @Test("is there with its first events, or not at all")
  func wholeOrNothing() throws {
    let head = try EventStore.create(at: folder("a")) { store in
      try store.append(definitions)
      #expect(!FileManager.default.fileExists(atPath: folder("a")))
      return (try store.head, isKept: true)
    }
    #expect(head == 6)
    #expect(try folder.names == ["a"])
    func refuse(_ store: EventStore) throws -> (result: Int, isKept: Bool) {
      try store.append(definitions)
      throw Refusal()
    }
    #expect(throws: Refusal.self) { try EventStore.create(at: folder("b"), refuse) }
    let tried = try EventStore.create(at: folder("b")) { store in
      try store.append(definitions)
      return (1, isKept: false)
    }
    #expect(tried == 1)
    #expect(try folder.names == ["a"])
    #expect(try folder.store("a", .readOnly).head == 6)
  }

  @Test("never replaces one that another process made meanwhile")
  func neverReplacesAnothersFile() throws {
    let result = try EventStore.create(at: folder("a")) { store in
      try store.append(definitions)
      try folder.store("a").append(definitions + cash("1"))
      return (1, isKept: true)
    }
    #expect(result == nil)
    #expect(try folder.store("a", .readOnly).head == 7)
    #expect(try folder.names.filter { !$0.hasSuffix("-lock") } == ["a"])
  }

  @Test("removes what an ended process left, and nothing that a running one may need")
  func removesAbandonedFiles() async throws {
    // The number of a process that has ended.
    let child = Process()
    child.executableURL = URL(filePath: "/bin/true")
    try child.run()
    child.waitUntilExit()
    let kept = [
      "a.new-\(ProcessInfo.processInfo.processIdentifier)-7", "a.new-1-7", "a.new-x-7",
      "a.newer", "b.new-\(child.processIdentifier)-7",
    ]
    let abandoned = "a.new-\(child.processIdentifier)-7"
    for name in kept + [abandoned, abandoned + "-lock"] {
      #expect(FileManager.default.createFile(atPath: folder(name), contents: nil))
    }
    try folder.store("a").append(definitions)
    #expect(try folder.names.filter { $0 != "a-lock" } == (["a"] + kept).sorted())
  }

  @Test("is not made where a symbolic link leads to nothing: a message, and no endless loop")
  func danglingLink() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("nowhere")
    )
    for access in [Access.readOnly, .readWrite, .create] {
      let error = #expect(throws: DataFileError.self) { try folder.store("link", access) }
      #expect(error?.code == (access == .create ? .danglingLink : .missing))
    }
    let error = #expect(throws: DataFileError.self) {
      try Environment(path: folder("link"), access: .create)
    }
    #expect(
      error?.description.hasSuffix(
        "it is a symbolic link to a file that is not there. Make the file that it names reachable, "
          + "or remove the link."
      ) == true
    )
    #expect(try folder.names == ["link"])
  }

  @Test("in a folder that is missing is not made, and the message names it")
  func missingFolder() throws {
    let error = #expect(throws: LMDBError.self) {
      try EventStore.create(at: folder("nowhere/a")) { _ in ((), isKept: true) }
    }
    #expect(error.map { "\($0)".contains("nowhere/a") } == true)
  }
}
