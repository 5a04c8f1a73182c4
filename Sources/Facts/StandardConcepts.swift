/// Concepts that need no definition in a ledger before the first claim of them: elements of public
/// taxonomies, which the program knows.
public struct StandardConcepts: Sendable {
  /// The names of all of them, for a suggestion.
  public var names: @Sendable () -> [String]

  /// Whether a public taxonomy has an element of this name.
  public var contains: @Sendable (_ name: String) -> Bool

  /// The definition of an element that figures are of; `nil` if it is none.
  public var concept: @Sendable (_ name: String) -> ConceptDefinition?

  /// Concepts with these names and definitions.
  public init(
    names: @escaping @Sendable () -> [String],
    contains: @escaping @Sendable (_ name: String) -> Bool,
    concept: @escaping @Sendable (_ name: String) -> ConceptDefinition?
  ) {
    (self.names, self.contains, self.concept) = (names, contains, concept)
  }

  /// No concepts: each must be defined in the ledger.
  public static var none: StandardConcepts {
    StandardConcepts(names: { [] }, contains: { _ in false }, concept: { _ in nil })
  }
}
