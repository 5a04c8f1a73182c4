import EventStore
public import Facts
import Projections

/// A concept that a definition names and nothing defines: a typing error, or a concept still to come.
///
/// Until something defines it, the line of the statement has no figure, and the check cannot be run.
public struct UnknownConcept: Hashable, Sendable {
  /// The definition that names it.
  public var definition: DefinitionName

  /// The name of the concept.
  public var concept: String

  /// The known concept whose name is nearest; `nil` if none is near.
  public var suggestion: String?

  /// The file that the definition was read from; `nil` for one that is recorded.
  public var file: String?

  /// The line in the file, from 1.
  public var line: Int?
}

extension UnknownConcept: CustomStringConvertible {
  /// The place, the definition, the concept, and what it may mean, in one line.
  public var description: String {
    let place = file.map { file in line.map { "\(file):\($0): " } ?? "\(file): " } ?? ""
    return "\(place)\(definition.type) \"\(definition.qualifiedName)\" names \(concept), "
      + "which nothing defines" + (suggestion.map { "; did you mean \($0)?" } ?? "")
  }
}

/// The concepts that definitions name, gathered as they come.
struct NamedConcepts: Sendable {
  /// Each concept of each definition that belongs to no filing.
  private(set) var uses: [UnknownConcept] = []

  /// The concepts that are defined.
  private(set) var defined: Set<ExactText> = []

  mutating func note(_ draft: Draft) {
    if case .concept(let concept) = draft.event { defined.insert(ExactText(concept.concept)) }
    guard !draft.event.belongsToFiling, let name = draft.event.definitionName else { return }
    for concept in draft.event.namedConcepts {
      uses.append(
        UnknownConcept(definition: name, concept: concept, file: draft.file, line: draft.line)
      )
    }
  }
}

extension Ledger {
  /// The concepts that definitions among `drafts` name, and that neither these, nor the ledger, nor a
  /// public taxonomy define.
  ///
  /// Definitions that belong to one filing are left out: what a filer's own sums name is its affair.
  ///
  /// - Parameters:
  ///   - drafts: What is to be recorded.
  ///   - ledger: The ledger that they are for; `nil` for one that is to be made.
  /// - Throws: ``LedgerError``, `InvalidEvent`.
  /// - Complexity: O(*d* log *n*), for *d* definitions; for each unknown concept, a look at the names
  ///   of all known ones.
  public static func unknownConcepts(
    in drafts: SpooledDrafts,
    for ledger: Ledger?
  ) throws -> [UnknownConcept] {
    var known: [ExactText: Bool] = [:]
    var unknown = try drafts.named.uses.filter { use in
      let concept = ExactText(use.concept)
      if drafts.named.defined.contains(concept) { return false }
      if let isKnown = known[concept] { return !isKnown }
      let isKnown = try isKnown(use.concept, in: ledger)
      known[concept] = isKnown
      return !isKnown
    }
    guard !unknown.isEmpty else { return [] }
    let recorded = try ledger?.read { try $0.conceptNames() } ?? []
    let names = recorded + StandardElements.names + drafts.named.defined.map(\.text)
    for index in unknown.indices {
      unknown[index].suggestion = nearest(to: unknown[index].concept, among: names)
    }
    return unknown
  }

  private static func isKnown(_ concept: String, in ledger: Ledger?) throws -> Bool {
    try StandardElements.contains(concept) || self.concept(concept, in: ledger) != nil
  }
}

extension Ledger.View {
  /// The concepts that the statements and checks of the moment name, and that nothing defines.
  ///
  /// - Parameter entity: A part of the name or identifier of the entities whose definitions are
  ///   searched; `nil` for those of all, and those that apply to every entity.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*e* log *n* + *d* log *n*), for *e* entities and *d* definitions.
  public func unknownConcepts(entity: String? = nil) throws -> [UnknownConcept] {
    try ledger.translating {
      let head = try vantage().head
      var owners: [String?] = try snapshot.entities(matching: entity, before: head, limit: .max)
        .map(\.entity)
      if entity == nil { owners.insert(nil, at: 0) }
      var names: [String]?
      var unknown: [UnknownConcept] = []
      for owner in owners {
        for type in ["statement", "check"] {
          for name in try snapshot.definitionNames(ofType: type, entity: owner, before: head) {
            let definition = DefinitionName(type: type, name: name, entity: owner)
            guard let event = try snapshot.definition(definition, before: head),
              !event.belongsToFiling
            else { continue }
            for concept in event.namedConcepts where try !isKnown(concept, before: head) {
              let known = try names ?? (conceptNames() + StandardElements.names)
              names = known
              unknown.append(
                UnknownConcept(
                  definition: definition,
                  concept: concept,
                  suggestion: nearest(to: concept, among: known)
                )
              )
            }
          }
        }
      }
      return unknown
    }
  }

  /// The names of the concepts that the ledger defines.
  func conceptNames() throws -> [String] {
    try ledger.translating {
      try snapshot.definitionNames(ofType: "concept", entity: nil, before: vantage().head)
    }
  }

  private func isKnown(_ concept: String, before head: UInt64) throws -> Bool {
    if StandardElements.contains(concept) { return true }
    let name = DefinitionName(type: "concept", name: concept)
    return try snapshot.definition(name, before: head) != nil
  }
}
