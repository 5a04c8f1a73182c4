import EventStore
import Facts
import Foundation
import TestSupport
import Testing

@Suite("One admission for every way in")
struct AdmissionTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
    try store.append(definitions)
  }

  private func claim(
    unit: String = "USD",
    entity: String = "x:1",
    dimensions: Dimensions = .none,
    period: Period = .instant(CivilDate(dayNumber: 18_261)),
    figure: Figure = Figure(
      value: Amount(mantissa: 5, fractionDigitCount: 0),
      decimals: nil,
      qualifier: nil
    ),
    source: Source? = nil
  ) -> Draft {
    let fact = Fact(
      entity: entity,
      concept: "x:Cash",
      dimensions: dimensions,
      unit: unit,
      period: period
    )
    return Draft(
      .claim(
        Claim(kind: "statement-line", filing: "f1", fact: fact, figure: figure, source: source)
      )
    )
  }

  @Test("a claim whose line would not read back as the same one is refused")
  func admitsReadableClaims() throws {
    let before = try store.checkpoint
    let first = CivilDate.first
    let drafts: [(String, Draft)] = [
      ("control character", claim(unit: "a\tb")),
      ("4,096 bytes", claim(unit: String(repeating: "u", count: 5000))),
      ("spaces around it", claim(unit: " USD")), ("spaces around it", claim(entity: "")),
      ("canonical form", claim(dimensions: Dimensions(canonicalText: "b=1;a=2"))),
      ("cannot be used", claim(dimensions: Dimensions(canonicalText: "a="))),
      ("\"period\" is", claim(period: .instant(first.advanced(byDays: -1)))),
      ("\"period\" is", claim(period: .instant(CivilDate.last.advanced(byDays: 1)))),
      (
        "\"decimals\" is 19",
        claim(
          figure: Figure(
            value: Amount(mantissa: 5, fractionDigitCount: 0),
            decimals: 19,
            qualifier: nil
          )
        )
      ),
      ("control character", claim(source: Source(place: nil, text: "a\u{7F}b"))),
      (
        "longer than 255",
        claim(source: Source(place: nil, text: String(repeating: "5", count: 256)))
      ),
    ]
    for (message, draft) in drafts {
      let error = #expect(throws: (any Error).self) { try store.append([draft]) }
      #expect("\(error as Any)".contains(message), "\(message): \(error as Any)")
    }
    #expect(try store.checkpoint == before)
    try store.append([claim(period: .instant(first)), claim(period: .instant(CivilDate.last))])
  }

  @Test("so is a definition, a filing, and who appends")
  func admitsReadableEvents() throws {
    let before = try store.checkpoint
    let filing = Filing(
      filing: "f\n3",
      entity: "x:1",
      form: nil,
      published: .day(CivilDate.first),
      fiscalYear: nil,
      fiscalPeriod: nil,
      document: nil
    )
    let drafts = [
      Draft(.entity(EntityDefinition(entity: "x:2", name: " Two"))), Draft(.filing(filing)),
    ]
    for draft in drafts { #expect(throws: RefusedEvents.self) { try store.append([draft]) } }
    let good = try EventStoreTests.drafts(cash("1"))
    #expect(throws: (any Error).self) {
      try store.append(EventStore.Append(good, time: time(), by: "a\u{1B}b"))
    }
    #expect(try store.checkpoint == before)
  }

  @Test("a clock two years ahead of the last batch is believed only if somebody says so")
  func refusesImplausibleClock() throws {
    let year: Int64 = 365 * 86_400
    func append(_ value: String, at seconds: Int64, accepted: Bool = false) throws {
      var append = EventStore.Append(
        try EventStoreTests.drafts(cash(value, line: Int(value))),
        time: time(seconds),
        by: "test"
      )
      append.acceptsClock = accepted
      _ = try store.append(append)
    }
    try append("1", at: year)
    let before = try store.checkpoint
    let error = #expect(throws: ImplausibleClock.self) { try append("2", at: 4 * year) }
    #expect(error?.description.contains("more than two years after the last batch") == true)
    #expect(throws: ImplausibleClock.self) { try append("2", at: 9_600 * year, accepted: true) }
    #expect(throws: ImplausibleClock.self) { try append("2", at: -60 * year, accepted: true) }
    #expect(try store.checkpoint == before)
    try append("2", at: 4 * year, accepted: true)
    try append("3", at: 2 * year)
    try append("4", at: 5 * year)
    // What another ledger recorded is as it is.
    let copy = try folder.store("copy.assay")
    _ = try copy.replicate(store.lines)
    #expect(try copy.checkpoint == store.checkpoint)
  }
}
