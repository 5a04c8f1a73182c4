import Facts
import Projections
import TestSupport
import Testing

@Suite("A fold of the log") struct MemoryFactsTests {
  private static func batch(_ time: String, _ count: Int) throws -> Event {
    .batch(Batch(recorded: try #require(Timestamp(time)), count: count, by: "a test"))
  }

  private static func entity(_ name: String) -> Event {
    .entity(EntityDefinition(entity: "x:1", name: name))
  }

  /// Two batches: 0 to 2, and 3 to 5.
  private static func log() throws -> TestLog {
    var log = TestLog()
    log.add(try batch("2026-01-01T00:00:00Z", 2))
    log.add(entity("Old"))
    try log.filing("f", "2004-11-04")
    log.add(try batch("2026-02-01T00:00:00Z", 2))
    log.add(entity("New"))
    try log.claim("x:A", "2004-09-30", "7", "f")
    return log
  }

  @Test("finds rows as a plain scan does, from every fact and beside it: 200 tables")
  func findsRowsAsScanDoes() throws {
    var generator = SeededGenerator(seed: 12)
    for size in 0..<200 {
      var log = TestLog()
      try log.filing("f", "2004-11-04")
      for _ in 0..<(size % 23) {
        let end = "2004-0\(1 + generator.below(3))-2\(generator.below(3))"
        let period = generator.below(2) == 0 ? end : "2003-0\(1 + generator.below(2))-01/\(end)"
        try log.claim("x:\(generator.below(3))", period, "1", "f", unit: "u\(generator.below(2))")
      }
      let facts = try log.facts()
      let expected = facts.rows.sorted(by: FactRow.isOrdered)
      #expect(facts.rows == expected)
      for fact in facts.rows.map(\.fact) {
        for shift in [-1, 0, 1] as [Int32] {
          var bound = fact
          bound.periodEnd += shift
          var found: [FactRow] = []
          try facts.forEachRow(from: bound) { row in
            found.append(row)
            return true
          }
          #expect(found == expected.filter { !($0.fact < bound) })
          #expect(facts.lastRow(atOrBefore: bound) == expected.last { $0.fact <= bound })
        }
      }
    }
  }

  @Test("stops where it is told to")
  func stopsWhereToldTo() throws {
    var log = TestLog()
    try log.filing("f", "2004-11-04")
    for day in 1...5 { try log.claim("x:A", "2004-09-0\(day)", "1", "f") }
    let facts = try log.facts()
    var count = 0
    try facts.forEachRow(from: try #require(facts.rows.first).fact) { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
  }

  @Test("has the definitions of the past")
  func hasDefinitionsOfThePast() throws {
    let facts = try Self.log().facts()
    let name = DefinitionName(type: "entity", name: "x:1")
    let expected: [(UInt64, Event?)] = [
      (0, nil), (1, nil), (2, Self.entity("Old")), (4, Self.entity("Old")),
      (5, Self.entity("New")), (99, Self.entity("New")),
    ]
    for (head, event) in expected {
      #expect(facts.definition(name, before: head) == event)
      #expect(
        facts.definitionNames(ofType: "entity", entity: nil, before: head)
          == (event == nil ? [] : ["x:1"])
      )
    }
    #expect(facts.definition(DefinitionName(type: "concept", name: "x:1"), before: 99) == nil)
    #expect(facts.definitionNames(ofType: "concept", entity: nil, before: 99).isEmpty)
  }

  @Test("has the names of definitions in the order of their bytes")
  func definitionNames() throws {
    var log = TestLog()
    for name in ["x:b", "x:é", "x:B", "x:a", "x:\u{FF5E}", "x:😀"] {
      log.add(.concept(ConceptDefinition(concept: name, kind: "line")))
    }
    let names = try log.facts().definitionNames(ofType: "concept", before: 99)
    #expect(names == ["x:B", "x:a", "x:b", "x:é", "x:\u{FF5E}", "x:😀"])
  }

  @Test(
    "knows how much was recorded by a moment: whole batches",
    arguments: [
      ("2025-12-31T23:59:59Z", 0), ("2026-01-01T00:00:00Z", 3), ("2026-01-31T23:59:59.999999Z", 3),
      ("2026-02-01T00:00:00Z", 6), ("2099-01-01T00:00:00Z", 6),
    ] as [(String, UInt64)]
  )
  func knowsHeadAtMoment(time: String, head: UInt64) throws {
    #expect(try Self.log().facts().head(recordedBy: #require(Timestamp(time))) == head)
  }

  @Test("knows when an event was recorded: with its batch")
  func knowsWhenEventWasRecorded() throws {
    let facts = try Self.log().facts()
    let times = try (0..<6).map { try facts.recorded(at: $0).description }
    #expect(
      times == Array(repeating: "2026-01-01T00:00:00Z", count: 3)
        + Array(repeating: "2026-02-01T00:00:00Z", count: 3)
    )
    let error = #expect(throws: InconsistentLog.self) { try TestLog().facts().recorded(at: 0) }
    #expect(error?.description == "event 0: it has no batch")
  }

  @Test("has filings by their name")
  func hasFilingsByName() throws {
    let facts = try Self.log().facts()
    #expect(facts.recordedFiling("f", before: .max)?.published.description == "2004-11-04")
    #expect(facts.recordedFiling("g", before: .max) == nil)
    #expect(facts.head == 6)
  }

  @Test("has texts and symbols of one another, byte for byte")
  func hasTextsAndSymbols() throws {
    let texts = ["a", "", "é", "e\u{301}"]
    let facts = LogFold(texts: texts).finish()
    for (index, text) in texts.enumerated() {
      #expect(facts.symbol(text)?.rawValue == UInt32(index))
      let found = try facts.text(SymbolID(rawValue: UInt32(index)))
      #expect(found.utf8.elementsEqual(text.utf8))
    }
    #expect(facts.symbol("b") == nil)
    let error = #expect(throws: InconsistentLog.self) { try facts.text(SymbolID(rawValue: 4)) }
    #expect(
      error?.description
        == "the dictionary lacks symbol 4"
    )
  }

