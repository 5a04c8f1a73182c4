import Facts
import LMDB

/// The search for claims that were recorded before, during one append.
///
/// It keeps the last printed place of each filing: a document that reports one fact many times in the
/// order of its lines is then not searched again for each of its figures.
struct RecordedClaimFinder {
  /// How many events the log held before the append.
  private let firstHead: UInt64

  /// Of each filing, the last place of a claim that this append recorded.
  private var lastPlaces: [SymbolID: Source.Place] = [:]

  /// Of facts with claims that were recorded before, the one found last.
  private var lastFound: [FactID: UInt64] = [:]

  /// Whether this append recorded an amendment, which can take back or move a claim.
  private var hasAmendments = false

  /// How many facts are kept.
  private static let factCountMax = 1 << 16

  init(firstHead: UInt64) { self.firstHead = firstHead }

  /// Whether a claim was recorded before, by this append or another.
  ///
  /// - Throws: ``InvalidEvent`` if its filing is recorded to say something else there.
  /// - Complexity: O(log *n*) where claims come in the order of their places.
  mutating func isRecorded(
    _ claim: ClaimRecord,
    at head: UInt64,
    _ amendments: Amendments,
    in transaction: borrowing WriteTransaction,
    _ tables: Tables
  ) throws -> Bool {
    let fact = claim.row.fact
    let found = try transaction.recorded(
      claim,
      after: lastFound.isEmpty || hasAmendments ? nil : lastFound[fact],
      // All claims of the filing that this append recorded come before this claim.
      before: isBehindAll(claim) ? firstHead : head,
      amendments,
      tables
    )
    guard let found else { return false }
    if lastFound.count >= Self.factCountMax { lastFound = [:] }
    lastFound[fact] = found.isPlain ? found.sequence : nil
    return true
  }

  private func isBehindAll(_ claim: ClaimRecord) -> Bool {
    guard let place = claim.source?.place, !hasAmendments else { return false }
    guard let last = lastPlaces[claim.row.filing] else { return true }
    return (last.line, last.column) < (place.line, place.column)
  }

  /// Notes a claim that the append records.
  mutating func note(_ claim: ClaimRecord) {
    guard let place = claim.source?.place, isBehindAll(claim) else { return }
    lastPlaces[claim.row.filing] = place
  }

  /// Notes that the append records an amendment.
  mutating func noteAmendment() { hasAmendments = true }
}
