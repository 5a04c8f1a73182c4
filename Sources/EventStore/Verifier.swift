import Facts
import LMDB
import Merkle

/// One pass over the log, and what must follow from it.
///
/// Everything that a reader or a proof relies on is made again from the records, and compared. The
/// pages of the file were looked at before.
struct Verifier {
  let tables: Tables

  /// How many events the log holds.
  let head: UInt64

  let progress: Verification.Progress
  let pass: LogPass

  /// When the last batch was recorded.
  private(set) var lastRecorded = Timestamp(microseconds: .min)

  /// What the log makes of the facts table.
  private(set) var rowSum = RowSum()

  /// What the log makes of the filings table.
  private(set) var filings = FilingTally()

  /// The tree over the lines that the records make.
  private(set) var tree = MerkleFrontier()
  private(set) var definitionCount = 0
  private(set) var batchCount = 0

  /// What the log makes of the other tables, where it is to be written: then it is not compared with
  /// what they hold.
  private(set) var made: TablesFromLog?

  private var nextBatch: UInt64 = 0

  /// The batch under way, whose row is compared at its end.
  private var openBatch: (sequence: UInt64, batch: Batch)?

  /// The sum over the events of the stretches before.
  private var logSum = LogSum()
  private var nextSymbol: UInt32 = 0

  /// Whether a filing, a batch or an amendment was withdrawn so far: a filing may be recorded anew then.
  private var hasWithdrawals = false

  /// The layouts recorded so far, by their leaf hashes.
  private var layouts: Set<String> = []

  static let progressInterval: UInt64 = 1 << 16

  init(
    _ tables: Tables,
    for purpose: LogPass.Purpose,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    progress: @escaping Verification.Progress = { _, _, _ in }
  ) throws {
    self.tables = tables
    self.progress = progress
    head = try transaction.head(tables)
    let texts =
      switch purpose {
      case .verification: try transaction.checkedTexts(tables)
      case .rebuild: try transaction.texts(tables)
      }
    pass = LogPass(tables, head: head, texts: texts, purpose: purpose)
    if case .rebuild = purpose { made = TablesFromLog(head: head) }
  }

  /// Checks the log.
  ///
  /// - Parameters:
  ///   - snapshot: Which snapshot of `environment` the transaction sees.
  /// - Throws: ``DamagedLedger`` with the first thing that is wrong.
  mutating func checkLog(
    of environment: Environment,
    snapshot: Int,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    try pass.run(in: environment, snapshot: snapshot, transaction) { stretch in
      try join(stretch, in: transaction)
      if stretch.end.isMultiple(of: Self.progressInterval) {
        progress(.events, Int(stretch.end), Int(head))
      }
    }
    guard nextBatch == head else {
      throw DamagedLedger("the last batch is not whole", sequence: head, table: LogTable.name)
    }
    try checkRow(of: openBatch, logSum, in: transaction)
    guard Int(nextSymbol) == pass.texts.count else {
      throw DamagedLedger("no event uses symbol \(nextSymbol)", table: SymbolTable.name)
    }
    if made == nil { try checkTree(in: transaction) }
    progress(.events, Int(head), Int(head))
  }

  /// Adds the next stretch to what was found before.
  private mutating func join(
    _ stretch: LogStretch,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    made?.addLeaves(of: stretch)
    var claims = stretch.claims
    // Of an event that fails, nothing that would follow from it is looked at.
    for other in stretch.others where other.sequence < stretch.end {
      try join(&claims, before: other.sequence)
      try check(other, in: transaction)
    }
    try join(&claims, before: stretch.end)
    if let failure = stretch.failure { throw failure }
    rowSum += stretch.rowSum
    logSum += stretch.logSum
    made?.addRows(of: stretch)
    try grow(by: stretch, in: transaction)
  }

