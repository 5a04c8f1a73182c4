import Foundation
import TestSupport
import Testing

/// Something that a rule of this suite forbids.
struct Finding {
  /// What it is, without the file, so that an exception outlives the file's next name.
  var what: String
  /// The file.
  var path: String
}

/// What a rule of this suite finds, compared with the exceptions that `Exceptions.txt` lists.
///
/// A line of that file is a rule and what it finds. The file is written anew when the tests run with
/// `ASSAY_RECORD=1` and one after the other (`--no-parallel`); it may only become shorter.
enum KnownExceptions {
  private static let file = Package.folder.appending(path: "Tests/TidyTests/Exceptions.txt")

  private static func listed() throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Expects that a rule finds what is listed for it, and nothing else.
  static func expect(
    _ rule: String,
    _ findings: [Finding],
    remedy: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let paths = Dictionary(grouping: findings) { "\(rule): \($0.what)" }
      .mapValues { Set($0.map(\.path)).sorted().joined(separator: ", ") }
    let found = Set(paths.keys)
    let lines = try listed()
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      let others = lines.filter { !$0.hasPrefix("\(rule): ") }
      try (others + found).sorted().map { $0 + "\n" }.joined()
        .write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let known = Set(lines.filter { $0.hasPrefix("\(rule): ") })
    for finding in found.subtracting(known).sorted() {
      Issue.record(
        "\(finding) in \(paths[finding] ?? ""): \(remedy)",
        sourceLocation: sourceLocation
      )
    }
    for line in known.subtracting(found).sorted() {
      Issue.record(
        "\(line): no longer found: delete the line from Tests/TidyTests/Exceptions.txt",
        sourceLocation: sourceLocation
      )
    }
  }
}
