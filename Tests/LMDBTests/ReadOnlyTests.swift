import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Read-only")
struct ReadOnlyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a missing file is refused and not created", arguments: [Access.readOnly, .readWrite])
  func missingFileIsRefusedAndNotCreated(access: Access) throws {
    let error = try #require(throws: DataFileError.self) {
      try Environment(path: folder("a"), access: access)
    }
    #expect(error.code == .missing)
    #expect(error.description.hasPrefix("\(folder("a")): there is no such file"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a read-only environment refuses to write")
  func refusesWrite() throws {
    try makeFile(folder("a"), rowCount: 3)
    let environment = try Environment(path: folder("a"), access: .readOnly)
    let error = #expect(throws: LMDBError.self) { _ = try environment.beginWrite() }
    #expect(error?.isReadOnly == true)
  }

  @Test("a read-only environment leaves the file as it is")
  func changesNothing() throws {
    try makeFile(folder("a"), rowCount: 3)
    let before = try readBytes(folder("a"))
    #expect(try hasRows(folder("a"), rowCount: 3))
    #expect(try readBytes(folder("a")) == before)
  }

  @Test("a file in a folder without permission to write is read without a lock file")
  func readOnlyFolder() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try makeFile(path, rowCount: 10)
      try FileManager.default.removeItem(atPath: path + "-lock")
      try restrict(path, filePermissions: 0o444)
      #expect(try hasRows(path, rowCount: 10))
      #expect(!FileManager.default.fileExists(atPath: path + "-lock"))
    }
  }

  @Test("a lock file that is left in a read-only folder, and not in use, is no obstacle")
  func readOnlyLockFile() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try makeFile(path, rowCount: 10)
      try restrict(path, filePermissions: 0o444)
      #expect(try hasRows(path, rowCount: 10))
    }
  }

  @Test("a lock file that cannot be written to, and is in use, is an obstacle")
  func lockFileInUse() async throws {
    let environment = try Environment(path: folder("a"), access: .create)
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try restrict(path, filePermissions: 0o444)
      let error = #expect(throws: LMDBError.self) { try Environment(path: path, access: .readOnly) }
      #expect(error?.code == EACCES)
      #expect(error?.function == "mdb_env_open")
    }
    withExtendedLifetime(environment) {}
  }

  @Test("a lock file that cannot be looked at may be in use: refused, with what to do")
  func unreadableLockFile() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try makeFile(path, rowCount: 10)
      try restrict(path, filePermissions: 0o444, lockFilePermissions: 0)
      let error = #expect(throws: LMDBError.self) {
        try Environment(path: path, access: .readOnly)
      }
      #expect(error?.isReadOnly == true)
      #expect(error?.description.contains("lock file") == true)
    }
  }

  @Test("a file that may not be read is refused, with what to do")
  func unreadableFileIsRefused() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try makeFile(path, rowCount: 10)
      try restrict(path, filePermissions: 0)
      let error = #expect(throws: LMDBError.self) {
        try Environment(path: path, access: .readOnly)
      }
      #expect(error?.code == EACCES)
      #expect(error?.function == "open")
    }
  }

  @Test("a file that may not be written to is refused for writing, with what to do")
  func fileWithoutWritePermissionIsRefusedForWriting() async {
    await #expect(processExitsWith: .success) { [path = folder("a") as String] in
      try makeFile(path, rowCount: 10)
      try restrict(path, filePermissions: 0o444)
      let error = #expect(throws: LMDBError.self) {
        try Environment(path: path, access: .readWrite)
      }
      #expect(error?.isReadOnly == true)
      #expect(error?.remedy?.contains("open it for reading only") == true)
    }
  }
}

/// Takes the permission to write in the folder of `path` from this process; only for a process that ends soon.
///
/// Permissions do not restrict root: so it becomes another user.
private func restrict(
  _ path: String,
  filePermissions: mode_t,
  lockFilePermissions: mode_t? = nil
) throws {
  let folder = URL(filePath: path).deletingLastPathComponent().path()
  _ = chmod(path, filePermissions)
  _ = chmod(path + "-lock", lockFilePermissions ?? filePermissions)
  try #require(chmod(folder, 0o555) == 0)
  if geteuid() == 0 { try #require(seteuid(65534) == 0) }
}
