import Facts

/// Folds the claims of one fact, as they come from the `facts` table, into what the ledger says of
/// it.
///
/// The rules are those of ``ClaimWalk``, which also tells what became of each claim; this one keeps
/// nothing but the claim that holds, so that a fact with many thousand claims is no matter.
struct ClaimFold {
  private enum State { case nothing, holds, conflict }

  private let strand: Strand
  private let head: UInt64
  private let knownAt: Timestamp

  private var state = State.nothing

  /// The claim that holds.
  private var current: FactRow?

  /// The claims by which a filing contradicts itself.
  private var contradiction: [FactRow] = []

  /// The first claim that was published too late to count.
  private var firstLater: FactRow?

  /// The rows of the published time that is being read: the first, and the rest.
  private var pending: FactRow?
  private var others: [FactRow] = []

  /// Whether a row that was recorded in time was ever seen that no amendment names, of any strand;
  /// and when the first and the last of these were published.
  private(set) var standing: (first: Timestamp, last: Timestamp, lastKnown: Timestamp?)?

  init(_ strand: Strand, within vantage: Vantage) {
    self.strand = strand
    head = vantage.head
    knownAt = vantage.knownAt ?? Timestamp(microseconds: .max)
  }

  /// Folds the next row.
  ///
  /// - Parameter filingName: The text of a filing's symbol; asked only to order filings of one
  ///   moment.
  mutating func take(
    _ row: FactRow,
    filingName: (SymbolID) throws -> String
  ) rethrows {
    guard row.sequence < head else { return }
    if let pending {
      if pending.published == row.published {
        others.append(row)
        return
      }
      try settle(pending, filingName)
    }
    pending = row
  }

  /// What the ledger says, after all rows.
  mutating func finish(filingName: (SymbolID) throws -> String) rethrows -> Answer {
    if let pending { try settle(pending, filingName) }
    pending = nil
    switch state {
    case .conflict: return .conflict(contradiction)
    case .holds: if let current { return .holds(current) }
    case .nothing: break
    }
    return firstLater.map { .notYetKnown(until: $0) } ?? .notReported
  }

  /// Takes the rows of one published time.
  ///
  /// A correction or withdrawal is among them with the claim that it names.
  private mutating func settle(
    _ first: FactRow,
    _ filingName: (SymbolID) throws -> String
  ) rethrows {
    guard !others.isEmpty else {
      if !first.isWithdrawal { settle(first) }
      return
    }
    let rows = [first] + others
    others.removeAll(keepingCapacity: true)
    let amended = Set(rows.compactMap(\.change.target))
    let standing = rows.filter { !$0.isWithdrawal && !amended.contains($0.sequence) }
    if let one = standing.first { note(one.published) }
    let live = standing.filter { $0.figure.strand == strand }
    guard let first = live.first else { return }
    guard first.published <= knownAt else {
      firstLater = firstLater ?? first
      return
    }
    for filing in try ClaimWalk.grouped(live, filingName) { _ = take(filing: filing) }
  }

  /// Takes the only row of a published time.
  private mutating func settle(_ row: FactRow) {
    note(row.published)
    guard row.figure.strand == strand else { return }
    guard row.published <= knownAt else {
      firstLater = firstLater ?? row
      return
    }
    _ = take(speaker: row)
  }

  private mutating func note(_ published: Timestamp) {
    let isKnown = published <= knownAt
    let first = standing?.first ?? published
    standing = (first, published, isKnown ? published : standing?.lastKnown)
  }
}

// The rules from filing to filing.
extension ClaimFold {
  /// The claim that holds, or the first of those that contradict each other.
  var previous: FactRow? { state == .conflict ? contradiction.first : current }

  /// What the ledger says of the filings taken so far.
  var answer: Answer {
    switch state {
    case .conflict: .conflict(contradiction)
    case .holds: current.map { .holds($0) } ?? .notReported
    case .nothing: .notReported
    }
  }

  /// Takes the claims of the next filing; returns what they do, and which of them speaks.
  mutating func take(filing: ArraySlice<FactRow>) -> (role: ClaimRole, speaker: FactRow?) {
    guard let first = filing.first else { return (.confirmed, nil) }
    if filing.count > 1, Self.isContradictory(filing) {
      (state, current, contradiction) = (.conflict, nil, Array(filing))
      return (.conflict, nil)
    }
    let speaker = filing.dropFirst().reduce(first) {
      $1.figure.precision > $0.figure.precision ? $1 : $0
    }
    return (take(speaker: speaker), speaker)
  }

  /// Takes the claim that speaks for the next filing.
  private mutating func take(speaker: FactRow) -> ClaimRole {
    let role: ClaimRole
    switch state {
    case .nothing: role = .firstReported
    case .conflict:
      role = .restated
      contradiction = []
    case .holds: role = current?.figure.role(of: speaker.figure) ?? .firstReported
    }
    guard role != .confirmed else { return role }
    (state, current) = (.holds, speaker)
    return role
  }

  private static func isContradictory(_ filing: ArraySlice<FactRow>) -> Bool {
    filing.contains { row in
      filing.contains { !$0.figure.isConsistent(with: row.figure) }
    }
  }
}

extension Figure {
  /// What a later figure does to this one.
  fileprivate func role(of later: Figure) -> ClaimRole {
    if !isConsistent(with: later) { return .restated }
    return later.code.word != code.word && later.precision > precision ? .refined : .confirmed
  }
}
