import EventStore
public import Facts
import Projections

/// The biography of one fact: every claim of it, in the order in which they became known.
public struct FactHistory: Sendable {
  /// One claim of the fact.
  public struct Entry: Sendable {
    /// The claim, with its filing's published time, its recorded time and what became of it.
    public var listed: ListedClaim

    /// What it did when it came out; `nil` if it never counted.
    public var role: ClaimRole?

    /// The step from the claim that held before; `nil` for the first.
    public var change: Change?

    /// The form of its filing; `nil` if unknown.
    public var form: String?

    /// The place of its filing among those of one moment.
    fileprivate var order: FilingOrder { FilingOrder(listed.claim.filing, form: form) }

    /// The leaf hash of its event, in hexadecimal: what a correction names.
    public var leafHash: String

    /// For an operand of a derived figure: whether it is subtracted; `nil` for a claim of the fact
    /// itself.
    public var isSubtracted: Bool?

    /// For a restated figure a share: the split of the shares that explains it; `nil` if none does.
    public var split: ReportedSplit?

    /// For a claim that was corrected or withdrawn: by which event, and why.
    public var amendment: (sequence: UInt64, reason: String)?
  }

  /// The fact.
  public var fact: Fact

  /// The figure itself, or one end of a range.
  public var rangeEnd: RangeEnd

  /// Its claims; for a figure that nobody reported, those that it is derived from.
  public var entries: [Entry]

  /// The answer to the fact, on the three times.
  public var answer: FactAnswer
}

extension Ledger.View {
  /// The facts that `request` names, each with its biography; for a stretch of time that nobody
  /// reported, what it is derived from.
  ///
  /// - Throws: ``LedgerError`` if nothing matches, with near names.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func history(_ request: Ledger.FactsRequest) throws -> [FactHistory] {
    try ledger.translating {
      let query = try query(request)
      let chosen = try FactListing.choose(query, in: snapshot)
      var details = ClaimDetails(head: query.vantage.head)
      guard !chosen.isEmpty else { return try snapshot.derived(query, &details) }
      var splits = EntitySplits(within: query.vantage)
      return try chosen.map { try snapshot.history($0, &details, &splits) }
    }
  }

  /// The biography of the fact that an event claims, or corrects.
  ///
  /// - Throws: ``LedgerError`` if there is no such claim, or if none of the fact was known yet.
  /// - Complexity: O(log *n* + *k*), for *k* claims of the fact.
  public func history(ofClaimAt sequence: UInt64) throws -> FactHistory {
    try ledger.translating {
      let vantage = try vantage()
      guard sequence < head else {
        throw LedgerError(.notFound, "there is no event \(sequence)", remedy: .nameEvent)
      }
      let claim = try snapshot.claim(at: sequence)
      guard let fact = try snapshot.id(of: claim.fact) else {
        throw DamagedLedger("its fact is not in the tables", sequence: sequence)
      }
      let rangeEnd = claim.figure.rangeEnd
      let walk = try ClaimWalk(
        snapshot.rows(of: fact),
        rangeEnd: rangeEnd,
        within: vantage,
        snapshot.amendments(before: vantage.head)
      ) { try snapshot.filingOrder($0, before: vantage.head) }
      var details = ClaimDetails(head: vantage.head)
      var splits = EntitySplits(within: vantage)
      let entry = FactListing.Entry(fact: fact, rangeEnd: rangeEnd, walk: walk)
      let history = try snapshot.history(entry, &details, &splits)
      guard !history.entries.isEmpty else {
        throw LedgerError(.notKnownYet, "no claim of the fact was known at that moment")
      }
      return history
    }
  }

  /// What a request for facts asks of the projections.
  func query(_ request: Ledger.FactsRequest) throws -> FactListing.Query {
    let vantage = try vantage()
    var entity: EntityDefinition?
    if let part = request.entity { entity = try self.entity(matching: part) }
    return FactListing.Query(
      entity: entity?.entity,
      pattern: FactPattern(request.words),
      asOf: request.asOf,
      vantage: vantage,
      omitsRounded: !request.isAll
    )
  }
}

extension Snapshot {
  /// The fact with its texts as symbols; `nil` if the dictionary lacks one of them.
  func id(of fact: Fact) throws -> FactID? {
    guard let entity = try symbol(fact.entity), let concept = try symbol(fact.concept),
      let dimensions = try symbol(fact.dimensions.text), let unit = try symbol(fact.unit)
    else { return nil }
    return FactID(
      entity: entity,
      concept: concept,
      dimensions: dimensions,
      unit: unit,
      period: fact.period
    )
  }

