import Facts
import Ledger
import TestSupport
import Testing

@Suite("A spool of drafts")
struct DraftSpoolTests {
  private func spooled(_ drafts: [Draft], limit: Int) throws -> SpooledDrafts {
    let spool = DraftSpool(memoryLimit: limit)
    for draft in drafts { try spool.append(draft) }
    return spool.finish()
  }

  private static func filing(_ name: String, _ day: String) throws -> Draft {
    let published = try #require(PublishedTime(day))
    return Draft(.filing(Filing(filing: name, entity: "cik:1", published: published)))
  }

  private static func claim(_ filing: String, _ figure: Figure, _ source: Source? = nil) -> Draft {
    let fact = Fact(
      entity: "cik:1",
      concept: "x:Cash",
      dimensions: Dimensions(canonicalText: "metal=gold"),
      unit: "USD",
      period: .instant(CivilDate(dayNumber: 12_000))
    )
    let claim = Claim(kind: "cost", filing: filing, fact: fact, figure: figure, source: source)
    return Draft(.claim(claim), file: "a.csv", line: 7)
  }

  private static let entity = Draft(.entity(EntityDefinition(entity: "cik:1", name: "Mine")))
  private static let withdrawal = Draft(
    .amendment(
      Amendment(event: String(repeating: "a", count: 64), reason: "typing error", figure: nil)
    )
  )

  @Test(
    "gives definitions, then filings with their claims, the oldest first, then amendments",
    arguments: [1, 100, 200, .max]
  )
  func givesDefinitionsThenFilingsThenAmendments(limit: Int) throws {
    let amounts = (0..<6).map { Figure(value: Amount(mantissa: $0, fractionDigitCount: 0)) }
    let given = [
      Self.withdrawal, Self.claim("new", amounts[0]), Self.claim("old", amounts[1]),
      try Self.filing("new", "2010-01-02"), Self.claim("unknown", amounts[2]), Self.entity,
      Self.claim("new", amounts[3]), try Self.filing("old", "2010-01-01"),
      Self.claim("old", amounts[4]),
    ]
    let spooled = try spooled(given, limit: limit)
    #expect(spooled.count == given.count && !spooled.isExport)
    let expected = [5, 4, 7, 2, 8, 3, 1, 6, 0].map { given[$0] }
    #expect(try spooled.all() == expected)
    #expect(try spooled.all() == expected, "A second reader starts anew.")
  }

  @Test("leaves another ledger's export as it is", arguments: [1, 200, .max])
  func leavesAnotherLedgersExportAsItIs(limit: Int) throws {
    let time = Timestamp(microseconds: 0)
    let given = [
      Draft(.batch(Batch(recorded: time, count: 2, by: "me"))),
      Self.claim("f", Figure(value: nil)), Self.entity,
    ]
    let spooled = try spooled(given, limit: limit)
    #expect(spooled.isExport)
    #expect(try spooled.all() == given)
  }

  @Test("keeps every aspect of a claim", arguments: [1, .max])
  func keepsEveryAspectOfClaim(limit: Int) throws {
    var given: [Draft] = []
    let place = Source.Place(line: .max, column: 1)
    let sources = [
      nil, Source(place: place, text: nil), Source(place: nil, text: "(1)"),
      Source(place: place, text: "e\u{301}"),
    ]
    let values = [
      nil, Amount(mantissa: 0, fractionDigitCount: 0), Amount(mantissa: -15, fractionDigitCount: 2),
      Amount(mantissa: 999_999_999_999_999_999, fractionDigitCount: 18),
    ]
    for source in sources {
      for value in values {
        for decimals in [nil, 18, -18] as [Int8?] {
          for qualifier in [nil] + Qualifier.allCases {
            // A dash has neither.
            guard value != nil || decimals == nil && qualifier == nil else { continue }
            let figure = Figure(value: value, decimals: decimals, qualifier: qualifier)
            given.append(Self.claim("f", figure, source))
          }
        }
      }
    }
    guard case .claim(var claim) = given[0].event else { return }
    claim.fact.period = .duration(
      start: CivilDate(dayNumber: -700_000),
      end: CivilDate(dayNumber: 2_900_000)
    )
    claim.fact.dimensions = .none
    given.append(Draft(.claim(claim)))
    let back = try spooled(given, limit: limit).all()
    #expect(back.count == given.count)
    for (draft, expected) in zip(back, given) { #expect(draft == expected) }
  }

  @Test("takes texts for the same only if their bytes are")
  func exactTexts() throws {
    let given = ["\u{E9}", "e\u{301}"].map { Self.claim($0, Figure(value: nil)) }
    let names = try spooled(given, limit: .max).all().map { draft in
      if case .claim(let claim) = draft.event { Array(claim.filing.utf8) } else { [] as [UInt8] }
    }
    #expect(Set(names) == [[0xC3, 0xA9], [0x65, 0xCC, 0x81]])
  }

  @Test("refuses an event that cannot be read back, and names its place")
  func refusesAnEventThatCannotBeReadBack() throws {
    let unnamed = Draft(.entity(EntityDefinition(entity: "", name: "")), file: "a.xml", line: 3)
    let error = #expect(throws: InvalidEvent.self) { try spooled([unnamed], limit: .max).all() }
    #expect(error?.description.hasPrefix(#"a.xml:3: "entity" is "";"#) == true)
  }
}
