import Facts
import Ledger
import TestSupport
import Testing

@testable import Intake

@Suite("What documents say of one entity or concept")
struct JoiningTests {
  /// What a document says of the entity: its name, its newest filing with the day it was published, and its
  /// year end if it says that.
  private struct Said {
    let name: String
    let filing: String
    let published: String
    let yearEnd: FiscalYearEnd?

    init(_ text: String) {
      let parts = text.split(separator: "|").map(String.init)
      (name, filing, published) = (parts[0], parts[1], parts[2])
      yearEnd = parts.count > 3 ? FiscalYearEnd(parts[3]) : nil
    }
  }

  /// What is recorded after all documents, in their order.
  private func entity(
    after texts: [String],
    chosen: EntityDefinition? = nil
  ) throws -> EntityDefinition {
    var recorded = chosen
    var filings: [Filing] = []
    for said in texts.map(Said.init) {
      let filing = Filing(
        filing: said.filing,
        entity: "x:1",
        published: .day(try #require(CivilDate(said.published)))
      )
      let known = KnownDefinitions(
        concept: { _ in nil },
        entity: { [recorded] _ in recorded },
        filing: { [filings] name in filings.first { $0.filing == name } }
      )
      let definition = EntityDefinition(
        entity: "x:1",
        name: said.name,
        fiscalYearEnd: said.yearEnd
      )
      if let additions = try known.additions(definition, by: [filing]) { recorded = additions }
      if !filings.contains(filing) { filings.append(filing) }
    }
    return try #require(recorded)
  }

  private static func permutations(_ texts: [String]) -> [[String]] {
    guard texts.count > 1 else { return [texts] }
    return texts.indices.flatMap { index in
      var rest = texts
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }

  @Test(
    "make one name, in whatever order they come",
    arguments: [
      // Small letters before capitals, of whatever day.
      (["Weekly Co.|a|2018-11-01", "WEEKLY CO|b|2019-11-01"], "Weekly Co."),
      // Of the newest filing, beside capitals that are newer, and where two documents agree.
      (
        [
          "Weekly Co.|a|2018-11-01", "Weekly Company|b|2019-11-01", "WEEKLY CO|c|2020-11-01",
          "Weekly Co.|d|2017-11-01",
        ], "Weekly Company"
      ),
      (
        [
          "One Co.|a|2018-11-01", "One Inc.|b|2019-11-01", "One Co.|c|2020-11-01",
          "x:1|d|2021-11-01",
        ],
        "One Co."
      ),
      // Of one filing, the first in the order of the bytes.
      (["One Inc.|a|2018-11-01", "One Inc|a|2018-11-01", "One, Inc|a|2018-11-01"], "One Inc"),
      // Capitals, of the newest filing.
      (["ONE|a|2018-11-01", "TWO|b|2019-11-01", "THREE|c|2017-11-01"], "TWO"),
      (["ONE|a|2018-11-01", "TWO|b|2019-11-01", "ONE|c|2020-11-01"], "ONE"),
    ] as [([String], String)]
  )
  func orderOfNames(texts: [String], expected: String) throws {
    for order in Self.permutations(texts) {
      #expect(try entity(after: order).name == expected, "\(order)")
    }
  }

  @Test(
    "make one year end, in whatever order they come",
    arguments: [
      (["ONE|a|2018-11-01|06-30", "ONE|b|2019-11-01|12-31"], "12-31"),
      // A newer filing that says nothing of it changes nothing.
      (["ONE|a|2018-11-01|06-30", "ONE|b|2019-11-01|12-31", "ONE|c|2020-11-01"], "12-31"),
      (["ONE|a|2018-11-01|12-31", "ONE|b|2019-11-01", "ONE|c|2017-11-01|06-30"], "12-31"),
      // A year end that returns.
      (["ONE|a|2018-11-01|12-31", "ONE|b|2019-11-01|06-30", "ONE|c|2020-11-01|12-31"], "12-31"),
      // Of one filing, the first in the order of the bytes.
      (["ONE|a|2018-11-01|12-31", "ONE|a|2018-11-01|06-30", "ONE|b|2017-11-01|03-31"], "06-30"),
    ] as [([String], String)]
  )
  func orderOfYearEnds(texts: [String], expected: String) throws {
    let entities = try Self.permutations(texts).map { try entity(after: $0) }
    #expect(entities.allSatisfy { $0.fiscalYearEnd?.description == expected })
    #expect(Set(entities.map(\.yearEndBy)).count == 1)
  }

  @Test("leave a name and a year end that somebody chose")
  func chosenName() throws {
    let june = FiscalYearEnd("06-30")
    let text = "Weekly Co.|a|2018-11-01|12-31"
    let chosen = EntityDefinition(entity: "x:1", name: "OURS", fiscalYearEnd: june)
    #expect(try entity(after: [text], chosen: chosen) == chosen)
    let unnamed = EntityDefinition(entity: "x:1", name: "x:1")
    #expect(
      try entity(after: [text], chosen: unnamed)
        == EntityDefinition(
          entity: "x:1",
          name: "Weekly Co.",
          fiscalYearEnd: FiscalYearEnd("12-31"),
          namedBy: "a",
          yearEndBy: "a"
        )
    )
  }

  private func concept(_ label: String?) -> ConceptDefinition {
    ConceptDefinition(concept: "my:A", label: label, kind: "statement-line", periodType: .instant)
  }

  @Test("make one label of a concept, in whatever order they come")
  func orderOfLabels() {
    for (one, other) in [("A", "B"), ("B", "A")] {
      let joined = concept(one).joined(with: concept(other), isElement: false)
      #expect((joined ?? concept(one)).label == "A")
    }
    #expect(concept(nil).joined(with: concept("B"), isElement: false)?.label == "B")
    #expect(concept("B").joined(with: concept(nil), isElement: false) == nil)
    // Of an element of a taxonomy all documents have one label: another was chosen.
    #expect(concept("B").joined(with: concept("A"), isElement: true) == nil)
  }

  @Test("give an element of a public taxonomy its data type and label, whatever its units say")
  func elementsAreKnown() throws {
    var traits = ConceptTraits()
    traits.add(
      Fact(
        entity: "x:1",
        concept: "us-gaap:EarningsPerShareDiluted",
        dimensions: .none,
        unit: "USD",
        period: try #require(Period("2019-01-01/2019-12-31"))
      )
    )
    let element = StandardElements.concept("us-gaap:EarningsPerShareDiluted")
    let definition = traits.definition(
      of: "us-gaap:EarningsPerShareDiluted",
      kind: "statement-line",
      label: "Diluted",
      description: nil,
      element: element
    )
    #expect(definition.dataType == .perShare && definition.isAdditive == nil)
    #expect(definition.label == "Earnings Per Share, Diluted")
    #expect(ConceptDefinition.DataType.allCases.filter(\.neverAdds).count == 4)
  }
}
