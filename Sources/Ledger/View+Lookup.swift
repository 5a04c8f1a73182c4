import EventStore
public import Facts
import Projections

extension Ledger {
  /// The newest definition of a concept; `nil` if there is none in `ledger` or among the standard
  /// definitions that an empty one gets.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public static func concept(_ name: String, in ledger: Ledger?) throws -> ConceptDefinition? {
    let definition = DefinitionName(type: "concept", name: name)
    guard case .concept(let concept) = try newest(definition, in: ledger) else { return nil }
    return concept
  }

  /// The newest definition of an entity; `nil` if there is none.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public static func entity(_ name: String, in ledger: Ledger?) throws -> EntityDefinition? {
    let definition = DefinitionName(type: "entity", name: name)
    guard case .entity(let entity) = try newest(definition, in: ledger) else { return nil }
    return entity
  }

  /// The newest layout of a statement: the issuer's own, else everybody's; `nil` if there is none.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public static func statement(
    _ name: String,
    of entity: String,
    in ledger: Ledger?
  ) throws -> StatementDefinition? {
    for issuer in [entity, nil] {
      let definition = DefinitionName(statement: name, entity: issuer)
      if case .statement(let statement) = try newest(definition, in: ledger) { return statement }
    }
    return nil
  }

  /// The newest profile of this name; `nil` if there is none.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public static func profile(_ name: String, in ledger: Ledger?) throws -> ProfileDefinition? {
    let definition = DefinitionName(type: "profile", name: name)
    guard case .profile(let profile) = try newest(definition, in: ledger) else { return nil }
    return profile
  }

  /// The filing of this name; `nil` if `ledger` holds none, or if it was withdrawn.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public static func filing(_ name: String, in ledger: Ledger?) throws -> Filing? {
    try ledger?.read { view in
      try view.ledger.translating { try view.snapshot.standingFiling(name) }
    }
  }

  /// The fiscal calendar that an entity's filings make, with the numbers of its years; `nil` if they
  /// tell nothing of it.
  ///
  /// - Parameters:
  ///   - entity: Its identifier.
  ///   - ledger: The ledger; `nil` where there is none.
  /// - Throws: ``LedgerError``.
  /// - Complexity: As ``View/fiscalCalendar(of:)``.
  public static func fiscalCalendar(
    of entity: String,
    in ledger: Ledger?
  ) throws -> FiscalCalendar? {
    guard let ledger, try Self.entity(entity, in: ledger) != nil else { return nil }
    return try ledger.read { view in
      let calendar = try view.head > 0 ? view.fiscalCalendar(of: entity) : nil
      return calendar?.yearEnds.isEmpty ?? true ? nil : calendar
    }
  }

  /// The fiscal calendar of an entity that the ledger knows, however little its filings tell of it; `nil` for
  /// others.
  ///
  /// - Parameters:
  ///   - entity: Its identifier.
  ///   - ledger: The ledger; `nil` where there is none.
  /// - Throws: ``LedgerError``.
  /// - Complexity: As ``View/fiscalCalendar(of:)``.
  public static func fiscalCalendar(
    ofKnown entity: String,
    in ledger: Ledger?
  ) throws -> FiscalCalendar? {
    guard let ledger, try Self.entity(entity, in: ledger) != nil else { return nil }
    return try ledger.read { try $0.head > 0 ? $0.fiscalCalendar(of: entity) : nil }
  }

  private static func newest(_ name: DefinitionName, in ledger: Ledger?) throws -> Event? {
    if let ledger {
      let (head, found) = try ledger.read { view in (view.head, try view.definition(name)) }
      if head > 0 { return found }
    }
    return try StandardDefinitions.definition(name)
  }
}

extension Ledger.View {
  /// The entity that a person means.
  ///
  /// - Parameter part: Its identifier, or a unique part of its name or identifier; `nil` for the only
  ///   one.
  /// - Throws: ``LedgerError`` if there is none or more than one, with their names.
  /// - Complexity: O(log *n*) for an identifier, else O(*n*) for *n* entities.
  public func entity(matching part: String?) throws -> EntityDefinition {
    try ledger.translating { try snapshot.entity(matching: part, before: vantage().head) }
  }

