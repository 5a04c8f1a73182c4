import EventStore
import Platform

extension Ledger {
  /// How many lines are read at a time: between them, nobody's writes have to wait for pages.
  private static let chunkCount: UInt64 = 1 << 12

  /// How many chunks are read by all cores before they are written: few, since they are kept in memory.
  private static let sharedChunkCount: UInt64 = 8

  /// Calls `body` with the canonical lines of the log, in order, each with its line feed.
  ///
  /// What is appended meanwhile is left out.
  ///
  /// - Parameters:
  ///   - start: The first event to write.
  ///   - end: The event before which to end; `nil` for all.
  ///   - body: Gets some thousand lines at a time, outside of any read of the file, on this thread.
  /// - Returns: The event before which it ended.
  /// - Throws: ``LedgerError``; what `body` throws.
  /// - Complexity: O(*n*), shared by the cores.
  @discardableResult
  public func export(
    from start: UInt64 = 0,
    to end: UInt64? = nil,
    _ body: ([UInt8]) throws -> Void
  ) throws -> UInt64 {
    let head = try translating { try store.read { min($0.head, end ?? .max) } }
    var next = start
    while next < head {
      let last = min(head, next + Self.sharedChunkCount * Self.chunkCount)
      for chunk in try translating({ try chunks(from: next, before: last) }) { try body(chunk) }
      next = last
    }
    return head
  }

  /// The lines of some chunks, each read by the next core that is free.
  private func chunks(from start: UInt64, before end: UInt64) throws -> [[UInt8]] {
    let store = store
    @Sendable func lines(_ part: Int) throws -> [UInt8] {
      let first = start + UInt64(part) * Self.chunkCount
      return try store.read { try $0.lines(from: first, before: min(end, first + Self.chunkCount)) }
    }
    var chunks: [[UInt8]] = []
    try SharedParts<[UInt8]>.run(
      partCount: Int((end - start + Self.chunkCount - 1) / Self.chunkCount),
      threadCountMax: Int(Self.sharedChunkCount),
      help: { parts in
        while let part = parts.nextPart() { parts.put(Result { try lines(part) }, for: part) }
      },
      work: { try lines($0) },
      join: { chunks.append($0) }
    )
    return chunks
  }
}
