/// What amendments of filings, of batches and of other amendments change, and what filers retracted, as of
/// one number of recorded events.
///
/// Amendments of claims are rows beside the claims (``FactRow/change``); those that are not are few, and
/// are gathered here. An amendment names earlier events only: so they are evaluated from the newest down,
/// and one that a later one takes back changes nothing.
public struct Amendments: Sendable {
  /// An event that is gathered here.
  public struct Recorded: Sendable {
    /// What it does.
    public enum Change: Sendable {
      case filingWithdrawal(Filing)
      case filingCorrection(Filing, FilingCorrection)

      /// Takes back the events of a batch.
      case batchWithdrawal(Range<UInt64>)

      /// Takes back an amendment or a retraction.
      case eventWithdrawal
      case retraction(Retraction)
    }

    /// Its place in the log.
    public var sequence: UInt64

    /// The sequence of the event that it names; 0 for a retraction.
    public var target: UInt64

    /// What it does.
    public var change: Change

    /// An event with these aspects.
    public init(sequence: UInt64, target: UInt64, change: Change) {
      self.sequence = sequence
      self.target = target
      self.change = change
    }
  }

  /// What amendments changed about a filing.
  struct FilingState: Sendable {
    /// The sequence of the withdrawal that takes back all events of the filing before it; `nil` if there
    /// is none.
    var withdrawal: UInt64?

    /// The corrected particulars, which take the place of the filing's own.
    var particulars = FilingCorrection()
  }

  /// A retraction, with its texts as symbols.
  public struct Retracted: Sendable {
    /// The event.
    public var sequence: UInt64

    /// The filing that says so.
    public var filing: Filing

    /// The symbol of that filing; `nil` if it reports no figure.
    var filingSymbol: SymbolID?

    var entity: SymbolID
    var concepts: Set<SymbolID>
    var periods: [Period]

    /// Whether the retraction takes back earlier figures of this fact.
    func concerns(_ fact: FactID) -> Bool {
      fact.entity == entity && concepts.contains(fact.concept)
        && periods.contains { $0.means(fact.period) }
    }

    /// Whether a claim was published after the retraction, or by the filing that retracts.
    public func isBefore(_ row: FactRow) -> Bool {
      row.published > filing.published.timestamp || row.filing == filingSymbol
    }
  }

  /// The rows of one fact, divided into those that count and those that do not.
  public struct Rows: Sendable {
    /// The claims and corrections that count, in the order of ``FactRow/isOrdered(_:_:)``, with the
    /// published times that are right.
    public var live: [FactRow] = []

    /// Those that do not, and which event changed that.
    public var amended: [(row: FactRow, status: ClaimStatus, by: UInt64)] = []
  }

  private var withdrawn: [UInt64: UInt64] = [:]
  private var batches: [(events: Range<UInt64>, by: UInt64)] = []
  private var filings: [ExactText: FilingState] = [:]
  private var filingsBySymbol: [SymbolID: FilingState] = [:]

  /// The retractions that count, before their texts are found.
  private var retracting: [(sequence: UInt64, retraction: Retraction)] = []

  /// The retractions that count, the earliest published first.
  public private(set) var retractions: [Retracted] = []

  /// Whether nothing is amended or retracted but claims.
  public private(set) var isEmpty: Bool

  /// Whether claims of some fact do not all count as they were recorded: some are taken back with their
  /// filing or batch, or retracted, or were published at another time.
  public private(set) var concernsClaims = false

  /// Of a ledger in which nothing is amended but claims.
  public static let none = Amendments()

  private init() { isEmpty = true }

