import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Map")
struct MapTests {
  private let folder: TemporaryFolder
  private let environment: Environment
  private let rows: Table<Rows>

  init() throws {
    folder = try TemporaryFolder()
    environment = try Environment(
      path: folder("a"),
      access: .create,
      options: options(mapByteCount: 64 << 10)
    )
    rows = try environment.openTables(Rows.self)
  }

  /// Appends rows of 4 KB until one fails, or all are there; returns the first error, then commits.
  private func fill(rowCount: Int) throws -> LMDBError? {
    var transaction = try environment.beginWrite()
    try transaction.clear(rows)
    let value = [UInt8](repeating: 1, count: 4000)
    var first: LMDBError?
    for key in 0..<rowCount {
      do throws(LMDBError) {
        try transaction.append(value.span, for: UInt64(key), to: rows)
      } catch {
        first = first ?? error
      }
    }
    try transaction.commit()
    return first
  }

  @Test("a full map is the error of the change, of every later change, and of the commit")
  func fullMapFailsEveryLaterChange() throws {
    var transaction = try environment.beginWrite()
    let value = [UInt8](repeating: 1, count: 4000)
    var errors: [LMDBError] = []
    for key in 0..<40 as Range<UInt64> {
      do throws(LMDBError) {
        try transaction.append(value.span, for: key, to: rows)
      } catch {
        errors.append(error)
      }
    }
    #expect(errors.count > 1)
    #expect(Set(errors).count == 1)
    #expect(errors.first?.isMapFull == true)
    #expect(errors.first?.function == "mdb_put")
    #expect(
      errors.first?.description
        == "mdb_put \(folder("a")): MDB_MAP_FULL: Environment mapsize limit reached (-30792). The data "
        + "file has reached the size of its map: grow the map, then write again."
    )
    do throws(LMDBError) {
      try transaction.commit()
      Issue.record("committed")
    } catch {
      #expect(error == errors.first)
    }
    let read = try environment.beginRead()
    let count = try read.entryCount(of: rows)
    #expect(count == 0)
  }

  @Test("after growing the map the same write succeeds")
  func afterGrowingMapSameWriteSucceeds() throws {
    #expect(throws: LMDBError.self) { try fill(rowCount: 40) }
    try environment.growMap(to: 1 << 20)
    #expect(try environment.figures().mapByteCount == 1 << 20)
    #expect(try fill(rowCount: 40) == nil)
    let read = try environment.beginRead()
    let count = try read.entryCount(of: rows)
    #expect(count == 40)
  }

  @Test("the map is not moved under an open transaction")
  func growWhileReading() throws {
    do {
      let read = try environment.beginRead()
      let error = #expect(throws: LMDBError.self) { try environment.growMap(to: 1 << 20) }
      #expect(error?.code == EBUSY)
      #expect(error?.remedy == "End every transaction of this process, then try again.")
      let count = try read.entryCount(of: rows)
      #expect(count == 0)
    }
    do {
      let write = try environment.beginWrite()
      #expect(throws: LMDBError.self) { try environment.growMap(to: 1 << 20) }
      try write.commit()
    }
    try environment.growMap(to: 1 << 20)
  }

  @Test("an append out of order fails the whole transaction")
  func outOfOrder() throws {
    var transaction = try environment.beginWrite()
    try transaction.append([1].span, for: 5, to: rows)
    var code: CInt = 0
    do throws(LMDBError) {
      try transaction.append([1].span, for: 5, to: rows)
    } catch {
      code = error.code
      #expect(error.description.contains("greater than every key"))
    }
    do throws(LMDBError) {
      try transaction.commit()
      Issue.record("committed")
    } catch {
      #expect(error.code == code)
    }
    let read = try environment.beginRead()
    let count = try read.entryCount(of: rows)
    #expect(count == 0)
  }

  @Test("a key of no or too many bytes is refused", arguments: [0, 512])
  func keySize(byteCount: Int) throws {
    let names = try environment.openTables(Names.self)
    var transaction = try environment.beginWrite()
    var remedy: String?
    do throws(LMDBError) {
      let key = ByteKey([UInt8](repeating: 1, count: byteCount))
      try transaction.set([1].span, for: key, in: names)
    } catch {
      remedy = error.remedy
    }
    #expect(remedy == "A key is 1 to 511 bytes long.")
  }

  @Test("reads follow a map that another process enlarged")
  func followGrowth() async throws {
    let path = folder("a")
    await #expect(processExitsWith: .success) { [path = path as String] in
      try fillFromElsewhere(path)
    }
    try checkGrown()
  }

  private func checkGrown() throws {
    let read = try environment.beginRead()
    let count = try read.entryCount(of: rows)
    #expect(count == 1000)
    let byteCount = try read.value(for: 999, in: rows)?.count
    #expect(byteCount == 4000)
    #expect(try environment.figures().mapByteCount == 1 << 30)
  }

  @Test("a map that another process enlarged is followed only when no read is open here")
  func doNotFollowWhileReading() async throws {
    let (ready, go, done) = (Signal(), Signal(), Signal())
    Thread.detachNewThread { [environment, rows] in
      do {
        let read = try environment.beginRead()
        ready.send()
        go.wait()
        expectMapResized { _ = try environment.beginRead() }
        let count = try read.entryCount(of: rows)
        #expect(count == 0)
      } catch {
        Issue.record(error)
      }
      done.send()
    }
    ready.wait()
    let path = folder("a")
    await #expect(processExitsWith: .success) { [path = path as String] in
      try fillFromElsewhere(path)
    }
    go.send()
    done.wait()
    try checkGrown()
  }

  @Test("without address space for a larger map every transaction throws, instead of crashing")
  func noAddressSpace() async {
    await #expect(processExitsWith: .success) { try growBeyondLimit() }
  }

  @Test("where a process may not have so much address space, the map is smaller")
  func smallerMap() async {
    await #expect(processExitsWith: .success) { try openBeyondLimit() }
  }
}

