import Foundation
import TestSupport
import Testing

/// Programs that use the module, and what the compiler makes of them.
@Suite("What belongs to a transaction")
struct EscapeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What the compiler says about a function that gets an environment and a table of it.
  private func messages(ofCompiling body: String) throws -> String {
    let source = """
      import LMDB
      enum Rows: TableSchema {
        typealias Key = UInt64
        static let name = "rows"
      }
      func use(_ environment: Environment, _ rows: Table<Rows>) throws {
      \(body)
      }
      """
    let (file, output) = (folder("program.swift"), folder("messages"))
    try Data(source.utf8).write(to: URL(filePath: file))
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // The modules that the tests were built with.
    process.arguments = [
      "swiftc", "-emit-sil", "-o", "/dev/null", "-swift-version", "6",
      "-enable-experimental-feature", "Lifetimes", "-enable-testing", "-I", Self.modules.path(),
      "-Xcc", "-fmodule-map-file=\(Self.sources)CLMDB/module.modulemap",
      "-Xcc", "-fmodule-map-file=\(Self.sources)CPlatform/module.modulemap",
      "-Xcc", "-fmodule-map-file=\(Self.sources)CPrefetch/module.modulemap", file,
    ]
    process.standardError = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    process.waitUntilExit()
    let messages = try String(contentsOf: URL(filePath: output), encoding: .utf8)
    #expect((process.terminationStatus == 0) == !messages.contains("error:"), "\(messages)")
    return messages
  }

  private static let sources = Package.folder.path() + "Sources/"

  /// They stand beside the tests.
  private static var modules: URL {
    let tests = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    return (tests ?? URL(filePath: CommandLine.arguments[0])).deletingLastPathComponent()
      .appending(path: "Modules")
  }

  @Test(
    "can be used as long as the transaction lasts",
    arguments: [
      """
      let transaction = try environment.beginRead()
      var cursor = try transaction.cursor(over: rows)
      let places = try cursor.find([7])
      try cursor.moveBefore(0, of: places)
      let entry = try cursor.next()
      print(entry?.key.count ?? 0)
      """,
      """
      let transaction = try environment.beginRead()
      let value = try transaction.value(for: 7, in: rows)
      print(value?.count ?? 0)
      """,
    ]
  )
  func canBeUsedAsLongAsTransactionLasts(body: String) throws {
    #expect(try messages(ofCompiling: body).isEmpty)
  }

  @Test(
    "cannot be used after its end: the compiler refuses it",
    arguments: [
      // Places that were found.
      """
      let places: FoundPlaces<Rows>
      do {
        let transaction = try environment.beginRead()
        let cursor = try transaction.cursor(over: rows)
        places = try cursor.find([7])
      }
      let later = try environment.beginRead()
      var cursor = try later.cursor(over: rows)
      try cursor.moveBefore(0, of: places)
      """,
      // A cursor that was moved to places of another transaction.
      """
      let later = try environment.beginRead()
      var cursor = try later.cursor(over: rows)
      do {
        let transaction = try environment.beginRead()
        let other = try transaction.cursor(over: rows)
        let places = try other.find([7])
        try cursor.moveBefore(0, of: places)
      }
      _ = try cursor.next()
      """,
      // A cursor.
      """
      var cursor: Cursor<Rows>
      do {
        let transaction = try environment.beginRead()
        cursor = try transaction.cursor(over: rows)
      }
      _ = try cursor.next()
      """,
      // An entry.
      """
      var entry: Entry?
      do {
        let transaction = try environment.beginRead()
        var cursor = try transaction.cursor(over: rows)
        entry = try cursor.next()
      }
      print(entry?.key.count ?? 0)
      """,
      // A value.
      """
      var value: Span<UInt8>?
      do {
        let transaction = try environment.beginRead()
        value = try transaction.value(for: 7, in: rows)
      }
      print(value?.count ?? 0)
      """,
    ]
  )
  func cannotBeUsedAfterItsEnd(body: String) throws {
    let messages = try messages(ofCompiling: body)
    #expect(messages.contains("error: lifetime-dependent"), "\(messages)")
  }
}
