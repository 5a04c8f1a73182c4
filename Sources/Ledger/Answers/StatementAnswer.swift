public import Facts
import Projections

/// A filled statement, and what proves it.
public struct StatementAnswer: Hashable, Sendable {
  /// A row: a heading without cells, or one cell for each column.
  public struct Line: Hashable, Sendable {
    /// Its layout.
    public var definition: StatementDefinition.Line

    /// The concept that answered: the line's own, or an alternative; `nil` for a heading.
    public var concept: String?

    /// One for each column; empty for a heading.
    public var cells: [FactAnswer]

    /// Of a filing's layout: the concepts of figures that stood under the same caption as another
    /// concept than the line's, by the numbers of their cells.
    public var otherConcepts: [Int: String]

    /// What is recorded in place of cells that are not reported, by their numbers.
    public var absences: [Int: ReportedOtherwise] = [:]

    /// Whether it is a heading.
    public var isHeading: Bool { definition.concept == nil && cells.isEmpty }

    /// Whether it is what the lines above a total leave out: the total less those lines.
    public var isResidual: Bool { definition.concept == nil && !cells.isEmpty }

    /// The concept that answered in a cell; `nil` for a heading.
    public func concept(ofCell index: Int) -> String? { otherConcepts[index] ?? concept }

    /// A row with these aspects.
    public init(
      definition: StatementDefinition.Line,
      concept: String? = nil,
      cells: [FactAnswer] = [],
      otherConcepts: [Int: String] = [:]
    ) {
      self.definition = definition
      self.concept = concept
      self.cells = cells
      self.otherConcepts = otherConcepts
    }
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

  /// The last moment whose filings counted; `nil` for all.
  public var knownAt: Timestamp?

  /// How many events counted.
  public var head: UInt64

  /// The root of the Merkle tree over the events that counted, in hexadecimal.
  public var root: String

  /// The columns, in printed order.
  public var columns: [StatementColumn]

  /// The rows, in printed order.
  public var lines: [Line]

  /// The filing used that was published last; `nil` if none was used.
  public var latestFiling: Filing?

  /// Filings used of whose table of the statement an import left something out, in reading order.
  public var partialFilings: [Coverage] = []

  /// What that filing prints under the statement, in the order of its document.
  public var footnotes: [Footnote] = []

  /// The claims that the cells rest on, in reading order.
  public var claims: [ReportedFigure] {
    var claims: [ReportedFigure] = []
    claims.reserveCapacity(lines.count * columns.count)
    for index in lines.indices {
      for cell in lines[index].cells {
        // Most cells have one claim, which needs no list of its own.
        if case .holds(let claim) = cell { claims.append(claim) } else { claims += cell.claims }
      }
    }
    return claims
  }

