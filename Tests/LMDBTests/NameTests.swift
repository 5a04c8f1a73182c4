import Foundation
import LMDBPages
import LMDBTestSupport
import Platform
import TestSupport
import Testing

@testable import LMDB

@Suite("Names of a data file")
struct NameTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try makeFile(folder("a"), rowCount: 10)
  }

  private func code(_ name: String, _ access: Access) throws -> DataFileError.Code? {
    do {
      _ = try Environment(path: folder(name), access: access, options: options())
      return nil
    } catch let error as DataFileError {
      return error.code
    }
  }

  /// What opening ends with once processes that other tests start no longer hold what they inherited.
  private func settledCode(_ name: String, _ access: Access) throws -> DataFileError.Code? {
    var found = try code(name, access)
    for _ in 0..<100 where found == .openByAnotherName {
      Thread.sleep(forTimeInterval: 0.02)
      found = try code(name, access)
    }
    return found
  }

  @Test("a file with two names is not opened by either, and again when one is gone")
  func hardLink() throws {
    try FileManager.default.linkItem(atPath: folder("a"), toPath: folder("b"))
    for access in [Access.readOnly, .readWrite, .create] {
      #expect(try code("a", access) == .severalNames(2))
      #expect(try code("b", access) == .severalNames(2))
    }
    try FileManager.default.removeItem(atPath: folder("a"))
    #expect(try settledCode("b", .readWrite) == nil)
  }

  @Test("a file that is open with another lock file is not opened, as through a bind mount")
  func otherLockFile() throws {
    try Data().write(to: URL(filePath: folder("other-lock")))
    do {
      let other = try OpenFile(reading: folder("a"))
      let identity = try FileSystem.status(of: folder("other-lock")).identity
      #expect(try other.descriptor.share(with: identity))
      for access in [Access.readOnly, .readWrite] {
        #expect(try code("a", access) == .openByAnotherName)
      }
      let environment = #expect(throws: DataFileError.self) {
        try Environment(path: folder("a"), access: .readWrite, options: options())
      }
      #expect("\(environment as Any)".contains("mount the folder"))
    }
    #expect(try settledCode("a", .readWrite) == nil)
  }

  @Test("a file that is open with the same lock file is opened by many")
  func sameLockFile() throws {
    let environment = try Environment(path: folder("a"), access: .readWrite, options: options())
    let other = try OpenFile(reading: folder("a"))
    let identity = try FileSystem.status(of: folder("a-lock")).identity
    #expect(try other.descriptor.share(with: identity))
    #expect(try !other.descriptor.share(with: FileSystem.status(of: folder("a")).identity))
    #expect(try environment.figures().usedByteCount > 0)
  }
}
