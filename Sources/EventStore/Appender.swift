import Facts
import LMDB
import Merkle
import Platform

/// Writes batches of events and everything the ledger derives from them, inside one transaction.
///
/// It caches what it looks up in the ledger, because most claims of a batch share their texts, concept and
/// filing.
struct Appender {
  let tables: Tables

  /// How many events the log holds, those of this transaction included.
  private(set) var head: UInt64

  /// How many events the tree holds, those of this transaction included.
  private var treeSize: UInt64

  /// The leaf hashes of the events from ``treeSize`` on.
  private var leafHashes: [MerkleHash] = []

  /// The sum over the log, the events of this transaction but for the batch event under way included.
  private var logSum = LogSum()

  /// How many leaf hashes wait for the tree, give or take a tile.
  private static let leafHashCountMax = 4096

  /// What was refused.
  ///
  /// A transaction with refusals must not be committed.
  var refusals = RefusedEvents()

  /// How many events were recorded before, and are not again.
  private(set) var skippedCount = 0

  private var claims: RecordedClaimFinder
  private var dictionary: Dictionary
  var concepts: [ExactText: ConceptDefinition] = [:]
  private var filings: [ExactText: FilingRecord] = [:]

  /// What amendments that name no claim change, once it was asked for.
  private var amendments: Amendments?
  private var touchedFilings: Set<ExactText> = []

  /// Memory for the values of linked rows.
  var linkedValues = NeighbourValues()

  /// Whether the lines of drafts are known to read back: the definitions that the program carries do.
  var trustsDrafts = false

  /// What defines a concept that the ledger lacks.
  var standardConcepts = StandardConcepts.none

  init(_ tables: Tables, in transaction: borrowing WriteTransaction) throws {
    self.tables = tables
    head = try transaction.head(tables)
    treeSize = head
    claims = RecordedClaimFinder(firstHead: head)
    dictionary = try Dictionary(tables, in: transaction)
    guard head > 0 else { return }
    guard let last = try transaction.lastEntry(in: tables.batches),
      let sum = LogSum(batch: last.value)
    else { throw DamagedLedger("its last row is of no form", table: BatchTable.name) }
    logSum = sum
  }

  /// Records one batch: a batch event, then those of `drafts` that were not recorded before.
  ///
  /// - Parameters:
  ///   - limit: How many of them to take; all for `nil`.
  ///   - time: When the ledger learned of them; a time before the last batch's becomes that one's,
  ///     so that recorded time never goes back.
  ///   - request: The request of a client that may ask again; `nil` for none.
  ///   - isReplica: Whether every draft must be new: then the batch is another ledger's.
  /// - Returns: How many events were recorded beside the batch event. If 0, no batch was.
  mutating func append(
    _ drafts: inout any DraftReader,
    limit: Int? = nil,
    at time: Timestamp,
    by: String,
    request: Batch.Request? = nil,
    isReplica: Bool = false,
    to transaction: inout WriteTransaction
  ) throws -> Int {
    let batchSequence = head
    leafHashes.append(.empty)  // The batch event's, which is known when all others are.
    head += 1
    var count = 0
    while count != limit, let draft = try drafts.next() {
      count += 1
      do {
        let isNew = try record(draft.event, in: &transaction)
        if isReplica, !isNew {
          throw InvalidEvent(
            "the event is recorded already",
            remedy: "replicate an export as it is"
          )
        }
        if !isNew { skippedCount += 1 }
      } catch var refusal as InvalidEvent {
        (refusal.file, refusal.line) = (draft.file, draft.line)
        refusals.add(refusal)
      }
    }
    let newCount = head - batchSequence - 1
    guard newCount > 0 else {
      head = batchSequence
      leafHashes.removeLast()
      return 0
    }
    let batch = Batch(
      recorded: max(time, try lastRecorded(in: transaction)),
      count: Int(newCount),
      by: by,
      request: request
    )
    try recordBatch(batch, at: batchSequence, in: &transaction)
    return Int(newCount)
  }

  /// Writes what was gathered: claim counts of filings, and the rest of the Merkle tree.
  mutating func finish(in transaction: inout WriteTransaction) throws {
    for name in touchedFilings {
      guard let record = filings[name] else { continue }
      let key = TextKey.filing(name.text)
      let value = record.encode()
      try transaction.setLinked(value.span, for: key, in: tables.filings, tables, &linkedValues)
    }
    try growTree(in: &transaction)
    let root = RecordedRoot(try transaction.tree(size: head, tables))
    try transaction.set(root.encode().span, for: RecordedRoot.key, in: tables.meta)
  }

  /// Adds the leaf hashes that wait to the tree.
  private mutating func growTree(in transaction: inout WriteTransaction) throws {
    try transaction.appendToTree(leafHashes, at: treeSize, tables)
    treeSize = head
    leafHashes.removeAll(keepingCapacity: true)
  }

