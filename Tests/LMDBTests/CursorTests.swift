import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("Cursors")
struct CursorTests {
  private let folder: TemporaryFolder
  private let environment: Environment
  private let rows: Table<Rows>

  init() throws {
    folder = try TemporaryFolder()
    environment = try Environment(path: folder("a"), access: .create)
    rows = try environment.openTables(Rows.self)
  }

  private func insert(_ keys: some Sequence<UInt64>) throws {
    var transaction = try environment.beginWrite()
    for key in keys { try transaction.append([UInt8(key & 255)].span, for: key, to: rows) }
    try transaction.commit()
  }

  @Test(
    "a walk begins at or after its key",
    arguments: [(1, [2, 4]), (2, [2, 4]), (3, [4]), (4, [4]), (5, [])] as [(UInt64, [UInt64])]
  )
  func walkBeginsAtOrAfterItsKey(start: UInt64, expected: [UInt64]) throws {
    try insert([2, 4])
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(over: rows, from: start)
    var found: [UInt64?] = []
    while let entry = try cursor.next() { found.append(entry.number) }
    #expect(found == expected)
  }

  @Test("a walk over many pages is in order, both ways")
  func manyPages() throws {
    try insert(0..<5000)
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(over: rows)
    for key in 0..<5000 as Range<UInt64> {
      let found = try cursor.next()?.number
      #expect(found == key)
    }
    #expect(try cursor.next() == nil)
    for key in (0..<5000 as Range<UInt64>).reversed() {
      let found = try cursor.previous()?.number
      #expect(found == key)
    }
    #expect(try cursor.previous() == nil)
  }

  @Test("an entry stays valid when its cursor moves on")
  func entryOutlivesMove() throws {
    try insert([1, 2])
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(over: rows)
    let first = try cursor.next()
    let second = try cursor.next()
    #expect(first?.number == 1)
    #expect(second?.number == 2)
    #expect(first?.value.array == [1])
  }

  /// Every table of up to three of the keys 1, 3, 5, and every sequence of three moves on it,
  /// against the same moves on an array.
  @Test("every three moves on every small table agree with an array", arguments: 0..<8)
  func everyMove(subset: Int) throws {
    let keys = [1, 3, 5].enumerated().filter { subset >> $0.offset & 1 == 1 }.map { UInt64($0.1) }
    try insert(keys)
    let transaction = try environment.beginRead()
    try withEvery(Move.all) { first throws in
      try withEvery(Move.all) { second throws in
        try withEvery(Move.all) { third throws in
          var cursor = try transaction.cursor(over: rows)
          var model = Model(keys: keys)
          for move in [first, second, third] {
            let found = try move.apply(to: &cursor)
            #expect(found == move.apply(to: &model), "\([first, second, third]) on \(keys)")
          }
        }
      }
    }
  }
}

private func withEvery<C: Collection>(
  _ choices: C,
  _ body: (C.Element) throws -> Void
) rethrows {
  for choice in choices { try body(choice) }
}

private enum Move {
  case next
  case previous
  case first
  case last
  case seek(UInt64)
  case seekAtOrBefore(UInt64)

  static let all: [Move] =
    [.next, .previous, .first, .last]
    + (0...6).flatMap { [.seek($0), .seekAtOrBefore($0)] }

  func apply(to cursor: inout Cursor<Rows>) throws -> UInt64? {
    switch self {
    case .next: try cursor.next()?.number
    case .previous: try cursor.previous()?.number
    case .first: try cursor.first()?.number
    case .last: try cursor.last()?.number
    case .seek(let key): try cursor.seek(key)?.number
    case .seekAtOrBefore(let key): try cursor.seek(atOrBefore: key)?.number
    }
  }

  func apply(to model: inout Model) -> UInt64? {
    let (keys, index) = (model.keys, model.index)
    model.index =
      switch self {
      case .next: index.map { min($0 + 1, keys.count) } ?? 0
      case .previous: index.map { max($0 - 1, -1) } ?? keys.count - 1
      case .first: 0
      case .last: keys.count - 1
      case .seek(let key): keys.firstIndex { $0 >= key } ?? keys.count
      case .seekAtOrBefore(let key): keys.lastIndex { $0 <= key } ?? -1
      }
    return model.index.flatMap { keys.indices.contains($0) ? keys[$0] : nil }
  }
}

