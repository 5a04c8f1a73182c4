import Foundation
import Testing

/// Printed statements, compared with the files of `Golden/`; `ASSAY_RECORD=1` writes them anew.
@Suite("Statements as printed")
struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  @Test(
    "print what they printed when they were last looked at",
    arguments: [
      ("balance-sheet.txt", ["bs", "--as-of", "2004-09-30"]),
      (
        "balance-sheet-not-yet-known.txt",
        ["bs", "--as-of", "2004-09-30", "--known-at", "2004-11-03"]
      ),
      ("lucky-friday.txt", ["units", "--as-of", "2004-09-30", "--unit", "Lucky Friday"]),
      ("cash-flow.md", ["cf", "--as-of", "2004-09-30", "-O", "markdown"]),
      ("check.txt", ["check", "balance-sheet/total", "--as-of", "2004-09-30", "--verbose"]),
      ("guidance.txt", ["guidance", "FY2004"]),
      ("lint.json", ["lint", "-O", "json"]),
      ("lucky-friday-compared.txt", ["units", "--unit", "Lucky Friday", "--vs", "2004-11-03"]),
      ("hedges-compared.json", ["hedges", "--vs", "2004-11-03", "-O", "json"]),
    ] as [(String, [String])]
  )
  func statementsPrintAsRecorded(name: String, arguments: [String]) throws {
    let outcome = try Assay.withEvents().run(arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let printed = Self.masked(outcome.output)
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try printed.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    for (line, expected) in zip(
      printed.components(separatedBy: "\n"),
      golden.components(separatedBy: "\n")
    ) {
      #expect(line == expected)
    }
    #expect(printed.count == golden.count)
  }

  /// The text without what differs from ledger to ledger: hashes, and how many events it holds.
  private static func masked(_ text: String) -> String {
    text.replacing(/[0-9a-f]{64}/, with: "<hash>").replacing(
      /(head:? +|"head":)\d+/,
      with: { "\($0.1)<head>" }
    )
  }
}
