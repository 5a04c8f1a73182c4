/// The layout of one named table.
public protocol TableSchema {
  /// What rows are found and sorted by.
  associatedtype Key: TableKey

  /// The table's name in the data file.
  static var name: String { get }
}

/// A handle to a table: an index, good for as long as the environment that opened it.
public struct Table<Schema: TableSchema>: Sendable {
  let index: UInt32
}
