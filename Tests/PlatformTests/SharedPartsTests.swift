import Platform
import Synchronization
import Testing

@Suite("Parts of work that threads share")
struct SharedPartsTests {
  private struct Failure: Error, Equatable { let part: Int }

  @Test("are each done once, and joined in order", arguments: [1, 2, 8], [0, 1, 2, 100])
  func partsAreJoinedInOrder(threadCountMax: Int, partCount: Int) throws {
    let doneCount = Mutex(0)
    var joined: [Int] = []
    var first: Int?
    try SharedParts<Int>.run(
      partCount: partCount,
      threadCountMax: threadCountMax,
      help: { parts in
        while let part = parts.nextPart() {
          doneCount.withLock { $0 += 1 }
          parts.put(.success(part), for: part)
        }
      },
      work: { part in
        first = first ?? part
        doneCount.withLock { $0 += 1 }
        return part
      },
      join: { joined.append($0) }
    )
    #expect(joined == Array(0..<partCount))
    #expect(doneCount.withLock { $0 } == partCount)
    #expect(first == (partCount == 0 ? nil : 0))
  }

  @Test("are all done by one thread where the others cannot help")
  func withoutHelp() throws {
    var joined: [Int] = []
    try SharedParts<Int>.run(
      partCount: 9,
      threadCountMax: 4,
      help: { _ in },
      work: { $0 },
      join: { joined.append($0) }
    )
    #expect(joined == Array(0..<9))
  }

  @Test("fail with what the first failed with, whoever did it", arguments: 0..<20)
  func firstFailureIsThrown(part: Int) {
    let first = part
    var joined: [Int] = []
    let error = #expect(throws: Failure.self) {
      try SharedParts<Int>.run(
        partCount: 20,
        threadCountMax: 4,
        help: { parts in
          while let part = parts.nextPart() {
            parts.put(part >= first ? .failure(Failure(part: part)) : .success(part), for: part)
          }
        },
        work: { part in
          if part >= first { throw Failure(part: part) }
          return part
        },
        join: { joined.append($0) }
      )
    }
    #expect(error == Failure(part: part))
    #expect(joined == Array(0..<part))
  }
}
