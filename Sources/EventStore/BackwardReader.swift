import Facts
import LMDB
import Platform

/// Reads the rows of one fact from the last back, and leaves out those that only repeat the row before
/// them: see ``FactSource/appendRows(backwardFrom:head:repeats:limit:to:)``.
///
/// Whether a row is left out is known one row later, so that two wait. They are kept as they are stored,
/// because a fact may have a hundred thousand of them.
struct BackwardReader {
  let fact: FactID

  /// Rows of events from here on do not count.
  let head: UInt64

  let repeats: Bool

  /// The published time and the sequence of the place before which it reads, as keys have them.
  private let end: (published: UInt64, sequence: UInt64)

  /// A reader of the rows before a place.
  init(before end: FactTableKey, head: UInt64, repeats: Bool) {
    (fact, self.head, self.repeats) = (end.fact, head, repeats)
    self.end = (UInt64(bitPattern: end.published) ^ 1 << 63, end.sequence)
  }

  /// Appends rows until there are `limit` more; returns whether there may be more.
  func read(
    from cursor: inout BackwardLinkedCursor<FactTable>,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    let wanted = rows.count + limit
    let words = FactTableKey(fact: fact).factWords
    // The row that was read last, if no other comes together with it as yet; and one that repeats it, and
    // is left out if it stays alone.
    var (last, repeating): (StoredRow?, StoredRow?)
    // When the latest of the rows that come together was published, if the row appended last is one.
    var sharedTime: Timestamp?
    var bound = end
    while let entry = try cursor.previous() {
      guard let row = StoredRow(entry) else { throw DamagedLedger.undecodableFact }
      guard StoredRow.fact(of: entry) == words else { break }
      // A walk that does not advance would have no end.
      guard (row.published, row.sequence) < bound else { throw DamagedLedger.undecodableFact }
      bound = (row.published, row.sequence)
      guard row.sequence < head else { continue }
      if let waiting = last {
        if waiting.moment.comesTogether(with: row.moment) {
          if let repeating { rows.append(try repeating.decoded(fact)) }
          rows.append(try waiting.decoded(fact))
          rows.append(try row.decoded(fact))
          (last, repeating, sharedTime) = (nil, nil, waiting.moment)
        } else if !repeats, waiting.repeats(row) {
          (last, repeating) = (row, waiting)
        } else {
          rows.append(try waiting.decoded(fact))
          guard rows.count < wanted else { return true }
          (last, repeating) = (row, nil)
        }
      } else if let shared = sharedTime, shared.comesTogether(with: row.moment) {
        rows.append(try row.decoded(fact))
      } else {
        guard rows.count < wanted else { return true }
        (last, sharedTime) = (row, nil)
      }
    }
    if let last { rows.append(try last.decoded(fact)) }
    return false
  }
}

/// A row of the `facts` table, as it is stored.
private struct StoredRow {
  /// As in the key: it sorts as the times do.
  let published: UInt64

  let sequence: UInt64

  /// The figure's word, and above it the filing.
  let head: UInt64

  let mantissa: Int64

  /// The event that an amendment names; ``noTarget`` for a claim.
  let target: UInt64

  private static let noTarget = UInt64.max

  /// When its filing became public.
  var moment: Timestamp {
    @inline(__always) get { Timestamp(microseconds: Int64(bitPattern: published ^ 1 << 63)) }
  }

  /// `nil` for an entry that is no row.
  @inline(__always)
  init?(_ entry: borrowing Entry) {
    guard entry.key.count == FactTableKey.byteCount, let kept = FactTableValue.words(entry.value)
    else { return nil }
    published = entry.key.bigEndian(at: 24)
    sequence = entry.key.bigEndian(at: 32)
    (head, mantissa, target) = (kept.head, kept.mantissa, kept.target ?? Self.noTarget)
  }

  /// The fact of a row's key.
  @inline(__always)
  static func fact(of entry: borrowing Entry) -> FactTableKey.FactWords {
    FactTableKey.FactWords(
      first: entry.key.bigEndian(at: 0),
      second: entry.key.bigEndian(at: 8),
      third: entry.key.bigEndian(at: 16)
    )
  }

  /// Whether both are claims of one figure.
  @inline(__always)
  func repeats(_ other: StoredRow) -> Bool {
    mantissa == other.mantissa && target == Self.noTarget && other.target == Self.noTarget
      && UInt32(truncatingIfNeeded: head) == UInt32(truncatingIfNeeded: other.head)
  }

  /// - Throws: ``DamagedLedger`` if it says what no row says.
  func decoded(_ fact: FactID) throws -> FactRow {
    let key = FactTableKey(
      fact: fact,
      published: moment.microseconds,
      sequence: sequence
    )
    let words = (head, mantissa, target == Self.noTarget ? nil : target)
    guard let row = FactTableValue.row(key, words) else { throw DamagedLedger.undecodableFact }
    return row
  }
}
