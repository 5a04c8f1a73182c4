import EventStore

extension Ledger {
  /// How many lines are read at a time: between them, nobody's writes have to wait for pages.
  private static let chunkCount = 1 << 12

  /// Calls `body` with the canonical lines of the log, in order, each with its line feed.
  ///
  /// What is appended meanwhile is left out.
  ///
  /// - Parameters:
  ///   - end: How many events to write; `nil` for all.
  ///   - body: Gets some thousand lines at a time, outside of any read of the file.
  /// - Returns: How many events there were.
  /// - Throws: ``LedgerError``; what `body` throws.
  /// - Complexity: O(*n*).
  @discardableResult
  public func export(to end: UInt64? = nil, _ body: ([UInt8]) throws -> Void) throws -> UInt64 {
    let head = try translating { try store.read { min($0.head, end ?? .max) } }
    var next: UInt64 = 0
    while next < head {
      let last = min(head, next + UInt64(Self.chunkCount))
      let bytes = try translating {
        try store.read { try $0.lines(from: next, before: last) }
      }
      try body(bytes)
      next = last
    }
    return head
  }
}
