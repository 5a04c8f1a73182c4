import Facts
import Foundation
import LMDB
import Platform
import TestSupport
import Testing

@testable import EventStore

@Suite("Tables made again, and copies")
struct RebuildTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let store = try folder.store()
    try store.append(linesOfEventsInOrder())
    try store.append(definitions + cash("1", line: 4) + cash("2", filing: "f2"), seconds: 1)
    let head = try store.head
    let hash = try store.leafHash(at: head - 1)
    try store.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"3"}"#,
      seconds: 2
    )
  }

  /// Changes the tables behind the store's back.
  private func change(_ body: (inout WriteTransaction, Tables) throws -> Void) throws {
    let environment = try Environment(path: folder("test.assay"), access: .readWrite)
    let tables = try #require(try Tables.open(in: environment, isCreating: false))
    var transaction = try environment.beginWrite()
    try body(&transaction, tables)
    try transaction.commit()
  }

  /// Every row of the ledger's tables.
  private func contents(_ name: String = "test.assay") throws -> [[[UInt8]]] {
    let environment = try Environment(path: folder(name), access: .readOnly)
    let tables = try #require(try Tables.open(in: environment, isCreating: false))
    let transaction = try environment.beginRead()
    return [
      try rows(of: tables.log, in: transaction), try rows(of: tables.symbols, in: transaction),
      try rows(of: tables.facts, in: transaction), try rows(of: tables.filings, in: transaction),
      try rows(of: tables.definitions, in: transaction),
      try rows(of: tables.batches, in: transaction), try rows(of: tables.tiles, in: transaction),
      try rows(of: tables.meta, in: transaction),
    ]
  }

  private func rows<Schema>(
    of table: LMDB.Table<Schema>,
    in transaction: borrowing ReadTransaction
  ) throws -> [[UInt8]] {
    var rows: [[UInt8]] = []
    var cursor = try transaction.cursor(over: table)
    while let entry = try cursor.next() { rows += [entry.key.copied(), entry.value.copied()] }
    return rows
  }

  @Test("are what appending made, row by row, whatever was wrong with them")
  func areWhatAppendingMadeRowByRow() throws {
    let before = try contents()
    let checkpoint = try folder.store().checkpoint
    try change { transaction, tables in
      try transaction.clear(tables.facts)
      try transaction.clear(tables.filings)
      try transaction.clear(tables.definitions)
      try transaction.set([1].span, for: 7, in: tables.batches)
      try transaction.set([1].span, for: TextKey.symbol("more"), in: tables.symbols)
      try transaction.set([1].span, for: TileKey(level: 1, row: 0), in: tables.tiles)
    }
    let (head, root) = try folder.store("test.assay", .readWrite).rebuild()
    #expect("\(head) \(root)" == checkpoint)
    #expect(try contents() == before)
    #expect(try EventStore.verify(path: folder("test.assay")).root == root)
  }

  @Test("a record and a tree that disagree: refused with the event, nothing changed")
  func recordThatDisagreesWithTreeIsRefused() throws {
    let (head, root) = try folder.store().read { ($0.head, try $0.root(at: $0.head)) }
    for isRecord in [true, false] {
      let sequence = head - 2
      try change { transaction, tables in
        if isRecord {
          let place = head - 4  // The first of the two claims of cash.
          var bytes = try #require(try transaction.value(for: place, in: tables.log)?.copied())
          bytes[36] ^= 8
          try transaction.set(bytes.span, for: place, in: tables.log)
        } else {
          let key = TileKey(level: 0, hash: sequence)
          var bytes = try #require(try transaction.value(for: key, in: tables.tiles)?.copied())
          bytes[Int(sequence % 16) * 32] ^= 1
          try transaction.set(bytes.span, for: key, in: tables.tiles)
        }
      }
      let damaged = try contents()
      let error = #expect(throws: DamagedLedger.self) {
        try folder.store("test.assay", .readWrite).rebuild()
      }
      #expect(error?.sequence == (isRecord ? head - 4 : sequence))
      #expect(error?.description.contains("only a checkpoint") == true)
      #expect(try contents() == damaged)
      let point = Verification.TreeHead(size: head, root: root)
      if isRecord {
        #expect(throws: DivergentHistory.self) {
          try folder.store("test.assay", .readWrite).rebuild(checkpoint: point)
        }
        try change { transaction, tables in
          var bytes = try #require(try transaction.value(for: head - 4, in: tables.log)?.copied())
          bytes[36] ^= 8
          try transaction.set(bytes.span, for: head - 4, in: tables.log)
        }
      } else {
        #expect(throws: DamagedLedger.self) {
          let early = Verification.TreeHead(size: 0, root: emptyRoot)
          _ = try folder.store("test.assay", .readWrite).rebuild(checkpoint: early)
        }
        let made = try folder.store("test.assay", .readWrite).rebuild(checkpoint: point)
        #expect(made.root == root)
      }
    }
  }

  @Test("a log that is damaged is not made to verify")
  func damagedLog() throws {
    let head = try folder.store().head
    try change { transaction, tables in try transaction.remove(head - 1, from: tables.log) }
    let before = try contents()
    let error = #expect(throws: DamagedLedger.self) {
      try folder.store("test.assay", .readWrite).rebuild()
    }
    #expect(error?.sequence == head - 2)
    #expect(try contents() == before)
  }

  @Test("another process that writes is waited for, or told at once")
  func anotherProcessThatWritesIsWaitedFor() async {
    await #expect(processExitsWith: .success) { [path = folder("test.assay") as String] in
      try busyElsewhere(path)
    }
  }

  @Test("a copy holds the same rows on no more pages, and overwrites nothing")
  func copyHoldsSameRowsOnNoMorePages() throws {
    let before = try contents()
    try folder.store().copy(to: folder("copy"))
    let again = #expect(throws: LMDBError.self) { try folder.store().copy(to: folder("copy")) }
    #expect(again?.code == EEXIST)
    let none = #expect(throws: LMDBError.self) {
      try folder.store().copy(to: folder("nowhere/copy"))
    }
    #expect(none?.code == ENOENT)
    #expect(try contents("copy") == before)
    let found = try EventStore.verify(path: folder("copy"))
    #expect(found.pages.freePageCount == 0)
    #expect(
      found.pages.pageCount < (try EventStore.verify(path: folder("test.assay"))).pages.pageCount
    )
  }
}

/// With the lock of another process on the file, which a second description of it stands for.
private func busyElsewhere(_ path: String) throws {
  let store = try EventStore(path: path, access: .readWrite)
  let descriptor = open(path, O_RDONLY)
  try #require(flock(descriptor, LOCK_EX) == 0)
  let error = #expect(throws: LMDBError.self) { try store.rebuild(waits: false) }
  #expect(error?.isWriterBusy == true)
  #expect(error?.description.contains("Another process is writing") == true)
  try #require(flock(descriptor, LOCK_UN) == 0)
  _ = try store.rebuild(waits: false)
  try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0, "the lock was not given back")
}

/// The root of a tree without leaves.
private let emptyRoot = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