  /// Adds the next claims, up to an event that is none.
  private mutating func join(
    _ claims: inout LogStretch.Claims,
    before end: UInt64
  ) throws {
    let limit = min(end, nextBatch)
    while let next = claims.next(before: limit) {
      switch next {
      case .use(let use): try check(use)
      case .run(let run): try check(run)
      }
    }
    guard nextBatch >= end else {
      throw DamagedLedger.log("no batch event comes before it", at: nextBatch)
    }
  }

  private mutating func check(_ run: LogStretch.Run) throws {
    let published = filings.count(run.filing, run.count) { pass.texts[Int($0.rawValue)] }
    guard run.published == published else {
      throw DamagedLedger.log(
        published == nil
          ? "no event before it records its filing" : "its published time is not its filing's",
        at: run.first
      )
    }
  }

  /// Symbols are numbered in the order in which claims first use them.
  private mutating func check(_ use: LogStretch.Use) throws {
    var highest: UInt32 = 0
    for index in use.symbols.indices { highest = max(highest, use.symbols[index]) }
    guard highest >= nextSymbol else { return }
    let new = Set(use.symbols.indices.map { use.symbols[$0] }.filter { $0 >= nextSymbol })
    guard Int(highest - nextSymbol) == new.count - 1 else {
      throw DamagedLedger.earlySymbol(highest, at: use.sequence)
    }
    nextSymbol = highest + 1
  }

  /// Checks what follows from an event that is no claim.
  private mutating func check(
    _ other: LogStretch.Other,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let sequence = other.sequence
    if case .batch(let batch) = other.event {
      let previous = openBatch
      try check(batch, at: sequence)
      return try checkRow(of: previous, logSum + other.sumBefore, in: transaction)
    }
    guard sequence != nextBatch else {
      throw DamagedLedger.log("no batch event comes before it", at: sequence)
    }
    switch other.event {
    case .batch: break
    case .claim: throw DamagedLedger.foreignRecord(at: sequence)
    case .entity, .concept, .statement, .check, .profile, .footnote, .coverage, .retirement:
      guard let name = other.event.definedOrRetired else { preconditionFailure("no definition") }
      try checkRow(name, DefinitionValue.encode(other.event), sequence, in: transaction)
    case .layout:
      let hash = MerkleHash.leaf(other.event.canonicalLine.span).hexadecimal
      guard layouts.insert(hash).inserted else {
        throw DamagedLedger.log("its layout is recorded already", at: sequence)
      }
      let name = DefinitionName(layout: hash)
      try checkRow(name, DefinitionValue.encode(other.event), sequence, in: transaction)
    case .presentation(let presentation):
      guard let entity = filings.entity(of: presentation.filing) else {
        throw DamagedLedger.log("no event before it records its filing", at: sequence)
      }
      guard layouts.contains(presentation.layout) else {
        throw DamagedLedger.log("no event before it records its layout", at: sequence)
      }
      let name = DefinitionName(presentationsOf: presentation.name, by: entity)
      try checkRow(name, DefinitionValue.encode(other.event), sequence, in: transaction)
    case .filing(let filing):
      let record = FilingRecord(
        published: filing.published.timestamp,
        sequence: sequence,
        claimCount: 0
      )
      if let previous = filings.add(filing, record) {
        guard hasWithdrawals else {
          throw DamagedLedger.log("its filing is recorded already", at: sequence)
        }
        let value = DefinitionValue.encode(previousFiling: previous)
        try checkRow(DefinitionName(filing: filing.filing), value, sequence, in: transaction)
      }
    case .amendment(let amendment):
      try check(amendment, of: other.target, at: sequence, in: transaction)
    case .retraction: try checkRow(.amendments, [0], sequence, in: transaction)
    }
  }

  /// Checks a row of `definitions` that an event makes.
  private mutating func checkRow(
    _ name: DefinitionName,
    _ value: [UInt8],
    _ sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    definitionCount += 1
    let key = DefinitionKey.key(name, at: sequence)
    if made?.definitions.append((sequence, key, value)) == nil {
      try checkDefinition(key, value, at: sequence, in: transaction)
    }
  }

