import EventStore
public import Facts
import Projections

/// A claim as it stands in a list: what it says, where it comes from, what became of it.
public struct ListedClaim: Hashable, Sendable {
  /// Its place in the log.
  public var sequence: UInt64

  /// What it says.
  ///
  /// A correction has the kind `correction` and the fact of the claim it corrects.
  public var claim: Claim

  /// When its filing became public.
  public var published: PublishedTime

  /// When the ledger learned of it.
  public var recorded: Timestamp

  /// What became of it, on the three times.
  public var status: ClaimStatus

  /// A claim with these aspects.
  public init(
    sequence: UInt64,
    claim: Claim,
    published: PublishedTime,
    recorded: Timestamp,
    status: ClaimStatus
  ) {
    self.sequence = sequence
    self.claim = claim
    self.published = published
    self.recorded = recorded
    self.status = status
  }
}

extension Ledger {
  /// Which claims a person asks for.
  public struct FactsRequest: Hashable, Sendable {
    /// A unique part of the entity's name or identifier; `nil` for every entity's claims.
    public var entity: String?

    /// Words that name facts (see `FactPattern`); none for all.
    public var words: [String]

    /// The time at which the facts' periods end: a day, or a period by each entity's own fiscal
    /// calendar; `nil` for any.
    public var asOf: PeriodLabel?

    /// Whether to list every claim, or those that hold.
    public var isAll: Bool

    /// The filing whose claims are listed; `nil` for those of all.
    public var filing: String?

    /// A request with these aspects.
    public init(
      entity: String? = nil,
      words: [String] = [],
      asOf: PeriodLabel? = nil,
      isAll: Bool = false,
      filing: String? = nil
    ) {
      self.entity = entity
      self.words = words
      self.asOf = asOf
      self.isAll = isAll
      self.filing = filing
    }
  }

}

extension Ledger.View {
  /// Calls `body` with each claim that `request` asks for, in the order of the log.
  ///
  /// The view lasts as long as `body` takes for all of them.
  ///
  /// - Parameters:
  ///   - request: Which facts, and which of their claims.
  ///   - start: Claims before this sequence are left out.
  ///   - limit: How many claims at most.
  ///   - body: Takes a claim.
  /// - Returns: When the latest filing among all that match was published; never after the known-at.
  /// - Throws: ``LedgerError`` if nothing matches, with near names; what
  ///   `body` throws.
  /// - Complexity: O(*n* log *n*), for *n* claims of the entity.
  public func forEachClaim(
    _ request: Ledger.FactsRequest,
    from start: UInt64 = 0,
    limit: Int = .max,
    _ body: (ListedClaim) throws -> Void
  ) throws -> Timestamp {
    try ledger.translating {
      let query = try query(request)
      var filing: SymbolID?
      if let name = request.filing { filing = try snapshot.symbol(self.filing(named: name).filing) }
      var listed: [(sequence: UInt64, status: ClaimStatus)] = []
      var latest = Timestamp(microseconds: .min)
      try FactListing.forEach(query, in: snapshot) { entry in
        for step in entry.walk.steps where query.vantage.knows(step.row.published) {
          guard request.isAll || step.status.isCurrent else { continue }
          guard filing == nil || step.row.filing == filing else { continue }
          listed.append((step.row.sequence, step.status))
          latest = max(latest, step.row.published)
        }
      }
      precondition(query.vantage.knows(latest), "a claim of the future was listed")
      guard !listed.isEmpty else { throw try snapshot.nothingMatches(query.pattern, query) }
      listed.sort { $0.sequence < $1.sequence }
      var details = ClaimDetails(head: query.vantage.head)
      for (sequence, status) in listed.drop(while: { $0.sequence < start }).prefix(limit) {
        try body(details.claim(at: sequence, status, in: snapshot))
      }
      return latest
    }
  }
}

/// Looks claims up in the log, and remembers the filings and batches it has seen.
struct ClaimDetails {
  /// How many events count.
  private let head: UInt64

  private var published: [String: PublishedTime] = [:]
  private var batch: (first: UInt64, end: UInt64, recorded: Timestamp)?

  init(head: UInt64) { self.head = head }

  mutating func claim(
    at sequence: UInt64,
    _ status: ClaimStatus,
    in snapshot: borrowing Snapshot
  ) throws -> ListedClaim {
    let claim = try snapshot.claim(at: sequence)
    if published[claim.filing] == nil {
      published[claim.filing] = try snapshot.filing(claim.filing, before: head)?.published
    }
    guard let published = published[claim.filing] else {
      throw DamagedLedger("filing \(claim.filing) is missing", sequence: sequence)
    }
    return ListedClaim(
      sequence: sequence,
      claim: claim,
      published: published,
      recorded: try snapshot.recorded(at: sequence),
      status: status
    )
  }
}

extension Snapshot {
  /// The claim at `sequence`, or the claim that the correction there makes.
  func claim(at sequence: UInt64) throws -> Claim {
    switch try event(at: sequence) {
    case .claim(let claim)?: return claim
    case .amendment(let amendment)?:
      if let figure = amendment.figure, let target = try target(at: sequence) {
        var claim = try claim(at: target)
        claim.kind = "correction"
        claim.figure = figure
        claim.source = amendment.source ?? claim.source
        return claim
      }
      fallthrough
    default:
      throw LedgerError(
        .notAnswerable,
        "event \(sequence) is no claim",
        at: .init(event: sequence),
        remedy: .listClaims(words: "")
      )
    }
  }
}
