public import Facts

/// Filings of the shape of real ones, the same at every run.
///
/// Entities file every quarter for ten years. A filing reports the balance sheet at the quarter's
/// end and at the fiscal year's end before it, and other figures for the quarter (or year) and for
/// the one a year before: so half of the claims say again what an earlier filing said, and every
/// tenth of those says something else. A third of the entities' figures have printed places.
public struct SyntheticFilings: Sendable {
  /// The filings to make, in the order in which they are published.
  public let plans: [FilingPlan]

  /// How many entities there are.
  public let entityCount: Int

  /// Plans a ledger of about `eventCount` events, beside batch events and standard definitions.
  ///
  /// - Parameter entityCount: How many entities share them; by default as many as have 500 events a filing.
  public init(eventCount: Int, entityCount: Int? = nil) {
    self.entityCount = entityCount ?? max(1, eventCount / (Quarter.count * 500))
    plans = FilingPlan.plans(eventCount: eventCount, entityCount: self.entityCount)
  }

  /// The filings of each entity in the order in which they are published, an entity after the other.
  public var plansByEntity: [ArraySlice<FilingPlan>] {
    let sorted = plans.sorted { ($0.entity, $0.published) < ($1.entity, $1.published) }
    return (0..<entityCount).map { sorted[$0 * Quarter.count..<($0 + 1) * Quarter.count] }
  }

  /// The identifier of an entity.
  public static func entity(_ index: Int) -> String { "bench:\(padded(index, 7))" }

  /// What filings need: concepts, statements and entities.
  public var definitions: [Draft] {
    Catalogue.definitions
      + (0..<entityCount).map { index in
        Draft(
          .entity(
            EntityDefinition(
              entity: Self.entity(index),
              name: "Entity \(padded(index, 7))",
              fiscalYearEnd: .calendarYear
            )
          )
        )
      }
  }

  /// The events of one filing: itself, then its claims.
  public func drafts(of plan: FilingPlan) -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(plan.claimCount + 1)
    let maker = ClaimMaker(plan)
    drafts.append(Draft(.filing(maker.filing)))
    for (index, series) in Catalogue.balanceSheet.enumerated() {
      drafts.append(
        Draft(.claim(maker.claim(series, index, at: plan.quarter, line: index, claimIndex: 0)))
      )
      let yearEnd = plan.quarter.fiscalYearEndBefore
      let claimIndex = plan.quarter.index - yearEnd.index
      drafts.append(
        Draft(.claim(maker.claim(series, index, at: yearEnd, line: index, claimIndex: claimIndex)))
      )
    }
    let otherCount = (plan.claimCount - drafts.count + 1) / 2
    for (index, series) in Catalogue.others.prefix(otherCount).enumerated() {
      let (number, line) = (index + 100, index + 50)
      drafts.append(
        Draft(.claim(maker.claim(series, number, at: plan.quarter, line: line, claimIndex: 0)))
      )
      let before = plan.quarter.yearBefore
      drafts.append(
        Draft(.claim(maker.claim(series, number, at: before, line: line, claimIndex: 1)))
      )
    }
    return drafts
  }

  /// Calls `body` with all events in order, definitions first, `count` at a time.
  public func forEachBatch(of count: Int, _ body: ([Draft]) throws -> Void) rethrows {
    var batch: [Draft] = []
    func add(_ drafts: [Draft]) throws {
      for draft in drafts {
        batch.append(draft)
        if batch.count == count {
          try body(batch)
          batch.removeAll(keepingCapacity: true)
        }
      }
    }
    try add(definitions)
    for plan in plans { try add(drafts(of: plan)) }
    if !batch.isEmpty { try body(batch) }
  }
}
