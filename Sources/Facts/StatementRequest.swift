/// Which statement a person asks for.
public struct StatementRequest: Hashable, Sendable {
  /// Stretches of time that the columns of a statement can be about in place of its own.
  public enum Span: String, Hashable, Sendable, CaseIterable {
    /// Three months that end at the reporting date.
    case quarter

    /// Six months that end there.
    case half

    /// Nine months that end there.
    case nineMonths = "nine-months"

    /// From the start of the fiscal year until there.
    case ytd

    /// The fiscal year that ends there.
    case year

    /// The twelve months that end there, whatever the fiscal year.
    case ttm
  }

  /// Which layouts may be used.
  public enum Layout: String, Hashable, Sendable, CaseIterable {
    /// The entity's own definition, or the one for every entity.
    case general

    /// The one that a filing prints.
    case filed
  }

  /// The statement's name: `balance-sheet`.
  public var statement: String

  /// A unique part of the entity's name or identifier; `nil` for the only one.
  public var entity: String?

  /// The reporting date; `nil` for the newest known.
  public var asOf: CivilDate?

  /// Which layouts may be used; `nil` for the one that a filing prints, else a general one.
  public var layout: Layout?

  /// The currency that it is printed in; `nil` for the one in which the entity reports most of it.
  public var currency: String?

  /// A unique part of an operating unit's name: only its lines are shown, with their headings.
  public var operatingUnit: String?

  /// What the columns are about; `nil` for the statement's own columns.
  ///
  /// Figures that nobody reported for it are derived from other periods.
  public var span: Span?

  /// How many columns of the span, one after the other, at least 1; `nil` for it and the same a year
  /// before.
  public var columnCount: Int?

  /// A request with these aspects.
  public init(
    _ statement: String,
    entity: String? = nil,
    asOf: CivilDate? = nil,
    layout: Layout? = nil,
    currency: String? = nil,
    operatingUnit: String? = nil,
    span: Span? = nil,
    columnCount: Int? = nil
  ) {
    self.statement = statement
    self.entity = entity
    self.asOf = asOf
    self.layout = layout
    self.currency = currency
    self.operatingUnit = operatingUnit
    self.span = span
    self.columnCount = columnCount
  }
}
