import JSON

/// A note that a filing prints under one of its statements.
public struct Footnote: Hashable, Sendable {
  /// The filing.
  public var filing: String

  /// The statement that it is printed under: `production`.
  public var statement: String

  /// What refers to it: `1`; `nil` for a note in a heading.
  public var mark: String?

  /// The note.
  public var text: String

  /// Where it is printed; `nil` if that is not known.
  public var source: Source?

  /// A footnote with these aspects.
  public init(
    filing: String,
    statement: String,
    mark: String? = nil,
    text: String,
    source: Source? = nil
  ) {
    self.filing = filing
    self.statement = statement
    self.mark = mark
    self.text = text
    self.source = source
  }

  /// The type of its events.
  public static let type = "footnote"

  /// The name among all definitions: a filing owns its footnotes, so that those of one are neighbours.
  ///
  /// A later footnote of the same statement with the same mark, or the same text where there is no
  /// mark, takes its place.
  public var definition: DefinitionName {
    DefinitionName(type: Self.type, name: "\(statement)/\(mark ?? text)", entity: filing)
  }
}

extension Footnote {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "footnote")
    _ = fields.field("type")
    self.init(
      filing: try fields.identifier("filing"),
      statement: try fields.identifier("statement"),
      mark: try fields.optionalIdentifier("mark"),
      text: try fields.identifier("text"),
      source: try fields.value("source", Source.init)
    )
    try fields.finish()
  }

  func add(to fields: inout Fields) {
    fields.add("filing", filing)
    fields.add("statement", statement)
    fields.add("mark", mark)
    fields.add("text", text)
    fields.add("source", source?.json)
  }
}
