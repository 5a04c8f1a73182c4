public import Facts
import LMDB
import Platform

extension Snapshot {
  /// Finds the batch that the event belongs to.
  ///
  /// - Throws: ``DamagedLedger`` if the event has no batch, ``LMDBError`` if the file cannot be
  ///   read.
  public func recorded(at sequence: UInt64) throws -> Timestamp {
    try batch(of: sequence).batch.recorded
  }

  /// The batch that an event belongs to, and the sequence of the batch event.
  func batch(of sequence: UInt64) throws -> (first: UInt64, batch: Batch) {
    guard let entry = try transaction.lastEntry(atOrBefore: sequence, in: tables.batches),
      entry.value.count == LogSum.batchByteCount, let first = UInt64(keyBytes: entry.key),
      case .batch(let batch)? = try cachedEvent(at: first),
      batch.recorded.microseconds == entry.value.littleEndian(at: 0),
      first...first + UInt64(batch.count) ~= sequence
    else {
      throw DamagedLedger("the event has no batch", sequence: sequence, table: BatchTable.name)
    }
    return (first, batch)
  }

  /// The newest batches, the newest first, with the sequences of their batch events.
  ///
  /// - Parameters:
  ///   - start: Batches that begin before it are left out.
  ///   - countMax: How many are given at most.
  /// - Throws: ``DamagedLedger`` if an event has no batch, ``LMDBError`` if the file cannot be
  ///   read.
  /// - Complexity: O(*b* log *n*), for *b* batches.
  public func newestBatches(
    from start: UInt64,
    countMax: Int
  ) throws -> [(first: UInt64, batch: Batch)] {
    var (found, end): ([(first: UInt64, batch: Batch)], UInt64) = ([], head)
    while end > start, found.count < countMax {
      let last = try batch(of: end - 1)
      guard last.first >= start else { break }
      found.append(last)
      end = last.first
    }
    return found
  }

  /// Finds the last batch recorded at or before `time`.
  ///
  /// - Throws: ``DamagedLedger`` if an event has no batch, ``LMDBError`` if the file cannot be
  ///   read.
  public func head(recordedBy time: Timestamp) throws -> UInt64 {
    // Recorded times never go back: the batches are sorted by them.
    var (low, high): (UInt64, UInt64) = (0, head)
    while low < high {
      let middle = low + (high - low) / 2
      let (first, batch) = try batch(of: middle)
      if batch.recorded <= time { low = first + 1 + UInt64(batch.count) } else { high = first }
    }
    return low
  }
}
