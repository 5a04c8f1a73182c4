public import Facts

/// A statement's layout, with the symbols of what its lines ask for: made once, filled often.
public struct StatementPlan: Sendable {
  /// The layout.
  public let definition: StatementDefinition

  /// The facts that a line, or an alternative to it, is about, but for the entity and the period.
  struct Series: Sendable {
    let concept: String
    let conceptSymbol: SymbolID
    let dimensions: SymbolID
    let unit: SymbolID

    /// Which of all series it is, counted over the lines.
    let index: Int

    /// The facts of the series; their period is to be set.
    func id(_ entity: SymbolID) -> FactID {
      FactID(
        entity: entity,
        concept: conceptSymbol,
        dimensions: dimensions,
        unit: unit,
        periodEnd: .max,
        periodStart: .max
      )
    }
  }

  /// For each line: its own concept and its alternatives, those that were ever reported.
  let series: [[Series]]

  /// Looks up the symbols of every line.
  ///
  /// A text that nobody used yet has no symbol: when the ledger grew, make the plan again.
  public init(
    _ definition: StatementDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.definition = definition
    var count = 0
    series = try definition.lines.map { line in
      guard let concept = line.concept,
        let unit = try source.symbol(line.unit ?? definition.unit),
        let dimensions = try source.symbol(line.dimensions.text)
      else { return [] }
      var found: [Series] = []
      for name in [concept] + line.alternatives {
        guard let symbol = try source.symbol(name) else { continue }
        found.append(
          Series(
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
  }

  /// What is read to fill it: the series with the figures wanted, in the order of their indexes.
  func wanted(of entity: SymbolID) -> [(id: FactID, strand: Strand)] {
    var wanted: [(id: FactID, strand: Strand)] = []
    wanted.reserveCapacity(series.count)
    for (index, series) in series.enumerated() {
      let strand = Strand(definition.lines[index].qualifier)
      for candidate in series { wanted.append((candidate.id(entity), strand)) }
    }
    return wanted
  }
}
