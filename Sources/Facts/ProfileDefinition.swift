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

    /// Names of columns, and what they mean.
    public var headings: [Heading]

    /// A table with these aspects.
    public init(
      statement: String,
      title: String? = nil,
      caption: String? = nil,
      columns: Columns = .own,
      headings: [Heading] = []
    ) {
      self.statement = statement
      self.title = title
      self.caption = caption
      self.columns = columns
      self.headings = headings
    }
  }

  /// The name of a column, such as a segment or a company, and the dimensions of its figures.
  public struct Heading: Hashable, Sendable {
    /// The name as printed, where `*` matches any text.
    public var printed: String

    /// What the column adds to the dimensions of each line; none for the whole company.
    public var dimensions: Dimensions

    /// The column of this name.
    public init(printed: String, dimensions: Dimensions = .none) {
      (self.printed, self.dimensions) = (printed, dimensions)
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

  /// Days with which fiscal periods end, in order: where years have 52 or 53 weeks, headings that count in
  /// months need them.
  public var periodEnds: [CivilDate]

  /// A profile with these aspects.
  public init(
    profile: String,
    entity: String,
    form: String? = nil,
    labels: [Label] = [],
    tables: [Table],
    periodEnds: [CivilDate] = []
  ) {
    self.profile = profile
    self.entity = entity
    self.form = form
    self.labels = labels
    self.tables = tables
    self.periodEnds = periodEnds
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
    if let node = fields.field("periodEnds") {
      guard node.kind == .array else {
        throw fields.refusal(
          of: "periodEnds",
          "\"periodEnds\" is no list of days",
          remedy: "write [\"2022-12-31\"]"
        )
      }
      for element in node.elements {
        guard let day = element.string.flatMap({ CivilDate($0) }) else {
          throw InvalidEvent("\"periodEnds\" holds what is no day", remedy: "write \"2022-12-31\"")
            .at(element)
        }
        periodEnds.append(day)
      }
      periodEnds = Array(Set(periodEnds)).sorted()
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
    if !periodEnds.isEmpty {
      fields.add("periodEnds", .array(periodEnds.map { .string($0.description) }))
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
      columns: try fields.choice("columns", Columns.self) ?? .own,
      headings: try fields.list("headings", ProfileDefinition.Heading.init)
    )
    try fields.finish()
  }

  fileprivate var json: JSONValue {
    var fields = Fields()
    fields.add("statement", statement)
    fields.add("title", title)
    fields.add("caption", caption)
    fields.add("columns", columns == .own ? nil : columns.rawValue)
    if !headings.isEmpty { fields.add("headings", .array(headings.map(\.json))) }
    return fields.json
  }
}

extension ProfileDefinition.Heading {
  fileprivate init(_ node: JSONNode) throws(InvalidEvent) {
    var fields = try FieldReader(node, "heading of a table")
    self.init(
      printed: try fields.identifier("printed"),
      dimensions: try fields.dimensions()
    )
    try fields.finish()
  }

  fileprivate var json: JSONValue {
    var fields = Fields()
    fields.add("printed", printed)
    fields.add("dimensions", dimensions)
    return fields.json
  }
}
