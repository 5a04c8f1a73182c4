/// A claim of one line of a column, told in plain numbers.
struct NaiveClaim {
  var line: Int

  /// What time it is about: a letter.
  var period: Character

  /// Which filing, in the order of their numbers.
  var filing: Int

  var value: Int

  /// Whether it is rounded to tens, and not to ones.
  var isRough: Bool

  /// Its place in the log.
  var sequence: Int

  /// Half of what is rounded away, in halves.
  var half: Int { isRough ? 10 : 1 }

  func agrees(with other: NaiveClaim) -> Bool {
    isRough == other.isRough
      ? value == other.value : 2 * abs(value - other.value) <= half + other.half
  }
}

/// Which claims a derived fourth quarter is added up from, by the words of the rule alone: year less
/// nine months, or else year less half-year less third quarter.
struct NaiveVintage {
  static let lines = ["Revenue", "Cost", "Gross", "Expense", "Income"]

  /// For each line: what adds to it.
  private static let items: [[(line: Int, sign: Int)]] = [
    [], [], [(0, 1), (1, -1)], [], [(2, 1), (3, -1)],
  ]

  /// The periods: year, nine months, half-year, third quarter; the fourth itself.
  static let periods: [Character] = ["y", "n", "h", "3", "4"]
  private static let paths: [[(period: Character, sign: Int)]] = [
    [("n", -1), ("y", 1)], [("h", -1), ("3", -1), ("y", 1)],
  ]

  /// What is shown of a line.
  enum Shown: Equatable {
    case reported(Int)
    case derived([Int])
    case refused
    case nothing
  }

  let claims: [NaiveClaim]

  /// The day of each filing.
  let days: [Int]

  /// The story of a figure until a day.
  private struct Told {
    var held: NaiveClaim?
    var isConflict = false

    /// The numbers of filings; -1 for none.
    var restated = -1
    var last = -1
  }

  private func told(_ line: Int, _ period: Character, _ day: Int) -> Told {
    var told = Told()
    var rivals: [NaiveClaim] = []
    var before: NaiveClaim?
    for filing in days.indices where days[filing] <= day {
      let said = claims.filter { $0.line == line && $0.period == period && $0.filing == filing }
      guard let precise = said.first(where: { !$0.isRough }) ?? said.first else { continue }
      told.last = filing
      if said.contains(where: { claim in said.contains { !$0.agrees(with: claim) } }) {
        if !told.isConflict { before = told.held }
        (told.isConflict, told.held, rivals) = (true, nil, said)
        continue
      }
      if told.isConflict {
        let half = rivals.filter { precise.agrees(with: $0) }
        let isDecided = half.allSatisfy { claim in half.allSatisfy { $0.agrees(with: claim) } }
        told.isConflict = false
        if let first = half.first(where: { !$0.isRough }) ?? half.first, isDecided {
          told.held = first.isRough && !precise.isRough ? precise : first
          if let before, let held = told.held, !held.agrees(with: before) {
            told.restated = held.filing
          }
        } else {
          (told.held, told.restated) = (precise, filing)
        }
      } else if let held = told.held {
        if !held.agrees(with: precise) {
          (told.held, told.restated) = (precise, filing)
        } else if held.isRough, !precise.isRough {
          told.held = precise
        }
      } else {
        told.held = precise
      }
    }
    return told
  }

  private func operands(_ line: Int, _ day: Int) -> [(claim: NaiveClaim, sign: Int)]? {
    for path in Self.paths {
      let found = path.compactMap { step in
        told(line, step.period, day).held.map { ($0, step.sign) }
      }
      if found.count == path.count { return found }
    }
    return nil
  }

  /// Whether one of the operands was restated after another was last reported.
  private func isMixed(_ operands: [NaiveClaim], _ day: Int) -> Bool {
    let stories = operands.map { told($0.line, $0.period, day) }
    return stories.indices.contains { one in
      stories.indices.contains { one != $0 && stories[one].restated > stories[$0].last }
    }
  }

