import Facts
import Synchronization

/// Rows that were proven last, each at the place that its sequence chooses: for any number of threads.
///
/// A filing's claims follow each other in the log, so that those of a statement do not take the place of
/// each other. Cheaper than a ``LookupCache``, which keeps what is used often.
final class ProvenRows: Sendable {
  private let rows = Mutex<[FactRow?]>([])

  private static let count: UInt64 = 4096

  /// The row of the event at `sequence` that is kept, or what `prove` finds.
  ///
  /// - Throws: What `prove` throws.
  func row(at sequence: UInt64, _ prove: () throws -> FactRow?) rethrows -> FactRow? {
    let index = Int(sequence % Self.count)
    let kept = rows.withLock { $0.isEmpty ? nil : $0[index] }
    if let kept, kept.sequence == sequence { return kept }
    guard let proven = try prove() else { return nil }
    keep([proven])
    return proven
  }

  /// The sequences of those rows that are not kept.
  func missing(of asked: [FactRow]) -> [UInt64] {
    rows.withLock { rows in
      var missing: [UInt64] = []
      missing.reserveCapacity(asked.count)
      for row in asked {
        let kept = rows.isEmpty ? nil : rows[Int(row.sequence % Self.count)]?.sequence
        if kept != row.sequence { missing.append(row.sequence) }
      }
      return missing
    }
  }

  /// Keeps rows that were proven.
  func keep(_ proven: [FactRow]) {
    rows.withLock { rows in
      if rows.isEmpty { rows = Array(repeating: nil, count: Int(Self.count)) }
      for row in proven { rows[Int(row.sequence % Self.count)] = row }
    }
  }
}