  /// Evaluates amendments, in the order of the log.
  ///
  /// - Parameters:
  ///   - recorded: The amendments, each with its sequence.
  ///   - newestFiling: The sequence of the newest event that records the filing of this name.
  ///   - symbol: The symbol of a text; `nil` if no claim uses it.
  /// - Throws: Whatever `newestFiling` and `symbol` throw.
  /// - Complexity: O(*k*), for *k* amendments.
  public init(
    _ recorded: [Recorded],
    newestFiling: (String) throws -> UInt64?,
    symbol: (String) throws -> SymbolID?
  ) rethrows {
    isEmpty = recorded.isEmpty
    for event in recorded.reversed() where withdrawer(of: event.sequence) == nil {
      switch event.change {
      case .filingWithdrawal(let filing):
        let name = ExactText(filing.filing)
        if filings[name]?.withdrawal == nil {
          filings[name, default: FilingState()].withdrawal = event.sequence
        }
      case .filingCorrection(let filing, let right):
        // A filing that was withdrawn and recorded anew has particulars of its own.
        guard try newestFiling(filing.filing) == event.target else { continue }
        var state = filings[ExactText(filing.filing)] ?? FilingState()
        state.particulars = state.particulars.overriding(right)
        filings[ExactText(filing.filing)] = state
      case .batchWithdrawal(let events): batches.append((events, event.sequence))
      case .eventWithdrawal: withdrawn[event.target] = event.sequence
      case .retraction(let retraction): retracting.append((event.sequence, retraction))
      }
    }
    for (name, state) in filings {
      if let symbol = try symbol(name.text) { filingsBySymbol[symbol] = state }
    }
    concernsClaims =
      !(withdrawn.isEmpty && batches.isEmpty && retracting.isEmpty)
      || filings.values.contains { $0.withdrawal != nil || $0.particulars.published != nil }
  }

  /// Notes a correction of a filing that is newer than all that was evaluated.
  ///
  /// - Parameters:
  ///   - right: The correction.
  ///   - filing: The filing's identifier.
  ///   - symbol: That of the filing's identifier; `nil` if no claim uses it.
  /// - Complexity: O(1).
  public mutating func note(
    _ right: FilingCorrection,
    of filing: String,
    symbol: SymbolID?
  ) {
    var state = filings[ExactText(filing)] ?? FilingState()
    state.particulars = right.overriding(state.particulars)
    filings[ExactText(filing)] = state
    if let symbol { filingsBySymbol[symbol] = state }
    isEmpty = false
    if right.published != nil { concernsClaims = true }
  }

  /// Looks up the filings, concepts and periods that retractions name.
  ///
  /// - Throws: Whatever `source` throws.
  public mutating func resolveRetractions(
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    before head: UInt64
  ) throws {
    for (sequence, retraction) in retracting {
      guard let filing = try source.recordedFiling(retraction.filing, before: head),
        withdrawer(ofFiling: filing.filing, at: sequence) == nil,
        let entity = try source.symbol(retraction.entity)
      else { continue }
      retractions.append(
        Retracted(
          sequence: sequence,
          filing: corrected(filing),
          filingSymbol: try source.symbol(retraction.filing),
          entity: entity,
          concepts: try Self.concepts(of: retraction, in: source, before: head),
          periods: retraction.periods
        )
      )
    }
    retracting = []
    retractions.sort {
      ($0.filing.published.timestamp, $0.sequence) < ($1.filing.published.timestamp, $1.sequence)
    }
  }

  private static func concepts(
    of retraction: Retraction,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    before head: UInt64
  ) throws -> Set<SymbolID> {
    var names = retraction.concepts
    if let statement = retraction.statement {
      for entity in [retraction.entity, nil] {
        let name = DefinitionName(statement: statement, entity: entity)
        guard case .statement(let found) = try source.definition(name, before: head) else {
          continue
        }
        names = found.lines.flatMap { [$0.concept].compactMap(\.self) + $0.alternatives }
        break
      }
    }
    var symbols: Set<SymbolID> = []
    for name in names {
      if let symbol = try source.symbol(name) { symbols.insert(symbol) }
    }
    return symbols
  }
}

extension Period {
  /// Whether a filing that names this period speaks of `other`: one that lies within it, where its days
  /// may be those of a calendar of weeks.
  fileprivate func means(_ other: Period) -> Bool {
    let slack: Int32 = 7
    guard let start else {
      return other.start == nil && abs(other.end.dayNumber - end.dayNumber) <= slack
    }
    let first = other.start?.dayNumber ?? other.end.dayNumber
    return other.end.dayNumber <= end.dayNumber + slack
      // The balance before the first day is of the period before.
      && first >= start.dayNumber + (other.start == nil ? slack : -slack)
  }
}

extension Amendments {
  /// The event that takes back the event at `sequence`, by its leaf hash or its batch; `nil` if none does.
  ///
  /// Withdrawals of claims are among the rows of their facts.
  public func withdrawer(of sequence: UInt64) -> UInt64? {
    if let by = withdrawn[sequence] { return by }
    return batches.isEmpty ? nil : batches.first { $0.events.contains(sequence) }?.by
  }

