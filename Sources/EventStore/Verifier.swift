import Facts
import JSON
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

  /// When the last batch was recorded.
  private(set) var lastRecorded = Timestamp(microseconds: .min)

  /// The dictionary.
  private(set) var texts: [String] = []

  /// What the log makes of the facts table: a hash of the row that each event must have there, 0 for
  /// none.
  var rowHashes: [UInt64]

  /// What the log makes of the filings table.
  private(set) var filings = FilingTally()
  private(set) var tree: TreeVerifier
  private(set) var definitionCount = 0
  private(set) var batchCount = 0

  private var lines: ClaimLines
  private var line: [UInt8] = []
  private var nextBatch: UInt64 = 0
  private var nextSymbol: UInt32 = 0
  private var amended: Set<UInt64> = []

  static let progressInterval: UInt64 = 1 << 16

  /// The root of the Merkle tree over the lines that the records make.
  var root: MerkleHash { tree.root }

  init(
    _ tables: Tables,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    progress: @escaping Verification.Progress
  ) throws {
    self.tables = tables
    self.progress = progress
    head = try transaction.head(tables)
    lines = ClaimLines(symbolCount: try transaction.symbolCount(tables))
    tree = TreeVerifier(tables)
    // A log whose last key was damaged is found at its first event, without memory for all others.
    guard try UInt64(transaction.entryCount(of: tables.log)) == head else {
      throw DamagedLedger("its keys are not the sequences from 0 on", table: LogTable.name)
    }
    rowHashes = Array(repeating: 0, count: Int(head))
  }

  /// Checks everything.
  ///
  /// - Throws: ``DamagedLedger``.
  mutating func run(in transaction: borrowing some Transaction & ~Copyable & ~Escapable) throws {
    texts = try transaction.checkedTexts(tables)
    var cursor = try transaction.cursor(over: tables.log)
    var sequence: UInt64 = 0
    while let entry = try cursor.next() {
      guard UInt64(keyBytes: entry.key) == sequence else {
        throw DamagedLedger("it is missing", sequence: sequence, table: LogTable.name)
      }
      try check(entry.value, at: sequence, in: transaction)
      sequence += 1
      if sequence % Self.progressInterval == 0 { progress(.events, Int(sequence), Int(head)) }
    }
    guard nextBatch == head else {
      throw DamagedLedger("the last batch is not whole", sequence: head, table: LogTable.name)
    }
    guard Int(nextSymbol) == texts.count else {
      throw DamagedLedger("no event uses symbol \(nextSymbol)", table: SymbolTable.name)
    }
    try tree.finish(in: transaction)
    progress(.events, Int(head), Int(head))
    try checkDerived(in: transaction)
  }

  /// Checks one record.
  private mutating func check(
    _ record: Span<UInt8>,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    line.removeAll(keepingCapacity: true)
    if sequence != nextBatch, let row = ClaimRecord.row(record, sequence: sequence) {
      try check(record, row)
      try tree.add(.leaf(line.span), at: sequence, in: transaction)
    } else {
      let event = try checkedEvent(record, at: sequence)
      // First the hash, then what follows: where both are wrong, the record is.
      try tree.add(.leaf(line.span), at: sequence, in: transaction)
      try check(event, record, at: sequence, in: transaction)
    }
  }

  private mutating func check(_ record: Span<UInt8>, _ row: FactRow) throws {
    guard ClaimRecord.isCanonical(record) else {
      throw damage("a byte of its record is set that says nothing", row.sequence)
    }
    try useSymbols(of: record, row)
    let texts = texts
    try lines.append(record, row, to: &line) { texts[Int($0.rawValue)] }
    let published = filings.count(row.filing) { texts[Int($0.rawValue)] }
    guard row.published == published else {
      throw damage(
        published == nil
          ? "no event before it records its filing" : "its published time is not its filing's",
        row.sequence
      )
    }
    rowHashes[Int(row.sequence)] = RowHash.of(row)
  }

  /// Symbols are numbered in the order in which claims first use them.
  private mutating func useSymbols(of record: Span<UInt8>, _ row: FactRow) throws {
    let fact = row.fact
    let used: InlineArray<6, UInt32> = [
      ClaimRecord.kind(record).rawValue, row.filing.rawValue, fact.entity.rawValue,
      fact.concept.rawValue, fact.dimensions.rawValue, fact.unit.rawValue,
    ]
    var highest: UInt32 = 0
    for index in used.indices { highest = max(highest, used[index]) }
    guard highest >= nextSymbol else { return }
    let new = Set(used.indices.map { used[$0] }.filter { $0 >= nextSymbol })
    guard Int(highest) < texts.count, Int(highest - nextSymbol) == new.count - 1 else {
      throw damage("its symbol \(highest) is not the next of the dictionary", row.sequence)
    }
    nextSymbol = highest + 1
  }

  /// The event of a record that holds its line; makes ``line``.
  private mutating func checkedEvent(_ record: Span<UInt8>, at sequence: UInt64) throws -> Event {
    guard let text = Record.canonicalLine(record) else {
      let isClaim = ClaimRecord.row(record, sequence: sequence) != nil
      throw damage(
        isClaim ? "no batch event comes before it" : "its record does not decode",
        sequence
      )
    }
    let event = try Event(record: record, sequence: sequence) { _ in "" }
    line = event.canonicalLine
    guard line == text else { throw damage("its line is not canonical", sequence) }
    let isAmendment = if case .amendment = event { true } else { false }
    guard isAmendment == (record[0] == Record.amendment) else {
      throw damage("its record is not of its type's form", sequence)
    }
    return event
  }

  /// Checks what follows from an event that is no claim.
  private mutating func check(
    _ event: Event,
    _ record: Span<UInt8>,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    if case .batch(let batch) = event {
      return try check(batch, line, at: sequence, in: transaction)
    }
    guard sequence != nextBatch else { throw damage("no batch event comes before it", sequence) }
    switch event {
    case .batch: break
    case .claim: throw damage("its record is not of its type's form", sequence)
    case .entity, .concept, .statement, .check, .profile:
      try checkDefinition(event, at: sequence, in: transaction)
    case .filing(let filing):
      let record = FilingRecord(
        published: filing.published.timestamp,
        sequence: sequence,
        claimCount: 0
      )
      guard filings.add(filing.filing, record) else {
        throw damage("its filing is recorded already", sequence)
      }
    case .amendment(let amendment):
      try check(amendment, record, at: sequence, in: transaction)
    }
  }

  private mutating func check(
    _ batch: Batch,
    _ line: [UInt8],
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard sequence == nextBatch else {
      throw damage("it begins a batch before the one before is whole", sequence)
    }
    guard batch.count >= 1, UInt64(batch.count) < head - sequence else {
      throw damage("its batch has \(batch.count) events, and the log not so many", sequence)
    }
    guard batch.recorded >= lastRecorded else {
      throw damage("its batch was recorded before the one before it", sequence)
    }
    (nextBatch, lastRecorded) = (sequence + 1 + UInt64(batch.count), batch.recorded)
    batchCount += 1
    guard
      try transaction.value(for: sequence, in: tables.batches)?.copied() == batch.encode()
    else { throw damage("its row is missing or another", sequence, table: BatchTable.name) }
  }

  private mutating func checkDefinition(
    _ event: Event,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    guard let name = event.definitionName else { preconditionFailure("not a definition") }
    let key = TextKey.definition(name, at: sequence)
    definitionCount += 1
    guard try transaction.value(for: key, in: tables.definitions)?.count == 0 else {
      throw damage("its row is missing or another", sequence, table: DefinitionTable.name)
    }
  }

  private mutating func check(
    _ amendment: Amendment,
    _ record: Span<UInt8>,
    at sequence: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    let target: UInt64 = record.littleEndian(at: 1)
    guard target < sequence, let named = try transaction.factRow(at: target, tables) else {
      throw damage("the event that it amends is no claim", sequence)
    }
    if case .withdrawal = named.change {
      throw damage("the event that it amends is a withdrawal", sequence)
    }
    guard try transaction.leafHash(at: target, tables)?.hexadecimal == amendment.event else {
      throw damage("the event that it amends has not the hash that it names", sequence)
    }
    guard amended.insert(target).inserted else {
      throw damage("event \(target) is amended already", sequence)
    }
    let row = amendment.row(amending: named, target: target, sequence: sequence)
    rowHashes[Int(sequence)] = RowHash.of(row)
  }

  private func damage(
    _ message: String,
    _ sequence: UInt64,
    table: String = LogTable.name
  ) -> DamagedLedger {
    DamagedLedger(message, sequence: sequence, table: table)
  }
}
