import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Data files that are not what they should be")
struct DataFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func code(_ access: Access = .readOnly) -> DataFileError.Code? {
    let error = #expect(throws: DataFileError.self) {
      try Environment(path: folder("a"), access: access, options: options())
    }
    #expect(error?.path == folder("a"))
    return error?.code
  }

  @Test("an empty file is refused, except for creating")
  func emptyFileIsRefusedExceptForCreating() throws {
    try write([], to: folder("a"))
    #expect(code(.readOnly) == .empty)
    #expect(code(.readWrite) == .empty)
    #expect(try readBytes(folder("a")).isEmpty)
    try makeFile(folder("a"), rowCount: 1)
    #expect(try hasRows(folder("a"), rowCount: 1))
  }

  @Test("a file cut off at any length is refused with the right length")
  func fileCutOffAtAnyLengthIsRefusedWithRightLength() throws {
    try makeFile(folder("whole"), rowCount: 300)
    let whole = try readBytes(folder("whole"))
    for byteCount in stride(from: 1024, to: whole.count, by: 1024) {
      try write(whole[..<byteCount], to: folder("a"))
      guard case .truncated(let expected, let actual) = code() else {
        Issue.record("\(byteCount) bytes were not refused")
        continue
      }
      #expect(actual == byteCount)
      #expect(expected == (byteCount < 8192 ? 8192 : whole.count))
    }
    try write(whole, to: folder("a"))
    #expect(try hasRows(folder("a"), rowCount: 300))
  }

  @Test("a file cut off in its first bytes is refused", arguments: 1..<200)
  func fileCutOffInItsFirstBytesIsRefused(byteCount: Int) throws {
    try makeFile(folder("whole"), rowCount: 3)
    try write(try readBytes(folder("whole"))[..<byteCount], to: folder("a"))
    let expected = DataFileError.Code.truncated(
      expectedByteCount: 8192,
      actualByteCount: byteCount
    )
    #expect(code() == (byteCount < 20 ? .foreign : expected))
  }

  @Test("a truncated file is refused for writing, too, and stays as it is")
  func truncatedForWriting() throws {
    try makeFile(folder("a"), rowCount: 300)
    let bytes = Array(try readBytes(folder("a")).dropLast(5000))
    try write(bytes, to: folder("a"))
    for access in [Access.readWrite, .create] {
      guard case .truncated = code(access) else {
        Issue.record("opened")
        continue
      }
    }
    #expect(try readBytes(folder("a")) == bytes)
  }

  @Test(
    "a file of another kind is refused",
    arguments: [
      Array("{\"type\":\"batch\"}\n".utf8),
      Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 8176),
      [UInt8](repeating: 0, count: 10_000),
      [UInt8](repeating: 0xFF, count: 10_000),
    ]
  )
  func fileOfAnotherKindIsRefused(bytes: [UInt8]) throws {
    try write(bytes, to: folder("a"))
    for access in [Access.readOnly, .readWrite, .create] { #expect(code(access) == .foreign) }
    #expect(try readBytes(folder("a")) == bytes)
  }

  @Test("another format version is named", arguments: [0, 2, 999] as [UInt32])
  func anotherFormatVersionIsNamed(_ version: UInt32) throws {
    try makeFile(folder("a"), rowCount: 3)
    var bytes = try readBytes(folder("a"))
    for i in 0..<4 {
      bytes[20 + i] = UInt8(truncatingIfNeeded: version >> (8 * UInt32(i)))
    }
    try write(bytes, to: folder("a"))
    #expect(code() == .unsupportedVersion(version))
  }

  @Test("a folder or a device is not a file")
  func notAFile() throws {
    try FileManager.default.createDirectory(
      atPath: folder("a"),
      withIntermediateDirectories: false
    )
    #expect(code(.readOnly) == .notAFile)
    #expect(code(.create) == .notAFile)
    let error = #expect(throws: DataFileError.self) {
      try Environment(path: "/dev/null", access: .readOnly)
    }
    #expect(error?.code == .notAFile)
  }

  @Test("every message says what is wrong and what to do")
  func everyMessageSaysWhatIsWrongAndWhatToDo() {
    let expected: [(DataFileError.Code, String)] = [
      (.missing, "there is no such file. Check the path, or open it for writing to create it."),
      (.notAFile, "it is not a file. Name a file, not a folder or a device."),
      (.empty, "the file is empty. Restore it from a backup, or delete it and begin a new one."),
      (
        .foreign,
        "the file is not an LMDB data file. Check the path; if it is the right one, restore the "
          + "file from a backup."
      ),
      (
        .unsupportedVersion(2),
        "the file has LMDB data format 2, and this program reads format 1. Use the program that "
          + "wrote it."
      ),
      (
        .truncated(expectedByteCount: 12288, actualByteCount: 9000),
        "the file is cut off: it needs at least 12288 bytes and has 9000. Restore it from a backup."
      ),
      (.damaged("why"), "the file is damaged: why. Restore it from a backup."),
    ]
    for (code, message) in expected {
      #expect(DataFileError(code: code, path: "x").description == "x: \(message)")
    }
  }
}

