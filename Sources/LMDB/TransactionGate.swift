import Platform
import Synchronization

/// Keeps the memory map where it is while a transaction of this process is open.
///
/// LMDB moves the map under open transactions without a word: they would read unmapped memory.
struct TransactionGate: ~Copyable {
  /// How many transactions are open; ``closed`` while the map is being moved.
  private let openCount = Atomic<Int>(0)

  /// The error that left the environment without a map, or 0.
  private let failure = Atomic<CInt>(0)

  private static let closed = -1

  /// Counts one more transaction.
  ///
  /// Waits while the map is being moved: microseconds.
  ///
  /// - Throws: ``LMDBError`` if a move failed earlier: there is no map to read.
  func enter() throws(LMDBError) {
    var count = openCount.load(ordering: .relaxed)
    while true {
      if count == Self.closed {
        ThisProcess.yieldProcessor()
        count = openCount.load(ordering: .relaxed)
        continue
      }
      let exchange = openCount.weakCompareExchange(
        expected: count,
        desired: count + 1,
        ordering: .acquiringAndReleasing
      )
      guard !exchange.exchanged else { break }
      count = exchange.original
    }
    do {
      try checkMap()
    } catch {
      leave()
      throw error
    }
  }

  /// Counts one transaction less, after it ended.
  func leave() { openCount.subtract(1, ordering: .acquiringAndReleasing) }

  /// Calls `move` while no transaction is open; a code other than 0 bars all later transactions.
  ///
  /// - Throws: ``LMDBError``: `EBUSY` if a transaction is open, or what `move` returned.
  func whileClosed(_ move: () -> CInt) throws(LMDBError) {
    let exchange = openCount.compareExchange(
      expected: 0,
      desired: Self.closed,
      ordering: .acquiringAndReleasing
    )
    guard exchange.exchanged else {
      throw LMDBError(code: ErrorNumber.busy, function: "mdb_env_set_mapsize")
    }
    defer { openCount.store(0, ordering: .releasing) }
    try checkMap()
    failure.store(move(), ordering: .relaxed)
    try checkMap()
  }

  private func checkMap() throws(LMDBError) {
    try check(failure.load(ordering: .relaxed), "mdb_env_set_mapsize")
  }
}
