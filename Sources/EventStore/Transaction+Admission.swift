import Facts
import LMDB
import Merkle
import Platform

// What was recorded before: what an append must not record again, or contradict.

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The sequence of the event that recorded the claim before: the same figure at the same place of
  /// the same filing; `nil` if none did.
  ///
  /// - Parameters:
  ///   - hint: An event; if the next one of the fact is what is looked for, no other is looked at.
  ///   - end: Events from this one on are known to be of other places.
  /// - Throws: ``InvalidEvent`` if the filing is recorded to say something else there.
  /// - Complexity: O(log *n*) if the hint is right, else that and O(*k*), for *k* events of the fact
  ///   that were published at that time.
  borrowing func sequence(
    ofRecorded claim: ClaimRecord,
    after hint: UInt64?,
    before end: UInt64,
    _ tables: Tables
  ) throws -> UInt64? {
    let new = claim.row
    let published = new.published.microseconds
    if let hint {
      let key = FactTableKey(fact: new.fact, published: published, sequence: hint + 1)
      var cursor = try cursor(over: tables.facts, from: key)
      if let entry = try cursor.next(), let row = FactRow(entry), row.fact == new.fact,
        row.published == new.published, row.filing == new.filing, !row.isWithdrawal,
        row.figure == new.figure, try place(of: row, tables) == claim.source?.place
      {
        return row.sequence
      }
    }
    var cursor = try cursor(
      over: tables.facts,
      from: FactTableKey(fact: new.fact, published: published)
    )
    var contradictions: [UInt64] = []
    var amended: Set<UInt64> = []
    while let entry = try cursor.next() {
      guard let row = FactRow(entry) else { throw DamagedLedger("a row of facts is damaged") }
      guard row.fact == new.fact, row.published == new.published, row.sequence < end else { break }
      guard row.filing == new.filing else { continue }
      if let target = row.change.target { amended.insert(target) }
      if case .withdrawal = row.change { continue }
      guard try place(of: row, tables) == claim.source?.place,
        RangeEnd(row.figure.qualifier) == RangeEnd(new.figure.qualifier)
      else { continue }
      if row.figure == new.figure { return row.sequence }
      contradictions.append(row.sequence)
    }
    guard let contradiction = contradictions.first(where: { !amended.contains($0) }) else {
      return nil
    }
    let place = claim.source?.place.map { "line \($0.line), column \($0.column)" }
    throw InvalidEvent(
      "its filing is recorded to say another value for the same fact"
        + (place.map { " at \($0)" } ?? ""),
      remedy: "see event \(contradiction); if that was copied wrongly, correct it"
    )
  }

  /// Where the claim or correction at `row` is printed.
  private borrowing func place(of row: FactRow, _ tables: Tables) throws -> Source.Place? {
    guard let record = try value(for: row.sequence, in: tables.log) else { return nil }
    if let claim = ClaimRecord(record, sequence: row.sequence) { return claim.source?.place }
    let event = try Event(record: record, sequence: row.sequence) { _ in "" }
    guard case .amendment(let amendment) = event else { return nil }
    if let source = amendment.source { return source.place }
    guard let target = row.change.target, let named = try factRow(at: target, tables) else {
      return nil
    }
    return try place(of: named, tables)
  }

  /// The sequence of the event that amends the claim or correction at `row`; `nil` if none does.
  borrowing func amendment(of row: FactRow, _ tables: Tables) throws -> UInt64? {
    let key = FactTableKey(fact: row.fact, published: row.published.microseconds)
    var cursor = try cursor(over: tables.facts, from: key)
    while let entry = try cursor.next() {
      guard let other = FactRow(entry) else { throw DamagedLedger("a row of facts is damaged") }
      guard other.fact == row.fact, other.published == row.published else { break }
      if other.change.target == row.sequence { return other.sequence }
    }
    return nil
  }
}