@Suite("Damaged meta pages")
struct MetaPageTests {
  /// In a process of its own: what is tested is that there is no crash.
  @Test("no single bit flipped in the meta pages crashes an open")
  func everyBit() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try makeFile(folder("whole"), rowCount: 300)
      let whole = try readBytes(folder("whole"))
      var refusedCount = 0
      // All that LMDB reads of a meta page is in its first 152 bytes.
      for page in 0..<2 {
        for bit in 0..<(152 * 8) {
          var bytes = whole
          bytes[page * 4096 + bit / 8] ^= 1 << UInt8(bit % 8)
          if try !opens(bytes, folder("a")) { refusedCount += 1 }
        }
      }
      #expect(refusedCount > 500, "\(refusedCount)")
    }
  }

  @Test("no damage of many bits in the meta pages crashes an open", arguments: 0..<4)
  func manyBits(seed: Int) async {
    await #expect(processExitsWith: .success) { [seed] in
      var generator = SeededGenerator(seed: UInt64(seed))
      let folder = try TemporaryFolder()
      try makeFile(folder("whole"), rowCount: 300)
      let whole = try readBytes(folder("whole"))
      for _ in 0..<500 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          let page = Int.random(in: 0...1, using: &generator)
          let offset = Int.random(in: 16..<152, using: &generator)
          bytes[page * 4096 + offset] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = try opens(bytes, folder("a"))
      }
    }
  }

  @Test(
    "what cannot be in a meta page is said",
    arguments: [
      (11, 0x04, "a meta page with the flags 1032"), (10, 0x09, "a meta page with the flags 9"),
      (4096 + 11, 0x04, "a meta page with the flags 1032"),
      (40, 0x11, "a page size of 4113 bytes"),
      (44, 0x0C, "its meta page has the table flags"),
      (92, 0x04, "its meta page has the table flags"),
      (4096 + 16, 0, "its second page is no meta page"),
      (80, 1, "a table is said to begin at page 1 of"),
      (128, 1, "a table is said to begin at page 1 of"),
      (128, 0xFE, "a table is said to begin at page 254 of"),
      (142, 1, "its last page is said to be"),
      (144, 7, "its meta pages are of transactions"),
      (4096 + 41, 0x20, "its meta pages give two page sizes"),
    ]
  )
  func whatCannotBeInMetaPageIsSaid(offset: Int, byte: UInt8, reason: String) throws {
    let folder = try TemporaryFolder()
    try makeFile(folder("a"), rowCount: 300)
    var bytes = try readBytes(folder("a"))
    bytes[offset] = byte
    try write(bytes, to: folder("a"))
    let error = #expect(throws: DataFileError.self) {
      try Environment(path: folder("a"), access: .readOnly, options: options())
    }
    guard case .damaged(let found)? = error?.code else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(found.hasPrefix(reason))
  }
}

/// Whether a file of these bytes opens; it throws nothing but the two errors of the module.
private func opens(_ bytes: [UInt8], _ path: String) throws -> Bool {
  try write(bytes, to: path)
  do {
    _ = try Environment(path: path, access: .readOnly, options: options())
    return true
  } catch is DataFileError {
    return false
  } catch is LMDBError {
    return false
  }
}
