import LMDBTestSupport
import Platform
import Synchronization
import TestSupport
import Testing

@testable import LMDB

@Suite("Transactions")
struct TransactionTests {
  private let folder: TemporaryFolder
  private let environment: Environment
  private let rows: Table<Rows>
  private let names: Table<Names>

  init() throws {
    folder = try TemporaryFolder()
    environment = try Environment(path: folder("a"), access: .create)
    (rows, names) = try environment.openTables(Rows.self, Names.self)
  }

  private func insert(_ keys: [UInt64]) throws {
    var transaction = try environment.beginWrite()
    for key in keys {
      try transaction.append([UInt8](repeating: 7, count: 3).span, for: key, to: rows)
    }
    try transaction.commit()
  }

  private func value(_ key: UInt64) throws -> [UInt8]? {
    let transaction = try environment.beginRead()
    return try transaction.value(for: key, in: rows)?.array
  }

  @Test("a committed value is read back")
  func roundTrip() throws {
    try insert([5])
    #expect(try value(5) == [7, 7, 7])
  }

  @Test("a missing key is nil, not an error")
  func missingKey() throws {
    try insert([5])
    #expect(try value(4) == nil)
    #expect(try value(6) == nil)
  }

  @Test("setting a key again replaces its value")
  func settingKeyAgainReplacesItsValue() throws {
    try insert([5])
    var transaction = try environment.beginWrite()
    try transaction.set([1].span, for: 5, in: rows)
    try transaction.commit()
    #expect(try value(5) == [1])
  }

  @Test("values of every size come back", arguments: [0, 1, 2000, 4096, 100_000])
  func valuesOfEverySizeComeBack(byteCount: Int) throws {
    let expected = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
    var transaction = try environment.beginWrite()
    try transaction.set(expected.span, for: 1, in: rows)
    try transaction.commit()
    #expect(try value(1) == expected)
  }

  @Test("leaving scope without commit changes nothing")
  func leavingScopeWithoutCommitChangesNothing() throws {
    do {
      var transaction = try environment.beginWrite()
      try transaction.append([1].span, for: 1, to: rows)
    }
    #expect(try value(1) == nil)
  }

  @Test("a removed row is gone, and removing it again says so")
  func removedRowIsGone() throws {
    try insert([1, 2])
    var transaction = try environment.beginWrite()
    let first = try transaction.remove(1, from: rows)
    let second = try transaction.remove(1, from: rows)
    try transaction.commit()
    #expect(first)
    #expect(!second)
    #expect(try value(1) == nil)
    #expect(try value(2) != nil)
  }

