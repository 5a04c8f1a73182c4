public import Facts

/// A statement filled from facts, on the three times.
public struct Statement: Hashable, Sendable {
  /// A column: the time its figures are about.
  public typealias Column = StatementColumn

  /// One figure of a statement.
  public struct Cell: Hashable, Sendable {
    /// The answer to the cell's fact.
    public var answer: Answer

    /// The fact it was asked for: of the line's own concept, or of the alternative that answered.
    ///
    /// `nil` if no event ever used one of its texts.
    public var fact: FactID?

    /// The alternative that answered; `nil` where the line's own concept did.
    public var otherConcept: String?

    /// Whether the fact is reported and not shown: another line above the same total contains it in this
    /// column.
    public var isContained = false
  }

  /// A row: a heading without cells, or one cell for each column.
  public struct Line: Hashable, Sendable {
    /// Its layout.
    public var definition: StatementDefinition.Line

    /// The concept that answered: the line's own, or an alternative; `nil` for a heading.
    public var concept: String?

    /// One for each column; empty for a heading.
    public var cells: [Cell]

    /// Whether it is a heading.
    public var isHeading: Bool { definition.concept == nil && cells.isEmpty }

    /// Whether it is what the lines above a total leave out: derived, and no fact.
    public var isResidual: Bool { definition.concept == nil && !cells.isEmpty }
  }

  /// The layout.
  public var definition: StatementDefinition

  /// The filing that prints the layout; `nil` for a general one.
  public var filedLayout: FiledLayout?

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
    return waits && !cells.contains { $0.answer.hasClaims }
  }
}
