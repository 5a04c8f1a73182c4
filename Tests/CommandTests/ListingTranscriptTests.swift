import Foundation
import Testing

/// Listings in every format, compared with the transcripts of `Golden/`.
///
/// A transcript is a line with the command, then exactly what it prints. `ASSAY_RECORD=1` writes them anew.
@Suite("Listings as printed")
struct ListingTranscriptTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  private static let formats = ["text", "csv", "tsv", "json", "jsonl", "markdown", "html"]

  @Test(
    "print what they printed when they were last looked at",
    arguments: [
      ("facts", [["facts", "us-gaap:Assets", "2004-09-30"]]),
      (
        "history",
        [
          ["history", "us-gaap:Assets", "2004-09-30"], ["history", "us-gaap:Assets"],
          ["history", "us-gaap:Assets", "2004-09-30", "--known-at", "2004-11-03"],
          ["history", "MetalProduced", "metal=gold", "operating-unit=La Camorra", "2004H1"],
        ]
      ),
      (
        "diff",
        [
          ["diff", "2004-05-04", "2005-12-31", "--concept", "NoncashEnvironmentalAccrual"],
          ["diff", "2005-12-31", "2005-12-31"],
        ]
      ),
      ("restatements", [["restatements"]]), ("log", [["log", "--type", "filing"]]),
      ("stats", [["stats"]]),
    ] as [(String, [[String]])]
  )
  func listingsPrintWhatTheyPrinted(name: String, commands: [[String]]) throws {
    let assay = try Assay.withEvents()
    var transcript = ""
    for command in commands {
      for format in Self.formats {
        let arguments = command + ["-O", format]
        let outcome = try assay.run(arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        transcript += "$ assay \(arguments.map(Self.quoted).joined(separator: " "))\n"
        transcript += Self.masked(outcome.output, of: name)
      }
    }
    let file = Self.folder.appending(path: "\(name).transcript")
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      try transcript.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    let (lines, expected) = (
      transcript.components(separatedBy: "\n"), golden.components(separatedBy: "\n")
    )
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
  }

  private static func quoted(_ word: String) -> String {
    word.contains(" ") ? "'\(word)'" : word
  }

  /// The text without what differs from ledger to ledger: when it was recorded and hashes that cover
  /// that time, with the widths that depend on them; of statistics, every number.
  private static func masked(_ text: String, of name: String) -> String {
    var text = text.replacing(/20[2-9]\d-\d\d-\d\dT[\d:.]+Z/, with: "<recorded>")
      .replacing(/[0-9a-f]{64}/, with: "<hash>")
    if name == "stats" { text = text.replacing(/\d+/, with: "<n>") }
    guard name == "stats" || name == "log" else { return text }
    return text.replacing(/\x20{2,}/, with: "  ").replacing(/-{4,}/, with: "----")
  }
}
