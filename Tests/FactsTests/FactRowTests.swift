import Facts
import Testing

@Suite("The order of the facts table") struct FactRowTests {
  private static func fact(
    _ entity: UInt32,
    _ concept: UInt32,
    _ dimensions: UInt32,
    _ unit: UInt32,
    _ period: String
  ) throws -> FactID {
    FactID(
      entity: SymbolID(rawValue: entity),
      concept: SymbolID(rawValue: concept),
      dimensions: SymbolID(rawValue: dimensions),
      unit: SymbolID(rawValue: unit),
      period: try #require(Period(period))
    )
  }

  @Test("is by entity, concept, dimensions, unit, end and start; instants come after durations")
  func isByEntityConceptDimensionsUnitEndAndStart() throws {
    let sorted = try [
      Self.fact(0, 0, 0, 0, "2003-12-31"),
      Self.fact(0, 0, 0, 0, "2004-01-01/2004-09-30"),
      Self.fact(0, 0, 0, 0, "2004-07-01/2004-09-30"),
      Self.fact(0, 0, 0, 0, "2004-09-30"),
      Self.fact(0, 0, 0, 0, "2004-01-01/2004-12-31"),
      Self.fact(0, 0, 0, 1, "1969-12-31"),
      Self.fact(0, 0, 1, 0, "1969-12-31"),
      Self.fact(0, 1, 0, 0, "1969-12-31"),
      Self.fact(1, 0, 0, 0, "1969-12-31"),
    ]
    for (index, fact) in sorted.enumerated() {
      for (otherIndex, other) in sorted.enumerated() {
        #expect((fact < other) == (index < otherIndex))
      }
    }
  }

  @Test("is by published time and sequence within a fact")
  func isByPublishedTimeAndSequenceWithinFact() throws {
    let fact = try Self.fact(0, 0, 0, 0, "2004-09-30")
    let later = try Self.fact(0, 0, 0, 0, "2004-10-01")
    let keys: [(FactID, Int64, UInt64)] = [(fact, 1, 9), (fact, 2, 3), (fact, 2, 4), (later, 0, 0)]
    let rows = keys.map { fact, published, sequence in
      FactRow(
        fact: fact,
        published: Timestamp(microseconds: published),
        sequence: sequence,
        filing: SymbolID(rawValue: 7),
        figure: Figure(value: nil),
        change: .claim
      )
    }
    for (index, row) in rows.enumerated() {
      for (otherIndex, other) in rows.enumerated() {
        #expect(FactRow.isOrdered(row, other) == (index < otherIndex))
      }
    }
  }

  @Test("keeps the period of a fact")
  func keepsPeriodOfFact() throws {
    for text in ["2004-09-30", "2004-07-01/2004-09-30", "1969-12-31", "1969-01-01/1969-12-31"] {
      #expect(try Self.fact(1, 2, 3, 4, text).period.description == text)
    }
  }

  @Test("keeps the periods of one series together")
  func keepsPeriodsOfOneSeriesTogether() throws {
    let fact = try Self.fact(1, 2, 3, 4, "2004-09-30")
    #expect(try fact.series == Self.fact(1, 2, 3, 4, "2004-07-01/2004-09-30").series)
    for other in [(0, 2, 3, 4), (1, 0, 3, 4), (1, 2, 0, 4), (1, 2, 3, 0)]
      as [(
        UInt32, UInt32, UInt32, UInt32
      )]
    {
      let other = try Self.fact(other.0, other.1, other.2, other.3, "2004-09-30")
      #expect(fact.series != other.series)
    }
  }

  @Test("bounds the facts of one series that end within some days")
  func seriesBounds() throws {
    let facts = try ["2004-06-30", "2004-07-01/2004-09-30", "2004-09-30", "2004-12-31"]
      .map { try Self.fact(1, 2, 3, 4, $0) }
    let series = facts[0].series
    #expect(facts.allSatisfy { series.first() < $0 && $0 < series.last() })
    let end = facts[1].periodEnd
    let found = facts.filter {
      series.first(endingOnOrAfter: end) <= $0 && $0 <= series.last(endingOnOrBefore: end)
    }
    #expect(found == Array(facts[1...2]))
    #expect(facts.allSatisfy { series.fact($0.period) == $0 })
  }

  @Test("tells what a row does to which other row")
  func tellsWhatRowDoesToWhichOtherRow() {
    #expect(FactRow.Change.claim.target == nil)
    #expect(FactRow.Change.correction(of: 3).target == 3)
    #expect(FactRow.Change.withdrawal(of: 0).target == 0)
  }
}
