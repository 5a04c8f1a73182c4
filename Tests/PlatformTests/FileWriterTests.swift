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
}
