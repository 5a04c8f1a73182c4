public import Facts

/// One filing to be made: who, when, about which quarter and how large.
public struct FilingPlan: Hashable, Sendable {
  /// Which entity, from 0.
  public let entity: Int

  /// The quarter that it is about.
  public let quarter: Quarter

  /// How many claims it holds: 64 to 2,000, an even number.
  public fileprivate(set) var claimCount: Int

  /// When it is published: 30 to 44 days after the quarter.
  public var published: Timestamp {
    let number = SplitMix64.number(entity, quarter.index, 1)
    let day = Timestamp(startOf: quarter.end.advanced(byDays: 30 + Int(number % 15)))
    let second = Int64(number >> 8 % 36_000 + 36_000)
    return Timestamp(microseconds: day.microseconds + second * 1_000_000)
  }

  /// The filings of a ledger of about `eventCount` events, in the order in which they are
  /// published; every entity files 40 times.
  static func plans(eventCount: Int, entityCount: Int) -> [FilingPlan] {
    var random = SplitMix64(seed: 2004)
    var plans: [FilingPlan] = []
    for entity in 0..<entityCount {
      // From 64 on, each doubling as likely as the one before it.
      let smallest = 64 << random.next(below: 5)
      let size = smallest + random.next(below: smallest)
      for index in 0..<Quarter.count {
        let quarter = Quarter(index)
        let usual = quarter.isFiscalYearEnd ? size * 3 / 2 : size
        let claimCount = usual * (90 + random.next(below: 21)) / 100
        plans.append(FilingPlan(entity: entity, quarter: quarter, claimCount: claimCount))
      }
    }
    let definitionCount = Catalogue.definitions.count + entityCount
    plans.scale(to: eventCount - definitionCount - plans.count)
    return plans.map { (published: $0.published, plan: $0) }
      .sorted { ($0.published, $0.plan.entity) < ($1.published, $1.plan.entity) }
      .map(\.plan)
  }
}

extension [FilingPlan] {
  private static let sizes = 64...2000

  /// Changes the sizes in proportion, and then a little more, until they add up to `total`, if that
  /// can be.
  fileprivate mutating func scale(to total: Int) {
    for _ in 0..<8 {
      let sum = reduce(0) { $0 + $1.claimCount }
      for index in indices {
        let size = self[index].claimCount * total / sum / 2 * 2
        self[index].claimCount = Swift.min(Swift.max(size, Self.sizes.lowerBound), 2000)
      }
    }
    var missing = total - reduce(0) { $0 + $1.claimCount }
    for index in indices where missing.magnitude >= 2 {
      let size = self[index].claimCount + missing.signum() * 2
      guard Self.sizes.contains(size) else { continue }
      missing -= size - self[index].claimCount
      self[index].claimCount = size
    }
  }
}
