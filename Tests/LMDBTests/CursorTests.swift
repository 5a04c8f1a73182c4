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
  func walk(start: UInt64, expected: [UInt64]) throws {
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
