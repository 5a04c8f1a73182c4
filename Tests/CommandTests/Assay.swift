import Foundation
import TestSupport
import Testing

/// What a command printed and how it ended.
struct Outcome {
  var output: String
  var errors: String
  var status: Int32
}

/// A folder with a ledger in it, and the command `assay` that works on it.
final class Assay: Sendable {
  private let temporaryFolder: TemporaryFolder

  var folder: String { temporaryFolder.path }

  /// The executable stands beside the tests.
  private static let executable =
    Bundle.allBundles.lazy.map(\.bundleURL).first {
      $0.pathExtension == "xctest"
    }.map { $0.deletingLastPathComponent().appending(path: "assay") }
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "assay")

  static var path: String { executable.path() }

  init() throws { temporaryFolder = try TemporaryFolder() }

  /// A ledger that holds all of `Events/`.
  static func withEvents() throws -> Assay {
    let assay = try Assay()
    let outcome = try assay.run("append", Package.folder.path() + "Events")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return assay
  }

  @discardableResult
  func run(
    _ arguments: String...,
    input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(arguments, input: input, environment: environment)
  }

  func run(
    _ arguments: [String],
    input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let (out, err, inputPath) = (file("out"), file("err"), file("in"))
    for path in [out, err] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    try write(input ?? "", to: inputPath)
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment
      .merging(["ASSAY_LEDGER": "test.assay"]) { $1 }.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: inputPath))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: out))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: err))
    try process.run()
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return Outcome(
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8),
      status: signalled ? -process.terminationStatus : process.terminationStatus
    )
  }

  /// How many events the ledger holds.
  func head() throws -> Int {
    let rows = try run("stats", "-O", "csv").output.csv
    return try #require(rows.first { $0[0] == "events" }.flatMap { Int($0[2]) })
  }

  /// Runs a line of a shell, in the folder, with `assay` on the path.
  func shell(_ line: String) throws -> Outcome {
    let out = file("shell-out")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-o", "pipefail", "-c", "(\n\(line)\n) >\(out) 2>&1"]
    process.currentDirectoryURL = URL(filePath: folder)
    let path = URL(filePath: Self.path).deletingLastPathComponent().path()
    process.environment = ProcessInfo.processInfo.environment.merging([
      "ASSAY_LEDGER": "test.assay", "PATH": path + ":/usr/bin:/bin:/usr/sbin:/sbin",
    ]) { $1 }
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: "",
      status: process.terminationStatus
    )
  }

  private let number = Counter()

  /// A path in the folder that no other call gives.
  private func file(_ name: String) -> String { "\(folder)/\(name)-\(number.next())" }

  func write(_ text: String, to name: String) throws {
    let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }
}

/// Counts up.
final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  func next() -> Int {
    lock.withLock {
      value += 1
      return value
    }
  }
}

extension String {
  var lines: [String] { split(separator: "\n").map(String.init) }

  /// The fields of each row of CSV, RFC 4180.
  var csv: [[String]] {
    var rows: [[String]] = [[""]]
    var (isQuoted, hasClosed) = (false, false)
    for character in self {
      let (row, field) = (rows.count - 1, rows[rows.count - 1].count - 1)
      switch (character, isQuoted) {
      case ("\"", _):
        isQuoted.toggle()
        // A quote right after a closing one is a quote in the text.
        if isQuoted, hasClosed { rows[row][field].append("\"") }
        hasClosed = !isQuoted
        continue
      case (",", false): rows[row].append("")
      case ("\n", false): rows.append([""])
      default: rows[row][field].append(character)
      }
      hasClosed = false
    }
    return rows.dropLast()
  }
}
