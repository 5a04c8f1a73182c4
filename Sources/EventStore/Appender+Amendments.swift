import Facts
import LMDB
import Merkle
import Platform

// Amendments and retractions, as an append admits them.

extension Appender {
  /// Records an amendment, if it was not recorded before, or was withdrawn since.
  mutating func recordAmendment(
    _ amendment: Amendment,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    let target = try target(of: amendment, in: transaction)
    let line = Event.amendment(amendment).canonicalLine
    if let named = try transaction.factRow(at: target, tables) {
      return try recordAmendment(amendment, line, of: named, in: &transaction)
    }
    guard let change = try transaction.change(of: amendment, naming: target, tables) else {
      throw InvalidEvent(
        "event \(target) cannot be amended so",
        remedy: amendment.isWithdrawal
          ? "append a newer definition of its name"
          : "withdraw it, if it was a mistake"
      )
    }
    let amendments = try knownAmendments(in: transaction)
    switch change {
    case .filingCorrection(let filing, let right):
      if let by = amendments.withdrawer(ofFiling: filing.filing, at: target) {
        throw Self.amended("filing \(filing.filing)", by)
      }
      let now = amendments.corrected(filing)
      guard now.corrected(by: right) != now else { return false }
    case .filingWithdrawal(let filing):
      if let by = amendments.withdrawer(ofFiling: filing.filing, at: target) {
        return try isSame(line, by, in: transaction, else: "filing \(filing.filing)")
      }
    case .batchWithdrawal(let events):
      if let by = amendments.withdrawer(ofBatch: events) {
        return try isSame(line, by, in: transaction, else: "the batch at event \(target)")
      }
    case .eventWithdrawal, .retraction:
      if let by = amendments.withdrawer(of: target) {
        return try isSame(line, by, in: transaction, else: "event \(target)")
      }
    }
    try writeAmendment(line, Record.encode(line, target: target), in: &transaction)
    forgetAmendments()
    return true
  }

  /// Records what another record of a filing knows more precisely, or knows alone, as a correction: so a
  /// filing has one time and one form, whichever document came first.
  ///
  /// - Throws: ``InvalidEvent`` if the records contradict each other.
  mutating func refine(
    _ known: FilingRecord,
    by filing: Filing,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard
      case .filing(let recorded)? = try transaction.event(
        at: known.sequence,
        tables,
        text: { _ in "" }
      )
    else {
      throw DamagedLedger.filingEntry(filing.filing, at: known.sequence)
    }
    let now = try knownAmendments(in: transaction).corrected(recorded)
    guard filing != recorded, filing != now else { return false }
    guard now.isConsistent(with: filing) else {
      throw InvalidEvent(
        "filing \(filing.filing) is recorded already, with other particulars",
        remedy: "see event \(known.sequence); if it was recorded wrongly, correct the filing"
      )
    }
    guard let right = FilingCorrection(from: now, to: now.joined(with: filing)) else {
      return false
    }
    let correction = Amendment(
      filing: filing.filing,
      reason: "another record of the filing is more precise",
      particulars: right
    )
    let line = Event.amendment(correction).canonicalLine
    let record = Record.encode(line, target: known.sequence)
    try writeAmendment(line, record, in: &transaction)
    try noteCorrection(right, of: filing.filing, in: transaction)
    return true
  }

  /// Records an amendment of a claim, or of an amendment of one.
  private mutating func recordAmendment(
    _ amendment: Amendment,
    _ line: [UInt8],
    of named: FactRow,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard amendment.particulars == nil, amendment.isWithdrawal || !named.isWithdrawal else {
      throw InvalidEvent(
        "event \(named.sequence) is a withdrawal, and has no figure to correct",
        remedy: "withdraw it, if it was a mistake"
      )
    }
    let fates = try knownAmendments(in: transaction).fates(
      transaction.rows(beside: named, tables)
    )
    if let (status, by) = fates[named.sequence] {
      if try transaction.value(for: by, in: tables.log)?.copied(from: 9) == line { return false }
      guard status == .corrected else { throw Self.amended("event \(named.sequence)", by) }
      throw InvalidEvent(
        "event \(named.sequence) is amended already, by event \(by)",
        remedy: "amend event \(by) instead, or leave it"
      )
    }
    noteAmendedClaim()
    try writeRow(
      amendment.row(amending: named, target: named.sequence, sequence: head),
      in: &transaction
    )
    try write(line, Record.encode(line, target: named.sequence), in: &transaction)
    return true
  }

  /// `false` if the event at `by` has just this line: then the amendment is recorded already.
  ///
  /// - Throws: ``InvalidEvent`` if it is another.
  private func isSame(
    _ line: [UInt8],
    _ by: UInt64,
    in transaction: borrowing WriteTransaction,
    else subject: String
  ) throws -> Bool {
    guard try transaction.value(for: by, in: tables.log)?.copied(from: 9) == line else {
      throw Self.amended(subject, by)
    }
    return false
  }

  private static func amended(_ subject: String, _ by: UInt64) -> InvalidEvent {
    InvalidEvent(
      "\(subject) is withdrawn already, by event \(by)",
      remedy: "leave it, or withdraw event \(by) first, if that was a mistake"
    )
  }

  /// The sequence of the event that an amendment names.
  private mutating func target(
    of amendment: Amendment,
    in transaction: borrowing WriteTransaction
  ) throws -> UInt64 {
    switch amendment.subject {
    case .event(let text):
      if let hash = MerkleHash(hexadecimal: text),
        let target = try sequence(ofLeaf: hash, in: transaction)
      {
        return target
      }
      throw InvalidEvent(
        "no event has the leaf hash \(text)",
        remedy: "take it from the history of the fact"
      )
    case .filing(let name):
      guard let filing = try knownFiling(name, in: transaction) else {
        throw Self.unrecordedFiling(name, "amendments")
      }
      return filing.sequence
    case .batch(let text):
      if let hash = MerkleHash(hexadecimal: text),
        let target = try sequence(ofLeaf: hash, in: transaction),
        case .batch? = try transaction.event(at: target, tables, text: { _ in "" })
      {
        return target
      }
      throw InvalidEvent(
        "no batch has the leaf hash \(text)",
        remedy: "take it from the log: it is that of the batch event"
      )
    }
  }

  /// Records a retraction, if it was not recorded before, or was withdrawn since.
  mutating func recordRetraction(
    _ retraction: Retraction,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard try knownFiling(retraction.filing, in: transaction) != nil else {
      throw Self.unrecordedFiling(retraction.filing, "retractions")
    }
    let line = Event.retraction(retraction).canonicalLine
    let amendments = try knownAmendments(in: transaction)
    for recorded in try transaction.recordedAmendments(before: head, tables) {
      guard case .retraction(let other) = recorded.change, other == retraction,
        amendments.withdrawer(of: recorded.sequence) == nil,
        amendments.withdrawer(ofFiling: other.filing, at: recorded.sequence) == nil
      else { continue }
      return false
    }
    try writeAmendment(line, line, in: &transaction)
    forgetAmendments()
    return true
  }
}
