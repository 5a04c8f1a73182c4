import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Full disk")
struct DiskFullTests {
  @Test("a write past the file size limit fails as on a full disk, and nothing is kept")
  func fileSizeLimit() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try makeFile(folder("a"), rowCount: 100)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      try fillDisk(folder("a"))
    }
  }
}

/// Where the environment variable names a small file system, whose disk is filled.
extension DiskFullTests {
  @Test(
    "a full disk is told as such, nothing is kept, and the file opens again",
    .enabled(if: smallFolder != nil, "ASSAY_SMALL_FOLDER names a file system of 256 KB")
  )
  func fullDisk() throws {
    let path = try #require(smallFolder) + "/\(UUID())"
    defer { for name in [path, path + "-lock"] { unlink(name) } }
    try makeFile(path, rowCount: 100)
    try fillDisk(path)
    #expect(try hasRows(path, rowCount: 100))
  }
}

private let smallFolder = ProcessInfo.processInfo.environment["ASSAY_SMALL_FOLDER"]

private func fillDisk(_ path: String) throws {
  let environment = try Environment(path: path, access: .readWrite, options: options())
  let rows = try environment.openTables(Rows.self)
  for _ in 0..<3 {
    let error = #expect(throws: LMDBError.self) {
      var transaction = try environment.beginWrite()
      let value = [UInt8](repeating: 1, count: 100_000)
      for key in 100..<110 as Range<UInt64> {
        try transaction.append(value.span, for: key, to: rows)
      }
      try transaction.commit()
    }
    #expect(error?.isDiskFull == true, "\(error as Any)")
    #expect(error?.subject == path, "the message has no path")
    let figures = try environment.figures()
    #expect(figures.fileByteCount <= figures.usedByteCount, "the file keeps what failed")
  }
  let read = try environment.beginRead()
  let count = try read.entryCount(of: rows)
  #expect(count == 100)
}
