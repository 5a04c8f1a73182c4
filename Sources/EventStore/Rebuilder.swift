import Facts
import LMDB
import Merkle

/// Makes every table but the log again, from the log and the texts of its symbols.
///
/// All that the tables hold is collected first, in the order of their keys; then each is emptied and
/// filled from its start to its end, which LMDB does fastest.
struct Rebuilder {
  private let tables: Tables
  private var texts: [String] = []
  private var rows: [FactRow] = []
  private var filings = FilingTally()
  private var definitions: [ByteKey] = []
  private var batches: [(sequence: UInt64, value: [UInt8])] = []
  private var leaves: [MerkleHash] = []

  /// The first event whose leaf hash is not that of the tiles.
  private var divergence: UInt64?

  /// Reads the log.
  ///
  /// - Throws: ``DamagedLedger`` if it does not read.
  init(_ tables: Tables, in transaction: borrowing WriteTransaction) throws {
    self.tables = tables
    texts = try transaction.texts(tables)
    var lines = ClaimLines(symbolCount: texts.count)
    var line: [UInt8] = []
    var stored: [MerkleHash] = []
    var cursor = try transaction.cursor(over: tables.log)
    var sequence: UInt64 = 0
    while let entry = try cursor.next() {
      guard UInt64(keyBytes: entry.key) == sequence else {
        throw DamagedLedger("it is missing", sequence: sequence, table: LogTable.name)
      }
      line.removeAll(keepingCapacity: true)
      if let row = ClaimRecord.row(entry.value, sequence: sequence) {
        try lines.append(entry.value, row, to: &line) { [texts] in texts[Int($0.rawValue)] }
        _ = filings.count(row.filing) { [texts] in texts[Int($0.rawValue)] }
        rows.append(row)
      } else {
        let event = try Event(record: entry.value, sequence: sequence) { _ in "" }
        event.appendCanonicalLine(to: &line)
        try take(event, at: sequence, in: transaction)
      }
      let (tile, offset) = sequence.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
      if offset == 0 {
        // A tile of no form has none of the hashes.
        stored = (try? transaction.hashes(at: .init(level: 0, index: tile), tables)) ?? []
      }
      let leaf = MerkleHash.leaf(line.span)
      if divergence == nil, !stored.indices.contains(Int(offset)) || stored[Int(offset)] != leaf {
        divergence = sequence
      }
      leaves.append(leaf)
      sequence += 1
    }
  }

  private mutating func take(
    _ event: Event,
    at sequence: UInt64,
    in transaction: borrowing WriteTransaction
  ) throws {
    if let name = event.definitionName {
      definitions.append(TextKey.definition(name, at: sequence))
    }
    switch event {
    case .batch(let batch): batches.append((sequence, batch.encode()))
    case .filing(let filing):
      let record = FilingRecord(
        published: filing.published.timestamp,
        sequence: sequence,
        claimCount: 0
      )
      guard filings.add(filing.filing, record) else {
        throw DamagedLedger(
          "its filing is recorded already",
          sequence: sequence,
          table: LogTable.name
        )
      }
    case .amendment:
      guard let row = try transaction.factRow(at: sequence, tables) else {
        throw DamagedLedger("it amends no claim", sequence: sequence, table: LogTable.name)
      }
      rows.append(row)
    default: break
    }
  }

  /// Refuses a log that is not the one whose tree was recorded.
  ///
  /// Where log and tree disagree, one of them is damaged, and only a checkpoint tells which: made
  /// again from a damaged log, the tree would prove the damage.
  ///
  /// - Throws: ``DamagedLedger`` with the first event that diverges; ``OtherHistory``.
  func checkTree(against checkpoint: Verification.TreeHead?) throws {
    try checkpoint?.check(isPastOf: UInt64(leaves.count)) { size in
      var tree = MerkleFrontier()
      tree.append(leaves.prefix(Int(size)))
      return tree.root
    }
    guard let divergence, divergence >= checkpoint?.size ?? 0 else { return }
    throw DamagedLedger(
      "its record does not make the line whose hash is in the tree: one of them is damaged, and only a "
        + "checkpoint of more than \(divergence) events can tell which (--checkpoint)",
      sequence: divergence
    )
  }

