import EventStore
import Facts
import Projections

extension Ledger.View {
  /// Calls `body` with each concept and a caption under which it is printed: by the entity's own statements and the
  /// layouts of its filings, and the labels of concepts.
  ///
  /// - Parameters:
  ///   - entity: The identifier.
  ///   - body: Takes a concept's name and one of its captions; it may get the same pair again.
  /// - Throws: ``LedgerError``; what `body` throws.
  /// - Complexity: O(*n*), for *n* concepts and lines.
  public func forEachCaption(
    of entity: String,
    _ body: (_ concept: String, _ caption: String) throws -> Void
  ) throws {
    try ledger.translating {
      let head = try vantage().head
      var names = try snapshot.definitionNames(ofType: "concept", before: head).map { name in
        DefinitionName(type: "concept", name: name)
      }
      names += try snapshot.definitions(ofType: "statement", applyingTo: entity, before: head)
        .filter { $0.entity != nil }
      let layouts = Set(
        try snapshot.presentations(of: entity, named: nil, before: head).map(\.presentation.layout)
      )
      names += layouts.sorted().map { DefinitionName(layout: $0) }
      for name in names {
        switch try snapshot.definition(name, before: head) {
        case .concept(let concept):
          if let label = concept.label { try body(concept.concept, label) }
        case .statement(let statement), .layout(let statement):
          for line in statement.lines where line.dimensions.isEmpty {
            if let concept = line.concept { try body(concept, line.label) }
          }
        default: break
        }
      }
    }
  }
}