  /// Which of the lines do not belong together on a day.
  private func failing(_ derived: [Int: [NaiveClaim]], _ day: Int) -> Set<Int> {
    let mixed = derived.filter { isMixed($0.value, day) }
    guard !mixed.isEmpty else { return [] }
    // The last filing that restated an operand of each period.
    var recasts: [Character: Int] = [:]
    for claim in derived.values.joined() {
      let story = told(claim.line, claim.period, day)
      if story.restated >= 0 {
        recasts[claim.period] = max(recasts[claim.period] ?? -1, story.restated)
      }
    }
    let restated = mixed.filter { _, claims in
      claims.allSatisfy { claim in
        let story = told(claim.line, claim.period, day)
        return story.restated >= 0 || recasts[claim.period].map { story.last >= $0 } ?? false
      }
    }
    let areProven = areProven(Set(restated.keys), day)
    return Set(mixed.keys).subtracting(areProven ? Set(restated.keys) : [])
  }

  /// Whether reported totals, to which derived figures add, are what adds to them; and some of `lines`
  /// add to one.
  private func areProven(_ lines: Set<Int>, _ day: Int) -> Bool {
    typealias Item = (line: Int, value: Int, half: Int, isDerived: Bool)
    func figure(_ line: Int) -> (value: Int, half: Int, isDerived: Bool)? {
      if let held = told(line, "4", day).held { return (held.value, held.half, false) }
      guard !told(line, "4", day).isConflict, let operands = operands(line, day) else { return nil }
      return (
        operands.reduce(0) { $0 + $1.sign * $1.claim.value },
        operands.reduce(0) { $0 + $1.claim.half }, true
      )
    }
    func terms(_ total: Int, _ sign: Int) -> [Item]? {
      var found: [Item] = []
      for item in Self.items[total] {
        if told(item.line, "4", day).isConflict { return nil }
        if let figure = figure(item.line) {
          let value = sign * item.sign * figure.value
          found.append((item.line, value, figure.half, figure.isDerived))
        } else {
          guard let inner = terms(item.line, sign * item.sign) else { return nil }
          found += inner
        }
      }
      return found
    }
    var isProven = false
    for total in Self.items.indices where !Self.items[total].isEmpty {
      guard let held = told(total, "4", day).held, let terms = terms(total, 1),
        terms.contains(where: \.isDerived)
      else { continue }
      let sum = terms.reduce(0) { $0 + $1.value }
      let slack = terms.reduce(held.half) { $0 + $1.half }
      guard 2 * abs(held.value - sum) <= slack else { return false }
      if terms.contains(where: { $0.isDerived && lines.contains($0.line) }) { isProven = true }
    }
    return isProven
  }

  /// What is shown of each line when everything until a day is known, and the day of the vintage; `nil`
  /// for the newest.
  func shown(until day: Int) -> (shown: [Shown], vintage: Int?) {
    var shown = Self.lines.indices.map { _ in Shown.nothing }
    var derived: [Int: [NaiveClaim]] = [:]
    for line in shown.indices {
      let own = told(line, "4", day)
      if let held = own.held {
        shown[line] = .reported(held.sequence)
      } else if !own.isConflict, let operands = operands(line, day) {
        derived[line] = operands.map(\.claim)
      }
    }
    let failing = failing(derived, day)
    var vintage: Int?
    var chosen = derived.filter { !failing.contains($0.key) }
    if !failing.isEmpty {
      for earlier in Set(days).sorted(by: >) where earlier <= day {
        var then: [Int: [NaiveClaim]] = [:]
        for line in derived.keys { then[line] = operands(line, earlier)?.map(\.claim) }
        guard self.failing(then, earlier).isEmpty, failing.contains(where: { then[$0] != nil })
        else { continue }
        (vintage, chosen) = (earlier, then)
        break
      }
    }
    for line in derived.keys {
      shown[line] = chosen[line].map { .derived($0.map(\.sequence).sorted()) } ?? .refused
    }
    if let found = vintage {
      // Nothing of these figures was published between.
      vintage =
        chosen.values.joined().map { days[told($0.line, $0.period, found).last] }.max() ?? found
    }
    return (shown, vintage)
  }
}
