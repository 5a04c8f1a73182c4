import Facts
import LMDB
import Merkle
import Platform

/// Reads stretches of the log: makes each line again from its record and compares its hash with the
/// tiles.
struct StretchReader: ~Copyable {
  private let pass: LogPass
  private var lines: ClaimLines
  private var line = LeafBuffer()

  /// The leaf hashes of the row of tiles under way.
  private var stored: [MerkleHash] = []

  /// The greatest symbol of the stretch so far.
  private var highestSymbol: UInt32?

  /// Whether it is not known that the line reads back as an event: lines of claims whose texts were seen
  /// before are not read.
  private var isUnread = false

  init(_ pass: LogPass) {
    self.pass = pass
    lines = ClaimLines(symbolCount: pass.texts.count)
  }

  mutating func read(
    stretch index: Int,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) -> LogStretch {
    let start = UInt64(index) * LogStretch.eventCount
    var stretch = LogStretch(start: start)
    highestSymbol = nil
    do {
      try read(&stretch, before: min(pass.head, start + LogStretch.eventCount), in: transaction)
    } catch {
      stretch.failure = error
    }
    return stretch
  }

  private mutating func read(
    _ stretch: inout LogStretch,
    before end: UInt64,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    var log = try transaction.cursor(over: pass.tables.log, from: stretch.start)
    let firstRow = TileKey(level: 0, hash: stretch.start)
    var tiles = try transaction.cursor(over: pass.tables.tiles, from: firstRow)
    var leaves: [MerkleHash] = []
    leaves.reserveCapacity(MerkleTile.capacity)
    while stretch.end < end {
      let sequence = stretch.end
      guard let entry = try log.next(), entry.key.count == 8,
        entry.key.bigEndian(UInt64.self, at: 0) == sequence
      else { throw DamagedLedger.log("it is missing", at: sequence) }
      line.removeAll()
      isUnread = false
      if let row = ClaimRecord.row(entry.value, sequence: sequence) {
        try readClaim(entry.value, row, into: &stretch)
      } else {
        try readOther(entry.value, at: sequence, into: &stretch)
      }
      stretch.logSum.add(entry.value)
      let offset = Int(sequence % UInt64(TileTable.rowHashCount))
      if offset == 0 { try readRow(at: sequence, from: &tiles) }
      let leaf = line.hash
      if offset >= stored.count || stored[offset] != leaf {
        try diverge(at: sequence, isMissing: offset >= stored.count, in: transaction)
      }
      if isUnread { try checkReadsBack(at: sequence) }
      leaves.append(leaf)
      if leaves.count == MerkleTile.capacity { finishTile(&leaves, in: &stretch) }
      stretch.end += 1
    }
    if isVerifying, end == pass.head { try checkRowEnds(at: end) }
    if !isVerifying { stretch.leaves += leaves }
    stretch.openLeaves = leaves
  }

  private var isVerifying: Bool { if case .verification = pass.purpose { true } else { false } }

  /// - Throws: ``DamagedLedger`` if the line does not read back as an event of the same line.
  private func checkReadsBack(at sequence: UInt64) throws {
    do {
      try Event.checkCanonical(line.bytes.copied())
    } catch {
      throw DamagedLedger.log("its line does not read back: \(error.message)", at: sequence)
    }
  }

  private func finishTile(_ leaves: inout [MerkleHash], in stretch: inout LogStretch) {
    stretch.tileRoots.append(.root(complete: leaves[...]))
    if !isVerifying { stretch.leaves += leaves }
    leaves.removeAll(keepingCapacity: true)
  }
}

// Records.

extension StretchReader {
  private mutating func readClaim(
    _ record: Span<UInt8>,
    _ row: FactRow,
    into stretch: inout LogStretch
  ) throws {
    guard ClaimRecord.isCanonical(record) else {
      throw DamagedLedger.log("a byte of its record is set that says nothing", at: row.sequence)
    }
    isUnread = !ClaimRecord.isWithinBounds(record, row)
    try readSymbols(of: record, row, into: &stretch)
    let texts = pass.texts
    try lines.append(record, row, to: &line) { texts[Int($0.rawValue)] }
    let last = stretch.runs.count - 1
    if last >= 0, stretch.runs[last].isContinued(by: row) {
      stretch.runs[last].count += 1
    } else {
      stretch.runs.append(
        .init(first: row.sequence, count: 1, filing: row.filing, published: row.published)
      )
    }
    stretch.rowSum.add(pass.rowHash.of(row))
    if !isVerifying { stretch.rows.append(row) }
  }

