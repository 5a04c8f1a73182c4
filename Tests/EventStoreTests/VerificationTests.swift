import Facts
import Foundation
import LMDB
import Merkle
import Platform
import TestSupport
import Testing

@testable import EventStore

@Suite("Verification")
struct VerificationTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let store = try folder.store()
    try store.append(definitions)
    try store.append(cash("1", line: 4) + cash("2", filing: "f2"), seconds: 1)
    let hash = try store.leafHash(at: 7)
    try store.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"3"}"#,
      seconds: 2
    )
  }

  private func verify(
    _ name: String = "test.assay",
    checkpoint: Verification.TreeHead? = nil
  ) throws -> Verification {
    try EventStore.verify(path: folder(name), checkpoint: checkpoint)
  }

  /// Changes a copy of the ledger's tables and verifies it.
  private func damage(
    _ change: (inout WriteTransaction, Tables) throws -> Void
  ) throws -> DamagedLedger {
    let path = folder("damaged")
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: folder("test.assay"), toPath: path)
    do {
      let environment = try Environment(path: path, access: .readWrite)
      let tables = try #require(try Tables.open(in: environment, isCreating: false))
      var transaction = try environment.beginWrite()
      try change(&transaction, tables)
      try transaction.commit()
    }
    return try #require(throws: DamagedLedger.self) { try verify("damaged") }
  }

  /// Changes one byte of the record of an event.
  private func damage(
    event sequence: UInt64,
    byte: Int,
    _ change: (inout UInt8) -> Void
  ) throws -> DamagedLedger {
    try damage { transaction, tables in
      var bytes = try #require(try transaction.value(for: sequence, in: tables.log)?.copied())
      change(&bytes[byte])
      try transaction.set(bytes.span, for: sequence, in: tables.log)
    }
  }

  @Test("a sound ledger: its head, its root, its rows")
  func soundLedgerHasHeadRootAndRows() throws {
    let found = try verify()
    let store = try folder.store()
    #expect("\(found.head) \(found.root)" == (try store.checkpoint))
    #expect(found.recorded == time(2))
    #expect(
      found.rowCounts.map(\.table) == [
        "log", "symbols", "facts", "filings", "definitions", "batches", "tiles",
      ]
    )
    #expect(found.rowCounts.map(\.count) == [11, 14, 3, 2, 3, 3, 1])
    #expect(found.pages.tableNames.count == 8)
  }

  @Test("an empty ledger is sound, and so is all of Events, after each of many appends")
  func grownLedgersAreSound() throws {
    #expect(try EventStore(path: folder("empty"), access: .create).head == 0)
    #expect(try verify("empty").head == 0)
    #expect(try verify("empty").recorded == nil)
    var drafts = try linesOfEventsInOrder()[...]
    var seconds: Int64 = 0
    while !drafts.isEmpty {
      let store = try folder.store("events")
      seconds += 1
      try store.append(Array(drafts.prefix(97)), seconds: seconds)
      drafts = drafts.dropFirst(97)
      #expect(try store.checkpoint == "\(store.head) \(verifyElsewhere("events").root)")
    }
  }

  /// Verifies a copy, because this process has the file open.
  private func verifyElsewhere(_ name: String) throws -> Verification {
    try? FileManager.default.removeItem(atPath: folder("copy"))
    try FileManager.default.copyItem(atPath: folder(name), toPath: folder("copy"))
    return try verify("copy")
  }

  @Test("a claim that is recorded already adds nothing to the dictionary either")
  func unusedSymbol() throws {
    do {
      let store = try folder.store()
      let other = #"{"type":"concept","concept":"x:Cash","kind":"other","periodType":"instant"}"#
      try store.append(other, seconds: 3)
      let claim = cash("1", line: 4).replacing("statement-line", with: "other")
      try store.append(claim + #"{"type":"entity","entity":"x:9","name":"Nine"}"#, seconds: 4)
    }
    #expect(try verify().head == 15)
  }

  @Test("progress goes through the stages to their ends")
  func progressGoesThroughStages() throws {
    var told: [String] = []
    _ = try EventStore.verify(path: folder("test.assay")) { stage, done, total in
      told.append("\(stage) \(done == total)")
    }
    #expect(told == ["pages true", "events true", "facts true"])
  }

  @Test("every byte of every record: found at its event, with its filing")
  func everyByte() throws {
    for sequence in 0..<11 as Range<UInt64> {
      let store = try folder.store()
      let count = try store.read { snapshot in
        try snapshot.transaction.value(for: sequence, in: snapshot.tables.log)?.count ?? 0
      }
      withExtendedLifetime(store) {}
      for byte in stride(from: 0, to: count, by: sequence == 7 ? 1 : 5) {
        let found = try damage(event: sequence, byte: byte) { $0 ^= 1 }
        #expect(found.sequence == sequence && found.table == "log", "\(byte): \(found)")
        if sequence == 7, byte != 0, !(8..<12 ~= byte) {
          #expect(found.filing == "f1", "\(byte): \(found)")
        }
      }
    }
  }

  @Test("what a record says wrong is told")
  func wrongRecordsAreFound() throws {
    let cases: [(UInt64, Int, UInt8, String)] = [
      (7, 1, 0x20, "its record does not decode"),
      (8, 56, 1, "a byte of its record is set that says nothing"),
      (7, 44, 1, "its published time is not its filing's"),
      (7, 36, 1, "its record does not make the line whose hash is in the tree"),
      (7, 16, 0x40, "is not the next of the dictionary"),
      (7, 0, 1, "its record does not decode"),
      (0, 0, 1, "its record does not decode"),
      (5, 2, 1, "does not read"),
      (10, 1, 15, "the event that it amends has not the hash that it names"),
      (10, 1, 2, "the event that it amends is no claim"),
    ]
    for (sequence, byte, bits, message) in cases {
      let found = try damage(event: sequence, byte: byte) { $0 ^= bits }
      #expect(found.message.contains(message) && found.sequence == sequence, "\(found)")
    }
  }

  @Test("a missing event, one too many, and a batch that is not whole")
  func missingEventsAndPartialBatchesAreFound() throws {
    let missing = try damage { transaction, tables in
      try transaction.remove(8, from: tables.log)
    }
    #expect(missing.message.contains("sequences from 0 on") && missing.table == "log")
    let more = try damage { transaction, tables in
      let line = Event.entity(EntityDefinition(entity: "x:9", name: "N")).canonicalLine
      try transaction.append(line.span, for: 11, to: tables.log)
      try transaction.appendToTree([.leaf(line.span)], at: 11, tables)
    }
    #expect(more.message == "no batch event comes before it" && more.sequence == 11)
    let cut = try damage { transaction, tables in
      try transaction.remove(10, from: tables.log)
    }
    #expect(cut.message.contains("the log not so many") && cut.sequence == 9)
  }

  @Test("recorded time that goes back")
  func recordedTime() throws {
    let late = Batch(recorded: time(9), count: 2, by: "test")
    let line = Event.batch(late).canonicalLine
    let found = try damage { transaction, tables in
      var leaves: [MerkleHash] = []
      for sequence in 0..<11 as Range<UInt64> {
        leaves.append(try #require(try transaction.leafHash(at: sequence, tables)))
      }
      leaves[6] = .leaf(line.span)
      try transaction.set(line.span, for: 6, in: tables.log)
      try transaction.set(late.encode(sum: LogSum()).span, for: 6, in: tables.batches)
      try transaction.remove(TileKey(level: 0, row: 0), from: tables.tiles)
      try transaction.appendToTree(leaves, at: 0, tables)
    }
    #expect(found.message == "its batch was recorded before the one before it")
    #expect(found.sequence == 9)
  }

  /// Expects that a change behind the store's back is found in this table, at this event.
  func expectDamage(
    _ table: String,
    _ sequence: UInt64?,
    _ change: (inout WriteTransaction, Tables) throws -> Void
  ) throws {
    let found = try damage(change)
    #expect(found.table == table && found.sequence == sequence, "\(found)")
  }

  @Test("a row of definitions or batches that is missing, changed or too much")
  func findsDamagedDefinitionsAndBatches() throws {
    let definition = DefinitionKey.key(DefinitionName(type: "entity", name: "x:1"), at: 1)
    try expectDamage("definitions", 1) { try $0.remove(definition, from: $1.definitions) }
    try expectDamage("definitions", 1) { try $0.set([0].span, for: definition, in: $1.definitions) }
    try expectDamage("definitions", nil) { transaction, tables in
      let other = DefinitionKey.key(DefinitionName(type: "entity", name: "x:1"), at: 4)
      try transaction.set([UInt8]().span, for: other, in: tables.definitions)
    }
    try expectDamage("batches", 6) { try $0.remove(6, from: $1.batches) }
    try expectDamage("batches", 6) { try $0.set([1].span, for: 6, in: $1.batches) }
    try expectDamage("batches", nil) { try $0.set([1].span, for: 7, in: $1.batches) }
  }

  @Test("an entry of a filing that is missing, changed or too much")
  func findsDamagedFilings() throws {
    try expectDamage("filings", 4) { try $0.remove(TextKey.filing("f1"), from: $1.filings) }
    try expectDamage("filings", 5) { transaction, tables in
      let record = FilingRecord(
        published: Timestamp(microseconds: 0),
        sequence: 5,
        claimCount: 1
      ).encode()
      try transaction.set(record.span, for: TextKey.filing("f2"), in: tables.filings)
    }
    try expectDamage("filings", nil) {
      try $0.set([1].span, for: TextKey.filing("f3"), in: $1.filings)
    }
  }

  @Test("a row of facts that is missing, changed or too much")
  func findsDamagedFacts() throws {
    for sequence in [7, 8, 10] as [UInt64] {
      try expectDamage("facts", sequence) { transaction, tables in
        let row = try #require(try transaction.factRow(at: sequence, tables))
        try transaction.remove(FactTableKey(row), from: tables.facts)
      }
      try expectDamage("facts", sequence) { transaction, tables in
        var row = try #require(try transaction.factRow(at: sequence, tables))
        row.figure.value = Amount(mantissa: 9, fractionDigitCount: 0)
        let value = FactTableValue.encode(row) + [0, 0, 0, 0]
        try transaction.set(value.span, for: FactTableKey(row), in: tables.facts)
      }
      try expectDamage("facts", sequence) { transaction, tables in
        var row = try #require(try transaction.factRow(at: sequence, tables))
        row.fact.periodEnd += 1
        let value = FactTableValue.encode(row) + [0, 0, 0, 0]
        try transaction.set(value.span, for: FactTableKey(row), in: tables.facts)
      }
    }
    try expectDamage("facts", 7) { transaction, tables in
      let row = try #require(try transaction.factRow(at: 7, tables))
      try transaction.set([1].span, for: FactTableKey(row), in: tables.facts)
    }
  }

  @Test("a symbol that is missing, changed or too much")
  func findsDamagedSymbols() throws {
    let symbol = SymbolID(rawValue: 2)
    try expectDamage("symbols", nil) { try $0.remove(TextKey.symbol(symbol), from: $1.symbols) }
    try expectDamage("symbols", nil) {
      try $0.set([0xFF].span, for: TextKey.symbol(symbol), in: $1.symbols)
    }
    try expectDamage("symbols", nil) { try $0.remove(TextKey.symbol("USD"), from: $1.symbols) }
    try expectDamage("symbols", nil) { transaction, tables in
      try transaction.set([9, 0, 0, 0].span, for: TextKey.symbol("more"), in: tables.symbols)
    }
    try expectDamage("symbols", nil) { transaction, tables in
      try transaction.set(
        Array("more".utf8).span,
        for: TextKey.symbol(SymbolID(rawValue: 7)),
        in: tables.symbols
      )
      try transaction.set([7, 0, 0, 0].span, for: TextKey.symbol("more"), in: tables.symbols)
    }
  }

  @Test("a tile or a meta row that is missing or too much")
  func findsDamagedTilesAndMeta() throws {
    try expectDamage("tiles", 0) { try $0.remove(TileKey(level: 0, row: 0), from: $1.tiles) }
    try expectDamage("tiles", nil) { transaction, tables in
      let hash = [UInt8](repeating: 1, count: 32)
      try transaction.set(hash.span, for: TileKey(level: 1, row: 0), in: tables.tiles)
    }
    try expectDamage("meta", nil) { try $0.set([1].span, for: TextKey.meta("more"), in: $1.meta) }
  }

  @Test("a leaf hash that is damaged is told from a record that is")
  func damagedTileIsToldFromDamagedRecord() throws {
    do {
      let store = try folder.store("many")
      try store.append(linesOfEventsInOrder())
    }
    for (isRecord, table) in [(true, "log"), (false, "tiles")] {
      let path = folder("many-\(table)")
      try FileManager.default.copyItem(atPath: folder("many"), toPath: path)
      do {
        let environment = try Environment(path: path, access: .readWrite)
        let tables = try #require(try Tables.open(in: environment, isCreating: false))
        var transaction = try environment.beginWrite()
        if isRecord {
          var bytes = try #require(try transaction.value(for: 300, in: tables.log)?.copied())
          bytes[36] ^= 1
          try transaction.set(bytes.span, for: 300, in: tables.log)
        } else {
          let key = TileKey(level: 0, hash: 300)
          var bytes = try #require(try transaction.value(for: key, in: tables.tiles)?.copied())
          bytes[300 % 16 * 32] ^= 1
          try transaction.set(bytes.span, for: key, in: tables.tiles)
        }
        try transaction.commit()
      }
      let found = #expect(throws: DamagedLedger.self) { try verify("many-\(table)") }
      #expect(found?.sequence == 300 && found?.table == table, "\(String(describing: found))")
    }
  }

  private enum Others: TableSchema {
    typealias Key = UInt64
    static let name = "others"
  }

  @Test("a table of another program is not part of a ledger")
  func otherTable() throws {
    do {
      let environment = try Environment(path: folder("test.assay"), access: .readWrite)
      _ = try environment.openTables(Others.self)
    }
    let found = #expect(throws: DamagedLedger.self) { try verify() }
    #expect(found?.table == "others")
  }

  @Test("what is no ledger is refused as every command refuses it")
  func foreignFilesAreRefused() throws {
    do {
      let environment = try Environment(path: folder("other"), access: .create)
      _ = try environment.openTables(Others.self)
    }
    #expect(throws: ForeignFile.self) { try verify("other") }
    #expect(throws: DataFileError.self) { try verify("nowhere") }
  }

  @Test("a page of the log that is damaged: the event and its filing are near")
  func damagedPageNamesEventAndFiling() throws {
    var bytes = try readBytes(folder("test.assay"))
    // The page with the record of the last claim; its header says nothing sensible any more.
    let line = Array("misread".utf8)
    let place = try #require(
      bytes.indices.dropLast(line.count).last { bytes[$0..<$0 + line.count].elementsEqual(line) }
    )
    bytes[place / 4096 * 4096 + 15] ^= 0x40
    try Data(bytes).write(to: URL(filePath: folder("damaged")))
    let found = #expect(throws: DamagedLedger.self) { try verify("damaged") }
    #expect(found?.table == "log" && found?.sequence == 0, "\(String(describing: found))")
    #expect(found?.message.hasPrefix("page \(place / 4096): ") == true)
    #expect(found?.isDerived == false)
    #expect(try EventStore.filing(near: 9, path: folder("test.assay")) == "f2")
    #expect(try EventStore.filing(near: 3, path: folder("test.assay")) == nil)
  }

  @Test("a checkpoint of the past, a ledger that was cut off, and another history")
  func checkpointsAreCompared() throws {
    let root = try verify().root
    let store = try folder.store()
    let past = try store.read { try $0.root(at: 6) }
    let later = Verification.TreeHead(size: 11, root: root)
    withExtendedLifetime(store) {}
    let (old, other) = ("old", "other")
    try folder.store(old).replicate(Array(store.lines.prefix(9)))
    try folder.store(other).append(definitions.replacing("Example", with: "Exemplar"))
    try folder.store(other).append(cash("1") + cash("2", filing: "f2") + cash("7", line: 3))
    try folder.store(other).append(cash("8", line: 8))
    let copy = try verifyElsewhere("test.assay")
    #expect(copy.root == root)
    for head in [later, .init(size: 6, root: past), .init(size: 0, root: empty)] {
      #expect(try verify("copy", checkpoint: head).head == 11)
    }
    let cut = #expect(throws: DivergentHistory.self) { try verify(old, checkpoint: later) }
    #expect(cut?.description.contains("holds 9 events, and held 11 at the checkpoint") == true)
    let changed = #expect(throws: DivergentHistory.self) {
      try verify(other, checkpoint: .init(size: 6, root: past))
    }
    #expect(changed?.description.contains("are not those of the checkpoint") == true)
  }
}

/// The root of a tree without leaves.
private let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