  /// The newest definition of a concept; `nil` if there is none.
  ///
  /// In an empty ledger it is the standard one, which the first append would record.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public func concept(_ name: String) throws -> ConceptDefinition? {
    try ledger.translating {
      let name = DefinitionName(type: "concept", name: name)
      let event = head > 0 ? try definition(name) : try StandardDefinitions.definition(name)
      guard case .concept(let concept) = event else { return nil }
      return concept
    }
  }

  /// The newest definition of a name; `nil` if there is none.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public func definition(_ name: DefinitionName) throws -> Event? {
    try ledger.translating { try snapshot.definition(name, before: head) }
  }

  /// The filing of this name; `nil` if there is none.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(log *n*).
  public func filing(_ name: String) throws -> Filing? {
    try ledger.translating { try snapshot.filing(name, before: head) }
  }

  /// The filing that a person names.
  ///
  /// - Throws: ``LedgerError`` if there is none, with a near name.
  /// - Complexity: O(log *n*); O(*n*) for *n* filings if there is none.
  public func filing(named name: String) throws -> Filing {
    try ledger.translating {
      if let filing = try snapshot.filing(name, before: head) { return filing }
      let near = nearest(to: name, among: try snapshot.filingNames())
      throw LedgerError(
        .notFound,
        "no filing \"\(name)\" is recorded",
        remedy: near.map { .useName($0) } ?? .listEvents(type: "filing")
      )
    }
  }

  /// The claim that a person names by its sequence or its leaf hash.
  ///
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(log *n*) for a sequence, O(*n*) for a leaf hash.
  public func claim(named text: String) throws -> (figure: Figure, leafHash: String) {
    try ledger.translating {
      let sequence = try sequence(named: text)
      return (try snapshot.claim(at: sequence).figure, try snapshot.leafHash(at: sequence))
    }
  }

  /// The leaf hash of the event that a person names by its sequence or its leaf hash.
  ///
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(log *n*) for a sequence, O(*n*) for a leaf hash.
  public func leafHash(named text: String) throws -> String {
    try ledger.translating { try snapshot.leafHash(at: sequence(named: text)) }
  }

  /// The sequence of the event that a person names by it or by its leaf hash.
  ///
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(1) for a sequence, O(*n*) for a leaf hash.
  public func sequence(named text: String) throws -> UInt64 {
    try ledger.translating {
      let sequence = try UInt64(text) ?? sequence(ofLeaf: text)
      guard sequence < head else { throw Self.noEvent(text) }
      return sequence
    }
  }

  /// The leaf hash of the event at a sequence, in hexadecimal.
  ///
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(log *n*).
  public func leafHash(at sequence: UInt64) throws -> String {
    try ledger.translating {
      guard sequence < head else { throw Self.noEvent(String(sequence)) }
      return try snapshot.leafHash(at: sequence)
    }
  }

  /// The entities that are defined or have filings, in the order of their identifiers.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*e* log *n*), for *e* entities; for *f* filings at the first time.
  public func allEntities() throws -> [EntityDefinition] {
    try ledger.translating {
      let head = try vantage().head
      let defined = try snapshot.entities(matching: nil, before: head, limit: .max)
      let undefined = try ledger.undefinedEntities.value(head) {
        try snapshot.undefinedEntities(before: head)
      }
      return (defined + (undefined ?? [])).sorted {
        $0.entity < $1.entity
      }
    }
  }

  /// The leaf hash of the batch event of a batch.
  ///
  /// - Parameter sequence: The sequence of any event of the batch.
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(log *n*).
  public func batchHash(of sequence: UInt64) throws -> String {
    try ledger.translating {
      guard sequence < head else { throw Self.noEvent(String(sequence)) }
      return try snapshot.leafHash(at: snapshot.batchSequence(of: sequence))
    }
  }

  /// The sequence of the event with this leaf hash, in hexadecimal.
  ///
  /// - Throws: ``LedgerError`` if there is none.
  /// - Complexity: O(*n*): it looks at every leaf hash.
  public func sequence(ofLeaf hash: String) throws -> UInt64 {
    try ledger.translating {
      guard let sequence = try snapshot.sequence(ofLeaf: hash), sequence < head else {
        throw Self.noEvent(hash)
      }
      return sequence
    }
  }

  private static func noEvent(_ text: String) -> LedgerError {
    LedgerError(.notFound, "there is no event \"\(text)\"", remedy: .nameEvent)
  }
}
