public import Facts
public import Ledger
import Projections

/// One claim with all that a table of claims shows of it.
public struct ClaimRecord: Hashable, Sendable {
  /// Its place in the log.
  public var sequence: UInt64

  /// The type of its event: `production`, `correction`, ….
  public var type: String

  /// What it is about.
  public var fact: Fact

  /// What it says; no value for a dash.
  public var figure: Figure

  /// The filing it comes from.
  public var filing: String

  /// When the filing was published: a moment or a day.
  public var published: String

  /// When the ledger learned of the claim.
  public var recorded: String

  /// Where it is printed; `nil` if unknown.
  public var source: Source?

  /// What became of it: `holds`, `confirmed`, `restated`, ….
  public var status: String

  /// A record with these aspects.
  public init(
    sequence: UInt64,
    type: String,
    fact: Fact,
    figure: Figure,
    filing: String,
    published: String,
    recorded: String,
    source: Source? = nil,
    status: String
  ) {
    self.sequence = sequence
    self.type = type
    self.fact = fact
    self.figure = figure
    self.filing = filing
    self.published = published
    self.recorded = recorded
    self.source = source
    self.status = status
  }
}

extension ClaimRecord {
  /// The record of a claim as a ledger lists it.
  public init(_ listed: ListedClaim) {
    self.init(
      sequence: listed.sequence,
      type: listed.claim.kind,
      fact: listed.claim.fact,
      figure: listed.claim.figure,
      filing: listed.claim.filing,
      published: listed.published.description,
      recorded: listed.recorded.description,
      source: listed.claim.source,
      status: listed.status.rawValue
    )
  }
}
