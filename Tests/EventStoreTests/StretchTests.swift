import Facts
import Foundation
import LMDB
import Merkle
import Platform
import TestSupport
import Testing

@testable import EventStore

/// Ledgers of more than one stretch, which several threads read.
@Suite("A log of many stretches")
struct StretchTests {
  let folder: TemporaryFolder

  /// How many claims there are, in filings of 700.
  private static let claimCount = 5_000

  init() throws {
    folder = try TemporaryFolder()
    let store = try folder.store()
    try store.append(definitions)
    var lines = ""
    for number in 0..<Self.claimCount {
      let filing = "g\(number / 700)"
      if number % 700 == 0 {
        lines += """
          {"type":"filing","filing":"\(filing)","entity":"x:1",\
          "published":"2021-\(10 + number / 700 % 3)-01"}

          """
      }
      // Claims of one fact are looked through, one by one, when another is appended.
      let day = "20\(10 + number % 10)-0\(1 + number / 10 % 9)-1\(number / 90 % 10)"
      lines += cash("\(number % 97).\(number)", filing: filing, line: number + 1)
        .replacing("2019-12-31", with: day)
      if number % 1500 == 1499 {
        try store.append(lines, seconds: Int64(number))
        lines = ""
        let head = try store.head
        let amendment = number % 2 == 0 ? "" : #","value":"3""#
        let type = number % 2 == 0 ? "withdrawal" : "correction"
        let hash = try store.leafHash(at: head - 5)
        lines = #"{"type":"\#(type)","event":"\#(hash)","reason":"?"\#(amendment)}"# + "\n"
      }
    }
    try store.append(lines, seconds: Int64(Self.claimCount))
  }

