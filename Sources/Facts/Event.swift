/// One thing the ledger records.
public enum Event: Hashable, Sendable {
  case batch(Batch)
  case entity(EntityDefinition)
  case concept(ConceptDefinition)
  case statement(StatementDefinition)
  case check(CheckDefinition)
  case profile(ProfileDefinition)

  /// A layout that filings print statements in: a statement without name and entity.
  case layout(StatementDefinition)

  /// Which layout a filing prints for one of its roles.
  case presentation(Presentation)
  case filing(Filing)
  case claim(Claim)

  /// A correction, if the amendment has a figure, else a withdrawal.
  case amendment(Amendment)

  case footnote(Footnote)

  /// How much of a document's table an import recorded.
  case coverage(Coverage)

  /// The end of a definition that applies no more.
  case retirement(Retirement)

  /// A filing that takes earlier figures back.
  case retraction(Retraction)

  /// The event's `type` field.
  public var type: String {
    switch self {
    case .batch: "batch"
    case .entity: "entity"
    case .concept: "concept"
    case .statement: "statement"
    case .check: "check"
    case .profile: "profile"
    case .layout: "layout"
    case .presentation: "presentation"
    case .filing: "filing"
    case .claim(let claim): claim.kind
    case .amendment(let amendment): amendment.isWithdrawal ? "withdrawal" : "correction"
    case .footnote: "footnote"
    case .coverage: "coverage"
    case .retirement: "retirement"
    case .retraction: "retraction"
    }
  }

  /// The types that are not a claim's kind.
  public static let reservedTypes: Set<String> = [
    "batch", "entity", "concept", "statement", "check", "profile", "layout", "presentation",
    "footnote", "coverage", "filing", "correction", "withdrawal", "retirement", "retraction",
  ]
}

/// A definition, named so that a newer one of the same name can follow it.
public struct DefinitionName: Hashable, Sendable {
  /// `entity`, `concept`, `statement`, `check`, `profile`, `layout` or `presentation`.
  public let type: String

  /// The entity whose statement, check or presentation it is; `nil` for a definition that applies to
  /// every entity.
  public let entity: String?

  /// The name among those of its type and entity.
  public let name: String

  /// The name among those of its type: `NAME@ENTITY` where it is one entity's.
  public var qualifiedName: String { entity.map { "\(name)@\($0)" } ?? name }

  /// Whether both are the same, byte for byte.
  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.type == rhs.type && ExactText(lhs.name) == ExactText(rhs.name)
      && lhs.entity.map(ExactText.init) == rhs.entity.map(ExactText.init)
  }

  /// Feeds type, entity and name to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(entity.map(ExactText.init))
    hasher.combine(ExactText(name))
  }

  /// The name `name` among definitions of type `type`.
  ///
  /// - Parameters:
  ///   - type: The type of its event, such as `statement`.
  ///   - name: Its own name.
  ///   - entity: Whose it is; `nil` for a definition that applies to every entity.
  public init(type: String, name: String, entity: String? = nil) {
    self.type = type
    self.name = name
    self.entity = entity
  }

  /// The name of a statement's layout: every entity's, or one entity's.
  public init(statement: String, entity: String?) {
    self.init(type: "statement", name: statement, entity: entity)
  }

  /// The name of a check: of every entity's figures, or one entity's.
  public init(check: String, entity: String?) {
    self.init(type: "check", name: check, entity: entity)
  }

  /// The name of a layout: the leaf hash of its event, in hexadecimal.
  public init(layout hash: String) { self.init(type: "layout", name: hash) }

  /// The name under which an entity's presentations of one statement or role are found.
  public init(presentationsOf name: String, by entity: String) {
    self.init(type: "presentation", name: name, entity: entity)
  }
}

extension Event {
  /// The name of what the event defines; `nil` if it is no definition, or if its line alone does not
  /// tell: a layout is named by its leaf hash, a presentation belongs to the entity of its filing.
  public var definitionName: DefinitionName? {
    switch self {
    case .entity(let entity): DefinitionName(type: type, name: entity.entity)
    case .concept(let concept): DefinitionName(type: type, name: concept.concept)
    case .statement(let statement):
      DefinitionName(statement: statement.statement, entity: statement.entity)
    case .check(let check): DefinitionName(check: check.check, entity: check.entity)
    case .profile(let profile): DefinitionName(type: type, name: profile.profile)
    case .footnote(let footnote): footnote.definition
    case .coverage(let coverage): coverage.definition
    case .batch, .layout, .presentation, .filing, .claim, .amendment, .retirement, .retraction: nil
    }
  }
}

extension Event {
  /// The name of what the event defines, or of what it retires; `nil` if it does neither.
  public var definedOrRetired: DefinitionName? {
    if case .retirement(let retirement) = self { return retirement.definition }
    return definitionName
  }
}

/// An event that was refused: what is wrong with it, and what would be right.
public struct InvalidEvent: Error, Hashable, Sendable {
  /// What is wrong, with the offending text.
  public var message: String

  /// What would be right.
  public var remedy: String

  /// The file it came from; `nil` until the reader of the file sets it.
  public var file: String?

  /// The line in the file, from 1.
  public var line: Int?

  /// The column in the line, from 1, in characters; `nil` where the line is the whole event.
  public var column: Int?

  /// Where the offending value, field or object starts: an offset from the start of the JSON text
  /// that was read, in bytes; `nil` if the event was not read from one.
  public var byteOffset: Int?

  /// A refusal without a place.
  public init(_ message: String, remedy: String, file: String? = nil, line: Int? = nil) {
    self.message = message
    self.remedy = remedy
    self.file = file
    self.line = line
  }
}

extension InvalidEvent: CustomStringConvertible {
  /// `FILE:LINE: what is wrong; what would be right`, or with `FILE:LINE: column N:`.
  public var description: String {
    let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    let columnText = column.map { "column \($0): " } ?? ""
    return (place.isEmpty ? "" : place + ": ") + columnText + message + "; " + remedy
  }
}