  private mutating func check(_ batch: Batch, at sequence: UInt64) throws {
    guard sequence == nextBatch else {
      throw DamagedLedger.log("it begins a batch before the one before is whole", at: sequence)
    }
    guard batch.count >= 1, UInt64(batch.count) < head - sequence else {
      throw DamagedLedger.log(
        "its batch has \(batch.count) events, and the log not so many",
        at: sequence
      )
    }
    guard batch.recorded >= lastRecorded else {
      throw DamagedLedger.log("its batch was recorded before the one before it", at: sequence)
    }
    (nextBatch, lastRecorded) = (sequence + 1 + UInt64(batch.count), batch.recorded)
    batchCount += 1
    openBatch = (sequence, batch)
  }

  /// Checks the row of a batch that is whole.
  ///
  /// - Parameter sum: Over the log up to its end.
  private mutating func checkRow(
    of finished: (sequence: UInt64, batch: Batch)?,
    _ sum: LogSum,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard let (sequence, batch) = finished else { return }
    let row = batch.encode(sum: sum)
    if made?.batches.append((sequence, row)) == nil {
      try checkBatch(row, at: sequence, in: transaction)
    }
  }

  private mutating func check(
    _ amendment: Amendment,
    of target: UInt64,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard target < sequence else {
      throw DamagedLedger.log("it amends a later event", at: sequence)
    }
    let named = try transaction.factRow(at: target, tables)
    guard try named != nil || transaction.change(of: amendment, naming: target, tables) != nil
    else {
      throw DamagedLedger.log("the event that it amends is no claim", at: sequence)
    }
    switch amendment.subject {
    case .event(let hash), .batch(let hash):
      let leaf = try made?.leaves[Int(target)] ?? transaction.leafHash(at: target, tables)
      guard leaf?.hexadecimal == hash else {
        throw DamagedLedger.log(
          "the event that it amends has not the hash that it names",
          at: sequence
        )
      }
    case .filing(let name):
      guard filings.sequence(of: name) == target else {
        throw DamagedLedger.log(
          "the event that it amends does not record the filing that it names",
          at: sequence
        )
      }
    }
    guard let named else {
      hasWithdrawals = hasWithdrawals || amendment.isWithdrawal
      return try checkRow(.amendments, [0], sequence, in: transaction)
    }
    guard amendment.particulars == nil, amendment.isWithdrawal || !named.isWithdrawal else {
      throw DamagedLedger.log("the event that it amends is a withdrawal", at: sequence)
    }
    let row = amendment.row(amending: named, target: target, sequence: sequence)
    rowSum.add(pass.rowHash.of(row))
    made?.amendments.append(row)
  }

  /// Adds the leaves of a stretch to the tree.
  private mutating func grow(
    by stretch: LogStretch,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    var full: [MerkleTile] = []
    for root in stretch.tileRoots { tree.append(tileWithRoot: root) { full.append($0) } }
    tree.append(stretch.openLeaves)
    guard made?.upperTiles.append(contentsOf: full) == nil else { return }
    for tile in full { try checkTile(tile, in: transaction) }
  }
}

extension LogStretch {
  /// What its claims say, in the order of the log.
  fileprivate struct Claims {
    enum Finding {
      case use(Use)
      case run(Run)
    }

    private var uses: ArraySlice<Use>
    private var runs: ArraySlice<Run>

    init(_ uses: [Use], _ runs: [Run]) { (self.uses, self.runs) = (uses[...], runs[...]) }

    /// What is said first by a claim before `end`; `nil` if nothing is left.
    mutating func next(before end: UInt64) -> Finding? {
      let (use, run) = (uses.first?.sequence ?? .max, runs.first?.first ?? .max)
      guard min(use, run) < end else { return nil }
      return use <= run ? uses.popFirst().map(Finding.use) : runs.popFirst().map(Finding.run)
    }
  }

  fileprivate var claims: Claims { Claims(uses, runs) }
}
