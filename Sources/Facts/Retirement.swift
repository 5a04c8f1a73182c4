import JSON

/// The end of a definition that applies no more: an event of its own, since nothing is ever edited.
///
/// A view as of a time before it still uses the definition. A later definition of the same name takes
/// effect again.
public struct Retirement: Hashable, Sendable {
  /// What can be retired.
  ///
  /// Concepts, entities and filings are named by claims, and stay.
  public enum Kind: String, Sendable, CaseIterable {
    case check, profile, statement
  }

  /// What kind of definition it is.
  public var kind: Kind

  /// Its name.
  public var name: String

  /// The entity whose statement or check it is; `nil` for a definition that applies to every entity.
  public var entity: String?

  /// Why it applies no more.
  public var reason: String

  /// The retirement of the definition `name`.
  public init(_ kind: Kind, _ name: String, entity: String? = nil, reason: String) {
    self.kind = kind
    self.name = name
    self.entity = entity
    self.reason = reason
  }

  /// The name among all definitions.
  public var definition: DefinitionName {
    DefinitionName(type: kind.rawValue, name: name, entity: entity)
  }
}

extension Retirement {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "retirement")
    _ = fields.field("type")
    guard let kind = try fields.choice("retires", Kind.self) else {
      throw fields.refusal(
        of: "type",
        "\"retires\" is missing",
        remedy: "name what is retired: check, profile or statement"
      )
    }
    self.init(
      kind,
      try fields.identifier("name"),
      entity: try fields.optionalIdentifier("entity"),
      reason: try fields.identifier("reason")
    )
    try fields.finish()
  }

  func add(to fields: inout Fields) {
    fields.add("retires", kind.rawValue)
    fields.add("name", name)
    fields.add("entity", entity)
    fields.add("reason", reason)
  }
}