/// Writes more than the map of the suite's environment holds.
private func fillFromElsewhere(_ path: String) throws {
  let environment = try Environment(path: path, access: .readWrite, options: options())
  let rows = try environment.openTables(Rows.self)
  var transaction = try environment.beginWrite()
  let value = [UInt8](repeating: 1, count: 4000)
  for key in 0..<1000 as Range<UInt64> { try transaction.append(value.span, for: key, to: rows) }
  try transaction.commit()
}

private func growBeyondLimit() throws {
  let folder = try TemporaryFolder()
  let environment = try Environment(path: folder("a"), access: .create, options: options())
  try limitAddressSpace(more: 64 << 30)
  let error = #expect(throws: LMDBError.self) { try environment.growMap(to: 1 << 40) }
  #expect(error?.code == ENOMEM)
  #expect(error?.remedy?.contains("address space") == true)
  #expect(throws: LMDBError.self) { _ = try environment.beginRead() }
  #expect(throws: LMDBError.self) { _ = try environment.beginWrite() }
  #expect(throws: LMDBError.self) { try environment.growMap(to: 1 << 30) }
}

private func openBeyondLimit() throws {
  let folder = try TemporaryFolder()
  try limitAddressSpace(more: 1 << 30)
  let asked = options(mapByteCount: 64 << 30)
  for access in [Access.create, .readWrite, .readOnly] {
    let environment = try Environment(path: folder("a"), access: access, options: asked)
    let byteCount = try environment.figures().mapByteCount
    #expect(((256 << 20)...(1 << 30)).contains(byteCount))
  }
}

/// Lets this process have no more than `byteCount` bytes of address space on top of what it has.
private func limitAddressSpace(more byteCount: UInt) throws {
  // Pages of this process, first of all its address space, which is large under a sanitizer.
  let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
  let total = try #require(pages.first.flatMap { UInt($0) }) * 4096 + byteCount
  var limit = rlimit(rlim_cur: total, rlim_max: total)
  try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
}

/// One thread tells another to go on.
private final class Signal: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func send() { semaphore.signal() }

  func wait() { semaphore.wait() }
}

private func expectMapResized(_ body: () throws -> Void) {
  let error = #expect(throws: LMDBError.self) { try body() }
  #expect(error?.isMapResized == true)
  #expect(error?.remedy?.contains("end every transaction here") == true)
}
