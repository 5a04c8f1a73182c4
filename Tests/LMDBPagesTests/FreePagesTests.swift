import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Files that end in free pages")
struct FreePagesTests {
  /// LMDB does not write pages that are taken and given back within one transaction: a healthy file
  /// may be shorter than its page count says, and was once refused as truncated.
  @Test("a healthy file that is shorter than its page count opens")
  func healthyFileThatIsShorterThanItsPageCountOpens() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 1)
    var shortCount = 0
    for _ in 0..<60 {
      try session(folder("a"), using: &generator)
      let environment = try Environment(path: folder("a"), access: .readOnly, options: options())
      let figures = try environment.figures()
      if figures.fileByteCount < figures.usedByteCount { shortCount += 1 }
    }
    #expect(shortCount > 0, "LMDB writes all pages after all: simplify DataFile.checkLength")
  }

  @Test("cutting such a file off is refused, or costs nothing", arguments: 0..<4)
  func cutOff(seed: Int) async {
    await #expect(processExitsWith: .success) { [seed] in
      var generator = SeededGenerator(seed: UInt64(seed))
      let folder = try TemporaryFolder()
      for _ in 0..<10 { try session(folder("whole"), using: &generator) }
      let whole = try readBytes(folder("whole"))
      let rows = try contents(folder("whole"))
      var byteCount = whole.count
      while byteCount > 0 {
        try write(whole[..<byteCount], to: folder("a"))
        do {
          #expect(try contents(folder("a")) == rows)
        } catch let error as DataFileError {
          if case .truncated(let expected, _) = error.code { #expect(expected > byteCount) }
        }
        byteCount -= 1024 * Int.random(in: 1...16, using: &generator)
      }
    }
  }
}

/// Every row of the file: its key, and its length and the sum of its bytes.
private func contents(_ path: String) throws -> [[Int]] {
  let environment = try Environment(path: path, access: .readOnly, options: options())
  let rows = try environment.openTables(Rows.self)
  let transaction = try environment.beginRead()
  var cursor = try transaction.cursor(over: rows)
  var found: [[Int]] = []
  while let entry = try cursor.next() {
    let value = entry.value
    let sum = value.indices.reduce(0) { $0 + Int(value[$1]) }
    found.append([Int(entry.number ?? 0), value.count, sum])
  }
  return found
}