  private mutating func readSymbols(
    of record: Span<UInt8>,
    _ row: FactRow,
    into stretch: inout LogStretch
  ) throws {
    let fact = row.fact
    let symbols: InlineArray<6, UInt32> = [
      ClaimRecord.kind(record).rawValue, row.filing.rawValue, fact.entity.rawValue,
      fact.concept.rawValue, fact.dimensions.rawValue, fact.unit.rawValue,
    ]
    var highest: UInt32 = 0
    for index in symbols.indices { highest = max(highest, symbols[index]) }
    guard highestSymbol.map({ highest > $0 }) ?? true else { return }
    guard Int(highest) < pass.texts.count else {
      throw DamagedLedger.earlySymbol(highest, at: row.sequence)
    }
    for index in symbols.indices where highestSymbol.map({ symbols[index] > $0 }) ?? true {
      // Kinds and dimensions, the first and the fifth, have rules of their own.
      let isName = index != 0 && index != 4
      if !isName || !Self.isPlainName(pass.texts[Int(symbols[index])]) { isUnread = true }
    }
    highestSymbol = highest
    stretch.uses.append(.init(sequence: row.sequence, symbols: symbols))
  }

  /// Whether a text is a name that every reader of event lines takes, without a look at its line.
  private static func isPlainName(_ text: String) -> Bool {
    let bytes = text.utf8
    return 1...4096 ~= bytes.count && bytes.first != 0x20 && bytes.last != 0x20
      && bytes.allSatisfy {
        0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
  }

  /// Reads the record of an event that is no claim: it holds the line.
  private mutating func readOther(
    _ record: Span<UInt8>,
    at sequence: UInt64,
    into stretch: inout LogStretch
  ) throws {
    guard let text = Record.canonicalLine(record) else {
      throw DamagedLedger.undecodableRecord(at: sequence)
    }
    let event = try Event(record: record, sequence: sequence) { _ in "" }
    let canonicalLine = event.canonicalLine
    guard canonicalLine == text else {
      throw DamagedLedger.log("its line is not canonical", at: sequence)
    }
    let isAmendment = if case .amendment = event { true } else { false }
    guard isAmendment == (record[0] == Record.amendment) else {
      throw DamagedLedger.foreignRecord(at: sequence)
    }
    line.append(canonicalLine.span)
    let target: UInt64 = isAmendment ? record.littleEndian(at: 1) : 0
    stretch.others.append(
      .init(sequence: sequence, event: event, target: target, sumBefore: stretch.logSum)
    )
  }
}

extension LogStretch.Run {
  /// Whether the claim is the next of this run.
  fileprivate func isContinued(by row: FactRow) -> Bool {
    row.sequence == first + count && row.filing == filing && row.published == published
  }
}

// The tiles.

extension StretchReader {
  /// Reads the row of tiles that begins with the leaf at `sequence`; one that is missing or of no form
  /// has no hashes.
  private mutating func readRow(
    at sequence: UInt64,
    from tiles: inout Cursor<TileTable>
  ) throws {
    let key = TileKey(level: 0, hash: sequence)
    stored.removeAll(keepingCapacity: true)
    if let next = try tiles.next(), key.isEncoded(as: next.key) { return take(next.value) }
    if let found = try tiles.seek(key), key.isEncoded(as: found.key) { take(found.value) }
  }

  private mutating func take(_ row: Span<UInt8>) {
    let (count, rest) = row.count.quotientAndRemainder(dividingBy: MerkleHash.byteCount)
    guard rest == 0, count <= TileTable.rowHashCount else { return }
    for index in 0..<count { stored.append(row.hash(index)) }
  }

  /// The leaf hash of the event is not the one of the tiles.
  private func diverge(
    at sequence: UInt64,
    isMissing: Bool,
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws {
    switch pass.purpose {
    case .rebuild(let trusted):
      guard sequence >= trusted else { return }
      throw DamagedLedger(
        "its record does not make the line whose hash is in the tree: one of them is damaged, and "
          + "only a checkpoint of more than \(sequence) events can tell which",
        sequence: sequence
      )
    case .verification:
      guard !isMissing else {
        throw DamagedLedger("its leaf hash is missing", sequence: sequence, table: TileTable.name)
      }
      throw DamagedLedger(
        "its record does not make the line whose hash is in the tree",
        sequence: sequence,
        table: try transaction.isSound(tileOf: sequence, pass.tables)
          ? LogTable.name : TileTable.name
      )
    }
  }

  /// - Throws: ``DamagedLedger`` if the last row has leaves after the log's last.
  private func checkRowEnds(at head: UInt64) throws {
    let count = Int((head - 1) % UInt64(TileTable.rowHashCount)) + 1
    guard stored.count > count else { return }
    throw DamagedLedger.leafTile((head - 1) / UInt64(MerkleTile.capacity))
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// Whether the level above has the hash of the tile with this leaf; what is not full has none.
  fileprivate borrowing func isSound(tileOf sequence: UInt64, _ tables: Tables) throws -> Bool {
    let index = sequence / UInt64(MerkleTile.capacity)
    let (parent, offset) = index.quotientAndRemainder(dividingBy: UInt64(MerkleTile.capacity))
    guard let leaves = try hashes(at: .init(level: 0, index: index), tables),
      leaves.count == MerkleTile.capacity,
      let hashes = try hashes(at: .init(level: 1, index: parent), tables),
      hashes.indices.contains(Int(offset))
    else { return true }
    return MerkleHash.root(complete: leaves[...]) == hashes[Int(offset)]
  }
}