  /// Changes a copy of the ledger's tables.
  private func change(_ change: (inout WriteTransaction, Tables) throws -> Void) throws -> String {
    let path = folder("damaged")
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: folder("test.assay"), toPath: path)
    let environment = try Environment(path: path, access: .readWrite)
    let tables = try #require(try Tables.open(in: environment, isCreating: false))
    var transaction = try environment.beginWrite()
    try change(&transaction, tables)
    try transaction.commit()
    return path
  }

  private func flip(
    _ sequence: UInt64,
    _ byte: Int,
    in transaction: inout WriteTransaction,
    _ tables: Tables
  ) throws {
    var bytes = try #require(try transaction.value(for: sequence, in: tables.log)?.copied())
    bytes[byte] ^= 1
    try transaction.set(bytes.span, for: sequence, in: tables.log)
  }

  @Test("a claim whose line no reader takes is found, although log and tree agree on it")
  func linesThatDoNotReadBackAreFound() throws {
    let sequence: UInt64 = 3000
    let path = try change { transaction, tables in
      var record = try #require(try transaction.value(for: sequence, in: tables.log)?.copied())
      try #require(record[0] == Record.claim)
      // The end of its period, thousands of years after the last day that an event can name.
      record[31] ^= 0x10
      try transaction.set(record.span, for: sequence, in: tables.log)
      let event = try transaction.event(at: sequence, tables) {
        try transaction.text($0, tables)
      }
      let line = try #require(event).canonicalLine
      try transaction.replaceLeaf(at: sequence, with: .leaf(line.span), tables)
    }
    let found = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: path) }
    #expect(found?.message.hasPrefix("its line does not read back: ") == true, "\(found as Any)")
    #expect(found?.sequence == sequence && found?.table == "log")
  }

  @Test("is sound, has the root that appending made, and the same rows when rebuilt")
  func soundLogKeepsRootAndRows() throws {
    let (checkpoint, lines) = try (folder.store().checkpoint, folder.store().lines)
    let found = try EventStore.verify(path: folder("test.assay"))
    #expect("\(found.head) \(found.root)" == checkpoint)
    var tree = MerkleFrontier()
    tree.append(lines.map { MerkleHash.leaf($0.span) })
    #expect(tree.root.hexadecimal == found.root)
    let path = try change { transaction, tables in
      try transaction.clear(tables.facts)
      try transaction.clear(tables.filings)
    }
    do {
      let made = try EventStore(path: path, access: .readWrite).rebuild()
      #expect("\(made.head) \(made.root)" == checkpoint)
    }
    #expect(try EventStore.verify(path: path).rowCounts == found.rowCounts)
  }

  @Test("the first of many bad events is told, whichever thread finds which first")
  func firstDamage() throws {
    let head = try folder.store().head
    // A byte of the value, of the published time, of the filing, and the form.
    for (round, byte) in [36, 44, 8, 0].enumerated() {
      for first in [[20, 4097], [2047], [2049], [4095]][round] as [UInt64] {
        let path = try change { transaction, tables in
          try flip(first, byte, in: &transaction, tables)
          for later in stride(from: first + 60, to: head, by: 61 + round) {
            try flip(later, 0, in: &transaction, tables)
          }
        }
        let found = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: path) }
        #expect(found?.sequence == first && found?.table == "log", "\(byte): \(found as Any)")
        let other = #expect(throws: DamagedLedger.self) {
          try EventStore(path: path, access: .readWrite).rebuild()
        }
        #expect(other?.sequence == first, "\(byte): \(other as Any)")
      }
    }
  }

  @Test("values that were exchanged between two rows of facts are found")
  func exchangedValues() throws {
    for (left, right) in [(100, 200), (300, 4500), (4500, 4501)] as [(UInt64, UInt64)] {
      let path = try change { transaction, tables in
        let rows = try [left, right].map { try #require(try transaction.factRow(at: $0, tables)) }
        for (row, other) in zip(rows, rows.reversed()) {
          let value = FactTableValue.encode(other)
          try transaction.set(value.span, for: FactTableKey(row), in: tables.facts)
        }
      }
      let found = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: path) }
      #expect(found?.sequence == left && found?.table == "facts")
    }
  }

  @Test("a leaf hash that is missing, too much, or of no form")
  func damagedLeafHashIsFound() throws {
    let head = try folder.store().head
    let gone = try change { try $0.remove(TileKey(level: 0, hash: 2048 + 160), from: $1.tiles) }
    let missing = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: gone) }
    #expect(missing?.sequence == 2048 + 160 && missing?.table == "tiles")
    let long = try change { transaction, tables in
      let key = TileKey(level: 0, hash: head - 1)
      var row = try #require(try transaction.value(for: key, in: tables.tiles)?.copied())
      row += [UInt8](repeating: 7, count: 32)
      try transaction.set(row.span, for: key, in: tables.tiles)
    }
    let more = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: long) }
    #expect(more?.table == "tiles" && (head % 16 == 0 || more?.sequence == nil))
    let odd = try change { transaction, tables in
      try transaction.set([1].span, for: TileKey(level: 0, hash: 4096), in: tables.tiles)
    }
    let form = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: odd) }
    #expect(form?.sequence == 4096 && form?.table == "tiles")
  }

  @Test("the first page that is damaged is told, whichever thread finds which first")
  func firstPageThatIsDamagedIsTold() throws {
    // A copy has no free pages, which may hold anything.
    let path = folder("copy")
    try folder.store().copy(to: path)
    let whole = try readBytes(path)
    var foundTables: Set<String> = []
    for first in stride(from: 2, to: whole.count / 4096 - 40, by: 19) {
      var bytes = whole
      for page in [first, first + 13, first + 40] { bytes[page * 4096 + 10] ^= 0x40 }
      try Data(bytes).write(to: URL(filePath: path))
      let found = (0..<3).map { _ in
        #expect(throws: DamagedLedger.self) { try EventStore.verify(path: path) }
      }
      #expect(Set(found).count == 1 && found[0]?.isPage == true, "\(first): \(found)")
      if let table = found[0]?.table { foundTables.insert(table) }
    }
    #expect(foundTables.isSuperset(of: ["facts", "log"]), "\(foundTables)")
  }

  @Test("a filing's tile of the level above is compared, too")
  func upperTile() throws {
    let path = try change { transaction, tables in
      let key = TileKey(level: 1, hash: 17)
      var row = try #require(try transaction.value(for: key, in: tables.tiles)?.copied())
      row[40] ^= 1
      try transaction.set(row.span, for: key, in: tables.tiles)
    }
    let found = #expect(throws: DamagedLedger.self) { try EventStore.verify(path: path) }
    #expect(found?.table == "tiles" && found?.message.contains("level 1") == true)
  }
}

@Suite("The order of many rows of facts")
struct FactOrderTests {
  @Test("is that of comparing them", arguments: 0..<8 as Range<UInt64>)
  func isThatOfComparingThem(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // With many symbols a key takes more than 64 bits.
    let symbolCount: UInt32 = seed % 2 == 0 ? 5 : 60_000
    func symbol() -> SymbolID {
      SymbolID(rawValue: .random(in: 0..<symbolCount, using: &generator))
    }
    let dayBounds: ClosedRange<Int32> = seed % 4 < 2 ? -3...3 : -900_000...900_000
    let rows = (0..<3000).map { sequence in
      let filing = symbol()
      return FactRow(
        fact: FactID(
          entity: symbol(),
          concept: symbol(),
          dimensions: symbol(),
          unit: symbol(),
          periodEnd: .random(in: dayBounds, using: &generator),
          periodStart: Bool.random(using: &generator)
            ? FactID.instantStart : .random(in: dayBounds, using: &generator)
        ),
        published: Timestamp(microseconds: Int64(filing.rawValue % 7) * 1_000_000 - 3),
        sequence: UInt64(sequence),
        filing: filing,
        figure: Figure(value: nil),
        change: .claim
      )
    }
    let sorted = rows.indexesInOrder(symbolCount: Int(symbolCount)).map { rows[Int($0)] }
    #expect(sorted == rows.sorted(by: FactRow.isOrdered))
    #expect([FactRow]().indexesInOrder(symbolCount: 0).isEmpty)
  }
}
