import EventStore
import Facts
import LMDB
import Platform
import TestSupport
import Testing

/// Rows that damage took away or changed are noticed by whoever reads beside them.
@Suite("Linked rows")
struct LinkTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The facts that there are rows of, and two that there are none of.
  private final class Asked { var facts: [FactID] = [] }

  private let asked = Asked()

  private func remember(_ store: EventStore) throws {
    try store.read { snapshot in
      var rows: [FactRow] = []
      _ = try snapshot.appendRows(
        from: .init(before: .first),
        through: .last,
        limit: .max,
        to: &rows
      )
      asked.facts = Set(rows.map(\.fact)).sorted()
    }
    for number in 98...99 as ClosedRange<UInt32> {
      guard var absent = asked.facts.first else { continue }
      absent.unit = SymbolID(rawValue: number)
      asked.facts.append(absent)
    }
  }

  private func makeStore() throws -> EventStore {
    let store = try folder.store()
    try store.append(
      definitions + cash("100") + cash("120", filing: "f2")
        + cash("7", more: #","dimensions":{"a":"b"}"#)
        + cash("100", filing: "f2", more: #","dimensions":{"a":"b"}"#)
        + cash("3", more: #","dimensions":{"c":"d"}"#)
        + #"{"type":"check","check":"c","kind":"equal","title":"C","total":{"concept":"x:Cash"},"items":[{"concept":"x:Cash"}]}"#
    )
    return store
  }

  /// What a question answers, or that it is refused as damage.
  private enum Outcome: Equatable {
    case answer(String)
    case damage
  }

  private typealias Ask = (_ name: String, (borrowing Snapshot) throws -> String) throws -> Void

  /// What every question to the store answers.
  private func outcomes() throws -> [String: Outcome] {
    let store = try folder.store("test.assay", .readOnly)
    var outcomes: [String: Outcome] = [:]
    func ask(_ name: String, _ question: (borrowing Snapshot) throws -> String) throws {
      do {
        outcomes[name] = .answer(try store.read { try question($0) })
      } catch is DamagedLedger {
        outcomes[name] = .damage
      }
    }
    try askForTexts(ask)
    try askForDefinitions(ask)
    try askForRows(ask)
    return outcomes
  }

  private func askForTexts(_ ask: Ask) throws {
    for text in ["x:1", "x:Cash", "x:Sales", "USD", "f1", "f2", #"{"a":"b"}"#, "", "no such text"] {
      try ask("symbol \(text)") { "\(try $0.symbol(text) as Any)" }
    }
    for number in 0..<9 as Range<UInt32> {
      try ask("text \(number)") { try $0.text(SymbolID(rawValue: number)) }
    }
    try ask("symbols") { snapshot in
      var texts: [String] = []
      try snapshot.forEachSymbol { _, text in texts.append(text) }
      return "\(texts)"
    }
    try ask("filings") { "\(try $0.filingNames())" }
    for name in ["f1", "f2", "f3"] {
      try ask("filing \(name)") { "\(try $0.recordedFiling(name, before: 99) as Any)" }
    }
  }

  private func askForDefinitions(_ ask: Ask) throws {
    for (type, name) in [("concept", "x:Cash"), ("concept", "x:None"), ("check", "c")] {
      try ask("\(type) \(name)") { snapshot in
        let definition = try snapshot.definition(.init(type: type, name: name), before: 99)
        return "\(definition as Any)"
      }
    }
    for type in ["concept", "check", "statement"] {
      try ask("names of \(type)") {
        "\(try $0.definitionNames(ofType: type, entity: nil, before: 99))"
      }
    }
    try ask("entities") { "\(try $0.entities(matching: nil, before: 99, limit: 9))" }
  }

  private func askForRows(_ ask: Ask) throws {
    try ask("all rows") { snapshot in
      var rows: [FactRow] = []
      _ = try snapshot.appendRows(
        from: .init(before: .first),
        through: .last,
        limit: .max,
        to: &rows
      )
      return "\(rows)"
    }
    for (index, fact) in asked.facts.enumerated() {
      try ask("rows of \(index)") { "\(try $0.rows(of: fact))" }
      try ask("rows of \(index), side by side") { snapshot in
        var (rows, ends): ([FactRow], [Int]) = ([], [])
        let stretch = FactStretch(from: fact, through: fact)
        try snapshot.appendRows(of: [stretch, stretch], limit: 9, to: &rows, ends: &ends)
        return "\(rows) \(ends)"
      }
      for limit in [1, 9] {
        try ask("rows of \(index) back, \(limit)") { snapshot in
          var rows: [FactRow] = []
          _ = try snapshot.appendRows(
            backwardFrom: .init(after: fact),
            head: 99,
            repeats: true,
            limit: limit,
            to: &rows
          )
          return "\(rows)"
        }
      }
      try ask("last row up to \(index)") { "\(try $0.lastRow(atOrBefore: fact) as Any)" }
    }
  }

  /// Damages each row of a table in turn, and compares what is answered then with what was before.
  ///
  /// - Parameter damage: Changes one of the rows.
  private func check<Schema: TableSchema>(
    _ schema: Schema.Type,
    _ damage: (inout [StoredRow], Int) -> Void
  ) throws where Schema.Key == ByteKey {
    let sound = try outcomes()
    #expect(!sound.values.contains(.damage))
    let rows = try folder.rows(schema)
    for index in rows.indices {
      var damaged = rows
      damage(&damaged, index)
      try folder.replace(schema, with: damaged)
      let found = try outcomes()
      for (question, outcome) in found where outcome != .damage {
        #expect(outcome == sound[question], "\(Schema.name) \(index): \(question)")
      }
      // Not every text is asked for.
      let isAsked = Schema.name != StoredTables.Symbols.name
      #expect(!isAsked || found.values.contains(.damage), "\(Schema.name) \(index)")
    }
    try folder.replace(schema, with: rows)
  }

  @Test("no answer leaves out what a row that is missing says")
  func rowsThatAreMissing() throws {
    try checkEveryTable { $0.remove(at: $1) }
  }

  @Test("no answer is made of a row of which a bit of the value changed", arguments: [3, 17, 101])
  func changedValues(bit: Int) throws {
    try checkEveryTable { rows, index in rows[index].value.flip(bit) }
  }

  @Test("no answer is made of a row of which a bit of the key changed", arguments: [1, 38, 200])
  func changedKeys(bit: Int) throws {
    try checkEveryTable { rows, index in rows[index].key.flip(bit) }
  }

  /// Makes a ledger, and checks the change of each row of each linked table.
  private func checkEveryTable(_ change: (inout [StoredRow], Int) -> Void) throws {
    try remember(makeStore())
    try check(StoredTables.Facts.self, change)
    try check(StoredTables.Definitions.self, change)
    try check(StoredTables.Filings.self, change)
    try check(StoredTables.Symbols.self, change)
  }

  @Test("an append beside a damaged row is refused, and links nothing anew")
  func appendBesideDamage() throws {
    _ = try makeStore()
    var rows = try folder.rows(StoredTables.Facts.self)
    rows[1].value[8] ^= 1
    try folder.replace(StoredTables.Facts.self, with: rows)
    let before = try folder.rows(StoredTables.Facts.self).map(\.value)
    #expect(throws: DamagedLedger.self) {
      try folder.store().append(cash("131", line: 7), seconds: 9)
    }
    #expect(try folder.rows(StoredTables.Facts.self).map(\.value) == before)
  }

  @Test("rebuild links all rows anew")
  func rebuildLinks() throws {
    let sound = try makeStore().checkpoint
    var rows = try folder.rows(StoredTables.Facts.self)
    rows[1].value[8] ^= 1
    rows.remove(at: 3)
    try folder.replace(StoredTables.Facts.self, with: rows)
    try folder.replace(
      StoredTables.Definitions.self,
      with: Array(folder.rows(StoredTables.Definitions.self).dropLast())
    )
    try folder.replace(
      StoredTables.Filings.self,
      with: Array(folder.rows(StoredTables.Filings.self).dropFirst())
    )
    _ = try folder.store().rebuild()
    let verification = try EventStore.verify(path: folder("test.assay"))
    #expect("\(verification.head) \(verification.root)" == sound)
  }
}

extension [UInt8] {
  /// Changes one bit, counted around.
  fileprivate mutating func flip(_ bit: Int) {
    let bit = bit % (8 * count)
    self[bit / 8] ^= 1 << (bit % 8)
  }
}
