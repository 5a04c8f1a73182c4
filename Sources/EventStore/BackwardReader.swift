import Facts
import LMDB

/// Reads the rows of one fact from the last back, and leaves out those that only repeat the row before
/// them: see ``FactSource/appendRows(backwardFrom:head:repeats:limit:to:)``.
///
/// Whether a row is left out is known one row later, so that two wait. They are kept as they are stored,
/// because a fact may have a hundred thousand of them.
struct BackwardReader {
  private let fact: FactTableKey
  private let head: UInt64
  private let repeats: Bool

  /// The row that was read last, if no other shares its published time as yet.
  private var last: StoredRow?

  /// A row that repeats `last`, and is left out if `last` stays alone.
  private var repeating: StoredRow?

  /// The published time of the row that was appended last, if others shared it.
  private var sharedTime: UInt64?

  init(_ fact: FactID, head: UInt64, repeats: Bool) {
    self.fact = FactTableKey(fact: fact)
    self.head = head
    self.repeats = repeats
  }

  /// Appends rows until there are `limit` more; returns whether there may be more.
  mutating func read(
    from cursor: inout Cursor<FactTable>,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    let wanted = rows.count + limit
    let words = fact.factWords
    while let entry = try cursor.previous() {
      guard let row = StoredRow(entry) else { throw StoredRow.damage }
      guard row.fact == words else { break }
      if row.sequence < head, try !take(row, wanted, to: &rows) { return true }
    }
    if let last { try append(last, to: &rows) }
    return false
  }

  /// Takes the row before; returns whether to go on.
  @inline(__always)
  private mutating func take(
    _ row: StoredRow,
    _ wanted: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    guard let last else {
      if row.published == sharedTime {
        try append(row, to: &rows)
        return true
      }
      guard rows.count < wanted else { return false }
      (self.last, sharedTime) = (row, nil)
      return true
    }
    if row.published == last.published {
      if let repeating { try append(repeating, to: &rows) }
      try append(last, to: &rows)
      try append(row, to: &rows)
      (self.last, repeating, sharedTime) = (nil, nil, row.published)
      return true
    }
    if !repeats, last.repeats(row) {
      (self.last, repeating) = (row, last)
      return true
    }
    try append(last, to: &rows)
    (self.last, repeating) = (rows.count < wanted ? row : nil, nil)
    return rows.count < wanted
  }

  private func append(_ row: StoredRow, to rows: inout [FactRow]) throws {
    guard let row = row.decoded(fact.fact) else { throw StoredRow.damage }
    rows.append(row)
  }
}

/// A row of the `facts` table, as it is stored.
private struct StoredRow {
  let fact: FactTableKey.FactWords

  /// As in the key: it sorts as the times do.
  let published: UInt64

  let sequence: UInt64

  /// The figure's word, and above it the filing.
  let head: UInt64

  let mantissa: Int64

  /// The event that an amendment names.
  let target: UInt64?

  static var damage: DamagedLedger {
    DamagedLedger("a row of facts is damaged", table: FactTable.name)
  }

  /// `nil` for an entry that is no row.
  @inline(__always)
  init?(_ entry: borrowing Entry) {
    guard entry.key.count == FactTableKey.byteCount, let kept = FactTableValue.words(entry.value)
    else { return nil }
    fact = FactTableKey.FactWords(
      first: entry.key.bigEndian(at: 0),
      second: entry.key.bigEndian(at: 8),
      third: entry.key.bigEndian(at: 16)
    )
    published = entry.key.bigEndian(at: 24)
    sequence = entry.key.bigEndian(at: 32)
    (head, mantissa, target) = kept
  }

  /// Whether both are claims of one figure.
  @inline(__always)
  func repeats(_ other: StoredRow) -> Bool {
    mantissa == other.mantissa && target == nil && other.target == nil
      && UInt32(truncatingIfNeeded: head) == UInt32(truncatingIfNeeded: other.head)
  }

  /// `nil` if it says what no row says.
  func decoded(_ fact: FactID) -> FactRow? {
    FactTableValue.row(
      FactTableKey(
        fact: fact,
        published: Int64(bitPattern: published ^ 1 << 63),
        sequence: sequence
      ),
      (head, mantissa, target)
    )
  }
}
