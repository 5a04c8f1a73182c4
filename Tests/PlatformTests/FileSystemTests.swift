import Foundation
import Platform
import TestSupport
import Testing

@Suite("Files")
struct FileSystemTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("one file has one identity, whatever its name is")
  func fileHasOneIdentity() throws {
    for name in ["a", "b"] {
      try write([1, 2], to: folder(name))
    }
    try FileManager.default.linkItem(atPath: folder("a"), toPath: folder("second"))
    let identities = try ["a", "second", "b"].map {
      try FileSystem.status(of: folder($0)).identity
    }
    #expect(identities[0] == identities[1] && identities[0] != identities[2])
    #expect(try FileSystem.status(of: folder.path).kind == .folder)
    #expect(try FileSystem.status(of: folder("a")).linkCount == 2)
    #expect(try FileSystem.status(of: folder("b")).linkCount == 1)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let writer = try FileWriter(path: path, replacing: .nothing())
    try writer.write(bytes)
    try writer.finish()
  }

  @Test("a name that something has is not given away")
  func takenName() throws {
    for name in ["a", "b"] { try write([1], to: folder(name)) }
    try FileSystem.createFile(folder("a"), permissions: 0o600)
    let again = #expect(throws: FileFailure.self) { try write([2], to: folder("a")) }
    #expect(again?.message == "something is there, and is not overwritten")
    let renamed = #expect(throws: SystemError.self) {
      try FileSystem.rename(folder("b"), toNew: folder("a"))
    }
    #expect(renamed?.code == ErrorNumber.fileExists && FileSystem.exists(folder("b")))
    try FileSystem.rename(folder("b"), toNew: folder("c"))
    #expect(!FileSystem.exists(folder("b")))
    let file = try OpenFile(reading: folder("a"))
    #expect(try file.descriptor.bytes(at: 0, count: 9) == [1])
    try file.close()
  }

  @Test("a new file belongs to those that the permissions name")
  func newFileHasItsPermissions() throws {
    try FileSystem.createFile(folder("a"), permissions: 0o600)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder("a"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try FileSystem.synchronizeName(of: folder("a"))
    FileSystem.remove(folder("a"))
    #expect(!FileSystem.exists(folder("a")))
  }

  @Test("bytes are read from any place, fewer where the file ends")
  func bytesAreReadFromAnyPlace() throws {
    try write(Array(0..<100), to: folder("a"))
    let file = try OpenFile(reading: folder("a"))
    #expect(try file.descriptor.bytes(at: 10, count: 3) == [10, 11, 12])
    #expect(try file.descriptor.bytes(at: 98, count: 3) == [98, 99])
    #expect(try file.descriptor.bytes(at: 200, count: 3) == [])
    #expect(try file.descriptor.read(byteCountMax: 60).count == 60)
    #expect(try file.descriptor.read(byteCountMax: 60).count == 40)
    #expect(try file.descriptor.read(byteCountMax: 60).isEmpty)
  }

  @Test("a folder cannot be read as a file")
  func folderIsNotReadAsFile() throws {
    let file = try OpenFile(reading: folder.path)
    let error = #expect(throws: SystemError.self) { try file.descriptor.read(byteCountMax: 1) }
    #expect(error?.description == folder.path + ": Is a directory")
  }

  @Test("a device that has no end is refused, and so is what is longer than it may be")
  func refusesEndlessInput() throws {
    for read in [
      { _ = try Input.bytes(of: "/dev/zero") }, { try Input.read("/dev/zero") { _ in } },
    ] {
      #expect(throws: FileFailure.self) { try read() }
    }
    try write([1, 2, 3], to: folder("a"))
    #expect(try Input.bytes(of: folder("a"), byteCountMax: 3) == [1, 2, 3])
    let failure = #expect(throws: FileFailure.self) {
      try Input.bytes(of: folder("a"), byteCountMax: 2)
    }
    #expect(failure?.message == "it has more than 2 bytes")
    #expect(try Input.bytes(of: "/dev/null").isEmpty)
  }

  @Test("a temporary file has no name, and gives back what it got")
  func temporaryFile() throws {
    let file = try TemporaryFile(in: folder.path)
    try file.append([1, 2, 3])
    try file.append([4])
    #expect(try file.bytes(at: 1..<4) == [2, 3, 4])
    #expect(try folder.names.isEmpty)
    let beyond = #expect(throws: SystemError.self) { try file.bytes(at: 2..<5) }
    #expect(beyond?.code == ErrorNumber.inputOutput)
    let error = #expect(throws: SystemError.self) { try TemporaryFile(in: folder("none")) }
    #expect(
      error?.description == folder("none") + ": No such file or directory; long documents need "
        + "room there; name another folder with TMPDIR"
    )
  }
}
