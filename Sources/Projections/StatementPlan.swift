public import Facts

/// A statement's layout, with the symbols of what its lines ask for: made once, filled often.
public struct StatementPlan: Sendable {
  /// The layout.
  public let definition: StatementDefinition

  /// What one concept of a line, its own or an alternative, is asked for: a series but for its entity.
  struct LineSeries: Sendable {
    let concept: String
    let conceptSymbol: SymbolID
    let dimensions: SymbolID
    let unit: SymbolID

    /// Which of all series it is, counted over the lines.
    let index: Int

    /// The series of one entity.
    func id(_ entity: SymbolID) -> SeriesID {
      SeriesID(entity: entity, concept: conceptSymbol, dimensions: dimensions, unit: unit)
    }
  }

  /// The series of lines whose periods make reporting dates: not opening balances.
  let datedSeries: [Int]

  /// For each line: its own concept and its alternatives, those that were ever reported.
  let series: [[LineSeries]]

  /// Looks up the symbols of every line.
  ///
  /// A text that no event has used yet has no symbol: when the ledger has grown, make the plan again.
  ///
  /// - Throws: Whatever `source` throws.
  public init(
    _ definition: StatementDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.definition = definition
    var count = 0
    let series: [[LineSeries]] = try definition.lines.map { line in
      guard let concept = line.concept,
        let unit = try source.symbol(line.unit ?? definition.unit),
        let dimensions = try source.symbol(line.dimensions.text)
      else { return [] }
      var found: [LineSeries] = []
      for name in [concept] + line.alternatives {
        guard let symbol = try source.symbol(name) else { continue }
        found.append(
          LineSeries(
            concept: name,
            conceptSymbol: symbol,
            dimensions: dimensions,
            unit: unit,
            index: count
          )
        )
        count += 1
      }
      return found
    }
    self.series = series
    datedSeries = Self.datedSeries(of: definition, series)
  }

  static func datedSeries(of definition: StatementDefinition, _ series: [[LineSeries]]) -> [Int] {
    zip(definition.lines, series).flatMap { line, series in
      line.instant == nil ? series.map(\.index) : []
    }
  }

  /// The series that it is filled from, in the order of their indexes.
  func ids(of entity: SymbolID) -> [SeriesID] {
    var ids: [SeriesID] = []
    ids.reserveCapacity(series.count)
    for series in series {
      for candidate in series { ids.append(candidate.id(entity)) }
    }
    return ids
  }
}
