public import Facts

/// Why a statement has nothing to print for a fact, though something of the same meaning is recorded.
public struct Absence: Hashable, Sendable {
  /// Why.
  public var reason: AbsenceReason

  /// What is recorded.
  public var fact: FactID
}

extension Statement {
  /// Where a cell is: the numbers of its line and its column.
  public struct Place: Hashable, Sendable {
    /// The number of the line, from 0.
    public var line: Int

    /// The number of the column, from 0.
    public var column: Int

    /// The place of a cell.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// For each cell that is not reported, what is, if anything of the same meaning is known.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*k* + log *n*) for each line with such a cell, for *k* claims of its concepts;
  ///   O(1) for a statement without one.
  public func absences(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Place: Absence] {
    guard definition.layout == .columns else { return [:] }
    let open = lines.indices.filter { index in
      lines[index].definition.concept != nil
        && lines[index].cells.contains { $0.answer == .notReported }
    }
    guard !open.isEmpty, let entity = try source.symbol(entity.entity) else { return [:] }
    var finder = AbsenceFinder(self, entity)
    for line in open { try finder.explain(line, in: source) }
    return finder.found
  }
}

/// Finds what is reported in place of what is not.
private struct AbsenceFinder {
  let statement: Statement
  let entity: SymbolID
  private(set) var found: [Statement.Place: Absence] = [:]

  /// The concepts of one meaning, by the lines of layouts for every entity; `nil` before they are read.
  private var groups: [[String]]?

  private var dimensions: [SymbolID: Dimensions] = [:]

  /// A day is near another up to this many days from it: no other reporting date is.
  private static let nearDayCount: Int32 = 45

  init(_ statement: Statement, _ entity: SymbolID) {
    (self.statement, self.entity) = (statement, entity)
  }

  /// Looks for what is reported instead of the cells of a line that are not.
  mutating func explain(
    _ line: Int,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let definition = statement.lines[line].definition
    guard let concept = definition.concept else { return }
    let own = try ([concept] + definition.alternatives).compactMap { try source.symbol($0) }
    let others = try otherConcepts(of: definition, in: source).compactMap { try source.symbol($0) }
    let window = try FactWindow(
      (own + others).map { FactStretch(of: entity, $0) },
      within: statement.vantage,
      from: source
    )
    for (column, cell) in statement.lines[line].cells.enumerated()
    where cell.answer == .notReported {
      if cell.isContained, let fact = cell.fact {
        found[Statement.Place(line: line, column: column)] = Absence(reason: .contained, fact: fact)
        continue
      }
      let unit = definition.unit ?? statement.definition.unit
      let fact = try Sought(
        dimensions: definition.dimensions,
        unit: unit,
        unitSymbol: source.symbol(unit),
        period: definition.period(in: statement.columns[column].period)
      )
      var best: (rank: (Int, Int, Int32), absence: Absence)?
      for index in (own + others).indices {
        for entry in window.entries[window.indices(ofSeries: index)] {
          let difference =
            index < own.count
            ? try difference(of: entry, from: fact, in: source)
            : try isEqual(entry, to: fact, in: source) ? (reason: .otherConcept, distance: 0) : nil
          guard let difference, let order = AbsenceReason.allCases.firstIndex(of: difference.reason)
          else { continue }
          let rank = (order, index, difference.distance)
          if best.map({ rank < $0.rank }) ?? true {
            best = (rank, Absence(reason: difference.reason, fact: entry.fact))
          }
        }
      }
      found[Statement.Place(line: line, column: column)] = best?.absence
    }
  }

  /// What a cell is about, but for its concept.
  private struct Sought {
    let dimensions: Dimensions
    let unit: String

    /// The symbol of the unit; `nil` if no event ever used it.
    let unitSymbol: SymbolID?

    let period: Period
  }

  private func isEqual(
    _ entry: FactWindow.Entry,
    to fact: Sought,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    try entry.standing?.lastKnown != nil && entry.fact.period == fact.period
      && entry.fact.unit == fact.unitSymbol
      && source.text(entry.fact.dimensions) == fact.dimensions.text
  }

