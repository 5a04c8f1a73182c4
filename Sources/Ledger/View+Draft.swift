import EventStore
public import Facts
import Projections

/// What drafts would say of facts, beside what a ledger knows of them.
public struct DraftComparison: Sendable {
  /// What a filing not recorded yet does to a fact.
  public struct Entry: Sendable {
    /// The fact.
    public var fact: Fact

    /// What the draft says of it, most precisely.
    public var figure: Figure

    /// What that does; `nil` if the ledger has recorded this very claim before.
    public var role: ClaimRole?

    /// The step from the figure that held when the filing came out; `nil` for the first.
    public var change: Change?

    /// The filing that said the figure before; `nil` for the first.
    public var fromFiling: String?
  }

  /// One for each fact, in the order of the drafts.
  public var entries: [Entry]

  /// How many entries have the role.
  public func count(of role: ClaimRole?) -> Int { entries.count { $0.role == role } }
}

extension Ledger {
  /// Compares drafts of claims with what `ledger` knows; where there is none, every fact is new.
  ///
  /// - Parameters:
  ///   - drafts: Claims, and the filings they come from.
  ///   - ledger: The ledger; `nil` where there is none.
  /// - Throws: ``LedgerError`` if the ledger is damaged or cannot be read; whatever reading the
  ///   drafts throws.
  /// - Complexity: O(*d* × log *n*) time, for *d* drafts; memory for their facts, and the figures in
  ///   which those of one fact differ.
  public static func comparison(
    of drafts: any DraftSource,
    in ledger: Ledger?
  ) throws -> DraftComparison {
    var published: [String: Timestamp] = [:]
    var facts: [DraftedFact] = []
    var indices: [Fact: Int] = [:]
    var reader = drafts.makeReader()
    while let draft = try reader.next() {
      switch draft.event {
      case .filing(let filing): published[filing.filing] = filing.published.timestamp
      case .claim(let claim):
        if let index = indices[claim.fact] {
          facts[index].add(claim.figure)
        } else {
          indices[claim.fact] = facts.count
          facts.append(DraftedFact(claim))
        }
      default: break
      }
    }
    var comparison = DraftComparison(entries: [])
    for fact in facts {
      guard let ledger else {
        comparison.entries.append(fact.firstReport)
        continue
      }
      if let entry = try ledger.translating({
        try ledger.store.read { try $0.comparison(of: fact, published) }
      }) {
        comparison.entries.append(entry)
      }
    }
    return comparison
  }
}

extension Ledger.View {
  /// The filing of the document with this SHA-256, in hexadecimal; `nil` if none is recorded.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*n*), for *n* filings.
  public func filing(ofDocument sha256: String) throws -> Filing? {
    try ledger.translating {
      for name in try snapshot.filingNames() {
        if let filing = try snapshot.standingFiling(name), filing.document?.sha256 == sha256 {
          return filing
        }
      }
      return nil
    }
  }

  /// The identifiers of the entities that are defined.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*n*), for *n* definitions of entities.
  public func entityNames() throws -> [String] {
    try ledger.translating { try snapshot.definitionNames(ofType: "entity", before: head) }
  }
}

/// A fact and what drafts, all of one filing, say of it.
private struct DraftedFact {
  let fact: Fact
  let filing: String

  /// In the order of the drafts, each once: said again, it adds nothing.
  private(set) var figures: [Figure]
  private var known: Set<Figure>

  init(_ claim: Claim) {
    (fact, filing) = (claim.fact, claim.filing)
    (figures, known) = ([claim.figure], [claim.figure])
  }

  mutating func add(_ figure: Figure) {
    if known.insert(figure).inserted { figures.append(figure) }
  }

  var firstReport: DraftComparison.Entry {
    DraftComparison.Entry(fact: fact, figure: figures[0], role: .firstReported)
  }
}

extension Snapshot {
  /// What claims of one fact, all of one filing, would do to it.
  fileprivate func comparison(
    of drafted: DraftedFact,
    _ published: [String: Timestamp]
  ) throws -> DraftComparison.Entry? {
    guard let time = published[drafted.filing] else { return nil }
    var entry = drafted.firstReport
    guard let id = try id(of: drafted.fact) else { return entry }
    let filing = try symbol(drafted.filing) ?? SymbolID(rawValue: .max)
    var rows = try liveRows(of: id, before: head)
    if rows.contains(where: { $0.filing == filing && $0.figure == entry.figure }) {
      entry.role = nil
      return entry
    }
    for (index, figure) in drafted.figures.enumerated() {
      rows.append(
        FactRow(
          fact: id,
          published: time,
          sequence: head + UInt64(index),
          filing: filing,
          figure: figure,
          change: .claim
        )
      )
    }
    let walk = try ClaimWalk(rows, rangeEnd: .figure, within: Vantage(head: .max)) { symbol in
      symbol == filing ? FilingOrder(drafted.filing) : try filingOrder(symbol, before: head)
    }
    let steps = walk.steps.filter { $0.row.sequence >= head }
    let isNews = { (step: ClaimWalk.Step) in step.role != .confirmed && step.role != .repeated }
    guard let step = steps.first(where: isNews) ?? steps.first else {
      return entry
    }
    (entry.role, entry.figure) = (step.role, step.row.figure)
    if let previous = step.previous {
      entry.change = Change(from: previous.figure, to: step.row.figure)
      entry.fromFiling = try text(previous.filing)
    }
    return entry
  }
}
