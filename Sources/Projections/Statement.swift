public import Facts

/// A statement filled from facts, on the three times.
public struct Statement: Hashable, Sendable {
  /// A column: the time its figures are about.
  public struct Column: Hashable, Sendable {
    /// The time.
    public var period: Period

    /// Its layout; `nil` in a list.
    public var layout: StatementDefinition.Column?

    /// The words above the date, for a duration: `Third Quarter Ended`; empty for an instant.
    public var heading: String

    /// The date as printed: `Sept. 30, 2004`.
    public var date: String

    /// Heading and date.
    public var label: String { heading.isEmpty ? date : "\(heading) \(date)" }
  }

  /// One figure of a statement.
  public struct Cell: Hashable, Sendable {
    /// The answer to the cell's fact.
    public var answer: Answer

    /// The fact it was asked for: of the line's own concept, or of the alternative that answered.
    ///
    /// `nil` if no event ever used one of its texts.
    public var fact: FactID?
  }

  /// A row: a heading without cells, or one cell for each column.
  public struct Line: Hashable, Sendable {
    /// Its layout.
    public var definition: StatementDefinition.Line

    /// The concept that answered: the line's own, or an alternative; `nil` for a heading.
    public var concept: String?

    /// One for each column; empty for a heading.
    public var cells: [Cell]
  }

  /// The layout.
  public var definition: StatementDefinition

  /// Whose statement it is.
  public var entity: EntityDefinition

  /// The reporting date asked for; `nil` for the newest.
  public var requestedAsOf: CivilDate?

  /// The reporting date answered for.
  public var asOf: CivilDate

  /// The bounds of the query.
  public var vantage: Vantage

  /// The columns, in printed order.
  public var columns: [Column]

  /// The rows, in printed order.
  public var lines: [Line]

  /// All rows that the cells rest on, in reading order.
  public var rows: [FactRow] {
    var rows: [FactRow] = []
    rows.reserveCapacity(lines.count * columns.count)
    for line in lines {
      for cell in line.cells {
        if case .holds(let row) = cell.answer {
          rows.append(row)
        } else {
          rows += cell.answer.rows
        }
      }
    }
    return rows
  }

  /// The latest moment at which one of the filings used was published; `nil` if none was.
  public var latestPublished: Timestamp? { rows.map(\.published).max() }

  /// Whether every figure is yet to be published.
  public var isNotYetKnown: Bool {
    let cells = lines.flatMap(\.cells)
    let waits = cells.contains { if case .notYetKnown = $0.answer { true } else { false } }
    return waits && rows.isEmpty
  }
}

/// Which statement of which entity, on which of the three times.
public struct StatementQuery: Hashable, Sendable {
  /// The statement's name: `balance-sheet`.
  public var statement: String

  /// Whose: `cik:0000719413`.
  public var entity: String

  /// The reporting date; `nil` for the newest known.
  public var asOf: CivilDate?

  /// The bounds of the other two times.
  public var vantage: Vantage

  /// Dimensions that lines must have; other lines are left out.
  ///
  /// Headings stay with their lines.
  public var dimensions: Dimensions

  /// What the columns are about; `nil` for the statement's own columns.
  ///
  /// Figures that nobody reported for it are derived from other periods.
  public var span: Span?

  /// How many columns in a row, at least 1; `nil` for the span and the same a year before.
  public var columnCount: Int?

  /// A query with these aspects.
  public init(
    statement: String,
    entity: String,
    asOf: CivilDate? = nil,
    vantage: Vantage,
    dimensions: Dimensions = .none,
    span: Span? = nil,
    columnCount: Int? = nil
  ) {
    self.statement = statement
    self.entity = entity
    self.asOf = asOf
    self.vantage = vantage
    self.dimensions = dimensions
    self.span = span
    self.columnCount = columnCount
  }
}