  /// When the last batch was recorded.
  func lastRecorded(in transaction: borrowing WriteTransaction) throws -> Timestamp {
    guard let entry = try transaction.lastEntry(in: tables.batches),
      entry.value.count == LogSum.batchByteCount
    else { return Timestamp(microseconds: .min) }
    return Timestamp(microseconds: entry.value.littleEndian(at: 0))
  }

  private mutating func recordBatch(
    _ batch: Batch,
    at sequence: UInt64,
    in transaction: inout WriteTransaction
  ) throws {
    let line = Event.batch(batch).canonicalLine
    try Event.checkCanonical(line)
    let hash = MerkleHash.leaf(line.span)
    if sequence < treeSize {
      try transaction.replaceLeaf(at: sequence, with: hash, tables)
    } else {
      leafHashes[Int(sequence - treeSize)] = hash
    }
    try transaction.set(line.span, for: sequence, in: tables.log)
    logSum.add(line.span)
    let row = batch.encode(sum: logSum)
    try transaction.set(row.span, for: sequence, in: tables.batches)
  }

  /// Records one event, if it was not recorded before.
  private mutating func record(
    _ event: Event,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    switch event {
    case .batch:
      throw InvalidEvent(
        "a batch event cannot be appended",
        remedy: "the ledger writes it; to replicate an export, append the whole of it"
      )
    case .entity, .concept, .check, .profile:
      return try recordDefinition(event, in: &transaction)
    case .statement(let statement):
      return try recordStatement(statement, in: &transaction)
    case .layout:
      let line = event.canonicalLine
      let name = DefinitionName(layout: MerkleHash.leaf(line.span).hexadecimal)
      return try recordDefinition(event, line, as: name, in: &transaction)
    case .presentation(let presentation):
      return try recordPresentation(presentation, in: &transaction)
    case .footnote(let footnote):
      return try recordDefinition(event, of: footnote.filing, "footnotes", in: &transaction)
    case .coverage(let coverage):
      return try recordDefinition(event, of: coverage.filing, "coverage", in: &transaction)
    case .filing(let filing):
      return try recordFiling(filing, in: &transaction)
    case .claim(let claim):
      return try recordClaim(claim, in: &transaction)
    case .amendment(let amendment):
      return try recordAmendment(amendment, in: &transaction)
    case .retirement(let retirement):
      return try recordRetirement(retirement, in: &transaction)
    case .retraction(let retraction):
      return try recordRetraction(retraction, in: &transaction)
    }
  }

  /// Records a filing; of one that is recorded already, what this record of it knows more precisely.
  private mutating func recordFiling(
    _ filing: Filing,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    let line = Event.filing(filing).canonicalLine
    let known = try knownFiling(filing.filing, in: transaction)
    if let known {
      let amendments = try knownAmendments(in: transaction)
      if amendments.withdrawer(ofFiling: filing.filing, at: known.sequence) == nil {
        return try refine(known, by: filing, in: &transaction)
      }
      // It was withdrawn: it is recorded anew.
      let key = DefinitionKey.key(DefinitionName(filing: filing.filing), at: head)
      try define(DefinitionValue.encode(previousFiling: known.sequence), key, in: &transaction)
      self.amendments = nil
    }
    filings[ExactText(filing.filing)] = FilingRecord(
      published: filing.published.timestamp,
      sequence: head,
      claimCount: known?.claimCount ?? 0
    )
    touchedFilings.insert(ExactText(filing.filing))
    try write(line, line, in: &transaction)
    return true
  }

  private mutating func recordClaim(
    _ claim: Claim,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    let concept = try self.concept(claim.fact.concept, in: &transaction)
    try claim.check(against: concept)
    guard let filing = try knownFiling(claim.filing, in: transaction) else {
      throw Self.unrecordedFiling(claim.filing, "claims")
    }
    let knownTextCount = dictionary.count
    let amendments = try knownAmendments(in: transaction)
    if let by = amendments.withdrawer(ofFiling: claim.filing, at: filing.sequence) {
      throw InvalidEvent(
        "filing \"\(claim.filing)\" was withdrawn by event \(by)",
        remedy: "put its filing event before its claims: it is recorded anew"
      )
    }
    var record = ClaimRecord(
      kind: SymbolID(rawValue: 0),
      row: FactRow(
        fact: FactID(
          entity: try symbol(claim.fact.entity, in: &transaction),
          concept: try symbol(claim.fact.concept, in: &transaction),
          dimensions: try symbol(claim.fact.dimensions.text, in: &transaction),
          unit: try symbol(claim.fact.unit, in: &transaction),
          period: claim.fact.period
        ),
        published: filing.published,
        sequence: head,
        filing: try symbol(claim.filing, in: &transaction),
        figure: claim.figure,
        change: .claim
      ),
      source: claim.source
    )
    let isRecorded = try claims.isRecorded(
      record,
      at: head,
      amendments,
      in: transaction,
      tables
    )
    guard !isRecorded else { return false }
    claims.note(record)
    // Not before: an event that is not recorded must not add to the dictionary.
    record.kind = try symbol(claim.kind, in: &transaction)
    var line: [UInt8] = []
    claim.appendCanonicalLine(to: &line)
    // Texts that were recorded before were admitted then.
    let isAdmitted = dictionary.count == knownTextCount && claim.isWithinBounds
    try writeRow(record.row, in: &transaction)
    try write(line, record.encode(), isAdmitted: isAdmitted, in: &transaction)
    filings[ExactText(claim.filing)]?.claimCount += 1
    touchedFilings.insert(ExactText(claim.filing))
    return true
  }

