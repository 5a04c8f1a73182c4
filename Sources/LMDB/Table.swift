import Synchronization

/// The layout of one named table.
public protocol TableSchema {
  /// What rows are found and sorted by.
  associatedtype Key: TableKey

  /// The table's name in the data file.
  static var name: String { get }
}

/// A table of one environment, which opened it.
///
/// Every operation takes it only in a transaction of that environment: with another one it ends the
/// process, because the table of the same number there holds something else.
public struct Table<Schema: TableSchema>: Sendable {
  /// LMDB's number of the table, within its environment.
  private let index: UInt32

  private let environment: EnvironmentID

  init(index: UInt32, environment: EnvironmentID) {
    (self.index, self.environment) = (index, environment)
  }

  /// LMDB's number of the table, for a transaction.
  ///
  /// - Precondition: The transaction is of the environment that opened the table.
  @inline(__always)
  func index(in transaction: TransactionHandle) -> UInt32 {
    precondition(
      environment == transaction.environment,
      "a table is used with a transaction of another environment than the one that opened it"
    )
    return index
  }
}

/// Which environment something belongs to: no two of a process have the same one, not even one after
/// the other.
struct EnvironmentID: Hashable, Sendable {
  private let number: Int
  private static let count = Atomic<Int>(0)

  /// One that no environment has had.
  init() { number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue }
}
