import Facts
import Ledger
import TestSupport
import Testing

@testable import Intake

@Suite("What documents say of one entity or concept")
struct JoiningTests {
  /// What a document says of the entity: its name, and its newest filing with the day it was published.
  private struct Said {
    let name: String
    let filing: String
    let published: String

    init(_ text: String) {
      let parts = text.split(separator: "|").map(String.init)
      (name, filing, published) = (parts[0], parts[1], parts[2])
    }
  }

  /// The name that is recorded after all documents, in their order.
  private func name(after texts: [String], chosen: String? = nil) throws -> String {
    var recorded = chosen.map { EntityDefinition(entity: "x:1", name: $0) }
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
        filing: { [filings] name in filings.first { $0.filing == name } },
        newestFiling: { [filings] _ in
          filings.map(\.published).max { $0.timestamp < $1.timestamp }
        }
      )
      let definition = EntityDefinition(entity: "x:1", name: said.name)
      if let additions = try known.additions(definition, by: [filing]) { recorded = additions }
      if !filings.contains(filing) { filings.append(filing) }
    }
    return recorded?.name ?? ""
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
    ] as [([String], String)]
  )
  func orderOfNames(texts: [String], expected: String) throws {
    for order in Self.permutations(texts) {
      #expect(try name(after: order) == expected, "\(order)")
    }
  }

  @Test("leave a name that somebody chose")
  func chosenName() throws {
    #expect(try name(after: ["Weekly Co.|a|2018-11-01"], chosen: "OURS") == "OURS")
    #expect(try name(after: ["Weekly Co.|a|2018-11-01"], chosen: "x:1") == "Weekly Co.")
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
