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

  /// The least and the greatest number that it can stand for, in twentieths.
  private var bounds: (low: Int, high: Int)? {
    guard let tenths else { return nil }
    switch qualifier {
    case .moreThan: return (2 * tenths - half, .max)
    case .lessThan: return (.min, 2 * tenths + half)
    case .approximately, .low, .high, nil: return (2 * tenths - half, 2 * tenths + half)
    }
  }

  func agrees(with other: NaiveEvent) -> Bool {
    guard let mine = bounds, let theirs = other.bounds else {
      return tenths == nil && other.tenths == nil
    }
    return max(mine.low, theirs.low) <= min(mine.high, theirs.high)
  }

  func isMorePrecise(than other: NaiveEvent) -> Bool {
    func rank(_ event: NaiveEvent) -> [Int] {
      let isBound = [.moreThan, .lessThan].contains(event.qualifier)
      return [isBound ? 0 : 1, event.decimals ?? 99, event.qualifier == .approximately ? 0 : 1]
    }
    let (mine, theirs) = (rank(self), rank(other))
    if mine[0] == 0, theirs[0] == 0 { return mine[1] > theirs[1] }
    return theirs.lexicographicallyPrecedes(mine)
  }
}

/// The rules of the design's section 2, one after the other, without a thought of speed.
struct NaiveWalk {
  enum Answer: Equatable {
    case holds(Int)
    case conflict([Int])
    case notReported
    case notYetKnown(published: Int)
  }

  private(set) var answer: Answer = .notReported

  /// For each claim of one end of a range, by its sequence: what it did, what became of it, and which
  /// claim held before it.
  private(set) var told: [Int: [String]] = [:]

  /// - Parameters:
  ///   - knownAt: The last moment whose filings count; `nil` for all.
  ///   - head: How many events count.
  init(_ events: [NaiveEvent], rangeEnd: [Qualifier?], knownAt: Int?, head: Int) {
    let recorded = events.filter { $0.sequence < head }
    var fates: [Int: String] = [:]
    for event in recorded {
      if let target = event.target {
        fates[target] = event.isWithdrawal ? "withdrawn" : "corrected"
      }
    }
    let claims = recorded.filter { !$0.isWithdrawal && rangeEnd.contains($0.qualifier) }
    for claim in claims {
      if let fate = fates[claim.sequence] { told[claim.sequence] = ["-", fate, "-"] }
    }
    let standing = claims.filter { fates[$0.sequence] == nil }
    let known = standing.filter { claim in knownAt.map { claim.published <= $0 } ?? true }
    for claim in standing where !known.contains(where: { $0.sequence == claim.sequence }) {
      told[claim.sequence] = ["-", "not-yet-known", "-"]
    }
    if known.isEmpty, let first = standing.map(\.published).min() {
      answer = .notYetKnown(published: first)
    }
    let filings = Set(known.map(\.filing)).map { name in known.filter { $0.filing == name } }
    let ordered = filings.sorted { lhs, rhs in
      (lhs[0].published, lhs[0].filing) < (rhs[0].published, rhs[0].filing)
    }
    for filing in ordered { take(filing.sorted { $0.sequence < $1.sequence }) }
  }

  private var current: NaiveEvent?

  private mutating func take(_ filing: [NaiveEvent]) {
    let before =
      switch answer {
      case .holds(let sequence): "\(sequence)"
      case .conflict(let sequences): "\(sequences[0])"
      case .notReported, .notYetKnown: "-"
      }
    for claim in filing where !filing.allSatisfy({ $0.agrees(with: claim) }) {
      end("restated")
      for claim in filing { told[claim.sequence] = ["conflict", "conflict", before] }
      answer = .conflict(filing.map(\.sequence))
      return
    }
    let speaker = filing.dropFirst().reduce(filing[0]) { $1.isMorePrecise(than: $0) ? $1 : $0 }
    for claim in filing { told[claim.sequence] = ["confirmed", "confirmed", before] }
    if let current, case .holds = answer, current.agrees(with: speaker) {
      guard speaker.isMorePrecise(than: current) else { return }
      end("refined")
      told[speaker.sequence] = ["refined", "holds", before]
    } else {
      end("restated")
      told[speaker.sequence] = [before == "-" ? "first reported" : "restated", "holds", before]
    }
    answer = .holds(speaker.sequence)
    current = speaker
  }

  /// What becomes of the claim that held until now.
  private mutating func end(_ fate: String) {
    if case .holds(let sequence) = answer { told[sequence]?[1] = fate }
  }
}
