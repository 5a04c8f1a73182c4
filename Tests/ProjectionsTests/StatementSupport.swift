import Facts
import Projections
import TestSupport
import Testing

typealias Column = StatementDefinition.Column
typealias Line = StatementDefinition.Line

extension TestLog {
  /// A log that begins with the entity `x:1`.
  init(fiscalYearEnd: String?) throws {
    self.init()
    let end = try fiscalYearEnd.map { try #require(FiscalYearEnd($0)) }
    add(.entity(EntityDefinition(entity: "x:1", name: "Example", fiscalYearEnd: end)))
  }

  /// Adds the layout of a statement.
  mutating func layout(
    _ name: String,
    entity: String? = nil,
    title: String = "Title",
    _ columns: [Column],
    _ lines: [Line]
  ) {
    let definition = StatementDefinition(
      statement: name,
      entity: entity,
      title: title,
      layout: columns.isEmpty ? .list : .columns,
      columns: columns,
      lines: lines
    )
    add(.statement(definition))
  }

  /// Adds a concept of durations.
  mutating func flow(
    _ concept: String,
    isAdditive: Bool?,
    _ dataType: ConceptDefinition.DataType? = .monetary,
    kind: String = "statement-line",
    actual: String? = nil
  ) {
    let definition = ConceptDefinition(
      concept: concept,
      kind: kind,
      periodType: .duration,
      dataType: dataType,
      isAdditive: isAdditive,
      actual: actual
    )
    add(.concept(definition))
  }

  /// Fills the statement from the log.
  func fill(
    _ name: String,
    entity: String = "x:1",
    asOf: String? = nil,
    knownAt: String? = nil,
    head: UInt64? = nil,
    dimensions: String = "",
    span: StatementRequest.Span? = nil,
    columnCount: Int? = nil
  ) throws -> Statement {
    let request = StatementRequest(
      name,
      asOf: try asOf.map { try #require(CivilDate($0)) },
      span: span,
      columnCount: columnCount
    )
    return try Statement(
      request,
      of: entity,
      dimensions: Dimensions(dimensions),
      within: Vantage(
        knownAt: knownAt.map { try #require(PublishedTime($0)).timestamp },
        head: head ?? self.head
      ),
      from: facts()
    )
  }
}

extension Statement {
  /// The columns' periods, then each line: its label and what its cells say.
  var table: [String] {
    let periods = columns.map(\.period.description).joined(separator: " ")
    return [periods]
      + lines.map { line in
        let cells = line.cells.map { cell -> String in
          switch cell.answer {
          case .holds(let row): row.figure.value?.description ?? "nil"
          case .range(let low, let high):
            [low, high].map { $0.figure.value?.description ?? "nil" }.joined(separator: "..")
          case .conflict(let rows):
            rows.map { $0.figure.value?.description ?? "nil" }.joined(separator: "≠")
          case .retracted: "retracted"
          case .notReported: "n/r"
          case .notYetKnown: "n/y/k"
          case .derived(let derivation): "=" + (derivation.figure.value?.description ?? "nil")
          case .notDerivable: "n/d"
          }
        }
        return ([line.definition.label + ":"] + cells).joined(separator: " ")
      }
  }

  var periods: [String] { columns.map(\.period.description) }
}
