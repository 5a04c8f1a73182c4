public import Facts

/// What a ledger has recorded already: an importer takes over its kinds and the particulars of its
/// filings, and does not define again.
public struct KnownDefinitions {
  /// The definition of the concept of this name; `nil` if there is none.
  public var concept: (_ name: String) throws -> ConceptDefinition?

  /// The definition of the entity of this name; `nil` if there is none.
  public var entity: (_ name: String) throws -> EntityDefinition?

  /// The filing of this name; `nil` if it is not recorded.
  public var filing: (_ name: String) throws -> Filing?

  /// What these functions find.
  public init(
    concept: @escaping (_ name: String) throws -> ConceptDefinition?,
    entity: @escaping (_ name: String) throws -> EntityDefinition?,
    filing: @escaping (_ name: String) throws -> Filing? = { _ in nil }
  ) {
    self.concept = concept
    self.entity = entity
    self.filing = filing
  }

  /// An empty ledger.
  public static var none: KnownDefinitions {
    KnownDefinitions(concept: { _ in nil }, entity: { _ in nil })
  }

  /// These definitions and those among `drafts`: for importing several files before any of them
  /// is appended.
  ///
  /// - Complexity: O(*n*).
  public func adding(_ drafts: [Draft]) -> KnownDefinitions {
    var concepts: [String: ConceptDefinition] = [:]
    var entities: [String: EntityDefinition] = [:]
    var filings: [String: Filing] = [:]
    for draft in drafts {
      switch draft.event {
      case .concept(let definition): concepts[definition.concept] = definition
      case .entity(let definition): entities[definition.entity] = definition
      case .filing(let filing): filings[filing.filing] = filing
      default: break
      }
    }
    return KnownDefinitions(
      concept: { [concepts, concept] name in try concepts[name] ?? concept(name) },
      entity: { [entities, entity] name in try entities[name] ?? entity(name) },
      filing: { [filings, filing] name in try filings[name] ?? filing(name) }
    )
  }
}
