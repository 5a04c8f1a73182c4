import LMDB
import Platform

/// A walk over the whole index of facts from both ends at once, by two threads.
struct FactWalk: Sendable {
  private let tables: Tables
  private let rowHash: RowHash
  private let rowCount: Int

  /// A table of fewer rows is not worth a thread.
  private static let sharedRowCountMin = 1 << 12
  private static let progressInterval = 1 << 16

  init(_ tables: Tables, rowHash: RowHash, rowCount: Int) {
    self.tables = tables
    self.rowHash = rowHash
    self.rowCount = rowCount
  }

  /// The sum over all rows.
  ///
  /// - Parameters:
  ///   - snapshot: Which snapshot a second thread must see; `nil` if there can be none.
  ///   - progress: Told now and then how many rows were seen.
  /// - Throws: ``DamagedLedger`` for a row of no form.
  func sum(
    in environment: Environment,
    snapshot: Int?,
    _ transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    progress: (Int) -> Void
  ) throws -> RowSum {
    var sum = RowSum()
    try SharedParts<RowSum>.run(
      partCount: 2,
      threadCountMax: snapshot != nil && rowCount >= Self.sharedRowCountMin ? 2 : 1,
      help: { parts in
        guard let transaction = try? environment.beginRead(), transaction.id == snapshot,
          let part = parts.nextPart()
        else { return }
        parts.put(Result { try lastHalf(in: transaction) }, for: part)
      },
      work: { part in
        part == 0
          ? try firstHalf(in: transaction, progress: progress) : try lastHalf(in: transaction)
      },
      join: { sum += $0 }
    )
    return sum
  }

  private func firstHalf(
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    progress: (Int) -> Void
  ) throws -> RowSum {
    var sum = RowSum()
    let end = try transaction.linkEnds(tables)[FactTable.self]
    var cursor = LinkedCursor(try transaction.cursor(over: tables.facts), end: end)
    while sum.count < rowCount / 2, let entry = try cursor.next() {
      sum.add(try hash(entry))
      if sum.count.isMultiple(of: Self.progressInterval) { progress(sum.count) }
    }
    return sum
  }

  private func lastHalf(
    in transaction: borrowing some Transaction & ~Copyable & ~Escapable
  ) throws -> RowSum {
    var sum = RowSum()
    let end = try transaction.linkEnds(tables)[FactTable.self]
    var cursor = BackwardLinkedCursor(try transaction.cursor(over: tables.facts), end: end)
    while sum.count < rowCount - rowCount / 2, let entry = try cursor.previous() {
      sum.add(try hash(entry))
    }
    // The last row of the first half tells that the first row of this one is linked to it.
    _ = try cursor.previous()
    return sum
  }

  private func hash(_ entry: borrowing Entry) throws -> UInt64 {
    guard let hash = rowHash.of(entry) else {
      throw DamagedLedger("a row is of no form", table: FactTable.name)
    }
    return hash
  }
}
