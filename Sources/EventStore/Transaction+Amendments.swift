import Facts
import LMDB
import Merkle
import Platform

// Amendments of what is no claim, and retractions. They are few, and are rows of the `definitions` table.

extension DefinitionName {
  /// The name under which they are found, in the order of the log.
  static let amendments = DefinitionName(type: "amendment", name: "-")

  /// The name under which the events are found that record a filing anew after it was withdrawn.
  init(filing name: String) { self.init(type: "filing", name: name) }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// Whether any was recorded.
  ///
  /// - Complexity: O(log *n*).
  borrowing func hasAmendments(_ tables: Tables) throws -> Bool {
    let prefix = DefinitionKey.prefix(of: .amendments)
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    return try cursor.next()?.key.starts(with: prefix) ?? false
  }

  /// Those recorded before `head`, in the order of the log.
  ///
  /// - Throws: ``DamagedLedger`` if one does not decode.
  /// - Complexity: O(*k* log *n*), for *k* of them.
  borrowing func recordedAmendments(
    before head: UInt64,
    _ tables: Tables
  ) throws -> [Amendments.Recorded] {
    let prefix = DefinitionKey.prefix(of: .amendments)
    var sequences: [UInt64] = []
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    while let entry = try cursor.next(), entry.key.starts(with: prefix) {
      guard entry.key.count == prefix.count + 8 else {
        throw DamagedLedger("a key is of no form", table: DefinitionTable.name)
      }
      let sequence: UInt64 = entry.key.bigEndian(at: prefix.count)
      guard sequence < head else { break }
      sequences.append(sequence)
    }
    return try sequences.map { try recordedAmendment(at: $0, tables) }
  }

  private borrowing func recordedAmendment(
    at sequence: UInt64,
    _ tables: Tables
  ) throws -> Amendments.Recorded {
    let damage = DamagedLedger("its record is no amendment", sequence: sequence)
    guard let record = try value(for: sequence, in: tables.log)?.copied() else { throw damage }
    let event = try Event(record: record.span, sequence: sequence) { _ in "" }
    if case .retraction(let retraction) = event {
      return .init(sequence: sequence, target: 0, change: .retraction(retraction))
    }
    guard case .amendment(let amendment) = event, record.count > 9 else { throw damage }
    let target: UInt64 = record.span.littleEndian(at: 1)
    guard target < sequence,
      let change = try change(of: amendment, naming: target, tables)
    else { throw damage }
    return .init(sequence: sequence, target: target, change: change)
  }

  /// What an amendment does that names the event at `target`, which is no claim; `nil` if it cannot be
  /// amended so.
  borrowing func change(
    of amendment: Amendment,
    naming target: UInt64,
    _ tables: Tables
  ) throws -> Amendments.Recorded.Change? {
    guard amendment.figure == nil else { return nil }
    switch try event(at: target, tables, text: { _ in "" }) {
    case .filing(let filing)?:
      return amendment.particulars.map { .filingCorrection(filing, $0) }
        ?? .filingWithdrawal(filing)
    case .batch(let batch)?:
      guard amendment.isWithdrawal, case .batch = amendment.subject else { return nil }
      return .batchWithdrawal(target + 1..<target + 1 + UInt64(batch.count))
    case .amendment?, .retraction?: return amendment.isWithdrawal ? .eventWithdrawal : nil
    default: return nil
    }
  }

  /// What amendments recorded before `head` change, but for retractions.
  ///
  /// - Parameter newestFiling: The sequence of the newest event that records a filing, where it is not the
  ///   one that the tables have.
  /// - Throws: ``DamagedLedger`` if one does not decode.
  borrowing func amendments(
    before head: UInt64,
    _ tables: Tables,
    newestFiling: (String) -> UInt64? = { _ in nil }
  ) throws -> Amendments {
    guard try hasAmendments(tables) else { return .none }
    let recorded = try recordedAmendments(before: head, tables)
    guard !recorded.isEmpty else { return .none }
    return try Amendments(
      recorded,
      newestFiling: { try newestFiling($0) ?? filingSequence($0, before: head, tables) },
      symbol: { try symbol($0, tables) }
    )
  }
}
