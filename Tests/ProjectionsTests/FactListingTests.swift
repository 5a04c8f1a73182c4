import Facts
import Projections
import TestSupport
import Testing

@Suite("A listing of facts") struct FactListingTests {
  private static func log() throws -> TestLog {
    var log = TestLog()
    try log.filing("f", "2004-11-04")
    try log.claim("x:Assets", "2004-09-30", "7", "f")
    try log.claim("x:Assets", "2003-12-31", "6", "f")
    try log.claim("x:AssetsCurrent", "2004-09-30", "3", "f")
    try log.claim("x:Assets", "2004-09-30", "4", "f", dimensions: "segment=gold")
    try log.claim("x:Made", "2004-07-01/2004-09-30", "5", "f", dimensions: "metal=gold")
    try log.claim("x:Made", "2004-07-01/2004-09-30", "9", "f", dimensions: "metal=silver")
    try log.filing("g", "2005-02-22")
    try log.claim("x:Assets", "2004-09-30", "8", "g")
    try log.claim("x:Plan", "2005-01-01/2005-12-31", "1 0 low", "g")
    try log.claim("x:Plan", "2005-01-01/2005-12-31", "2 0 high", "g")
    return log
  }

  /// A line for each fact: concept, dimensions, period, end of a range if it is one, status.
  private static func told(
    _ words: String,
    end: String? = nil,
    knownAt: String? = nil,
    head: UInt64 = 99,
    isChoice: Bool = false
  ) throws -> [String] {
    let facts = try log().facts()
    let query = FactListing.Query(
      entity: "x:1",
      pattern: FactPattern([words]),
      periodEnd: try end.map { try #require(CivilDate($0)) },
      vantage: Vantage(knownAt: knownAt.flatMap { PublishedTime($0)?.timestamp }, head: head)
    )
    var entries: [FactListing.Entry] = []
    if isChoice {
      entries = try FactListing.choose(query, in: facts)
    } else {
      try FactListing.forEach(query, in: facts) { entries.append($0) }
    }
    return try entries.map { entry in
      let statuses = entry.walk.steps.map(\.status.rawValue).joined(separator: ",")
      let texts = [
        try facts.text(entry.fact.concept), try facts.text(entry.fact.dimensions),
        entry.fact.period.description, entry.rangeEnd == .figure ? "" : "\(entry.rangeEnd)",
        statuses,
      ]
      return texts.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  @Test("skips what is not named, however many claims it has, and nothing else")
  func skipsWhatIsNotNamed() throws {
    var log = TestLog()
    let start = try #require(CivilDate("2001-01-01"))
    try log.filing("f", "2004-11-04")
    // Few and many claims beside each other, with several dimensions of each concept.
    for concept in 0..<40 {
      for metal in ["", "metal=gold", "metal=tin"] {
        for day in 0..<[0, 1, 15, 16, 17, 40][(concept + metal.utf8.count) % 6] {
          let end = "\(start.advanced(byDays: day))"
          try log.claim("x:C\(concept)", end, "\(concept)", "f", dimensions: metal)
        }
      }
    }
    let facts = try log.facts()
    for words in ["", "C", "C1", "c39", "gold", "C2 tin", "C3 2001-01-15", "zinc"] {
      let pattern = FactPattern([words])
      let query = FactListing.Query(
        entity: "x:1",
        pattern: pattern,
        vantage: Vantage(head: facts.head)
      )
      var found: [FactID] = []
      try FactListing.forEach(query, in: facts) { found.append($0.fact) }
      let named = try facts.rows.map(\.fact).filter { fact in
        let (concept, dimensions) = (try facts.text(fact.concept), try facts.text(fact.dimensions))
        return pattern.matches(concept: concept, dimensions: dimensions)
      }
      let whole = try named.filter { pattern.names(concept: try facts.text($0.concept)) }
      let expected = (whole.isEmpty ? named : whole).filter { fact in
        pattern.label.map { $0 == .exact(fact.period) } ?? true
      }
      #expect(found == expected, "\(words)")
      #expect(found.isEmpty == (words == "zinc"))
    }
  }

  @Test("has every fact in the order of the table, with what became of its claims")
  func listsEveryFactInOrder() throws {
    #expect(
      try Self.told("") == [
        "x:Assets 2003-12-31 holds", "x:Assets 2004-09-30 restated,holds",
        "x:Assets segment=gold 2004-09-30 holds", "x:AssetsCurrent 2004-09-30 holds",
        "x:Made metal=gold 2004-07-01/2004-09-30 holds",
        "x:Made metal=silver 2004-07-01/2004-09-30 holds",
        "x:Plan 2005-01-01/2005-12-31 low holds", "x:Plan 2005-01-01/2005-12-31 high holds",
      ]
    )
  }

  @Test("has the facts that the words, the day, the moment and the head leave")
  func listsFactsWithinBounds() throws {
    #expect(try Self.told("plan").count == 2)
    #expect(try Self.told("", end: "2004-09-30").count == 5)
    #expect(try Self.told("assets", end: "2003-12-31") == ["x:Assets 2003-12-31 holds"])
    #expect(
      try Self.told("x:Assets 2004-09-30", knownAt: "2004-12-31") == [
        "x:Assets 2004-09-30 holds,not-yet-known", "x:Assets segment=gold 2004-09-30 holds",
      ]
    )
    #expect(try Self.told("", head: 1).isEmpty)
    #expect(try Self.told("", head: 2) == ["x:Assets 2004-09-30 holds"])
    #expect(try Self.told("nothing").isEmpty)
  }

  @Test("has facts of the entity asked for, of all, or none of one that nobody knows")
  func listsFactsOfEntityAskedFor() throws {
    var fold = LogFold(texts: ["x:1", "x:2", "x:A", "", "USD", "f"])
    for entity in [1, 0] as [UInt32] {
      let fact = FactID(
        entity: SymbolID(rawValue: entity),
        concept: SymbolID(rawValue: 2),
        dimensions: SymbolID(rawValue: 3),
        unit: SymbolID(rawValue: 4),
        period: try #require(Period("2004-09-30"))
      )
      let row = FactRow(
        fact: fact,
        published: Timestamp(microseconds: 0),
        sequence: fold.head,
        filing: SymbolID(rawValue: 5),
        figure: Figure(value: nil),
        change: .claim
      )
      try fold.fold(.claims([row]), at: fold.head)
    }
    let facts = fold.finish()
    let expected: [(String?, [UInt64])] = [("x:1", [1]), ("x:2", [0]), (nil, [1, 0]), ("x:3", [])]
    for (entity, sequences) in expected {
      var found: [UInt64] = []
      let query = FactListing.Query(entity: entity, vantage: Vantage(head: 9))
      try FactListing.forEach(query, in: facts) { entry in
        found += entry.walk.steps.map(\.row.sequence)
      }
      #expect(found == sequences)
    }
  }

  @Test(
    "of what a person means prefers whole names and facts without dimensions",
    arguments: [
      // A whole name, no dimensions asked for.
      ("Assets 2004-09-30", ["x:Assets 2004-09-30"]),
      ("x:assets 2004-09-30", ["x:Assets 2004-09-30"]),
      // A part of two names.
      ("asset 2004-09-30", ["x:Assets 2004-09-30", "x:AssetsCurrent 2004-09-30"]),
      // A dimension is asked for.
      ("Assets gold", ["x:Assets segment=gold 2004-09-30"]),
      ("assets segment=gold", ["x:Assets segment=gold 2004-09-30"]),
      // Every fact has dimensions.
      (
        "Made",
        [
          "x:Made metal=gold 2004-07-01/2004-09-30", "x:Made metal=silver 2004-07-01/2004-09-30",
        ]
      ),
      ("Made silver", ["x:Made metal=silver 2004-07-01/2004-09-30"]),
      ("nothing", []),
    ] as [(String, [String])]
  )
  func choicePrefersWholeNames(words: String, expected: [String]) throws {
    let told = try Self.told(words, isChoice: true).map { line in
      line.split(separator: " ").dropLast().joined(separator: " ")
    }
    #expect(told == expected)
  }
}