  @Test("a table that is filled has the new rows only; a key out of order keeps none of it")
  func tableThatIsFilledHasNewRowsOnly() throws {
    try insert([1, 2])
    let count = 5_000
    do {
      var transaction = try environment.beginWrite()
      try transaction.fill(rows) { append in
        for key in 0..<UInt64(count) {
          try append([UInt8](repeating: UInt8(key % 251), count: 100).span, key + 2)
        }
      }
      let filled = try transaction.entryCount(of: rows)
      #expect(filled == count)
      try transaction.commit()
    }
    #expect(try value(1) == nil)
    for key in [2, 253, UInt64(count) + 1] {
      #expect(try value(key) == [UInt8](repeating: UInt8((key - 2) % 251), count: 100))
    }
    let error = #expect(throws: LMDBError.self) {
      var transaction = try environment.beginWrite()
      _ = try? transaction.fill(rows) { append in
        for key in [7, 6] as [UInt64] { try append([1].span, key) }
      }
      try transaction.commit()
    }
    #expect(error?.function == "mdb_cursor_put")
    #expect(try value(7)?.count == 100)
  }

  @Test("clearing a table leaves the others alone")
  func clearingTableLeavesOthersAlone() throws {
    try insert([1, 2])
    var transaction = try environment.beginWrite()
    try transaction.set([1].span, for: ByteKey([9]), in: names)
    try transaction.clear(rows)
    let rowCount = try transaction.entryCount(of: rows)
    let nameCount = try transaction.entryCount(of: names)
    try transaction.commit()
    #expect(rowCount == 0)
    #expect(nameCount == 1)
  }

  @Test("a write sees its own changes, a read begun before it does not")
  func writeSeesItsOwnChanges() throws {
    try insert([1])
    let before = try environment.beginRead()
    var transaction = try environment.beginWrite()
    try transaction.set([2].span, for: 1, in: rows)
    let inside = try transaction.value(for: 1, in: rows)?.array
    try transaction.commit()
    let outside = try before.value(for: 1, in: rows)?.array
    #expect(inside == [2])
    #expect(outside == [7, 7, 7])
    #expect(try value(1) == [2])
  }

  @Test(
    "the last entry at or before a key is found",
    arguments: [(0, nil), (1, nil), (2, 2), (3, 2), (4, 4), (9, 4)] as [(UInt64, UInt64?)]
  )
  func asOf(key: UInt64, expected: UInt64?) throws {
    try insert([2, 4])
    let read = try environment.beginRead()
    let found = try read.lastEntry(atOrBefore: key, in: rows)?.number
    #expect(found == expected)
    let write = try environment.beginWrite()
    let foundWriting = try write.lastEntry(atOrBefore: key, in: rows)?.number
    #expect(foundWriting == expected)
  }

  @Test("the last entry is the one with the greatest key, or nil")
  func lastEntryIsOneWithGreatestKeyOrNil() throws {
    #expect(try lastKey() == nil)
    try insert([2, 300])
    #expect(try lastKey() == 300)
  }

  private func lastKey() throws -> UInt64? {
    let transaction = try environment.beginRead()
    return try transaction.lastEntry(in: rows)?.number
  }

  @Test("one function reads from either kind of transaction")
  func oneFunctionReadsFromEitherKindOfTransaction() throws {
    try insert([1, 2, 3])
    let read = try environment.beginRead()
    #expect(try sum(in: read, rows) == 6)
    var write = try environment.beginWrite()
    try write.append([0].span, for: 10, to: rows)
    #expect(try sum(in: write, rows) == 16)
  }

  @Test("byte keys sort as bytes, a prefix first")
  func byteKeys() throws {
    let keys = [[0xFF], [1], [1, 0], [0, 9], [1, 0, 0]] as [[UInt8]]
    var transaction = try environment.beginWrite()
    for key in keys { try transaction.set(key.span, for: ByteKey(key), in: names) }
    var cursor = try transaction.cursor(over: names)
    var found: [[UInt8]] = []
    while let entry = try cursor.next() { found.append(ByteKey(keyBytes: entry.key).bytes) }
    #expect(found == [[0, 9], [1], [1, 0], [1, 0, 0], [0xFF]])
  }

  /// An optimized program released its environment before its transaction ended, which then wrote to
  /// memory that was no longer mapped.
  @Test("an open transaction holds its environment")
  func environmentIsHeld() throws {
    let environment = try Environment(path: folder("b"), access: .create)
    let count = referenceCount(environment)
    do {
      let reading = try environment.beginRead()
      let writing = try environment.beginWrite()
      #expect(referenceCount(environment) == count + 2)
      try writing.commit()
      #expect(referenceCount(environment) == count + 1)
      _ = reading.id
    }
    #expect(referenceCount(environment) == count)
  }

  @Test("a nested write traps instead of deadlocking")
  func nestedWrite() async {
    await #expect(processExitsWith: .trap) { [path = folder("b") as String] in
      try nestWrites(path)
    }
  }

  @Test("ending a write on another thread traps instead of leaving the file locked")
  func foreignThread() async {
    await #expect(processExitsWith: .trap) { [path = folder("b") as String] in
      try commitElsewhere(path)
    }
  }
}

private func referenceCount(_ environment: Environment) -> UInt {
  retainCount(Unmanaged.passUnretained(environment).toOpaque())
}

@_silgen_name("swift_retainCount")
private func retainCount(_ object: UnsafeMutableRawPointer) -> UInt

private func sum(
  in transaction: borrowing some Transaction & ~Copyable & ~Escapable,
  _ rows: Table<Rows>
) throws -> UInt64 {
  var cursor = try transaction.cursor(over: rows)
  var sum: UInt64 = 0
  while let entry = try cursor.next() { sum += entry.number ?? 0 }
  return sum
}

private func nestWrites(_ path: String) throws {
  let environment = try Environment(path: path, access: .create)
  let outer = try environment.beginWrite()
  let inner = try environment.beginWrite()
  try inner.commit()
  try outer.commit()
}

private func commitElsewhere(_ path: String) throws {
  let environment = try Environment(path: path, access: .create)
  let transaction = try environment.beginWrite()
  environment.writer.store(.none, ordering: .relaxed)  // As another thread would find it.
  try transaction.commit()
}