  @Test("keeps an amendment with the fact of the claim that it names")
  func keepsAmendmentWithItsFact() throws {
    var log = try Self.log()
    let correction = try log.amend(5, "8 0")
    let withdrawal = try log.amend(correction, nil)
    let rows = try log.facts().rows
    #expect(rows.map(\.sequence) == [5, 6, 7])
    #expect(Set(rows.map(\.fact)).count == 1)
    #expect(Set(rows.map(\.published)).count == 1)
    #expect(rows.map(\.change.target) == [nil, 5, correction])
    #expect(rows.map { $0.figure.value?.description } == ["7", "8", "8"])
    #expect(rows[2].change == .withdrawal(of: correction))
    #expect(withdrawal == 7)
  }

  @Test("refuses an amendment of what is no claim")
  func amendmentOfNothing() throws {
    var log = try Self.log()
    try log.amend(1, nil)
    let error = #expect(throws: InconsistentLog.self) { try log.facts() }
    #expect(error?.description == "event 6: it amends event 1, which is no claim")
  }

  @Test("out of order is a mistake of the program")
  func eventsOutOfOrderAreRefused() async {
    await #expect(processExitsWith: .failure) {
      var fold = LogFold(texts: [])
      try fold.fold(.other(.entity(EntityDefinition(entity: "e", name: "n"))), at: 1)
    }
  }

  @Test("of the first events answers as the whole does for their head: 100 logs")
  func prefixAnswersAsWholeAtItsHead() throws {
    var generator = SeededGenerator(seed: 100)
    for _ in 0..<100 {
      var log = TestLog()
      var claims: [UInt64] = []
      for filing in 0..<4 {
        try log.filing("f\(filing)", "2004-01-0\(1 + generator.below(3))")
        for _ in 0..<generator.below(4) {
          if let claim = claims.randomElement(using: &generator), generator.below(3) == 0 {
            try log.amend(claim, generator.below(2) == 0 ? nil : "3")
          } else {
            let value = "\(generator.below(3)) 0"
            claims.append(try log.claim("x:A", "2003-12-31", value, "f\(filing)"))
          }
        }
      }
      let whole = try log.facts()
      for head in 0...log.head {
        let part = try log.facts(to: head)
        let now = try ClaimWalk(whole.rows, rangeEnd: .figure, within: Vantage(head: head)) {
          FilingOrder(try whole.text($0))
        }
        let then = try ClaimWalk(part.rows, rangeEnd: .figure, within: Vantage(head: 99)) {
          FilingOrder(try part.text($0))
        }
        #expect(now.answer == then.answer)
        #expect(now.steps == then.steps)
      }
    }
  }
}
