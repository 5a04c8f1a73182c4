public import Facts

/// What a ledger has recorded already: an importer takes over its kinds and the particulars of its
/// filings, and does not define again.
public struct KnownDefinitions {
  /// The definition of the concept of this name; `nil` if there is none.
  ///
  /// - Throws: Whatever reading the ledger throws.
  public var concept: (_ name: String) throws -> ConceptDefinition?

  /// The definition of the entity of this name; `nil` if there is none.
  ///
  /// - Throws: Whatever reading the ledger throws.
  public var entity: (_ name: String) throws -> EntityDefinition?

  /// The filing of this name; `nil` if it is not recorded.
  ///
  /// - Throws: Whatever reading the ledger throws.
  public var filing: (_ name: String) throws -> Filing?

  /// The fiscal calendar that recorded filings make of the entity of this name, with the numbers of its
  /// years; `nil` if they tell nothing of it.
  ///
  /// - Throws: Whatever reading the ledger throws.
  public var calendar: (_ entity: String) throws -> FiscalCalendar?

  /// What a public taxonomy says of its element of this name; `nil` if there is no such element, or if it
  /// is none of figures.
  ///
  /// It defines nothing, but says of a concept what a document does not: its data type and its balance.
  public var element: (_ name: String) -> ConceptDefinition?

  /// What these functions find.
  public init(
    concept: @escaping (_ name: String) throws -> ConceptDefinition?,
    entity: @escaping (_ name: String) throws -> EntityDefinition?,
    filing: @escaping (_ name: String) throws -> Filing? = { _ in nil },
    calendar: @escaping (_ entity: String) throws -> FiscalCalendar? = { _ in nil },
    element: @escaping (_ name: String) -> ConceptDefinition? = { _ in nil }
  ) {
    self.concept = concept
    self.entity = entity
    self.filing = filing
    self.calendar = calendar
    self.element = element
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
    var definitions = DraftDefinitions()
    for draft in drafts { definitions.note(draft) }
    return adding(definitions)
  }

  /// These definitions and those that were noted.
  public func adding(_ definitions: DraftDefinitions) -> KnownDefinitions {
    KnownDefinitions(
      concept: { [concept] name in try definitions.concepts[name] ?? concept(name) },
      entity: { [entity] name in try definitions.entities[name] ?? entity(name) },
      filing: { [filing] name in try definitions.filings[name] ?? filing(name) },
      calendar: calendar,
      element: element
    )
  }
}

/// The definitions and filings among drafts.
public struct DraftDefinitions {
  /// The concepts, by name.
  public private(set) var concepts: [String: ConceptDefinition] = [:]

  /// The entities, by name.
  public private(set) var entities: [String: EntityDefinition] = [:]

  /// The filings, by name.
  public private(set) var filings: [String: Filing] = [:]

  /// None yet.
  public init() {}

  /// Notes a draft, if it is one of them; a newer one follows an older.
  public mutating func note(_ draft: Draft) {
    switch draft.event {
    case .concept(let definition): concepts[definition.concept] = definition
    case .entity(let definition): entities[definition.entity] = definition
    case .filing(let filing): filings[filing.filing] = filing
    default: break
    }
  }
}
