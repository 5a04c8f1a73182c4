import EventStore
public import Facts
import Projections

/// Whether a company went on reporting a measure of its own, and meant the same by it.
public struct MeasureContinuity: Hashable, Sendable {
  /// The statement that reconciles the measure.
  public var statement: String

  /// The caption of its line.
  public var label: String

  /// The concept.
  public var concept: String

  /// The dimensions of the line.
  public var dimensions: Dimensions

  /// The unit.
  public var unit: String

  /// The quarters for which a figure is reported, the earliest first; never empty.
  public var quarters: [Period]

  /// The last quarter for which any measure of the statement is reported.
  public var latest: CivilDate

  /// The events that defined the concept anew, otherwise than before.
  public var redefinitions: [UInt64]

  /// The events that defined anew what adds up to the measure.
  public var recalculations: [UInt64]

  /// Whether the company reports the other measures of the statement for a later quarter, and this one no more.
  public var isStopped: Bool { quarters.last.map { $0.end < latest } ?? true }

  /// Whether there is nothing to ask the company.
  public var isContinuous: Bool {
    !isStopped && redefinitions.isEmpty && recalculations.isEmpty
  }
}

extension Ledger.View {
  /// The continuity of an entity's measures outside of accounting standards: the lines of statements that reconcile them,
  /// whose concepts are of no standard.
  ///
  /// - Parameter part: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError`` if no statement of the entity reconciles such measures, or none was reported for a quarter.
  /// - Complexity: O(*n* + *m* log *n*), for *n* claims of the entity and *m* measures.
  public func nonGAAPContinuity(entity part: String?) throws -> [MeasureContinuity] {
    let entity = try self.entity(matching: part)
    var found: [MeasureContinuity] = []
    for name in try statementNames(entity: entity.entity)
    where name.filing == nil && Self.reconciles(name.name) {
      guard let definition = try definedStatement(name.name, of: entity.entity) else { continue }
      var measures: [MeasureContinuity] = []
      for line in definition.lines {
        guard let concept = line.concept, !Self.isStandard(concept) else { continue }
        let unit = line.unit ?? definition.unit
        // A statement may print a figure twice.
        let isListed = measures.contains { measure in
          measure.concept == concept && measure.dimensions == line.dimensions
            && measure.unit == unit
        }
        guard !isListed else { continue }
        let quarters = try reportedQuarters(concept, line.dimensions, unit, of: entity.entity)
        guard let last = quarters.last else { continue }
        measures.append(
          MeasureContinuity(
            statement: name.name,
            label: line.label,
            concept: concept,
            dimensions: line.dimensions,
            unit: unit,
            quarters: quarters,
            latest: last.end,
            redefinitions: try changes(of: DefinitionName(type: "concept", name: concept)),
            recalculations: try recalculations(of: concept, entity: entity.entity)
          )
        )
      }
      let latest = measures.map(\.latest).max()
      for index in measures.indices { measures[index].latest = latest ?? measures[index].latest }
      found += measures
    }
    guard !found.isEmpty else {
      throw LedgerError(
        .notAnswerable,
        "no measure outside of accounting standards is reported for a quarter by \(entity.name)"
      )
    }
    return found
  }

  /// Whether a statement reconciles measures that no standard defines.
  private static func reconciles(_ name: String) -> Bool {
    ["nongaap", "non-gaap", "reconciliation"].contains { name.contains($0) }
  }

  /// Whether a concept is of an accounting standard.
  private static func isStandard(_ concept: String) -> Bool {
    ["us-gaap:", "ifrs-full:", "dei:", "srt:"].contains { concept.hasPrefix($0) }
  }

  private func definedStatement(
    _ name: String,
    of entity: String
  ) throws -> StatementDefinition? {
    try ledger.translating {
      for owner in [entity, nil] {
        let definition = DefinitionName(statement: name, entity: owner)
        if case .statement(let found)? = try snapshot.definition(definition, before: head) {
          return found
        }
      }
      return nil
    }
  }

  /// The quarters for which a figure of a fact holds.
  private func reportedQuarters(
    _ concept: String,
    _ dimensions: Dimensions,
    _ unit: String,
    of entity: String
  ) throws -> [Period] {
    var quarters: [Period] = []
    do {
      _ = try forEachClaim(Ledger.FactsRequest(entity: entity, words: [concept])) { claim in
        let fact = claim.claim.fact
        guard fact.concept == concept, fact.dimensions == dimensions, fact.unit == unit,
          let dayCount = fact.period.dayCount, FiscalCalendar.quarterDayCounts.contains(dayCount),
          !quarters.contains(fact.period)
        else { return }
        quarters.append(fact.period)
      }
    } catch let error as LedgerError where error.isRefusalToAnswer {
      return []
    }
    return quarters.sorted { $0.end < $1.end }
  }

  /// The events by which a definition became another, without the first.
  private func changes(of name: DefinitionName) throws -> [UInt64] {
    try ledger.translating {
      var (found, later, end) = ([UInt64](), (sequence: UInt64, event: Event)?.none, head)
      while let sequence = try snapshot.definitionSequence(name, before: end),
        let event = try snapshot.definition(name, before: end)
      {
        if let later, later.event != event { found.append(later.sequence) }
        (later, end) = ((sequence, event), sequence)
      }
      return found.reversed()
    }
  }

  /// The events that defined anew a check whose total a concept is.
  private func recalculations(of concept: String, entity: String) throws -> [UInt64] {
    var found: [UInt64] = []
    for owner in [entity, nil] {
      let names = try ledger.translating {
        try snapshot.definitionNames(ofType: "check", entity: owner, before: head)
      }
      for name in names {
        let definition = DefinitionName(type: "check", name: name, entity: owner)
        let event = try ledger.translating { try snapshot.definition(definition, before: head) }
        guard case .check(let check)? = event, check.total?.concept == concept else { continue }
        found += try changes(of: definition)
      }
    }
    return found.sorted()
  }
}

extension Period {
  /// How many days it lasts; `nil` for a moment.
  fileprivate var dayCount: Int? {
    start.map { Int(end.dayNumber - $0.dayNumber) + 1 }
  }
}
