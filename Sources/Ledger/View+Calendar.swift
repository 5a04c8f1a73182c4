import EventStore
public import Facts
import Projections

extension Ledger {
  /// The durations of an entity are good for so many events, however much the ledger has grown since.
  struct CalendarHistoryKey: Hashable {
    let entity: String
    let head: UInt64
    let breadth: CalendarHistory.Breadth
  }

  /// A calendar without numbers is good for every moment at which as many of those durations are known.
  struct CalendarKey: Hashable {
    let history: CalendarHistoryKey
    let knownCount: Int
  }

  /// A calendar with numbers is good for one entity and one vantage.
  struct NumberedCalendarKey: Hashable {
    let entity: String
    let vantage: Vantage
  }
}

/// The day that a person names by a label of a period.
public struct NamedDay: Hashable, Sendable {
  /// The last day of the period.
  public var date: CivilDate

  /// Whether no filing states the number of that fiscal year, and it could be another year's.
  public var isAssumed: Bool
}

extension Ledger.View {
  /// The fiscal calendar of an entity, as its filings make it that are known and recorded within this
  /// view, with the numbers that they give its years.
  ///
  /// - Parameter part: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: As `FiscalCalendar/numbered(for:within:from:)`; O(1) from the second time on.
  public func fiscalCalendar(of part: String? = nil) throws -> FiscalCalendar {
    try ledger.translating { try numberedCalendar(of: entity(matching: part), within: vantage()) }
  }

  /// The day on which the period ends that a person names.
  ///
  /// - Parameters:
  ///   - label: A period; one that is fiscal needs the entity's calendar.
  ///   - part: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError`` if there is no such entity, or no such day.
  /// - Complexity: As ``fiscalCalendar(of:)``; O(1) for a label that is days.
  public func day(_ label: PeriodLabel, of part: String? = nil) throws -> NamedDay {
    if case .exact(let period) = label { return NamedDay(date: period.end, isAssumed: false) }
    let calendar = try fiscalCalendar(of: part)
    guard let end = calendar.period(label)?.end else {
      throw LedgerError(.notAnswerable, "no calendar has \(label)", remedy: .namePeriodEnd)
    }
    return NamedDay(date: end, isAssumed: calendar.isAssumed(label))
  }

  /// The fiscal calendar of an entity, without the numbers of its years.
  ///
  /// - Complexity: O(1) from the second time on, whatever the moment.
  func calendar(of entity: EntityDefinition, within vantage: Vantage) throws -> FiscalCalendar {
    for breadth in CalendarHistory.Breadth.allCases {
      let calendar = try calendar(of: entity, breadth, within: vantage)
      if let calendar, !calendar.yearEnds.isEmpty { return calendar }
    }
    return try calendar(of: entity, .every, within: vantage)
      ?? FiscalCalendar(yearEnd: entity.fiscalYearEnd)
  }

  private func calendar(
    of entity: EntityDefinition,
    _ breadth: CalendarHistory.Breadth,
    within vantage: Vantage
  ) throws -> FiscalCalendar? {
    let key = Ledger.CalendarHistoryKey(
      entity: entity.entity,
      head: vantage.head,
      breadth: breadth
    )
    let history = try ledger.calendarHistories.value(key) {
      try CalendarHistory(of: entity, breadth, before: vantage.head, from: snapshot)
    }
    guard let history else { return nil }
    let count = history.count(within: vantage)
    return ledger.calendars.value(Ledger.CalendarKey(history: key, knownCount: count)) {
      history.calendar(knowing: count, stated: entity.fiscalYearEnd)
    }
  }

  private func numberedCalendar(
    of entity: EntityDefinition,
    within vantage: Vantage
  ) throws -> FiscalCalendar {
    let key = Ledger.NumberedCalendarKey(entity: entity.entity, vantage: vantage)
    let numbered = try ledger.numberedCalendars.value(key) {
      try calendar(of: entity, within: vantage).numbered(
        for: entity,
        within: vantage,
        from: snapshot
      )
    }
    return numbered ?? FiscalCalendar(yearEnd: entity.fiscalYearEnd)
  }
}
