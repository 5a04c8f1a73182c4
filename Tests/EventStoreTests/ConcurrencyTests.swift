import EventStore
import Facts
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Many at once")
struct ConcurrencyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("readers beside a writer see whole batches, and the roots of the heads they see")
  func readersBesideWriterSeeWholeBatches() async throws {
    let store = try folder.store()
    try store.append(definitions)
    let rootsByHead = RootsByHead()
    let last: UInt64 = 6 + 40 * 4
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for index in 0..<40 {
          let lines = (0..<3).map { cash("\(index)", line: 10 * index + $0 + 1) }.joined()
          try store.append(lines, seconds: Int64(index))
        }
      }
      for _ in 0..<4 {
        group.addTask {
          var head: UInt64 = 0
          while head < last {
            let (seen, root, count) = try store.read { snapshot in
              var count = 0
              try snapshot.forEachEvent { _, _ in
                count += 1
                return true
              }
              return (snapshot.head, try snapshot.root(at: snapshot.head), count)
            }
            #expect(seen >= head && (seen - 6) % 4 == 0 && count == Int(seen))
            rootsByHead.add(root, seen)
            head = seen
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
    for (head, roots) in rootsByHead.all {
      let root = try store.read { try $0.root(at: head) }
      #expect(roots == [root])
    }
  }

  @Test("two processes that append at once take turns, and both are recorded")
  func twoProcessesThatAppendAtOnceTakeTurns() async throws {
    let path = folder("test.assay")
    do { try folder.store().append(definitions) }
    async let first = #expect(processExitsWith: .success) { [path = path as String] in
      try appendEntities("a", to: path)
    }
    async let second = #expect(processExitsWith: .success) { [path = path as String] in
      try appendEntities("b", to: path)
    }
    _ = await (first, second)
    let store = try folder.store("test.assay", .readOnly)
    #expect(try store.head == 6 + 2 * 25 * 2)
    let names = try store.read { snapshot in
      try snapshot.definitionNames(ofType: "entity", before: snapshot.head)
    }
    #expect(names.count == 1 + 2 * 25)
  }

  @Test("of two that expect the same head, one appends and the other learns the new head")
  func expectedHead() async throws {
    let store = try folder.store()
    try store.append(definitions)
    for round in 0..<10 as Range<UInt64> {
      let head = 6 + round * 2
      let results = try await withThrowingTaskGroup(of: EventStore.AppendResult.self) { group in
        for writer in 0..<2 {
          let claim = try drafts(cash("1", line: Int(round) * 2 + writer + 1))
          group.addTask { try store.append(claim, head: head) }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(
        results == [.appended(from: head, head: head + 2, skipped: 0), .conflict(head: head + 2)]
      )
    }
  }

  @Test("a file is opened once in a process; the second attempt says so")
  func fileIsOpenedOnceInProcess() throws {
    let store = try folder.store()
    let error = #expect(throws: LMDBError.self) { try folder.store() }
    #expect(error?.isAlreadyOpen == true)
    withExtendedLifetime(store) {}
  }
}

private func appendEntities(_ name: String, to path: String) throws {
  let store = try EventStore(path: path, access: .readWrite)
  for index in 0..<25 {
    try store.append(#"{"type":"entity","entity":"\#(name):\#(index)","name":"N"}"#)
  }
}

/// Which roots were seen at each head.
private final class RootsByHead: @unchecked Sendable {
  private let lock = NSLock()
  private var roots: [UInt64: Set<String>] = [:]

  func add(_ root: String, _ head: UInt64) {
    lock.withLock { _ = roots[head, default: []].insert(root) }
  }

  var all: [UInt64: Set<String>] { lock.withLock { roots } }
}