  /// In which one thing a fact of a line's concept differs from the one sought, and how far; `nil` if
  /// in nothing, or in more.
  private mutating func difference(
    of entry: FactWindow.Entry,
    from fact: Sought,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (reason: AbsenceReason, distance: Int32)? {
    let period = entry.fact.period
    let distance = Self.distance(of: period, from: fact.period)
    guard let distance else { return nil }
    let dimensions = try dimensions(entry.fact.dimensions, in: source)
    let isSame = (
      entry.fact.unit == fact.unitSymbol, dimensions == fact.dimensions, period == fact.period
    )
    guard entry.standing?.lastKnown != nil else {
      guard isSame == (true, true, true), entry.standing == nil,
        try source.rows(of: entry.fact).contains(where: { $0.sequence < statement.vantage.head })
      else { return nil }
      return (.withdrawn, 0)
    }
    switch isSame {
    case (false, true, true):
      let isCurrency = try [source.text(entry.fact.unit), fact.unit].allSatisfy { unit in
        unit.split(separator: "/").first.map(Currency.isCurrency) ?? false
      }
      return (isCurrency ? .otherCurrency : .otherUnit, 0)
    case (true, false, true) where dimensions.isNested(with: fact.dimensions):
      return (.otherDimensions, Int32(dimensions.pairs.count))
    case (true, true, false): return (.otherPeriod, distance)
    default: return nil
    }
  }

  private mutating func dimensions(
    _ symbol: SymbolID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Dimensions {
    if let known = dimensions[symbol] { return known }
    let read = try Dimensions(canonicalText: source.text(symbol))
    dimensions[symbol] = read
    return read
  }

  /// How many days two periods differ by at both ends; `nil` if they are of two kinds, or neither
  /// overlap nor are near each other.
  private static func distance(of period: Period, from other: Period) -> Int32? {
    let ends = abs(period.end.dayNumber - other.end.dayNumber)
    switch (period.start, other.start) {
    case (nil, nil): return ends <= nearDayCount ? ends : nil
    case (let start?, let otherStart?):
      guard start <= other.end, otherStart <= period.end else { return nil }
      return ends + abs(start.dayNumber - otherStart.dayNumber)
    default: return nil
    }
  }

  /// The concepts that mean what those of the line do, and that no line of the statement has.
  private mutating func otherConcepts(
    of line: StatementDefinition.Line,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [String] {
    let own = [line.concept].compactMap(\.self) + line.alternatives
    var printed = Set(own)
    for other in statement.lines {
      printed.formUnion([other.definition.concept, other.concept].compactMap(\.self))
    }
    var others: [String] = []
    for group in try conceptGroups(in: source) where !Set(group).isDisjoint(with: own) {
      others += group
    }
    for name in own {
      guard let local = name.split(separator: ":", maxSplits: 1).last else { continue }
      others += Self.standardPrefixes.map { "\($0):\(local)" }
    }
    return others.filter { printed.insert($0).inserted }
  }

  private static let standardPrefixes = ["us-gaap", "ifrs-full"]

  /// The concepts of each line of the layouts that every entity has; none for a statement in such a
  /// layout, whose lines have them already.
  private mutating func conceptGroups(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [[String]] {
    if let groups { return groups }
    var found: [[String]] = []
    let isGeneral = statement.filedLayout == nil && statement.definition.entity == nil
    for common in isGeneral ? [] : StatementDefinition.commonNames {
      let name = DefinitionName(statement: common, entity: nil)
      guard
        case .statement(let general) =
          try source.definition(name, before: statement.vantage.head)
      else { continue }
      found += general.lines.map { [$0.concept].compactMap(\.self) + $0.alternatives }
    }
    groups = found
    return found
  }
}

extension Dimensions {
  /// Whether these dimensions have all of the others and more, or the other way round.
  fileprivate func isNested(with other: Dimensions) -> Bool {
    let (mine, others) = (
      Set(pairs.map { "\($0.key)=\($0.value)" }), Set(other.pairs.map { "\($0.key)=\($0.value)" })
    )
    return mine.isSubset(of: others) || others.isSubset(of: mine)
  }
}