  /// The claim by which figures first become known, of a statement of which nothing was known yet;
  /// `nil` for any other.
  public var firstPublished: ReportedFigure? {
    var first: ReportedFigure?
    for cell in lines.lazy.flatMap(\.cells) {
      switch cell {
      case .notYetKnown(let claim):
        if claim.published < first?.published ?? .init(microseconds: .max) { first = claim }
      case .holds, .range, .conflict, .retracted, .derived: return nil
      case .notReported, .notDerivable: break
      }
    }
    return first
  }
}

extension StatementAnswer {
  /// A statement with its texts.
  ///
  /// - Parameter root: The root over the events that counted.
  init(
    _ statement: Statement,
    root: String,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    try source.proveTogether(statement.rows)
    var (texts, lines) = (AnswerTexts(), [Line]())
    lines.reserveCapacity(statement.lines.count)
    var latest: FactRow?
    for index in statement.lines.indices {
      var cells: [FactAnswer] = []
      cells.reserveCapacity(statement.lines[index].cells.count)
      for cell in statement.lines[index].cells {
        cells.append(try texts.answer(cell.answer, in: source))
        if case .holds(let row) = cell.answer {
          try texts.note(row, in: source, latest: &latest)
        } else {
          for row in cell.answer.rows { try texts.note(row, in: source, latest: &latest) }
        }
      }
      var otherConcepts: [Int: String] = [:]
      if statement.filedLayout != nil {
        for (column, cell) in statement.lines[index].cells.enumerated() {
          otherConcepts[column] = cell.otherConcept
        }
      }
      lines.append(
        Line(
          definition: statement.lines[index].definition,
          concept: statement.lines[index].concept,
          cells: cells,
          otherConcepts: otherConcepts
        )
      )
    }
    for (place, absence) in try statement.absences(in: source) {
      lines[place.line].absences[place.column] = try ReportedOtherwise(absence, in: source)
    }
    precondition(
      latest.map { statement.vantage.knows($0.published) } ?? true,
      "a claim of the future was used"
    )
    self.init(
      definition: statement.definition,
      filedLayout: statement.filedLayout,
      entity: statement.entity,
      requestedAsOf: statement.requestedAsOf,
      asOf: statement.asOf,
      knownAt: statement.vantage.knownAt,
      head: statement.vantage.head,
      root: root,
      columns: statement.columns,
      lines: lines,
      latestFiling: try latest.flatMap { row in
        try source.filing(texts.filing(row.filing, in: source), before: statement.vantage.head)
      }
    )
    partialFilings = try source.coverages(
      of: texts.noted.map { try texts.filing($0, in: source) }.sorted(),
      statement.definition.statement,
      before: statement.vantage.head
    )
    if let latestFiling {
      footnotes = try source.footnotes(
        of: latestFiling.filing,
        under: statement.definition.statement,
        before: statement.vantage.head
      )
    }
  }
}

extension Statement {
  /// The claims that the cells rest on.
  fileprivate var rows: [FactRow] {
    var rows: [FactRow] = []
    rows.reserveCapacity(lines.count * columns.count)
    for index in lines.indices {
      for cell in lines[index].cells {
        // Most cells have one claim, which needs no list of its own.
        if case .holds(let row) = cell.answer { rows.append(row) } else { rows += cell.answer.rows }
      }
    }
    return rows
  }
}

extension FactSource where Self: ~Copyable & ~Escapable {
  /// Which of the filings an import left figures of the statement out of.
  fileprivate borrowing func coverages(
    of filings: [String],
    _ statement: String,
    before head: UInt64
  ) throws -> [Coverage] {
    var coverages: [Coverage] = []
    for filing in filings {
      let name = DefinitionName(coverageOf: statement, in: filing)
      guard case .coverage(let coverage)? = try definition(name, of: filing, before: head),
        coverage.unmappedCount > 0
      else { continue }
      coverages.append(coverage)
    }
    return coverages
  }

  /// The newest definition that belongs to a filing; `nil` if it was withdrawn with the filing, and the
  /// filing was recorded anew.
  private borrowing func definition(
    _ name: DefinitionName,
    of filing: String,
    before head: UInt64
  ) throws -> Event? {
    guard let sequence = try definitionSequence(name, before: head),
      try amendments(before: head).withdrawer(ofFiling: filing, at: sequence) == nil
    else { return nil }
    return try definition(name, before: head)
  }

  /// The footnotes that a filing prints under a statement, in the order of its document.
  ///
  /// - Complexity: O(*k* log *n*), for *k* footnotes of the filing.
  fileprivate borrowing func footnotes(
    of filing: String,
    under statement: String,
    before head: UInt64
  ) throws -> [Footnote] {
    var footnotes: [Footnote] = []
    for name in try definitionNames(ofType: "footnote", entity: filing, before: head) {
      let definition = DefinitionName(type: "footnote", name: name, entity: filing)
      guard
        case .footnote(let footnote)? = try self.definition(definition, of: filing, before: head),
        footnote.statement == statement
      else { continue }
      footnotes.append(footnote)
    }
    return footnotes.sorted { lhs, rhs in
      (lhs.source?.place?.line ?? .max) < (rhs.source?.place?.line ?? .max)
    }
  }
}

extension AnswerTexts {
  /// Keeps the row published last: of several filings of one moment, that of the last name.
  fileprivate mutating func note(
    _ row: FactRow,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    latest: inout FactRow?
  ) throws {
    note(row.filing)
    guard let last = latest, last.published >= row.published else {
      latest = row
      return
    }
    guard last.published == row.published, last.filing != row.filing else { return }
    if try filing(last.filing, in: source) < filing(row.filing, in: source) { latest = row }
  }
}
