import Facts
import Foundation
import LMDB
import TestSupport
import Testing

@testable import EventStore

@Suite("Files of the ledger")
struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private enum Names: TableSchema {
    typealias Key = ByteKey
    static let name = "names"
  }

  private enum Meta: TableSchema {
    typealias Key = ByteKey
    static let name = "meta"
  }

  private func write<Schema: TableSchema>(
    _ value: String,
    for key: String,
    in schema: Schema.Type,
    of path: String
  ) throws where Schema.Key == ByteKey {
    let environment = try Environment(path: path, access: .create)
    let table = try environment.openTables(schema)
    var transaction = try environment.beginWrite()
    try transaction.set(Array(value.utf8).span, for: ByteKey(Array(key.utf8)), in: table)
    try transaction.commit()
  }

  private static let accesses: [Access] = [.readOnly, .readWrite, .create]

  @Test("another program's LMDB file is refused and not changed", arguments: accesses)
  func anothersFileIsRefused(access: Access) throws {
    try write("value", for: "key", in: Names.self, of: folder("a"))
    let before = try readBytes(folder("a"))
    let error = #expect(throws: ForeignFile.self) { try folder.store("a", access) }
    #expect(error?.description.contains("a data file of another program") == true)
    let isSame = try readBytes(folder("a")) == before
    #expect(isSame)
  }

  @Test(
    "a ledger of another format is refused and not changed",
    arguments: accesses,
    ["1", "2", "3"]
  )
  func otherFormat(access: Access, version: String) throws {
    try folder.store("a").append(definitions)
    try write(version, for: "format", in: Meta.self, of: folder("a"))
    let before = try readBytes(folder("a"))
    let error = #expect(throws: ForeignFile.self) { try folder.store("a", access) }
    #expect(error?.description.contains("is a ledger of format \(version)") == true)
    let remedy =
      version == "2" ? "upgrade it to a new file" : "use the program that wrote it"
    #expect(error?.description.contains("reads format 3-draft-2; ") == true)
    #expect(error?.description.contains(remedy) == true)
    let isSame = try readBytes(folder("a")) == before
    #expect(isSame)
  }

  @Test("a newer format that lacks a table of this one is refused and not changed")
  func newerFormatWithOtherTables() throws {
    try write("2", for: "format", in: Meta.self, of: folder("a"))
    let before = try readBytes(folder("a"))
    #expect(throws: ForeignFile.self) { try folder.store("a", .create) }
    let isSame = try readBytes(folder("a")) == before
    #expect(isSame)
  }

  @Test(
    "what is no data file is refused, by its name, and not changed",
    arguments: [
      ("a text\n", "the file is not an LMDB data file"),
      (String(repeating: "text ", count: 9999), "the file is not an LMDB data file"),
      ("SQLite format 3\u{0}" + String(repeating: "\u{0}", count: 9000), "not an LMDB data file"),
    ],
    accesses
  )
  func textFileIsRefused(content: (text: String, message: String), access: Access) throws {
    try Data(content.text.utf8).write(to: URL(filePath: folder("a")))
    let error = #expect(throws: DataFileError.self) { try folder.store("a", access) }
    #expect(error?.description.hasPrefix(folder("a") + ": ") == true)
    #expect(error?.description.contains(content.message) == true)
    #expect(try readBytes(folder("a")) == Array(content.text.utf8))
  }

  @Test("an empty file is refused for reading; appending makes it a ledger")
  func emptyFileBecomesLedgerByAppending() throws {
    try Data().write(to: URL(filePath: folder("a")))
    for access in [Access.readOnly, .readWrite] {
      let error = #expect(throws: DataFileError.self) { try folder.store("a", access) }
      #expect(error?.code == .empty)
    }
    try folder.store("a").append(definitions)
    #expect(try folder.store("a", .readOnly).head == 6)
  }

  @Test("a file that is missing is not made by reading", arguments: [Access.readOnly, .readWrite])
  func missingFileIsNotMadeByReading(access: Access) throws {
    let error = #expect(throws: DataFileError.self) { try folder.store("a", access) }
    #expect(error?.code == .missing)
    #expect(try folder.names.isEmpty)
  }

  @Test("a folder that is missing, or is named in place of a file", arguments: accesses)
  func foldersAreRefused(access: Access) throws {
    let error = #expect(throws: (any Error).self) { try folder.store("nowhere/a", access) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("nowhere/a") && text.contains(access == .create ? "folder" : "no such"))
    try FileManager.default.createDirectory(
      atPath: folder("sub"),
      withIntermediateDirectories: false
    )
    let other = #expect(throws: DataFileError.self) { try folder.store("sub", access) }
    #expect(other?.code == .notAFile)
  }

  @Test("a ledger that is cut off is refused, whole again it is as before", arguments: accesses)
  func truncatedLedgerIsRefused(access: Access) throws {
    let checkpoint: String
    do {
      let store = try folder.store("a")
      try store.append(linesOfEventsInOrder())
      checkpoint = try store.checkpoint
    }
    let bytes = try readBytes(folder("a"))
    for count in [1, 100, 4095, 4096, 8191, 8192, 8193, bytes.count / 2, bytes.count * 9 / 10] {
      try Data(bytes[..<count]).write(to: URL(filePath: folder("b")))
      #expect(throws: DataFileError.self, "\(count)") { try folder.store("b", access) }
      #expect(try readBytes(folder("b")).count == count)
    }
    try Data(bytes).write(to: URL(filePath: folder("b")))
    #expect(try folder.store("b", access).checkpoint == checkpoint)
  }

  @Test("a ledger opened for reading refuses to append, and is not changed")
  func readOnly() throws {
    try folder.store("a").append(definitions)
    let before = try readBytes(folder("a"))
    let store = try folder.store("a", .readOnly)
    let error = #expect(throws: LMDBError.self) { try store.append(cash("1")) }
    #expect(error?.isReadOnly == true)
    #expect(try store.head == 6)
    let isSame = try readBytes(folder("a")) == before
    #expect(isSame)
  }

  @Test("in a folder that may not be written to, reading works and appending does not")
  func readOnlyFolder() async {
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      let file = path + "/a"
      let checkpoint: String
      do {
        let store = try EventStore(path: file, access: .create)
        try store.append(definitions)
        checkpoint = try store.checkpoint
      }
      // Permissions do not restrict root: so it becomes another user.
      try #require(chmod(file, 0o444) == 0 && chmod(file + "-lock", 0o444) == 0)
      try #require(chmod(path, 0o555) == 0)
      if geteuid() == 0 { try #require(seteuid(65534) == 0) }
      for access in [Access.readWrite, .create] {
        let error = #expect(throws: LMDBError.self) { try EventStore(path: file, access: access) }
        #expect(error?.isReadOnly == true)
      }
      let missing = #expect(throws: (any Error).self) {
        try EventStore(path: path + "/new", access: .create)
      }
      #expect(missing.map { "\($0)".contains(path + "/new") } == true)
      #expect(try EventStore(path: file, access: .readOnly).checkpoint == checkpoint)
    }
  }

  @Test("a full disk: a clear error, nothing of the batch, and room makes it work again")
  func fullDisk() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      signal(SIGXFSZ, SIG_IGN)
      let store = try EventStore(path: path, access: .create)
      try store.append(definitions)
      let checkpoint = try store.checkpoint
      let drafts = try linesOfEventsInOrder()
      // A limit on the size of files stands for the disk.
      for limit in [100_000, 150_000, 200_000, 260_000] {
        var size = rlimit(rlim_cur: UInt(limit), rlim_max: .max)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &size) == 0)
        let error = #expect(throws: LMDBError.self, "\(limit)") { try store.append(drafts) }
        #expect(error?.isDiskFull == true)
        #expect(try store.checkpoint == checkpoint)
      }
      var none = rlimit(rlim_cur: .max, rlim_max: .max)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &none) == 0)
      let result = try store.append(drafts)
      #expect(result == .appended(from: 6, head: 7 + UInt64(drafts.count), skipped: 0))
    }
  }

  @Test("an append to a large file whose pages give another number is refused, and writes nothing")
  func damagedPagesOfLargeFileAreRefused() throws {
    let name = String(repeating: "n", count: 4000)
    let lines = (0..<5000).map { #"{"type":"entity","entity":"x:\#($0)","name":"\#(name)"}"# }
    try folder.store("a").append(lines.joined(separator: "\n"))
    try folder.store("a").append(#"{"type":"entity","entity":"x:more","name":"M"}"#)
    var bytes = try readBytes(folder("a"))
    #expect(bytes.count > EventStore.checkedByteCountMax)
    // LMDB frees the page of that number when it writes the new version of such a page.
    for page in stride(from: 2 * 4096, to: bytes.count, by: 4096)
    where bytes[page + 10] == 2 && bytes[page + 11] == 0 { bytes[page] ^= 1 }
    try Data(bytes).write(to: URL(filePath: folder("a")))
    let error = #expect(throws: DamagedLedger.self) {
      try folder.store("a").append(#"{"type":"entity","entity":"x:last","name":"L"}"#)
    }
    #expect(
      error?.message.contains("it says that it is page") == true,
      "\(String(describing: error))"
    )
    let isSame = try readBytes(folder("a")) == bytes
    #expect(isSame)
  }
}

/// The events of `Events/`: definitions, then filings, then claims.
func linesOfEventsInOrder() throws -> [Draft] {
  func rank(_ event: Event) -> Int {
    switch event {
    case .filing: 1
    case .claim, .footnote, .presentation: 2
    default: 0
    }
  }
  let drafts = try linesOfEvents().map { Draft(try event($0)) }
  return (0...2).flatMap { number in drafts.filter { rank($0.event) == number } }
}
