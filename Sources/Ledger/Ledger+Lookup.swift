import EventStore
public import Facts
import Projections

extension Ledger {
  /// The newest definition of a concept; `nil` if there is none in `ledger` or among the standard
  /// definitions that an empty one gets.
  public static func concept(_ name: String, in ledger: Ledger?) throws -> ConceptDefinition? {
    let definition = DefinitionName(type: "concept", name: name)
    guard case .concept(let concept) = try newest(definition, in: ledger) else { return nil }
    return concept
  }

  /// The newest definition of an entity; `nil` if there is none.
  public static func entity(_ name: String, in ledger: Ledger?) throws -> EntityDefinition? {
    let definition = DefinitionName(type: "entity", name: name)
    guard case .entity(let entity) = try newest(definition, in: ledger) else { return nil }
    return entity
  }

  /// The newest layout of a statement: the issuer's own, else everybody's; `nil` if there is none.
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
  public static func profile(_ name: String, in ledger: Ledger?) throws -> ProfileDefinition? {
    let definition = DefinitionName(type: "profile", name: name)
    guard case .profile(let profile) = try newest(definition, in: ledger) else { return nil }
    return profile
  }

  /// The filing of this name; `nil` if `ledger` holds none.
  public static func filing(_ name: String, in ledger: Ledger?) throws -> Filing? {
    try ledger?.read { try $0.filing(name) }
  }

  private static func newest(_ name: DefinitionName, in ledger: Ledger?) throws -> Event? {
    if let ledger {
      let (head, found) = try ledger.read { snapshot in
        (snapshot.head, try snapshot.definition(name, before: snapshot.head))
      }
      if head > 0 { return found }
    }
    return try StandardDefinitions.definition(name)
  }

  /// The claim that a person names by its sequence or its leaf hash.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none.
  public func claim(named text: String) throws -> (figure: Figure, leafHash: String) {
    let sequence = try UInt64(text) ?? sequence(ofLeaf: text)
    return try read { snapshot in
      guard sequence < snapshot.head else { throw Self.noEvent(text) }
      return (try snapshot.claim(at: sequence).figure, try snapshot.leafHash(at: sequence))
    }
  }

  /// The sequence of the event with this leaf hash, in hexadecimal.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none.
  /// - Complexity: O(*n*): it looks at every leaf hash.
  public func sequence(ofLeaf hash: String) throws -> UInt64 {
    guard let sequence = try read({ try $0.sequence(ofLeaf: hash) }) else {
      throw Self.noEvent(hash)
    }
    return sequence
  }

  private static func noEvent(_ text: String) -> UnanswerableQuery {
    UnanswerableQuery(
      "there is no event \"\(text)\"",
      remedy: "give a sequence or a leaf hash from: assay history FACT"
    )
  }
}
