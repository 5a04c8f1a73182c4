public import Facts
import LMDB
import Merkle
import Platform

// Filings, and what amendments change.

extension Snapshot {
  /// Looks the filing up by its name.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func recordedFiling(_ name: String, before head: UInt64) throws -> Filing? {
    guard let sequence = try transaction.filingSequence(name, before: head, tables) else {
      return nil
    }
    guard case .filing(let filing) = try cachedEvent(at: sequence),
      ExactText(filing.filing) == ExactText(name)
    else {
      throw DamagedLedger.filingEntry(name, at: sequence)
    }
    return filing
  }

  /// Evaluates the amendments, once for each number of events.
  ///
  /// - Throws: ``DamagedLedger`` if one of them is damaged, ``LMDBError`` if the file cannot be read.
  public func amendments(before head: UInt64) throws -> Amendments {
    guard hasAmendments else { return .none }
    let head = min(head, self.head)
    let amendments = try cache.amendments.value(head) {
      _ = try provenAmendments(before: head)
      var amendments = try transaction.amendments(before: head, tables)
      if !amendments.isEmpty { try amendments.resolveRetractions(in: self, before: head) }
      return amendments
    }
    return amendments ?? .none
  }

  /// The amendments of what is no claim, whose lines, and those of what they name, lead to the root.
  private func provenAmendments(before head: UInt64) throws -> [Amendments.Recorded] {
    let recorded = try transaction.recordedAmendments(before: head, tables)
    for amendment in recorded {
      try proveLine(at: amendment.sequence)
      if case .retraction = amendment.change { continue }
      try proveLine(at: amendment.target)
    }
    return recorded
  }

  /// Whether corrections of its filing ever gave the claims of a filing this published time.
  ///
  /// - Throws: ``DamagedLedger`` if one of them is damaged, ``LMDBError`` if the file cannot be read.
  func isCorrected(_ filing: SymbolID, to published: Timestamp) throws -> Bool {
    guard hasAmendments else { return false }
    let times = try cache.correctedTimes.value(head) {
      var times: [SymbolID: Set<Timestamp>] = [:]
      for amendment in try provenAmendments(before: head) {
        guard case .filingCorrection(let filing, let right) = amendment.change,
          let published = right.published, let symbol = try symbol(filing.filing)
        else { continue }
        times[symbol, default: []].insert(published.timestamp)
      }
      return times
    }
    return times?[filing]?.contains(published) ?? false
  }

  /// The filing, if it is recorded and not withdrawn, with what is right in place of its own particulars.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func standingFiling(_ name: String) throws -> Filing? {
    guard let sequence = try transaction.filingSequence(name, before: head, tables),
      try amendments(before: head).withdrawer(ofFiling: name, at: sequence) == nil
    else { return nil }
    return try filing(name, before: head)
  }

  /// The sequence of the batch event of the batch that the event belongs to.
  ///
  /// - Throws: ``DamagedLedger`` if the event has no batch, ``LMDBError`` if the file cannot be
  ///   read.
  public func batchSequence(of sequence: UInt64) throws -> UInt64 {
    guard let entry = try transaction.lastEntry(atOrBefore: sequence, in: tables.batches),
      let batch = UInt64(keyBytes: entry.key)
    else { throw DamagedLedger("the event has no batch", sequence: sequence) }
    return batch
  }
}
