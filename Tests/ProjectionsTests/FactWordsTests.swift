import Facts
import Projections
import TestSupport
import Testing

@Suite("The words for facts")
struct FactWordsTests {
  /// A company with concepts whose names contain one another, and labels.
  private static func log() throws -> TestLog {
    var log = try TestLog(fiscalYearEnd: nil)
    for (concept, label) in [
      ("x:Assets", "Total assets"), ("x:AssetsCurrent", "Total current assets"),
      ("x:CapitalAssets", nil), ("x:Sales", "Revenue from customers"),
      ("x:OtherSales", "Other revenue"),
    ] as [(String, String?)] {
      log.add(
        .concept(
          ConceptDefinition(
            concept: concept,
            label: label,
            kind: "statement-line",
            periodType: .instant
          )
        )
      )
    }
    log.layout(
      "s",
      [Column(span: .instant)],
      [Line(label: "Fixed assets:", concept: "x:CapitalAssets")]
    )
    try log.filing("f", "2004-02-01")
    for concept in ["x:Assets", "x:AssetsCurrent", "x:CapitalAssets", "x:Sales", "x:OtherSales"] {
      try log.claim(concept, "2003-12-31", "1", "f")
    }
    try log.claim("x:AssetsCurrent", "2002-12-31", "1", "f")
    return log
  }

  @Test(
    "are whole names, then parts of names, then whole labels, then parts of labels",
    arguments: [
      ("x:Assets", "x:Assets"), ("assets", "x:Assets"),
      ("Asset", "x:Assets x:AssetsCurrent x:CapitalAssets"), ("Current", "x:AssetsCurrent"),
      ("total assets", "x:Assets"), ("Total Current Assets", "x:AssetsCurrent"),
      ("fixed assets", "x:CapitalAssets"), ("revenue", "x:Sales x:OtherSales"),
      ("other revenue", "x:OtherSales"), ("x:Assets 2003-12-31", "x:Assets"),
      ("x:Assets 2002-12-31", ""), ("total assets 2002-12-31", ""), ("nothing", ""),
    ]
  )
  func wordsAreNamesThenLabels(words: String, expected: String) throws {
    let found = try Self.found(words, Self.log())
    let unique = Set(found)
    #expect(unique == Set(expected.split(separator: " ").map(String.init)), "\(found)")
  }

  @Test("are whole names, however many facts are named by parts before", arguments: [3, 200, 600])
  func wholeAfterParts(count: Int) throws {
    var log = try TestLog(fiscalYearEnd: nil)
    try log.filing("f", "2004-02-01")
    let start = try #require(CivilDate("2000-01-01"))
    for day in 0..<count { try log.claim("x:SalesA", "\(start.advanced(byDays: day))", "1", "f") }
    for words in ["Sales", "x:sales"] {
      var other = log
      try other.claim("x:SalesB", "2003-12-31", "1", "f")
      #expect(try Self.found(words, other).count == count + 1)
      try other.claim("x:Sales", "2003-12-31", "1", "f")
      #expect(try Self.found(words, other) == ["x:Sales"])
    }
  }

  @Test(
    "name the same facts, whether their concepts' definitions lead to them or every fact is read"
  )
  func definedConceptsAreFoundAlike() throws {
    let names = ["x:Assets", "y:Assets", "x:AssetsCurrent", "x:assets", "x:Sales"]
    var (sought, read) = (TestLog(), TestLog())
    for name in names {
      sought.add(
        .concept(ConceptDefinition(concept: name, label: nil, kind: "k", periodType: .instant))
      )
    }
    for entity in ["x:1", "x:2", "x:3"] {
      for (place, name) in names.enumerated() {
        for dimensions in ["", "metal=gold", "metal=tin"] where (place + dimensions.count) % 3 != 0
        {
          guard entity != "x:2" || !name.hasSuffix("ssets") else { continue }
          let filing = "\(entity)-\(place)\(dimensions)"
          try sought.filing(filing, "2004-02-01", entity: entity)
          try read.filing(filing, "2004-02-01", entity: entity)
          for day in ["2003-12-31", "2002-12-31"] {
            try sought.claim(name, day, "1", filing, dimensions: dimensions, entity: entity)
            try read.claim(name, day, "1", filing, dimensions: dimensions, entity: entity)
          }
        }
      }
    }
    for words in [
      "assets", "x:Assets", "Assets gold", "assets tin", "assets zinc", "y:assets", "sales",
      "asset",
      "assets 2003-12-31", "x:sales 2001-12-31", "assets sales", "gold",
    ] {
      for entity in ["x:1", "x:2", nil] {
        let (one, other) = (
          try Self.facts(words, entity, sought), try Self.facts(words, entity, read)
        )
        #expect(one == other, "\(words) \(entity ?? "")")
        #expect(
          words == "assets zinc" || words.hasSuffix("2001-12-31") || words == "assets sales"
            || entity == "x:2" || !one.isEmpty
        )
      }
    }
  }

  /// Each fact that the words name.
  private static func facts(_ words: String, _ entity: String?, _ log: TestLog) throws -> [String] {
    let facts = try log.facts()
    var found: [String] = []
    let query = FactListing.Query(
      entity: entity,
      pattern: FactPattern(words.split(separator: " ").map(String.init)),
      vantage: Vantage(head: log.head)
    )
    try FactListing.forEach(query, in: facts) { entry in
      let texts = [entry.fact.entity, entry.fact.concept, entry.fact.dimensions]
      let names = try texts.map { try facts.text($0) }
      found.append("\(names) \(entry.fact.period)")
    }
    return found
  }

  /// The concept of each fact that the words name.
  private static func found(_ words: String, _ log: TestLog) throws -> [String] {
    let facts = try log.facts()
    var found: [String] = []
    let query = FactListing.Query(
      entity: "x:1",
      pattern: FactPattern(words.split(separator: " ").map(String.init)),
      vantage: Vantage(head: log.head)
    )
    try FactListing.forEach(query, in: facts) { found.append(try facts.text($0.fact.concept)) }
    return found
  }
}