/// What a cursor stands for: -1 is before the first key, the count after the last, `nil` both.
private struct Model {
  let keys: [UInt64]
  var index: Int?
}

/// A value for each key: some lie on pages of their own, most share a page with many.
private func value(of key: UInt64) -> [UInt8] {
  [UInt8](repeating: UInt8(truncatingIfNeeded: key), count: key % 97 == 13 ? 5000 : Int(key % 60))
}

@Suite("A cursor over pages of entries in any order")
struct CursorPageTests {
  private let folder: TemporaryFolder
  private let environment: Environment
  private let rows: Table<Rows>
  private static let keys = stride(from: 10 as UInt64, to: 4000, by: 3).map { $0 }

  init() throws {
    folder = try TemporaryFolder()
    environment = try Environment(path: folder("a"), access: .create)
    rows = try environment.openTables(Rows.self)
    var transaction = try environment.beginWrite()
    var generator = SeededGenerator(seed: 8)
    // In any order, so that the entries of a page lie in any order, too.
    for key in Self.keys.shuffled(using: &generator) {
      try transaction.set(value(of: key).span, for: key, in: rows)
    }
    try transaction.commit()
  }

  /// Moves at random, and compares each place with that of a plain list.
  private func wander(
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    using generator: inout SeededGenerator
  ) throws {
    let keys = Self.keys
    var cursor = try transaction.cursor(over: rows)
    var place = -1  // Before the first.
    for step in 0..<20_000 {
      var expected: Int?
      var found: [UInt8]?
      var number: UInt64?
      switch Int.random(in: 0..<40, using: &generator) {
      case 0:
        (expected, place) = (0, 0)
        let entry = try cursor.first()
        (number, found) = (entry?.number, entry?.value.array)
      case 1:
        (expected, place) = (keys.count - 1, keys.count - 1)
        let entry = try cursor.last()
        (number, found) = (entry?.number, entry?.value.array)
      case 2...4:
        let key = UInt64.random(in: 0...4010, using: &generator)
        expected = keys.firstIndex { $0 >= key }
        place = expected ?? keys.count
        let entry = try cursor.seek(key)
        (number, found) = (entry?.number, entry?.value.array)
      case 5...10:
        if place == -1, step > 0 {
          place = -1
        } else {
          place = step == 0 ? keys.count - 1 : place - 1
        }
        expected = keys.indices.contains(place) ? place : nil
        let entry = try cursor.previous()
        (number, found) = (entry?.number, entry?.value.array)
      default:
        place = min(keys.count, place + 1)
        expected = keys.indices.contains(place) ? place : nil
        let entry = try cursor.next()
        (number, found) = (entry?.number, entry?.value.array)
      }
      let key = expected.map { keys[$0] }
      try #require(number == key && found == key.map(value), "step \(step)")
    }
  }

  @Test("goes where a list goes, back and forth, in a read and in a write: 40,000 steps")
  func movesAsOverListBackAndForth() throws {
    var generator = SeededGenerator(seed: 9)
    let reading = try environment.beginRead()
    try wander(in: reading, using: &generator)
    let writing = try environment.beginWrite()
    try wander(in: writing, using: &generator)
  }

  @Test("keeps to the snapshot while others write")
  func keepsToSnapshotWhileOthersWrite() throws {
    let reading = try environment.beginRead()
    var cursor = try reading.cursor(over: rows)
    for (index, key) in Self.keys.enumerated() {
      if index % 100 == 0 {
        var writing = try environment.beginWrite()
        for other in Self.keys.prefix(index + 50) {
          try writing.set([1].span, for: other, in: rows)
        }
        try writing.commit()
      }
      let entry = try cursor.next()
      let (number, found) = (entry?.number, entry?.value.array)
      #expect(number == key && found == value(of: key))
    }
    #expect(try cursor.next() == nil)
  }
}
