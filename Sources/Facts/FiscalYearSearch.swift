/// Finds the ends of fiscal years among the days at which reported periods begin and end.
///
/// Filings report years, halves and nine months from the start of a year. Some report twelve months that
/// end with any quarter, too. So each day collects evidence, and of all chains of days the one with
/// the most evidence is taken: its days are whole years apart, but where the fiscal year was changed.
struct FiscalYearSearch {
  /// The ends of fiscal years, in order.
  private(set) var yearEnds: [CivilDate] = []

  /// The days at whose ends periods of a month or more begin or are over, in order, one for each group
  /// of near ones.
  private(set) var boundaries: [CivilDate] = []

  /// What periods make of a day.
  private struct Evidence: OptionSet {
    let rawValue: UInt8

    static let beforeHalf = Evidence(rawValue: 1)
    static let beforeNineMonths = Evidence(rawValue: 2)
    static let beforeYear = Evidence(rawValue: 4)
    static let endOfYear = Evidence(rawValue: 8)

    /// That a period begins after the day.
    ///
    /// Halves and nine months of weeks can be as short as two and three quarters of twelve weeks, and as
    /// long as some with one of sixteen.
    init?(beforePeriodOf dayCount: Int) {
      switch dayCount {
      case 160...200: self = .beforeHalf
      case 245...295: self = .beforeNineMonths
      case FiscalCalendar.Part.year.dayCounts: self = .beforeYear
      default: return nil
      }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// How much it counts.
    ///
    /// Nine months are always counted from the start of a year; half a year can be its second.
    var weight: Int {
      var weight = 0
      if contains(.beforeHalf) { weight += 2 }
      if contains(.beforeNineMonths) { weight += 3 }
      if contains(.beforeYear) { weight += 2 }
      if contains(.endOfYear) { weight += 2 }
      return weight
    }
  }

  /// A day at whose end periods begin or are over, with near ones.
  private struct Group {
    var day: Int32
    var evidence: Evidence
  }

  /// The weight of a stated year end beside the evidence of periods.
  private static let statedWeight = 4

  /// The least weight of evidence that a change of the fiscal year needs.
  private static let changeWeight = 4

  /// The lengths, in days, of periods that are evidence of a calendar: from a month to a year.
  private static let dayCounts = 28...FiscalCalendar.Part.year.dayCounts.upperBound

  init(_ durations: [Period], stated: FiscalYearEnd?) {
    let groups = Self.groups(of: durations, stated)
    boundaries = groups.map { CivilDate(dayNumber: $0.day) }
    guard groups.contains(where: { !$0.evidence.isEmpty }) else { return }
    let weights = groups.filter { !$0.evidence.isEmpty }.map { group in
      let isStated = Self.isStated(group.day, stated)
      return (day: group.day, weight: group.evidence.weight + (isStated ? Self.statedWeight : 0))
    }
    let found = Self.chain(weights)
    // The stated year end prevails only over little evidence: its weight counts once, for all its years.
    let statedDays = groups.filter { Self.isStated($0.day, stated) }
    let weight = statedDays.map(\.evidence.weight).reduce(Self.statedWeight, +)
    let days = statedDays.isEmpty || weight <= found.weight ? found.days : statedDays.map(\.day)
    yearEnds = days.map { CivilDate(dayNumber: $0) }
  }

  private static func isStated(_ dayNumber: Int32, _ stated: FiscalYearEnd?) -> Bool {
    let day = CivilDate(dayNumber: dayNumber)
    return stated?.latest(before: day.advanced(byDays: FiscalCalendar.slackDayCount + 1))
      .map { FiscalCalendar.isNear($0, day) } ?? false
  }

  /// The days at whose ends periods begin or are over; of near ones, one.
  private static func groups(of durations: [Period], _ stated: FiscalYearEnd?) -> [Group] {
    var days: [Int32: (evidence: Evidence, count: Int)] = [:]
    for period in Set(durations) {
      guard let start = period.start, dayCounts ~= period.dayCount else { continue }
      let evening = start.dayNumber - 1
      var beginning = Evidence(beforePeriodOf: period.dayCount) ?? []
      // The second half of the year that is stated does not begin another.
      if beginning == .beforeHalf, isStated(period.end.dayNumber, stated) { beginning = [] }
      for (day, evidence) in [
        (evening, beginning),
        (period.end.dayNumber, beginning == .beforeYear ? .endOfYear : []),
      ] {
        days[day, default: ([], 0)].evidence.formUnion(evidence)
        days[day, default: ([], 0)].count += 1
      }
    }
    let sorted = days.sorted { $0.key < $1.key }
    let weekday = commonWeekday(of: days.keys)
    var groups: [Group] = []
    var first = 0
    while first < sorted.count {
      var end = first + 1
      let slack = Int32(FiscalCalendar.slackDayCount)
      while end < sorted.count, sorted[end].key - sorted[end - 1].key <= slack,
        sorted[end].key - sorted[first].key <= 2 * slack
      { end += 1 }
      let members = sorted[first..<end].map { (day: $0.key, count: $0.value.count) }
      groups.append(
        Group(
          day: representative(of: members, weekday),
          evidence: sorted[first..<end].reduce(into: []) { $0.formUnion($1.value.evidence) }
        )
      )
      first = end
    }
    return groups
  }

  /// The day of near ones that periods really end with.
  ///
  /// Data sets move days to the ends of months: so a day within a month is the real one, if it is the
  /// usual day of the week or more than one period has it. Else it is the one that most periods have.
  private static func representative(
    of members: [(day: Int32, count: Int)],
    _ weekday: Int32?
  ) -> Int32 {
    let ranked = members.map { member in
      let day = CivilDate(dayNumber: member.day)
      let endsMonth = day.isEndOfMonth
      let isReal = !endsMonth && (member.count > 1 || day.weekday == weekday)
      return (isReal ? 1 : 0, member.count, endsMonth ? 1 : 0, day: member.day)
    }
    return ranked.max { $0 < $1 }?.day ?? 0
  }

  /// The day of the week of most days within months; `nil` if they have no common one.
  private static func commonWeekday(of days: some Sequence<Int32>) -> Int32? {
    let inside = days.map(CivilDate.init(dayNumber:)).filter { !$0.isEndOfMonth }
    let most = Dictionary(grouping: inside, by: \.weekday).max {
      ($0.value.count, $0.key) < ($1.value.count, $1.key)
    }
    guard let most, most.value.count > 1, most.value.count * 4 >= inside.count * 3 else {
      return nil
    }
    return most.key
  }

  /// The chain of days with the most weight; of several, the one that ends first.
  private static func chain(
    _ days: [(day: Int32, weight: Int)]
  ) -> (days: [Int32], weight: Int) {
    var best: [(weight: Int, previous: Int?)] = []
    for (index, candidate) in days.enumerated() {
      var found: (weight: Int, previous: Int?) = (candidate.weight, nil)
      for earlier in 0..<index {
        let gap = candidate.day - days[earlier].day
        let isWhole = FiscalCalendar.isYears(dayCount: Int(gap))
        guard isWhole || gap >= Int32(dayCounts.lowerBound) else { continue }
        let weight = best[earlier].weight + candidate.weight - (isWhole ? 0 : changeWeight)
        if weight > found.weight || (weight == found.weight && isWhole) {
          found = (weight, earlier)
        }
      }
      best.append(found)
    }
    let most = best.map(\.weight).max() ?? 0
    var chain: [Int32] = []
    var next = best.firstIndex { $0.weight == most }
    while let index = next {
      chain.append(days[index].day)
      next = best[index].previous
    }
    return (chain.reversed(), most)
  }
}
