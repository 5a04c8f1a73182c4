import LMDBTestSupport
import TestSupport
import Testing

@testable import LMDB

@Suite("A table of another environment")
struct TableTests {
  /// What can be done with a table.
  enum Operation: String, CaseIterable, Codable {
    case value, cursor, cursorFrom, lastEntry, entryCount
    case cursorInWrite, set, append, remove, clear, fill
  }

  @Test("ends the process, whatever is done with it", arguments: Operation.allCases)
  func otherEnvironment(operation: Operation) async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .success) {
      [path = folder("own") as String, operation = operation as Operation] in
      try use(operation, path, path)
    }
    await #expect(processExitsWith: .failure) {
      [a = folder("a") as String, b = folder("b") as String, operation = operation as Operation] in
      try use(operation, a, b)
    }
  }

  @Test("an environment that was opened after another one closed is another one")
  func laterEnvironment() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .failure) { [path = folder("a") as String] in
      try useAfterClosing(path)
    }
  }
}

/// Uses a table of an environment that is closed in another one of the same file.
private func useAfterClosing(_ path: String) throws {
  let closed = try Environment(path: path, access: .create, options: options())
    .openTables(Rows.self)
  let environment = try Environment(path: path, access: .readOnly, options: options())
  _ = try environment.openTables(Rows.self)
  let transaction = try environment.beginRead()
  _ = try transaction.entryCount(of: closed)
}

/// Uses a table of the environment at `owner` in a transaction of the one at `path`.
private func use(_ operation: TableTests.Operation, _ path: String, _ owner: String) throws {
  let environment = try Environment(path: path, access: .create, options: options())
  let own = try environment.openTables(Rows.self)
  let other =
    owner == path ? nil : try Environment(path: owner, access: .create, options: options())
  let table = try other?.openTables(Rows.self) ?? own
  let reading = try environment.beginRead()
  var writing = try environment.beginWrite()
  let value: [UInt8] = [1]
  switch operation {
  case .value: _ = try reading.value(for: 1, in: table)
  case .cursor: _ = try reading.cursor(over: table)
  case .cursorFrom: _ = try reading.cursor(over: table, from: 1)
  case .lastEntry: _ = try reading.lastEntry(in: table)
  case .entryCount: _ = try reading.entryCount(of: table)
  case .cursorInWrite: _ = try writing.cursor(over: table)
  case .set: try writing.set(value.span, for: 1, in: table)
  case .append: try writing.append(value.span, for: 1, to: table)
  case .remove: try writing.remove(1, from: table)
  case .clear: try writing.clear(table)
  case .fill: try writing.fill(table) { append in try append(value.span, 1) }
  }
}