  /// The event that takes back the batch with these events; `nil` if none does.
  public func withdrawer(ofBatch events: Range<UInt64>) -> UInt64? {
    batches.first { $0.events == events }?.by
  }

  /// The event that takes back the filing event at `sequence`; `nil` if none does.
  public func withdrawer(ofFiling name: String, at sequence: UInt64) -> UInt64? {
    if isEmpty { return nil }
    if let by = filings[ExactText(name)]?.withdrawal, by > sequence { return by }
    return withdrawer(of: sequence)
  }

  /// The filing with what is right in place of its own particulars.
  public func corrected(_ filing: Filing) -> Filing {
    guard !isEmpty, let state = filings[ExactText(filing.filing)] else { return filing }
    return filing.corrected(by: state.particulars)
  }

  /// The published time of a claim.
  @inline(__always)
  public func published(_ row: FactRow) -> Timestamp {
    guard !isEmpty, let right = filingsBySymbol[row.filing]?.particulars.published else {
      return row.published
    }
    return right.timestamp
  }

  /// The retractions of a fact's figures, the earliest first, that are published by `knownAt`.
  public func retractions(of fact: FactID, knownAt: Timestamp?) -> [Retracted] {
    guard !retractions.isEmpty else { return [] }
    return retractions.filter { retracted in
      retracted.concerns(fact)
        && knownAt.map { retracted.filing.published.timestamp <= $0 } ?? true
    }
  }

  /// Divides the rows of one fact into those that count and those that amendments took back.
  ///
  /// - Parameters:
  ///   - rows: All rows of the fact, in any order.
  ///   - head: How many events count.
  /// - Complexity: O(*k* log *k*), for *k* rows.
  public func resolve(_ rows: some Sequence<FactRow>, before head: UInt64) -> Rows {
    var result = Rows()
    let recorded = rows.filter { $0.sequence < head }
    let fates = fates(recorded)
    for var row in recorded where !row.isWithdrawal {
      row.published = published(row)
      if let (status, by) = fates[row.sequence] {
        result.amended.append((row, status, by))
      } else {
        result.live.append(row)
      }
    }
    result.amended.sort { $0.row.sequence < $1.row.sequence }
    result.live.sort(by: FactRow.isOrdered)
    return result
  }

  /// Which of the rows of one fact no longer count, withdrawals among them, and which event changed that.
  ///
  /// - Complexity: O(*k* log *k*), for *k* rows.
  public func fates(_ rows: [FactRow]) -> [UInt64: (status: ClaimStatus, by: UInt64)] {
    var fates: [UInt64: (status: ClaimStatus, by: UInt64)] = [:]
    guard !isEmpty || rows.contains(where: { !$0.isClaim }) else { return fates }
    // An amendment is newer than what it names: whether it counts is known before what it does.
    for row in rows.sorted(by: { $0.sequence > $1.sequence }) {
      if let by = withdrawer(of: row) { fates[row.sequence] = (.withdrawn, by) }
      // A correction that was corrected itself still replaces the event that it names.
      guard fates[row.sequence]?.status != .withdrawn, let target = row.change.target,
        fates[target] == nil
      else { continue }
      fates[target] = (row.isWithdrawal ? .withdrawn : .corrected, row.sequence)
    }
    // A correction is withdrawn with the claim that it corrects, if the claim was withdrawn with its filing
    // or batch.
    guard !isEmpty else { return fates }
    for row in rows.sorted(by: { $0.sequence < $1.sequence }) where fates[row.sequence] == nil {
      guard !row.isWithdrawal, let target = row.change.target,
        case (.withdrawn, let by)? = fates[target]
      else { continue }
      fates[row.sequence] = (.withdrawn, by)
    }
    return fates
  }

  /// Whether a claim is taken back with its filing or batch.
  public func withdraws(_ row: FactRow) -> Bool { !isEmpty && withdrawer(of: row) != nil }

  /// The event that takes back a claim, or an amendment of one, with its filing or batch.
  private func withdrawer(of row: FactRow) -> UInt64? {
    guard !isEmpty else { return nil }
    if let by = filingsBySymbol[row.filing]?.withdrawal, by > row.sequence { return by }
    return withdrawer(of: row.sequence)
  }
}
