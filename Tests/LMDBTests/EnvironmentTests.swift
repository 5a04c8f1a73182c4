import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Environment")
struct EnvironmentTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("rows survive closing and opening again")
  func rowsSurviveClosingAndOpeningAgain() throws {
    try makeFile(folder("a"), rowCount: 1000)
    #expect(try hasRows(folder("a"), rowCount: 1000))
  }

  @Test("opening the same file twice in one process is refused, until the first is closed")
  func openTwice() throws {
    do {
      let environment = try Environment(path: folder("a"), access: .create)
      let error = try #require(throws: LMDBError.self) {
        try Environment(path: folder("a"), access: .create)
      }
      #expect(error.code == EBUSY)
      #expect(error.isAlreadyOpen)
      #expect(error.description.contains("use that environment"))
      withExtendedLifetime(environment) {}
    }
    _ = try Environment(path: folder("a"), access: .readWrite)
  }

  @Test("opening the same file twice by a symbolic link is refused too")
  func openTwiceByLink() throws {
    let environment = try Environment(path: folder("a"), access: .create)
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("a")
    )
    let error = #expect(throws: LMDBError.self) {
      try Environment(path: folder("link"), access: .readWrite)
    }
    #expect(error?.isAlreadyOpen == true)
    withExtendedLifetime(environment) {}
  }

  @Test("all names of a file share one lock file, or two processes could write at once")
  func lockFileOfLink() throws {
    try makeFile(folder("a"), rowCount: 1)
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("a")
    )
    #expect(try hasRows(folder("link"), rowCount: 1))
    #expect(FileManager.default.fileExists(atPath: folder("a-lock")))
    #expect(!FileManager.default.fileExists(atPath: folder("link-lock")))
  }

  /// A new file may get the inode of a deleted one as soon as that is closed, and was once refused.
  @Test("a file counts as closed in the same step in which it is closed")
  func closeAndRelease() throws {
    let path = folder("a")
    let claim = try DataFileClaim(path, access: .create)
    let done = DispatchSemaphore(value: 0)
    claim.release {
      Thread.detachNewThread {
        #expect(throws: Never.self) { try DataFileClaim(path, access: .create).release() }
        done.signal()
      }
      usleep(20_000)  // Time for the claim to come too early.
    }
    done.wait()
  }

  @Test("a new file without a commit opens, and has no tables")
  func newFile() throws {
    _ = try Environment(path: folder("a"), access: .create)
    let environment = try Environment(path: folder("a"), access: .readOnly)
    let error = #expect(throws: LMDBError.self) { try environment.openTables(Rows.self) }
    #expect(error?.isTableMissing == true)
    #expect(try environment.figures().lastTransactionID == 0)
  }

  @Test("a failed open leaves the file free to be opened")
  func failedOpen() throws {
    try write([], to: folder("a"))
    #expect(throws: DataFileError.self) { try Environment(path: folder("a"), access: .readWrite) }
    _ = try Environment(path: folder("a"), access: .create)
  }

  @Test("a folder that does not exist is named, with what to do")
  func missingFolder() throws {
    let error = try #require(throws: LMDBError.self) {
      try Environment(path: folder("no/such"), access: .create)
    }
    #expect(error.code == ENOENT)
    #expect(error.description.contains(folder("no/such")))
    #expect(error.description.contains("create it first"))
  }

  @Test("tables are created where writing is allowed, in one commit")
  func createTables() throws {
    let environment = try Environment(path: folder("a"), access: .create)
    _ = try environment.openTables(Rows.self, Names.self)
    #expect(try environment.figures().lastTransactionID == 1)
  }

  @Test("opening tables that exist writes nothing")
  func openTables() throws {
    try makeFile(folder("a"), rowCount: 1)
    let environment = try Environment(path: folder("a"), access: .readWrite)
    let before = try environment.figures().lastTransactionID
    _ = try environment.openTables(Rows.self)
    #expect(try environment.figures().lastTransactionID == before)
  }

  @Test("a table that a read-only file lacks is named")
  func missingTable() throws {
    try makeFile(folder("a"), rowCount: 1)
    let environment = try Environment(path: folder("a"), access: .readOnly)
    let error = try #require(throws: LMDBError.self) {
      try environment.openTables(Rows.self, Names.self)
    }
    #expect(error.isTableMissing)
    #expect(error.subject == "names")
    #expect(error.description.hasPrefix("mdb_dbi_open names: MDB_NOTFOUND"))
    #expect(error.description.contains("made by another program"))
  }

  @Test("a row where a table should be is told from a table")
  func rowInPlaceOfTable() throws {
    try makeFile(folder("a"), rowCount: 1)
    // A row of the unnamed table, as another program may have.
    try replace(Array("rows".utf8), by: Array("cols".utf8), in: folder("a"))
    let environment = try Environment(path: folder("a"), access: .readOnly)
    let error = #expect(throws: LMDBError.self) { try environment.openTables(Rows.self) }
    #expect(error?.subject == "rows")
  }

  private func replace(_ old: [UInt8], by new: [UInt8], in path: String) throws {
    var bytes = try readBytes(path)
    for start in bytes.indices.dropLast(old.count)
    where bytes[start..<start + old.count].elementsEqual(old) {
      bytes.replaceSubrange(start..<start + old.count, with: new)
    }
    try write(bytes, to: path)
  }

  @Test("more tables than the options allow are refused, with what to do")
  func tooManyTables() throws {
    var options = options()
    options.tableCountMax = 1
    let environment = try Environment(path: folder("a"), access: .create, options: options)
    let error = #expect(throws: LMDBError.self) {
      try environment.openTables(Rows.self, Names.self)
    }
    #expect(error?.remedy == "Raise the limit of open tables in the options.")
  }

  @Test("more reads than the options allow are refused, with what to do")
  func tooManyReads() throws {
    var options = options()
    options.readerCountMax = 1
    let environment = try Environment(path: folder("a"), access: .create, options: options)
    let first = try environment.beginRead()
    let error = #expect(throws: LMDBError.self) { _ = try environment.beginRead() }
    #expect(error?.remedy?.contains("Every reader slot is taken") == true)
    _ = consume first
    _ = try environment.beginRead()
  }

  @Test("figures tell sizes, limits and use")
  func figuresTellSizesLimitsAndUse() throws {
    try makeFile(folder("a"), rowCount: 1000)
    let environment = try Environment(path: folder("a"), access: .readOnly, options: options())
    let rows = try environment.openTables(Rows.self)
    let figures = try environment.figures()
    #expect(figures.pageByteCount == 4096)
    #expect(figures.mapByteCount == 1 << 30)
    #expect(figures.usedByteCount == figures.fileByteCount)
    #expect(figures.fileByteCount == (try readBytes(folder("a")).count))
    #expect(figures.readerSlotCount == 1)
    #expect(figures.readerSlotCountMax == 256)
    #expect(figures.lastTransactionID == 2)
    let transaction = try environment.beginRead()
    let table = try transaction.figures(of: rows)
    #expect(table.entryCount == 1000)
    #expect(table.depth == 2)
    #expect(table.branchPageCount == 1)
    #expect(table.leafPageCount > 25)
    #expect(table.overflowPageCount == 0)
    #expect(table.byteCount == (1 + table.leafPageCount) * 4096)
  }
}
