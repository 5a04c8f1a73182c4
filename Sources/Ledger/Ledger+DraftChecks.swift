import EventStore
public import Facts
import Projections

extension Ledger {
  /// Runs checks over drafts alone, whatever a ledger holds, without recording them anywhere.
  ///
  /// - Parameters:
  ///   - drafts: Filings and claims, and definitions. All are held in memory.
  ///   - definitions: Definitions that are newer than those of the ledger.
  ///   - ledger: Where further definitions are; `nil` for none.
  ///   - entity: Whose figures; its identifier.
  /// - Returns: What the checks found; `nil` if no check applies to the entity.
  /// - Throws: ``LedgerError`` if the drafts hold nothing of the entity; what reading them throws.
  /// - Complexity: O(*d* log *d*), for *d* drafts.
  public static func checks(
    of drafts: any DraftSource,
    definitions: [Draft],
    in ledger: Ledger?,
    entity: String
  ) throws -> CheckAnswer? {
    try translating(path: ledger?.path ?? "") {
      try checks(of: drafts, definitions, in: ledger, entity)
    }
  }

  private static func checks(
    of drafts: any DraftSource,
    _ definitions: [Draft],
    in ledger: Ledger?,
    _ entity: String
  ) throws -> CheckAnswer? {
    var fold = DraftFold()
    for draft in try ledger?.definitions(applyingTo: entity) ?? StandardDefinitions.drafts() {
      fold.add(draft.event)
    }
    for draft in definitions { fold.add(draft.event) }
    var reader = drafts.makeReader()
    while let draft = try reader.next() { fold.add(draft.event) }
    let (facts, claims) = try fold.finish()
    let checks = try facts.definitions(ofType: "check", applyingTo: entity, before: facts.head)
    guard !checks.isEmpty else { return nil }
    let query = CheckRun.Query(entity: entity, vantage: Vantage(knownAt: nil, head: facts.head))
    return try CheckAnswer(query, in: facts) { sequence in
      guard let claim = claims[sequence] else { preconditionFailure("not a claim of the drafts") }
      return claim
    }
  }

  /// The newest of each definition that applies to an entity, as drafts.
  ///
  /// - Complexity: O(*k* log *n*), for *k* such definitions.
  private func definitions(applyingTo entity: String) throws -> [Draft] {
    try store.read { snapshot in
      var names = [DefinitionName(type: "entity", name: entity)]
      for type in ["concept", "statement", "check"] {
        names += try snapshot.definitions(ofType: type, applyingTo: entity, before: snapshot.head)
      }
      return try names.compactMap { name in
        try snapshot.definition(name, before: snapshot.head).map { Draft($0) }
      }
    }
  }
}

/// Gives drafts numbers and symbols, as a ledger would.
private struct DraftFold {
  private var texts: [String] = []
  private var symbols: [ExactText: SymbolID] = [:]
  private var published: [ExactText: Timestamp] = [:]
  private var events: [Event] = []

  mutating func add(_ event: Event) {
    if case .filing(let filing) = event {
      published[ExactText(filing.filing)] = filing.published.timestamp
    }
    events.append(event)
  }

  /// The facts that the drafts make, and the claims by their sequences.
  mutating func finish() throws -> (facts: MemoryFacts, claims: [UInt64: Claim]) {
    var claims: [UInt64: Claim] = [:]
    var records: [LogRecord] = []
    for (index, event) in events.enumerated() {
      guard case .claim(let claim) = event else {
        records.append(.other(event))
        continue
      }
      let sequence = UInt64(index)
      claims[sequence] = claim
      records.append(.claims([row(of: claim, at: sequence)]))
    }
    var fold = LogFold(texts: texts, eventCount: events.count)
    for (index, record) in records.enumerated() { try fold.fold(record, at: UInt64(index)) }
    return (fold.finish(), claims)
  }

  private mutating func row(of claim: Claim, at sequence: UInt64) -> FactRow {
    FactRow(
      fact: FactID(
        entity: symbol(claim.fact.entity),
        concept: symbol(claim.fact.concept),
        dimensions: symbol(claim.fact.dimensions.text),
        unit: symbol(claim.fact.unit),
        period: claim.fact.period
      ),
      published: published[ExactText(claim.filing)] ?? Timestamp(microseconds: .max),
      sequence: sequence,
      filing: symbol(claim.filing),
      figure: claim.figure,
      change: .claim
    )
  }

  private mutating func symbol(_ text: String) -> SymbolID {
    if let known = symbols[ExactText(text)] { return known }
    let symbol = SymbolID(rawValue: UInt32(texts.count))
    texts.append(text)
    symbols[ExactText(text)] = symbol
    return symbol
  }
}
