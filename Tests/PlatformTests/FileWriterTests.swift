import Foundation
import Platform
import TestSupport
import Testing

@Suite("A file that appears when it is whole")
struct FileWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: folder(name)), encoding: .utf8)
  }

  private func write(_ text: String, to name: String) throws {
    let writer = try FileWriter(path: folder(name))
    try writer.write(Array(text.utf8))
    try writer.finish()
  }

  @Test("has its name only after it was finished, and replaces what had the name")
  func finishingGivesTheName() throws {
    let writer = try FileWriter(path: folder("a"))
    try writer.write([65, 66])
    #expect(!FileSystem.exists(folder("a")))
    try writer.finish()
    #expect(try text("a") == "AB")
    try write("C", to: "a")
    #expect(try text("a") == "C")
    #expect(try folder.names == ["a"])
  }

  @Test("leaves nothing behind that was not finished")
  func abandonedFileLeavesNothing() throws {
    try write("old", to: "a")
    do { try FileWriter(path: folder("a")).write([65]) }
    #expect(try text("a") == "old")
    #expect(try folder.names == ["a"])
  }

  @Test("follows a link, which stays one")
  func linkStaysLink() throws {
    try write("old", to: "a")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("a")
    )
    try write("new", to: "link")
    #expect(try text("a") == "new")
    #expect(try FileSystem.status(of: folder("link"), followsLinks: false).kind == .link)
  }

  @Test("a device is written to, and stays one")
  func deviceStaysDevice() throws {
    let writer = try FileWriter(path: "/dev/null")
    try writer.write([65])
    try writer.finish()
    #expect(try FileSystem.status(of: "/dev/null").kind == .other)
  }

  @Test("says which file could not be written, and why")
  func failureNamesFileAndReason() throws {
    let error = #expect(throws: SystemError.self) { try FileWriter(path: folder("none/a")) }
    #expect(error?.path == folder("none/a"))
    #expect(error?.code == ErrorNumber.noSuchFile)
    #expect(error?.description == folder("none/a") + ": No such file or directory")
    let full = #expect(throws: SystemError.self) {
      let writer = try FileWriter(path: "/dev/full")
      try writer.write([65])
    }
    #expect(full?.code == ErrorNumber.noSpace && full?.function == "write")
  }

  /// What begins as each kind of file does that is not made again.
  private static let treasures: [(name: String, bytes: [UInt8], reason: String)] = [
    (
      "ledger", [UInt8](repeating: 0, count: 16) + [0xDE, 0xC0, 0xEF, 0xBE, 1, 0, 0, 0],
      "it is a ledger, or another data file of LMDB"
    ),
    ("ledger-lock", [0xDE, 0xC0, 0xEF, 0xBE, 1, 0, 0, 0], "it is the lock file of a ledger"),
    ("key", Array("PRIVATE+KEY+assay+00000000+AQ\n".utf8), "it is a private key"),
    (
      "kept", Array("log\n12\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n".utf8),
      "it is a checkpoint that somebody keeps"
    ),
  ]

  @Test("does not replace a ledger, its lock file, a private key or a checkpoint")
  func refusesTreasures() throws {
    for (name, bytes, reason) in Self.treasures {
      try Data(bytes).write(to: URL(filePath: folder(name)))
      try FileManager.default.createSymbolicLink(
        atPath: folder("link-\(name)"),
        withDestinationPath: folder(name)
      )
      for path in [name, "link-\(name)"] {
        let failure = #expect(throws: FileFailure.self) { try write("new", to: path) }
        #expect(
          failure?.description.hasSuffix(
            "\(name): \(reason), and is not overwritten; name another file"
          ) == true
        )
      }
      #expect(try Data(contentsOf: URL(filePath: folder(name))) == Data(bytes))
    }
    let writer = try FileWriter(path: folder("kept"), replacing: .outgrown)
    try writer.finish()
    #expect(try text("kept").isEmpty)
    #expect(throws: FileFailure.self) {
      try FileWriter(path: folder("ledger"), replacing: .outgrown)
    }
  }

  @Test("does not replace what this process reads, by whatever name, also if it was read since")
  func refusesInputs() throws {
    try write("in", to: "a")
    try write("in", to: "b")
    try FileManager.default.linkItem(atPath: folder("b"), toPath: folder("second"))
    let writer = try FileWriter(path: folder("a"))
    for name in ["a", "b"] { #expect(try Input.bytes(of: folder(name)) == Array("in".utf8)) }
    for body in [{ try writer.finish() }, { try self.write("new", to: "second") }] {
      let failure = #expect(throws: FileFailure.self) { try body() }
      #expect(failure?.message == "it is read by this command, and is not overwritten")
    }
    #expect(try text("a") == "in" && text("b") == "in")
    #expect(try folder.names == ["a", "b", "second"])
  }

  @Test("replaces nothing where that is asked for, not even what came meanwhile")
  func replacesNothing() throws {
    let writer = try FileWriter(path: folder("a"), replacing: .nothing())
    try write("other", to: "a")
    #expect(throws: FileFailure.self) { try writer.finish() }
    let failure = #expect(throws: FileFailure.self) {
      try FileWriter(path: folder("a"), replacing: .nothing(orElse: "use force"))
    }
    #expect(failure?.remedy == "name another file, or use force")
    #expect(try text("a") == "other")
    #expect(try folder.names == ["a"])
  }

  @Test("keeps the permissions of what it replaces")
  func keepsPermissions() throws {
    func permissions() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder("a"))[.posixPermissions] as? Int
    }
    let writer = try FileWriter(path: folder("a"), permissions: 0o600)
    try writer.finish()
    #expect(try permissions() == 0o600)
    for mode in [0o600, 0o640, 0o604] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder("a"))
      try write("new", to: "a")
      #expect(try permissions() == mode)
    }
  }

  @Test("a link that leads to nothing is no place for a file")
  func danglingLink() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("nowhere")
    )
    let failure = #expect(throws: FileFailure.self) { try write("new", to: "link") }
    #expect(failure?.message == "the symbolic link leads to nothing")
    #expect(try folder.names == ["link"])
  }
}
