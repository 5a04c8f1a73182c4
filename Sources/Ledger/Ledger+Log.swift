import EventStore
public import Facts
public import LMDB

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
  @discardableResult
  public func export(to end: UInt64? = nil, _ body: ([UInt8]) throws -> Void) throws -> UInt64 {
    let head = try read { min($0.head, end ?? .max) }
    var next: UInt64 = 0
    while next < head {
      let last = min(head, next + UInt64(Self.chunkCount))
      let bytes = try read { try $0.lines(from: next, before: last) }
      try body(bytes)
      next = last
    }
    return head
  }

  /// Calls `body` with each event from `start` on and its recorded time, in order, until it returns
  /// `false`.
  public func forEachEvent(
    from start: UInt64,
    _ body: (UInt64, Event, Timestamp) throws -> Bool
  ) throws {
    try read { snapshot in
      var recorded = Timestamp(microseconds: 0)
      if start < snapshot.head { recorded = try snapshot.recorded(at: start) }
      try snapshot.forEachEvent(from: start) { sequence, event in
        if case .batch(let batch) = event { recorded = batch.recorded }
        return try body(sequence, event, recorded)
      }
    }
  }

  /// Figures about the ledger.
  public struct Statistics: Sendable {
    /// How many events there are.
    public var head: UInt64

    /// The root of the Merkle tree over them, in hexadecimal.
    public var root: String

    /// How many events there are of each type, sorted by type.
    public var eventCounts: [(type: String, count: Int)]

    /// How many facts the claims are about.
    public var factCount: Int

    /// The entities, with how many claims there are of each.
    public var entities: [(entity: EntityDefinition, claimCount: Int)]

    /// How many filings there are.
    public var filingCount: Int

    /// The sizes of the file.
    public var file: EnvironmentFigures

    /// The size of each table, by name.
    public var tables: [(name: String, figures: TableFigures)]
  }

  /// Figures about the ledger.
  ///
  /// - Complexity: O(*n*): it reads the whole log.
  public func statistics() throws -> Statistics {
    let (file, tables) = try store.figures()
    return try read { snapshot in
      var eventCounts: [String: Int] = [:]
      var claimCounts: [String: Int] = [:]
      try snapshot.forEachEvent { _, event in
        eventCounts[event.type, default: 0] += 1
        if case .claim(let claim) = event { claimCounts[claim.fact.entity, default: 0] += 1 }
        return true
      }
      return Statistics(
        head: snapshot.head,
        root: try snapshot.root(at: snapshot.head),
        eventCounts: eventCounts.sorted { $0.key < $1.key }.map { (type: $0.key, count: $0.value) },
        factCount: try snapshot.factCount(),
        entities: try claimCounts.sorted { $0.key < $1.key }.map { name, count in
          (try snapshot.entity(matching: name, before: snapshot.head), claimCount: count)
        },
        filingCount: eventCounts["filing"] ?? 0,
        file: file,
        tables: tables.map { (name: $0.0, figures: $0.1) }
      )
    }
  }
}

extension Snapshot {
  fileprivate func factCount() throws -> Int {
    var count = 0
    var last: FactID?
    try forEachRow(from: .first) { row in
      if row.fact != last { count += 1 }
      last = row.fact
      return true
    }
    return count
  }
}
