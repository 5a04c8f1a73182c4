import Foundation
public import LMDB
public import TestSupport
public import Testing

/// A table whose keys are numbers.
public enum Rows: TableSchema {
  /// What rows are sorted by.
  public typealias Key = UInt64

  /// Its name in the file.
  public static let name = "rows"
}

/// A table whose keys are any bytes.
public enum Names: TableSchema {
  /// What rows are sorted by.
  public typealias Key = ByteKey

  /// Its name in the file.
  public static let name = "names"
}

/// A small map, for tests that open many files.
public func options(mapByteCount: Int = 1 << 30) -> Environment.Options {
  var options = Environment.Options()
  options.mapByteCount = mapByteCount
  return options
}

/// A data file with the table ``Rows``: key k holds `byteCount` bytes of value k.
public func makeFile(_ path: String, rowCount: Int, byteCount: Int = 100) throws {
  let environment = try Environment(path: path, access: .create, options: options())
  let rows = try environment.openTables(Rows.self)
  var transaction = try environment.beginWrite()
  for key in 0..<rowCount {
    let value = [UInt8](repeating: UInt8(truncatingIfNeeded: key), count: byteCount)
    try transaction.append(value.span, for: UInt64(key), to: rows)
  }
  try transaction.commit()
}

/// The rows that ``makeFile(_:rowCount:byteCount:)`` made are all there.
public func hasRows(_ path: String, rowCount: Int, byteCount: Int = 100) throws -> Bool {
  let environment = try Environment(path: path, access: .readOnly, options: options())
  let rows = try environment.openTables(Rows.self)
  let transaction = try environment.beginRead()
  for key in 0..<rowCount {
    guard let value = try transaction.value(for: UInt64(key), in: rows) else { return false }
    guard value.count == byteCount else { return false }
    for i in value.indices where value[i] != UInt8(truncatingIfNeeded: key) { return false }
  }
  return try transaction.entryCount(of: rows) == rowCount
}

/// The bytes of a file.
public func readBytes(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}

/// Writes a file.
public func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  try Data(bytes).write(to: URL(filePath: path))
}

extension Span<UInt8> {
  /// A copy of the bytes.
  public var array: [UInt8] { indices.map { self[$0] } }
}

extension Entry {
  /// The key of ``Rows``; `nil` if it is none.
  public var number: UInt64? { UInt64(keyBytes: key) }
}

extension ExitTest.Condition {
  /// A failed precondition.
  public static var trap: Self {
    #if arch(x86_64)
    .signal(SIGILL)
    #else
    .signal(SIGTRAP)
    #endif
  }
}

/// One transaction of random changes.
public func session(_ path: String, using generator: inout SeededGenerator) throws {
  let environment = try Environment(path: path, access: .create, options: options())
  let rows = try environment.openTables(Rows.self)
  var transaction = try environment.beginWrite()
  for _ in 0..<Int.random(in: 1...6, using: &generator) {
    try change(&transaction, rows, using: &generator)
  }
  try transaction.commit()
}

private func change(
  _ transaction: inout WriteTransaction,
  _ rows: Table<Rows>,
  using generator: inout SeededGenerator
) throws {
  let first = UInt64.random(in: 0..<500, using: &generator)
  let last = first + UInt64.random(in: 0..<800, using: &generator)
  switch Int.random(in: 0..<5, using: &generator) {
  case 0:
    for key in first...last {
      let byteCount = Int.random(in: 0..<100, using: &generator)
      try transaction.set([UInt8](repeating: 1, count: byteCount).span, for: key, in: rows)
    }
  case 1:
    for key in first...last { try transaction.remove(key, from: rows) }
  case 2:
    let byteCount = Int.random(in: 0..<300_000, using: &generator)
    try transaction.set([UInt8](repeating: 2, count: byteCount).span, for: 5000, in: rows)
  case 3:
    try transaction.clear(rows)
  default:
    try transaction.set([UInt8](repeating: 3, count: 400_000).span, for: 6000, in: rows)
    try transaction.remove(6000, from: rows)
  }
}
