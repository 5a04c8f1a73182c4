/// Which layout a filing prints for one of its roles: for its balance sheet, or for a table of its
/// notes.
public struct Presentation: Hashable, Sendable {
  /// The filing.
  public var filing: String

  /// The address of the role, as the filing's taxonomy names it.
  public var role: String

  /// The statement that the role is: `balance-sheet`, `operations`, `cash-flow`; `nil` for any other
  /// table.
  public var statement: String?

  /// The heading.
  public var title: String?

  /// The layout: the leaf hash of its event, in hexadecimal.
  public var layout: String

  /// A presentation with these aspects.
  public init(
    filing: String,
    role: String,
    statement: String? = nil,
    title: String? = nil,
    layout: String
  ) {
    self.filing = filing
    self.role = role
    self.statement = statement
    self.title = title
    self.layout = layout
  }

  /// What the presentations of one table in an entity's filings have in common: the statement that
  /// it is, else the role.
  public var name: String { statement ?? role }

  /// The name that a person asks for: the statement, else the last part of the role's address.
  public var shortName: String {
    statement ?? role.split(separator: "/").last.map(String.init) ?? role
  }
}

/// A presentation as it is recorded.
public struct RecordedPresentation: Hashable, Sendable {
  /// The presentation.
  public var presentation: Presentation

  /// The sequence of its event.
  public var sequence: UInt64

  /// The presentation that the event at `sequence` records.
  public init(_ presentation: Presentation, sequence: UInt64) {
    self.presentation = presentation
    self.sequence = sequence
  }
}

/// A filing's layout of a statement, and which filing prints it.
public struct FiledLayout: Hashable, Sendable {
  /// Which role of the filing it is.
  public var presentation: Presentation

  /// The filing.
  public var filing: Filing

  /// The layout of a filing's role.
  public init(presentation: Presentation, filing: Filing) {
    self.presentation = presentation
    self.filing = filing
  }
}
