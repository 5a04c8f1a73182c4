import EventStore
public import Facts

extension Ledger {
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

    /// The bytes of the file up to the last page that was ever used, free pages among them.
    public var usedByteCount: Int

    /// The size of a table.
    public struct Table: Hashable, Sendable {
      /// Its name.
      public var name: String

      /// How many rows it has.
      public var rowCount: Int

      /// How many bytes of the file it takes.
      public var byteCount: Int
    }

    /// The sizes of the tables.
    public var tables: [Table]
  }
}

extension Ledger.View {
  /// Figures about the whole ledger, whatever counts of it.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*n*): it reads the whole log.
  public func statistics() throws -> Ledger.Statistics {
    try ledger.translating {
      let (usedByteCount, tables) = try ledger.store.sizes()
      var eventCounts: [String: Int] = [:]
      var claimCounts: [String: Int] = [:]
      try snapshot.forEachEvent { _, event in
        eventCounts[event.type, default: 0] += 1
        if case .claim(let claim) = event { claimCounts[claim.fact.entity, default: 0] += 1 }
        return true
      }
      return Ledger.Statistics(
        head: snapshot.head,
        root: try snapshot.root(at: snapshot.head),
        eventCounts: eventCounts.sorted { $0.key < $1.key }.map { (type: $0.key, count: $0.value) },
        factCount: try snapshot.factCount(),
        entities: try claimCounts.sorted { $0.key < $1.key }.map { name, count in
          (try snapshot.entity(matching: name, before: snapshot.head), claimCount: count)
        },
        filingCount: eventCounts["filing"] ?? 0,
        usedByteCount: usedByteCount,
        tables: tables.map { table in
          Ledger.Statistics.Table(
            name: table.name,
            rowCount: table.rowCount,
            byteCount: table.byteCount
          )
        }
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