  func sequence(
    ofLeaf hash: MerkleHash,
    in transaction: borrowing WriteTransaction
  ) throws -> UInt64? {
    if let index = leafHashes.lastIndex(of: hash) { return treeSize + UInt64(index) }
    return try transaction.sequence(ofLeaf: hash, before: treeSize, tables)
  }

  mutating func writeRow(_ row: FactRow, in transaction: inout WriteTransaction) throws {
    let value = FactTableValue.encode(row)
    let key = FactTableKey(row)
    try transaction.setLinked(value.span, for: key, in: tables.facts, tables, &linkedValues)
  }

  /// The longest line: tiles of entries (C2SP tlog-tiles) hold its length in two bytes.
  private static let lineByteCountMax = Int(UInt16.max)

  /// Adds one event to the log.
  ///
  /// - Parameter isAdmitted: Whether the line is known to read back as the event.
  /// - Throws: ``InvalidEvent`` for a line that is too long, or that does not read back.
  mutating func write(
    _ line: [UInt8],
    _ record: [UInt8],
    isAdmitted: Bool = false,
    in transaction: inout WriteTransaction
  ) throws {
    if !isAdmitted, !trustsDrafts { try Event.checkCanonical(line) }
    guard line.count <= Self.lineByteCountMax else {
      throw InvalidEvent(
        "the event's line has \(line.count) bytes",
        remedy: "an event has at most \(Self.lineByteCountMax): shorten its texts, or divide it"
      )
    }
    try transaction.append(record.span, for: head, to: tables.log)
    logSum.add(record.span)
    leafHashes.append(.leaf(line.span))
    head += 1
    // Of whole tiles, so that no row of leaves is written twice.
    if leafHashes.count >= Self.leafHashCountMax, head.isMultiple(of: UInt64(MerkleTile.capacity)) {
      try growTree(in: &transaction)
    }
  }

  private mutating func symbol(
    _ text: String,
    in transaction: inout WriteTransaction
  ) throws -> SymbolID {
    try dictionary.symbol(text, in: &transaction)
  }

  mutating func knownFiling(
    _ name: String,
    in transaction: borrowing WriteTransaction
  ) throws -> FilingRecord? {
    if let known = filings[ExactText(name)] { return known }
    let record = try transaction.filingRecord(name, tables)
    filings[ExactText(name)] = record
    return record
  }

  /// Notes a correction that is written, so that amendments need not be evaluated anew.
  mutating func noteCorrection(
    _ right: FilingCorrection,
    of filing: String,
    in transaction: borrowing WriteTransaction
  ) throws {
    let symbol = try dictionary.knownSymbol(filing, in: transaction)
    amendments?.note(right, of: filing, symbol: symbol)
  }

  /// What amendments that name no claim change now.
  mutating func knownAmendments(
    in transaction: borrowing WriteTransaction
  ) throws -> Amendments {
    if let amendments { return amendments }
    // The table of filings is written when the append is finished.
    let filings = filings
    let known = try transaction.amendments(before: head, tables) {
      filings[ExactText($0)]?.sequence
    }
    amendments = known
    return known
  }

  /// Records an amendment of what is no claim, or a retraction; what amendments change has to be evaluated
  /// anew, or noted, after it.
  mutating func writeAmendment(
    _ line: [UInt8],
    _ record: [UInt8],
    in transaction: inout WriteTransaction
  ) throws {
    try define([0], DefinitionKey.key(.amendments, at: head), in: &transaction)
    try write(line, record, in: &transaction)
  }

  /// Forgets what amendments change: it is evaluated anew.
  mutating func forgetAmendments() {
    amendments = nil
    claims.noteAmendment()
  }

  /// Notes that a claim is amended.
  mutating func noteAmendedClaim() { claims.noteAmendment() }
}
