import EventStore
import Foundation
import LMDB
import Merkle
import TestSupport
import Testing

@Suite("Ledgers of format 2")
struct UpgradeTests {
  let folder: TemporaryFolder

  /// What the ledger of format 2 holds: see its README.
  let (head, root, exportHash): (UInt64, String, String)

  init() throws {
    folder = try TemporaryFolder()
    let fixtures = Package.folder.path() + "Tests/EventStoreTests/Fixtures/"
    try FileManager.default.copyItem(
      atPath: fixtures + "format-2.assay",
      toPath: folder("old")
    )
    let lines = try String(contentsOfFile: fixtures + "format-2.txt", encoding: .utf8)
      .split(separator: "\n").map(String.init)
    (head, root, exportHash) = (try #require(UInt64(lines[0])), lines[1], lines[2])
  }

  private func hash(ofExport store: EventStore) throws -> String {
    var checksum = Checksum()
    for line in try store.lines { checksum.update((line + [UInt8(ascii: "\n")]).span) }
    return checksum.finalize().hexadecimal
  }

  @Test("are copied to the new format: the same lines and root, and the old file as it was")
  func areCopiedToNewFormat() throws {
    let before = try readBytes(folder("old"))
    let result = try EventStore.upgrade(from: folder("old"), to: folder("new"))
    #expect(result.head == head && result.root == root)
    let isSame = try readBytes(folder("old")) == before
    #expect(isSame)
    let verified = try EventStore.verify(path: folder("new"))
    #expect(verified.head == head && verified.root == root)
    let store = try folder.store("new", .readWrite)
    #expect(try hash(ofExport: store) == exportHash)
    try store.append(#"{"type":"entity","entity":"x:1","name":"More"}"#, seconds: 1 << 25)
    #expect(try store.head == head + 2)
    #expect(try !folder.names.contains { $0.contains(".new-") })
  }

  @Test("are not opened otherwise, and the message says how to copy them")
  func areNotOpenedOtherwise() throws {
    for access in [Access.readOnly, .readWrite, .create] {
      let error = #expect(throws: ForeignFile.self) { try folder.store("old", access) }
      #expect(
        error?.description
          == "\(folder("old")) is a ledger of format 2, and this program reads format 3-draft-2; "
          + "upgrade it to a new file"
      )
    }
    #expect(throws: ForeignFile.self) { try EventStore.verify(path: folder("old")) }
  }

  @Test("are not copied over another file, and a file of this format is not copied at all")
  func areNotCopiedOverAnotherFile() throws {
    try folder.store("new").append(definitions)
    let bytes = try readBytes(folder("new"))
    let existing = #expect(throws: UpgradeRefused.self) {
      try EventStore.upgrade(from: folder("old"), to: folder("new"))
    }
    #expect(existing?.description.contains("there is a file of this name") == true)
    let isSame = try readBytes(folder("new")) == bytes
    #expect(isSame)
    let current = #expect(throws: UpgradeRefused.self) {
      try EventStore.upgrade(from: folder("new"), to: folder("newer"))
    }
    #expect(current?.description.contains("of format 3-draft-2 already") == true)
    #expect(throws: DataFileError.self) {
      try EventStore.upgrade(from: folder("nowhere"), to: folder("newer"))
    }
    #expect(try folder.names.filter { !$0.hasSuffix("-lock") } == ["new", "old"])
  }

  @Test("that are damaged are not copied: the root tells")
  func damagedOnesAreNotCopied() throws {
    var data = try Data(contentsOf: URL(filePath: folder("old")))
    let place = try #require(data.range(of: Data("Hecla Mining Company (Idaho)".utf8)))
    data[place.lowerBound] ^= 1
    try data.write(to: URL(filePath: folder("old")))
    let error = #expect(throws: UpgradeRefused.self) {
      try EventStore.upgrade(from: folder("old"), to: folder("new"))
    }
    #expect(error?.description.contains("the file is damaged: restore it") == true)
    #expect(try folder.names.filter { !$0.hasSuffix("-lock") } == ["old"])
  }
}
