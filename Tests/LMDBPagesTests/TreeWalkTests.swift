import Foundation
import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

/// A table whose keys are so long that few fit on a page: its tree is deep.
@Suite("A walk along the pages of a deep tree")
struct TreeWalkTests {
  private let folder: TemporaryFolder
  private let environment: Environment
  private let names: Table<Names>

  /// In order.
  private let keys: [ByteKey]

  init() throws {
    folder = try TemporaryFolder()
    environment = try Environment(path: folder("a"), access: .create, options: options())
    names = try environment.openTables(Names.self)
    var generator = SeededGenerator(seed: 4)
    let made = (0..<4000).map { _ in Self.key(using: &generator) }
    keys = Set(made).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    var transaction = try environment.beginWrite()
    for key in made { try transaction.set(Self.value(of: key).span, for: key, in: names) }
    try transaction.commit()
  }

  /// Keys with long common beginnings, and of all lengths: some are the beginnings of others.
  private static func key(using generator: inout SeededGenerator) -> ByteKey {
    let beginning = [UInt8](repeating: UInt8(generator.below(3)) * 127, count: generator.below(380))
    return ByteKey(beginning + (0...generator.below(4)).map { _ in UInt8(generator.below(256)) })
  }

  private static func value(of key: ByteKey) -> [UInt8] {
    [UInt8](repeating: key.bytes[0], count: key.bytes.count % 41 == 0 ? 9000 : key.bytes.count % 7)
  }

  private func expect(
    _ entry: Entry?,
    _ index: Int,
    _ comment: @autoclosure () -> String
  ) throws {
    guard let entry else {
      try #require(!keys.indices.contains(index), "\(comment())")
      return
    }
    let isFound =
      keys.indices.contains(index) && entry.key.array == keys[index].bytes
      && entry.value.array == Self.value(of: keys[index])
    try #require(isFound, "\(comment())")
  }

  @Test("has branches over branches, and finds every entry, forward and back")
  func everyEntry() throws {
    let transaction = try environment.beginRead()
    #expect(try transaction.figures(of: names).depth >= 4)
    var cursor = try transaction.cursor(over: names)
    for index in keys.indices { try expect(try cursor.next(), index, "forward \(index)") }
    try expect(try cursor.next(), keys.count, "the end")
    for index in keys.indices.reversed() {
      try expect(try cursor.previous(), index, "back \(index)")
    }
    try expect(try cursor.previous(), -1, "the start")
  }

  @Test("finds what a search by LMDB finds, and goes on from there: 1,000 keys")
  func findsWhatSearchByLMDBFinds() throws {
    var generator = SeededGenerator(seed: 5)
    let reading = try environment.beginRead()
    let writing = try environment.beginWrite()
    var walk = try reading.cursor(over: names)
    var search = try writing.cursor(over: names)
    for round in 0..<1000 {
      let key =
        generator.below(3) == 0
        ? keys[generator.below(keys.count)]
        : Self.key(using: &generator)
      let expected = keys.firstIndex { !$0.bytes.lexicographicallyPrecedes(key.bytes) }
      let index = expected ?? keys.count
      try expect(try walk.seek(key), index, "walk \(round)")
      try expect(try search.seek(key), index, "search \(round)")
      if index < keys.count {
        try expect(try walk.next(), index + 1, "after \(round)")
        try expect(try search.next(), index + 1, "after \(round)")
      }
      try walk.moveBefore(key)
      try expect(try walk.previous(), index - 1, "before \(round)")
      try search.moveBefore(key)
      try expect(try search.previous(), index - 1, "before \(round)")
    }
  }

  @Test("many keys at once are found as one after the other")
  func manyKeysAtOnceAreFoundAsOneAfterOther() throws {
    var generator = SeededGenerator(seed: 6)
    let reading = try environment.beginRead()
    let writing = try environment.beginWrite()
    for round in 0..<200 {
      // Keys of one length.
      let sought = (0..<generator.below(60)).map { _ in
        ByteKey(
          (0..<3).map { _ in UInt8([0, 127, 254, generator.below(256)][generator.below(4)]) }
        )
      }
      let walks = try reading.cursor(over: names)
      var walk = try reading.cursor(over: names)
      var search = try writing.cursor(over: names)
      let places = try walks.find(sought)
      let others = try search.find(sought)
      for (index, key) in sought.enumerated() {
        let expected = keys.firstIndex { !$0.bytes.lexicographicallyPrecedes(key.bytes) }
        try walk.moveBefore(index, of: places)
        try expect(try walk.next(), expected ?? keys.count, "\(round)")
        try search.moveBefore(index, of: others)
        try expect(try search.next(), expected ?? keys.count, "\(round)")
      }
    }
  }

  @Test("an empty table has nothing anywhere")
  func emptyTableHasNothingAnywhere() throws {
    let rows = try environment.openTables(Rows.self)
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(over: rows, from: 3)
    #expect(try cursor.next() == nil)
    #expect(try cursor.previous() == nil)
    try cursor.moveBefore(0, of: cursor.find([7]))
    #expect(try cursor.next() == nil)
  }

  @Test("whatever byte of a page is another, a walk ends or throws: 400 changes")
  func whateverByteOfPageIsAnother() throws {
    let copy = folder("copy")
    try environment.copy(to: copy)
    let whole = try readBytes(copy)
    var generator = SeededGenerator(seed: 7)
    var thrownCount = 0
    for round in 0..<400 {
      var bytes = whole
      // Mostly in what leads on: a page's header, the offsets and heads of its nodes.
      let page = 2 + generator.below(whole.count / 4096 - 2)
      let offset = generator.below(4) == 0 ? generator.below(4096) : generator.below(60)
      bytes[page * 4096 + offset] ^= UInt8(1 + generator.below(255))
      let path = folder("damaged-\(round)")
      try write(bytes, to: path)
      defer { try? FileManager.default.removeItem(atPath: path) }
      do {
        let damaged = try Environment(path: path, access: .readOnly, options: options())
        let names = try damaged.openTables(isCreating: false, Names.self)
        let transaction = try damaged.beginRead()
        var cursor = try transaction.cursor(over: names)
        var count = 0
        while count < 2 * keys.count, try cursor.next() != nil { count += 1 }
        count = 0
        while count < 2 * keys.count, try cursor.previous() != nil { count += 1 }
        for index in stride(from: 0, to: keys.count, by: 100) { _ = try cursor.seek(keys[index]) }
      } catch is LMDBError {
        thrownCount += 1
      }
    }
    #expect(thrownCount > 20, "\(thrownCount)")
  }
}
