import Facts
import LMDB
import Merkle
import Platform

// What was recorded before: what an append must not record again, or contradict.

extension Transaction where Self: ~Copyable & ~Escapable {
  /// What was recorded before a claim: an event that makes it needless.
  ///
  /// - Parameters:
  ///   - hint: An event; if the next one of the fact is what is looked for, no other is looked at.
  ///   - end: Events from this one on are known to be of other places.
  ///   - amendments: What amendments that name no claim change.
  /// - Returns: The sequence of the event that says the same at the same place of the same filing, and
  ///   whether nothing of the fact was amended, so that the next look can begin there. `nil` if there is
  ///   none: what was withdrawn is absent.
  /// - Throws: ``InvalidEvent`` if the filing is recorded to say something else there.
  /// - Complexity: O(log *n*) if the hint is right, else that and O(*k*), for *k* events of the fact
  ///   that were published at that time.
  borrowing func recorded(
    _ claim: ClaimRecord,
    after hint: UInt64?,
    before end: UInt64,
    _ amendments: Amendments,
    _ tables: Tables
  ) throws -> (sequence: UInt64, isPlain: Bool)? {
    let new = claim.row
    let published = new.published.microseconds
    if let hint {
      let key = FactTableKey(fact: new.fact, published: published, sequence: hint + 1)
      var cursor = try linkedCursor(over: tables.facts, from: key, tables)
      if let entry = try cursor.next(), case let row = try FactRow(entry), row.fact == new.fact,
        row.published == new.published, row.filing == new.filing, row.isClaim,
        row.figure == new.figure, try isPrinted(row, at: claim.source, tables)
      {
        return (row.sequence, isPlain: true)
      }
    }
    let rows = try rows(like: new, before: end, tables)
    let fates = amendments.fates(rows)
    var contradiction: UInt64?
    for row in rows where !row.isWithdrawal && fates[row.sequence]?.status != .withdrawn {
      guard row.figure.rangeEnd == new.figure.rangeEnd,
        try isPrinted(row, at: claim.source, tables)
      else { continue }
      if row.figure.isEqual(to: new.figure) {
        return (row.sequence, isPlain: !amendments.concernsClaims && rows.allSatisfy(\.isClaim))
      }
      if fates[row.sequence] == nil { contradiction = contradiction ?? row.sequence }
    }
    guard let contradiction else { return nil }
    let place = claim.source?.place.map { "line \($0.line), column \($0.column)" }
    throw InvalidEvent(
      "its filing is recorded to say another value for the same fact"
        + (place.map { " at \($0)" } ?? ""),
      remedy: "see event \(contradiction); if that was copied wrongly, correct it"
    )
  }

  /// The rows of a fact, before `end`, that its filing makes.
  private borrowing func rows(
    like new: FactRow,
    before end: UInt64,
    _ tables: Tables
  ) throws -> [FactRow] {
    let key = FactTableKey(fact: new.fact, published: new.published.microseconds)
    var cursor = try linkedCursor(over: tables.facts, from: key, tables)
    var rows: [FactRow] = []
    while let entry = try cursor.next() {
      let row = try FactRow(entry)
      guard row.fact == new.fact, row.published == new.published, row.sequence < end else { break }
      if row.filing == new.filing { rows.append(row) }
    }
    return rows
  }

  /// The rows that a claim or amendment shares its fact and published time with, itself among them.
  borrowing func rows(beside row: FactRow, _ tables: Tables) throws -> [FactRow] {
    let key = FactTableKey(fact: row.fact, published: row.published.microseconds)
    var cursor = try linkedCursor(over: tables.facts, from: key, tables)
    var rows: [FactRow] = []
    while let entry = try cursor.next() {
      let other = try FactRow(entry)
      guard other.fact == row.fact, other.published == row.published else { break }
      rows.append(other)
    }
    return rows
  }

  /// Whether the claim or correction at `row` is printed at the place of `source`: where one of them does
  /// not name its document, that is the same.
  private borrowing func isPrinted(
    _ row: FactRow,
    at source: Source?,
    _ tables: Tables
  ) throws -> Bool {
    let recorded = try self.source(of: row, tables)
    guard recorded?.place == source?.place else { return false }
    guard let first = recorded?.document, let second = source?.document else { return true }
    return first == second
  }

  /// Where the claim or correction at `row` is printed.
  private borrowing func source(of row: FactRow, _ tables: Tables) throws -> Source? {
    guard let record = try value(for: row.sequence, in: tables.log) else { return nil }
    if let claim = ClaimRecord(record, sequence: row.sequence) { return claim.source }
    let event = try Event(record: record, sequence: row.sequence) { _ in "" }
    guard case .amendment(let amendment) = event else { return nil }
    if let source = amendment.source { return source }
    guard let target = row.change.target, let named = try factRow(at: target, tables) else {
      return nil
    }
    return try source(of: named, tables)
  }
}

extension Figure {
  /// Whether both say the same, whatever zeros they are written with.
  fileprivate func isEqual(to other: Figure) -> Bool {
    if self == other { return true }
    guard let value, let otherValue = other.value else { return false }
    return decimals == other.decimals && qualifier == other.qualifier
      && value.isEqual(to: otherValue)
  }
}
