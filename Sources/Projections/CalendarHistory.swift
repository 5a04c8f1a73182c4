public import Facts

/// The durations that an entity's filings ever reported, in the order in which they became known: what its fiscal
/// calendar as of any moment is made from.
///
/// It changes only when something is appended, and a calendar only on the days on which a duration is first
/// reported. So both are worth keeping, however many moments are asked about.
public struct CalendarHistory: Sendable {
  /// Which series are read.
  public enum Breadth: Hashable, Sendable, CaseIterable {
    /// A few that nearly every filing reports.
    case primary

    /// Those of every concept without dimensions, for where the few tell nothing of years.
    case every
  }

  /// When each of ``periods`` was first reported, in order.
  private let times: [Timestamp]

  private let periods: [Period]

  /// Reads the series as the first `head` events have them.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* claims of the series.
  public init(
    of entity: EntityDefinition,
    _ breadth: Breadth,
    before head: UInt64,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var firsts: [Period: Timestamp] = [:]
    if let symbol = try source.symbol(entity.entity) {
      let series =
        switch breadth {
        case .primary: try CalendarSeries(of: symbol, in: source)
        case .every: try CalendarSeries(ofEveryConceptOf: symbol, in: source)
        }
      firsts = try series?.firsts(before: head, from: source) ?? [:]
    }
    let sorted = firsts.sorted { $0.value < $1.value }
    times = sorted.map(\.value)
    periods = sorted.map(\.key)
  }

  /// How many of the durations are known within `vantage`: within vantages of one head and of equal counts, the
  /// calendars are equal.
  ///
  /// - Complexity: O(log *n*) for *n* durations.
  public func count(within vantage: Vantage) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if vantage.knows(times[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The calendar that the durations make of which `count` are known; where none is known yet, those recorded.
  ///
  /// - Parameters:
  ///   - count: A ``count(within:)``.
  ///   - stated: See `FiscalCalendar.init(reported:stated:)`.
  /// - Complexity: As that.
  public func calendar(knowing count: Int, stated: FiscalYearEnd?) -> FiscalCalendar {
    FiscalCalendar(reported: count == 0 ? periods : Array(periods[..<count]), stated: stated)
  }
}

extension CalendarSeries {
  /// When each duration was first reported, of the claims recorded before `head` that are not amended.
  fileprivate func firsts(
    before head: UInt64,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [Period: Timestamp] {
    let found = try source.amendments(before: head)
    let amendments = found.concernsClaims ? found : nil
    var firsts: [Period: Timestamp] = [:]
    var rows: [FactRow] = []
    for stretch in stretches {
      var (place, isMore) = (FactRow.Place(before: stretch.first), true)
      while isMore {
        rows.removeAll(keepingCapacity: true)
        isMore = try source.appendRows(
          from: place,
          through: stretch.last,
          limit: Self.rowCountMax,
          to: &rows
        )
        var start = 0
        while start < rows.count {
          let fact = rows[start].fact
          let end = rows[start...].firstIndex { $0.fact != fact } ?? rows.count
          if !fact.isInstant {
            // Of the last fact of a full read there may be more.
            let isCut = isMore && end == rows.count
            let all = isCut ? try source.rows(of: fact)[...] : rows[start..<end]
            if let first = Self.first(all, before: head, amendments) {
              firsts[fact.period] = min(first, firsts[fact.period] ?? first)
            }
          }
          place = FactRow.Place(after: fact)
          start = end
        }
      }
    }
    return firsts
  }

  /// When the first of those rows of a fact was published that count.
  private static func first(
    _ rows: ArraySlice<FactRow>,
    before head: UInt64,
    _ amendments: Amendments?
  ) -> Timestamp? {
    guard amendments != nil || rows.contains(where: { !$0.isClaim }) else {
      return rows.first { $0.sequence < head }?.published
    }
    return (amendments ?? .none).resolve(rows, before: head).live.lazy.map(\.published).min()
  }

  /// How many rows of a series are read at a time.
  private static let rowCountMax = 512
}
