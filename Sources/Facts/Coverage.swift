import JSON

/// How much of a document's table of one statement an import recorded.
///
/// A statement whose figures come from the filing says so where something was left out: then what it prints
/// as not reported may well be.
public struct Coverage: Hashable, Sendable {
  /// The filing.
  public var filing: String

  /// The statement: `balance-sheet`.
  public var statement: String

  /// How many figures its table prints.
  public var figureCount: Int

  /// How many of them are not recorded, from 0.
  public var unmappedCount: Int

  /// A coverage with these aspects.
  public init(filing: String, statement: String, figureCount: Int, unmappedCount: Int) {
    self.filing = filing
    self.statement = statement
    self.figureCount = figureCount
    self.unmappedCount = unmappedCount
  }

  /// The name among all definitions: a later coverage of the same filing and statement takes its place.
  public var definition: DefinitionName { DefinitionName(coverageOf: statement, in: filing) }
}

extension DefinitionName {
  /// The name of what is recorded of a filing's table of a statement.
  public init(coverageOf statement: String, in filing: String) {
    self.init(type: "coverage", name: statement, entity: filing)
  }
}

extension Coverage {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "coverage")
    _ = fields.field("type")
    let counts = 0...JSONValue.largestInteger
    self.init(
      filing: try fields.identifier("filing"),
      statement: try fields.identifier("statement"),
      figureCount: try fields.integer("figures", in: counts),
      unmappedCount: try fields.integer("unmapped", in: counts)
    )
    try fields.finish()
    guard unmappedCount <= figureCount else {
      throw InvalidEvent(
        "of \(figureCount) figures, \(unmappedCount) are not recorded",
        remedy: "give no more \"unmapped\" than \"figures\""
      )
    }
  }

  func add(to fields: inout Fields) {
    fields.add("filing", filing)
    fields.add("statement", statement)
    fields.add("figures", figureCount)
    fields.add("unmapped", unmappedCount)
  }
}
