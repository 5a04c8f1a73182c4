import Facts

/// A claim, correction or withdrawal, told in plain numbers.
struct NaiveEvent {
  var sequence: Int
  var filing: String
  var published: Int

  /// The value in tenths; `nil` for a dash.
  var tenths: Int?

  /// How far it is rounded: -1, 0 or 1; `nil` is exact.
  var decimals: Int?

  var qualifier: Qualifier?

  /// The event that it takes the place of, or takes back.
  var target: Int?

  var isWithdrawal = false

  /// Half the length of what is rounded away, in twentieths.
  private var half: Int {
    switch decimals {
    case -1: 100
    case 0: 10
    case 1: 1
    default: 0
    }
  }

  var isBound: Bool { qualifier == .moreThan || qualifier == .lessThan }

  /// Whether one number can have been printed as both.
  func agrees(with other: NaiveEvent) -> Bool {
    if isBound || other.isBound { return Self.canBothHold(self, other) }
    if let tenths, let others = other.tenths, decimals == other.decimals { return tenths == others }
    // A dash stands for zero, and is rounded as the other is.
    let (mine, theirs) = (2 * (tenths ?? 0), 2 * (other.tenths ?? 0))
    let mineHalf = tenths == nil ? 0 : half
    let theirsHalf = other.tenths == nil ? 0 : other.half
    return abs(mine - theirs) <= mineHalf + theirsHalf
  }

  /// At their word: numbers in steps of a twentieth are tried one after the other.
  private static func canBothHold(_ first: NaiveEvent, _ second: NaiveEvent) -> Bool {
    (-2000...2000).contains { number in
      [first, second].allSatisfy { event in
        let printed = 2 * (event.tenths ?? 0)
        switch event.qualifier {
        case .moreThan: return number > printed
        case .lessThan: return number < printed
        default: return number == printed
        }
      }
    }
  }

  /// What is the more precise, in the order of the rules: a figure before a dash before a bound, then
  /// the decimals, then the wording.
  func isMorePrecise(than other: NaiveEvent) -> Bool {
    func rank(_ event: NaiveEvent) -> [Int] {
      if event.isBound { return [0] }
      guard event.tenths != nil else { return [1] }
      return [2, event.decimals ?? 99, event.qualifier == .approximately ? 0 : 1]
    }
    return rank(other).lexicographicallyPrecedes(rank(self))
  }
}

/// The rules of which claim holds, one after the other, without a thought of speed.
struct NaiveWalk {
  enum Answer: Equatable {
    case holds(Int)
    case range(Int, Int)
    case conflict([Int])
    case notReported
    case notYetKnown(published: Int)
  }

  private(set) var answer: Answer = .notReported

  /// The filings that amend others.
  static let amendments: Set<String> = ["B", "9"]

  /// For each claim of one end of a range, by its sequence: what it did, what became of it, and which
  /// claim held before it.
  private(set) var told: [Int: [String]] = [:]

  /// - Parameters:
  ///   - knownAt: The last moment whose filings count; `nil` for all.
  ///   - head: How many events count.
  init(_ events: [NaiveEvent], rangeEnd: [Qualifier?], knownAt: Int?, head: Int) {
    let recorded = events.filter { $0.sequence < head }
    let fates = Self.fates(recorded)
    let claims = recorded.filter { !$0.isWithdrawal && rangeEnd.contains($0.qualifier) }
    for claim in claims {
      if let fate = fates[claim.sequence] { told[claim.sequence] = ["-", fate, "-"] }
    }
    let standing = claims.filter { fates[$0.sequence] == nil }
    let known = standing.filter { claim in knownAt.map { claim.published <= $0 } ?? true }
    for claim in standing where !known.contains(where: { $0.sequence == claim.sequence }) {
      told[claim.sequence] = ["-", "not-yet-known", "-"]
    }
    let filings = Set(known.map(\.filing)).map { name in known.filter { $0.filing == name } }
    func place(_ filing: NaiveEvent) -> (Int, Int, String) {
      guard !Self.amendments.contains(filing.filing) else {
        return (filing.published, 1, filing.filing)
      }
      // Odd numbers are days without a time, and the even ones before them moments of the same days: what
      // is amended on its day came before the amendment.
      let isAmended = known.contains { other in
        Self.amendments.contains(other.filing) && other.published == filing.published - 1
      }
      let isDay = !filing.published.isMultiple(of: 2)
      return (isDay && isAmended ? filing.published - 1 : filing.published, 0, filing.filing)
    }
    let ordered = filings.sorted { place($0[0]) < place($1[0]) }
    for filing in ordered { take(filing.sorted { $0.sequence < $1.sequence }) }
    if !conflict.isEmpty {
      answer = .conflict(conflict.map(\.sequence))
    } else if holders.count == 2 {
      answer = .range(holders[0].sequence, holders[1].sequence)
    } else if let holder = holders.first {
      answer = .holds(holder.sequence)
    } else if let first = standing.map(\.published).min() {
      answer = .notYetKnown(published: first)
    }
  }

