import JSON

/// How the earnings releases of an issuer are read: which of its statements they print, and where
/// they print them otherwise than the statements say.
///
/// The statements are the map: their titles find the tables, their labels the rows. A profile adds
/// only what they do not say.
public struct ProfileDefinition: Hashable, Sendable {
  /// A statement that releases print as a table.
  public struct Table: Hashable, Sendable {
    /// Where the periods of the columns and the scale come from.
    public enum Columns: String, Sendable, CaseIterable {
      /// The headings of the table itself.
      case own

      /// The table above: this one is in a footnote to it, after a sentence that names the
      /// periods once more.
      case above
    }

    /// The statement's name: `production`.
    public var statement: String

    /// The title as printed, or the end of the paragraph before the table, where `*` matches any
    /// text; `nil` takes the statement's title.
    public var title: String?

    /// The line that names the scale, where it is worded otherwise than the statement's caption.
    public var caption: String?

    /// Where the periods of the columns and the scale come from.
    public var columns: Columns

    /// A table with these aspects.
    public init(
      statement: String,
      title: String? = nil,
      caption: String? = nil,
      columns: Columns = .own
    ) {
      self.statement = statement
      self.title = title
      self.caption = caption
      self.columns = columns
    }
  }

  /// The caption of a row or heading that is printed otherwise than the statement's label.
  public struct Label: Hashable, Sendable {
    /// The caption as printed, where `*` matches any text.
    public var printed: String

    /// The label that the statement has for it.
    public var label: String

    /// The caption `printed`, for the line labelled `label`.
    public init(printed: String, label: String) {
      self.printed = printed
      self.label = label
    }
  }

  /// The name: `hecla`.
  public var profile: String

  /// Whose releases.
  public var entity: String

  /// The form under which they are filed: `8-K EX-99.1`; `nil` if it differs.
  public var form: String?

  /// Captions that differ, sorted by what is printed.
  public var labels: [Label]

  /// The tables.
  public var tables: [Table]

  /// A profile with these aspects.
  public init(
    profile: String,
    entity: String,
    form: String? = nil,
    labels: [Label] = [],
    tables: [Table]
  ) {
    self.profile = profile
    self.entity = entity
    self.form = form
    self.labels = labels
    self.tables = tables
  }
}

extension ProfileDefinition {
  init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "profile")
    _ = fields.field("type")
    self.init(
      profile: try fields.unqualifiedIdentifier("profile"),
      entity: try fields.identifier("entity"),
      form: try fields.optionalIdentifier("form"),
      tables: []
    )
    if let node = fields.field("labels") {
      guard node.kind == .object else {
        throw fields.refusal(
          of: "labels",
          "\"labels\" is no object",
          remedy: "write {\"as printed\":\"the statement's label\"}"
        )
      }
      for member in node.members {
        guard let label = member.value.string, !label.isEmpty, !member.key.isEmpty else {
          throw InvalidEvent(
            "\"labels\" has no text under \"\(member.key)\"",
            remedy: "write {\"as printed\":\"the statement's label\"}"
          ).at(member.keyNode)
        }
        labels.append(Label(printed: member.key, label: label))
      }
      labels.sort { $0.printed.utf8.lexicographicallyPrecedes($1.printed.utf8) }
    }
    _ = try fields.required("tables")
    tables = try fields.list("tables", Table.init)
    try fields.finish()
    guard !tables.isEmpty else {
      throw InvalidEvent(
        "profile \"\(profile)\" has no tables",
        remedy: "name the statements that the releases print"
      )
    }
  }

  func add(to fields: inout Fields) {
    fields.add("profile", profile)
    fields.add("entity", entity)
    fields.add("form", form)
    if !labels.isEmpty {
      fields.add("labels", .object(labels.map { ($0.printed, .string($0.label)) }))
    }
    fields.add("tables", .array(tables.map(\.json)))
  }
}

extension ProfileDefinition.Table {
  fileprivate init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "table of a profile")
    self.init(
      statement: try fields.unqualifiedIdentifier("statement"),
      title: try fields.optionalIdentifier("title"),
      caption: try fields.optionalIdentifier("caption"),
      columns: try fields.choice("columns", Columns.self) ?? .own
    )
    try fields.finish()
  }

  fileprivate var json: JSONValue {
    var fields = Fields()
    fields.add("statement", statement)
    fields.add("title", title)
    fields.add("caption", caption)
    fields.add("columns", columns == .own ? nil : columns.rawValue)
    return fields.json
  }
}
