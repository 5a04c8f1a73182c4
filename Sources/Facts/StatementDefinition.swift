/// The layout of a statement: data that one engine fills from facts.
public struct StatementDefinition: Hashable, Sendable {
  /// How the figures are laid out.
  public enum Layout: String, Sendable, CaseIterable {
    /// One column for each of ``StatementDefinition/columns``.
    case columns

    /// One row for each figure found, whatever its period: guidance, accruals.
    case list
  }

  /// A column, relative to the reporting date.
  public struct Column: Hashable, Sendable {
    /// What time the column's figures are about.
    public enum Span: String, Sendable, CaseIterable {
      /// The end of the day.
      case instant

      /// About three months that end there.
      case quarter

      /// About six months that end there.
      case half

      /// From the start of the fiscal year until there.
      case ytd

      /// About twelve months that end there.
      case year
    }

    /// What time the column's figures are about.
    public var span: Span

    /// How many years after the reporting date the column ends: -1 is the comparative.
    public var years: Int

    /// Whether the column is about the latest fiscal year end before the reporting date.
    public var isAtFiscalYearEnd: Bool

    /// A column with these aspects.
    public init(span: Span, years: Int = 0, isAtFiscalYearEnd: Bool = false) {
      self.span = span
      self.years = years
      self.isAtFiscalYearEnd = isAtFiscalYearEnd
    }
  }

  /// Which end of a duration column an instant is taken from.
  public enum Edge: String, Sendable, CaseIterable {
    /// The end of the day before the duration starts.
    case start

    /// The end of the duration's last day.
    case end
  }

  /// A row: a heading, or a fact in each column.
  public struct Line: Hashable, Sendable {
    /// The caption; empty for subtotals printed without one.
    public var label: String

    /// How far it is indented, from 0.
    public var depth: Int

    /// The concept; `nil` for a heading.
    public var concept: String?

    /// Concepts that some issuers report in its place, tried in order.
    public var alternatives: [String]

    /// The fact's dimensions; on a heading: what the lines below it share.
    public var dimensions: Dimensions

    /// The unit; `nil` takes the statement's.
    public var unit: String?

    /// Printed figures are the value divided by 10^scale; `nil` takes the statement's.
    public var scale: Int?

    /// Digits printed after the point; `nil` takes the statement's.
    public var places: Int?

    /// Chooses one end of a range; `nil` is the figure itself.
    public var qualifier: Qualifier?

    /// Whether the printed sign is the opposite of the value's.
    public var isNegated: Bool

    /// Whether a currency sign is printed.
    public var hasCurrencySign: Bool

    /// Whether a rule is printed above.
    public var isSubtotal: Bool

    /// Whether a rule is printed above and a double rule below.
    public var isTotal: Bool

    /// For an instant in a duration column: which end of it.
    public var instant: Edge?

    /// Whether the line is left out where no column has a figure for it.
    public var isOptional: Bool

    /// The concept of the line that is the sum of this one and others; `nil` if none is.
    public var addsTo: String?

    /// 1 if the printed figure is added there, -1 if it is subtracted.
    public var weight: Int

    /// A line with these aspects.
    public init(
      label: String,
      depth: Int = 0,
      concept: String? = nil,
      alternatives: [String] = [],
      dimensions: Dimensions = .none,
      unit: String? = nil,
      scale: Int? = nil,
      places: Int? = nil,
      qualifier: Qualifier? = nil,
      isNegated: Bool = false,
      hasCurrencySign: Bool = false,
      isSubtotal: Bool = false,
      isTotal: Bool = false,
      instant: Edge? = nil,
      isOptional: Bool = false,
      addsTo: String? = nil,
      weight: Int = 1
    ) {
      self.label = label
      self.depth = depth
      self.concept = concept
      self.alternatives = alternatives
      self.dimensions = dimensions
      self.unit = unit
      self.scale = scale
      self.places = places
      self.qualifier = qualifier
      self.isNegated = isNegated
      self.hasCurrencySign = hasCurrencySign
      self.isSubtotal = isSubtotal
      self.isTotal = isTotal
      self.instant = instant
      self.isOptional = isOptional
      self.addsTo = addsTo
      self.weight = weight
    }

    /// The time that the line's cell in a column is about: an opening balance is of the day before.
    public func period(in column: Period) -> Period {
      switch (instant, column) {
      case (.start, .duration(let start, _)): .instant(start.advanced(byDays: -1))
      case (.end, .duration(_, let end)): .instant(end)
      default: column
      }
    }
  }

  /// The name: `balance-sheet`.
  public var statement: String

  /// The issuer whose layout it is; `nil` for the layout of everybody without one of its own.
  public var entity: String?

  /// The heading.
  public var title: String

  /// The line below the heading that names the scale; `nil` for none.
  public var caption: String?

  /// How the figures are laid out.
  public var layout: Layout

  /// The unit of lines that name none.
  public var unit: String

  /// The scale of lines that name none: figures are printed divided by 10^scale.
  public var scale: Int

  /// Digits printed after the point, on lines that do not say.
  public var places: Int

  /// The columns, in printed order; empty for a list.
  public var columns: [Column]

  /// The rows, in printed order.
  public var lines: [Line]

  /// A statement with these aspects.
  public init(
    statement: String,
    entity: String? = nil,
    title: String,
    caption: String? = nil,
    layout: Layout = .columns,
    unit: String = "USD",
    scale: Int = 0,
    places: Int = 0,
    columns: [Column] = [],
    lines: [Line]
  ) {
    self.statement = statement
    self.entity = entity
    self.title = title
    self.caption = caption
    self.layout = layout
    self.unit = unit
    self.scale = scale
    self.places = places
    self.columns = columns
    self.lines = lines
  }
}

extension StatementDefinition {
  /// The names of the statements that every entity has.
  public static let commonNames = ["balance-sheet", "operations", "cash-flow"]
}