  /// What became of the events that an amendment names.
  private static func fates(_ recorded: [NaiveEvent]) -> [Int: String] {
    var fates: [Int: String] = [:]
    // The newest is known to count; what it takes back does not.
    for event in recorded.sorted(by: { $0.sequence > $1.sequence }) {
      guard fates[event.sequence] != "withdrawn", let target = event.target, fates[target] == nil
      else { continue }
      fates[target] = event.isWithdrawal ? "withdrawn" : "corrected"
    }
    return fates
  }

  /// The claim that holds, or a lower and an upper bound.
  private var holders: [NaiveEvent] = []
  private var conflict: [NaiveEvent] = []

  private mutating func take(_ filing: [NaiveEvent]) {
    let before = (holders.first ?? conflict.first).map { "\($0.sequence)" } ?? "-"
    if Self.isTorn(filing) {
      end("restated")
      for claim in filing { told[claim.sequence] = ["conflict", "conflict", before] }
      (holders, conflict) = ([], filing)
      return
    }
    let words = Self.strongest(filing)
    for claim in filing { told[claim.sequence] = ["confirmed", "confirmed", before] }
    defer {
      // A filing never confirms itself.
      if filing.contains(where: { told[$0.sequence]?[0] != "confirmed" }) {
        for claim in filing where told[claim.sequence]?[0] == "confirmed" {
          told[claim.sequence]?[0] = "repeated"
        }
      }
    }
    guard !conflict.isEmpty else {
      settle(words, before)
      return
    }
    let half = conflict.filter { claim in words.allSatisfy { $0.agrees(with: claim) } }
    conflict = []
    guard !half.isEmpty, !Self.isTorn(half) else {
      hold(words, "restated", before)
      return
    }
    holders = Self.strongest(half)
    for holder in holders { told[holder.sequence]?[1] = "holds" }
    let confirmed = "\(holders[0].sequence)"
    for claim in filing { told[claim.sequence]?[2] = confirmed }
    settle(words, confirmed)
    // A half that is refined at once never held.
    for claim in half where told[claim.sequence]?[1] != "holds" {
      told[claim.sequence]?[1] = "conflict"
    }
  }

  private mutating func settle(_ words: [NaiveEvent], _ before: String) {
    guard !holders.isEmpty else { return hold(words, "first reported", before) }
    guard !disagrees(words) else {
      return hold(words, "restated", before)
    }
    if holders.contains(where: \.isBound) || words.contains(where: \.isBound) {
      let strongest = Self.strongest(holders + words)
      let isNew = strongest.contains { new in !holders.contains { $0.sequence == new.sequence } }
      if isNew { hold(strongest, "refined", before) }
    } else if holders[0].tenths != nil, words[0].tenths != nil,
      words[0].isMorePrecise(than: holders[0])
    {
      hold(words, "refined", before)
    }
  }

  private func disagrees(_ words: [NaiveEvent]) -> Bool {
    holders.contains { holder in words.contains { !$0.agrees(with: holder) } }
  }

  /// Makes claims hold: those among them that did not before have done `deed`.
  private mutating func hold(_ claims: [NaiveEvent], _ deed: String, _ before: String) {
    let old = Set(holders.map(\.sequence))
    let kept = Set(claims.map(\.sequence))
    for holder in holders where !kept.contains(holder.sequence) {
      told[holder.sequence]?[1] = deed == "refined" ? "refined" : "restated"
    }
    for claim in claims where !old.contains(claim.sequence) {
      told[claim.sequence] = [deed, "holds", before]
    }
    holders = claims
  }

  /// What becomes of the claims that held until now.
  private mutating func end(_ fate: String) {
    for holder in holders { told[holder.sequence]?[1] = fate }
  }

  /// Whether some two of the claims contradict each other.
  private static func isTorn(_ claims: [NaiveEvent]) -> Bool {
    claims.contains { one in claims.contains { !$0.agrees(with: one) } }
  }

  /// Of claims that agree, the most precise; of bounds alone, the narrowest on each side.
  private static func strongest(_ claims: [NaiveEvent]) -> [NaiveEvent] {
    let figures = claims.filter { !$0.isBound }
    if let first = figures.first {
      return [figures.dropFirst().reduce(first) { $1.isMorePrecise(than: $0) ? $1 : $0 }]
    }
    func value(_ event: NaiveEvent) -> Int { event.tenths ?? 0 }
    let lower = claims.filter { $0.qualifier == .moreThan }
    let upper = claims.filter { $0.qualifier == .lessThan }
    let highest = lower.first { one in lower.allSatisfy { value($0) <= value(one) } }
    let lowest = upper.first { one in upper.allSatisfy { value($0) >= value(one) } }
    return [highest, lowest].compactMap(\.self)
  }
}