  /// The biographies of figures that nobody reported.
  ///
  /// - Throws: ``LedgerError`` if nothing matches, or if nothing adds up.
  fileprivate func derived(
    _ query: FactListing.Query,
    _ details: inout ClaimDetails
  ) throws -> [FactHistory] {
    var histories: [FactHistory] = []
    var texts = AnswerTexts()
    var refused: NotDerivable?
    for (id, answer) in try FactListing.derive(query, in: self) {
      switch answer {
      case .notDerivable(let reason): refused = reason
      case .derived(let derivation):
        let entries = try derivation.operands.map { operand in
          FactHistory.Entry(
            listed: try details.claim(at: operand.row.sequence, .holds, in: self),
            form: nil,
            leafHash: try leafHash(at: operand.row.sequence),
            isSubtracted: operand.isSubtracted
          )
        }
        histories.append(
          FactHistory(
            fact: try fact(id),
            rangeEnd: .figure,
            entries: entries,
            answer: try texts.answer(answer, in: self)
          )
        )
      default:
        histories.append(
          FactHistory(
            fact: try fact(id),
            rangeEnd: .figure,
            entries: [],
            answer: try texts.answer(answer, in: self)
          )
        )
      }
    }
    if histories.isEmpty, let refused {
      throw LedgerError(
        .notAnswerable,
        "not reported for that period, and not derivable: \(refused)",
        remedy: .leaveOutPeriod
      )
    }
    guard !histories.isEmpty else { throw try nothingMatches(query.pattern, query) }
    return histories
  }

  fileprivate func history(
    _ entry: FactListing.Entry,
    _ details: inout ClaimDetails,
    _ splits: inout EntitySplits
  ) throws -> FactHistory {
    let vantage = splits.vantage
    var entries: [FactHistory.Entry] = []
    let amendments = try amendments(of: entry.fact, before: vantage.head)
    for step in entry.walk.steps where vantage.knows(step.row.published) {
      let listed = try details.claim(at: step.row.sequence, step.status, in: self)
      let reason = try amendments[step.row.sequence].map { sequence in
        if case .amendment(let amendment)? = try event(at: sequence) { return amendment.reason }
        return ""
      }
      entries.append(
        FactHistory.Entry(
          listed: listed,
          role: step.role,
          change: step.previous.map { Change(from: $0.figure, to: step.row.figure) },
          form: try filing(listed.claim.filing, before: vantage.head)?.form,
          leafHash: try leafHash(at: step.row.sequence),
          split: step.role == .restated ? try splits.split(at: step, in: self) : nil,
          amendment: amendments[step.row.sequence].map { ($0, reason ?? "") }
        )
      )
    }
    // A claim that was corrected stands where it was published, before its correction.
    entries = entries.inFilingOrder {
      ($0.listed.published.timestamp, $0.order, $0.listed.sequence)
    }
    var texts = AnswerTexts()
    return FactHistory(
      fact: try fact(entry.fact),
      rangeEnd: entry.rangeEnd,
      entries: entries,
      answer: try texts.answer(entry.walk.answer, in: self)
    )
  }

  /// For each claim of the fact that is corrected or withdrawn: by which event.
  private func amendments(of fact: FactID, before head: UInt64) throws -> [UInt64: UInt64] {
    let resolved = try amendments(before: head).resolve(rows(of: fact), before: head)
    return Dictionary(resolved.amended.map { ($0.row.sequence, $0.by) }) { first, _ in first }
  }
}

/// The splits of the shares of entities, found when a figure a share was restated.
struct EntitySplits {
  let vantage: Vantage
  private var finders: [SymbolID: SplitFinder] = [:]

  init(within vantage: Vantage) { self.vantage = vantage }

  /// The split that explains a step; `nil` if none does.
  mutating func split(at step: ClaimWalk.Step, in snapshot: borrowing Snapshot) throws
    -> ReportedSplit?
  {
    guard let before = step.previous else { return nil }
    return try split(from: before, to: step.row, in: snapshot)
  }

  /// The split that explains why a figure a share is another; `nil` if none does.
  mutating func split(
    from before: FactRow,
    to after: FactRow,
    in snapshot: borrowing Snapshot
  ) throws -> ReportedSplit? {
    let fact = after.fact
    guard try snapshot.text(fact.unit).hasSuffix("/shares") else { return nil }
    let finder =
      try finders[fact.entity]
      ?? SplitFinder(of: snapshot.text(fact.entity), within: vantage, in: snapshot)
    finders[fact.entity] = finder
    return try finder.split(from: before, to: after).map { try ReportedSplit($0, in: snapshot) }
  }
}