  /// Empties and fills the tables.
  mutating func write(to transaction: inout WriteTransaction) throws {
    try writeSymbols(to: &transaction)
    rows.sort(by: FactRow.isOrdered)
    try transaction.clear(tables.facts)
    for row in rows {
      let value = FactTableValue.encode(row)
      try transaction.append(value.span, for: FactTableKey(row), to: tables.facts)
    }
    try transaction.clear(tables.filings)
    let keyed = filings.records.map { (key: TextKey.filing($0.name), value: $0.record.encode()) }
    for (key, value) in keyed.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
      try transaction.append(value.span, for: key, to: tables.filings)
    }
    try transaction.clear(tables.definitions)
    let nothing: [UInt8] = []
    for key in definitions.sorted(by: { $0.isOrdered(before: $1) }) {
      try transaction.append(nothing.span, for: key, to: tables.definitions)
    }
    try transaction.clear(tables.batches)
    for (sequence, value) in batches {
      try transaction.append(value.span, for: sequence, to: tables.batches)
    }
    try writeTiles(to: &transaction)
  }

  private func writeSymbols(to transaction: inout WriteTransaction) throws {
    try transaction.clear(tables.symbols)
    var numbers: [(key: ByteKey, number: UInt32)] = []
    for (number, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      let symbol = SymbolID(rawValue: UInt32(number))
      try transaction.append(bytes.span, for: TextKey.symbol(symbol), to: tables.symbols)
      numbers.append((TextKey.symbol(text), symbol.rawValue))
    }
    for (key, number) in numbers.sorted(by: { $0.key.isOrdered(before: $1.key) }) {
      var value: [UInt8] = []
      value.append(littleEndian: number)
      try transaction.append(value.span, for: key, to: tables.symbols)
    }
  }

  private func writeTiles(to transaction: inout WriteTransaction) throws {
    var tiles: [MerkleTile] = []
    var tree = MerkleFrontier()
    tree.append(leaves) { tiles.append($0) }
    tiles.sort { ($0.place.level, $0.place.index) < ($1.place.level, $1.place.index) }
    try transaction.clear(tables.tiles)
    for tile in tiles {
      var bytes: [UInt8] = []
      tile.withBytes { bytes = $0.copied() }
      let key = TileKey(level: UInt8(tile.place.level), index: tile.place.index)
      try transaction.append(bytes.span, for: key, to: tables.tiles)
    }
  }
}

extension ByteKey {
  fileprivate func isOrdered(before other: ByteKey) -> Bool {
    bytes.lexicographicallyPrecedes(other.bytes)
  }
}

extension EventStore {
  /// Makes every derived table again from the log, in one transaction: others read the old ones until
  /// the new ones are in place, and an interruption leaves the old ones.
  ///
  /// What was made is verified before it is kept.
  ///
  /// - Parameters:
  ///   - checkpoint: Tells the log from the tree where they disagree.
  ///   - waits: Whether to wait for another writer.
  /// - Returns: How many events the log holds, and the root over them, in hexadecimal.
  /// - Throws: ``DamagedLedger`` if the log is damaged, or it or the tree is; ``OtherHistory`` if the
  ///   checkpoint is not of its past; ``LMDBError``. Then nothing was changed.
  /// - Complexity: O(*n* log *n*), with about a hundred bytes of memory for each event.
  public func rebuild(
    checkpoint: Verification.TreeHead? = nil,
    waits: Bool = true
  ) throws -> (head: UInt64, root: String) {
    try checkPages()
    return try write(waits: waits) { transaction in
      var rebuilder = try Rebuilder(tables, in: transaction)
      try rebuilder.checkTree(against: checkpoint)
      try rebuilder.write(to: &transaction)
      var verifier = try Verifier(tables, in: transaction) { _, _, _ in }
      try verifier.run(in: transaction)
      return ((verifier.head, verifier.root.hexadecimal), isKept: true)
    }
  }

  /// Writes the newest state to a new file, without free pages: see `Environment.copy(to:)`.
  public func copy(to path: String) throws {
    try checkPages()
    try environment.copy(to: path)
  }
}
