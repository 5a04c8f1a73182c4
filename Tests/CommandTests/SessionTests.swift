import Foundation
import TestSupport
import Testing

/// Sessions at a shell, compared with the transcripts of `Golden/sessions/`: every command of the
/// program is run in one of them.
///
/// A transcript has lines `$ command`, each followed by exactly what the command prints (standard
/// output, then standard error), and by `? status` if it fails. The commands of one transcript are run
/// one after the other in one folder, which has the documents that `writeInputs` makes.
/// `ASSAY_RECORD=1` writes the answers anew and leaves the commands as they are.
@Suite("Sessions at a shell")
struct SessionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/sessions")

  private static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).sorted()

  @Test("print what they printed when they were last looked at", arguments: names)
  func sessionPrintsAsRecorded(name: String) throws {
    let file = Self.folder.appending(path: name)
    let golden = try String(contentsOf: file, encoding: .utf8)
    let assay = try Assay()
    try writeInputs(assay)
    var transcript = ""
    for line in golden.components(separatedBy: "\n")
    where line.hasPrefix("$ ") || line.hasPrefix("# ") {
      transcript += line + "\n"
      guard line.hasPrefix("$ ") else { continue }
      let outcome = try assay.shell("{ \(line.dropFirst(2)); } 2>errors; s=$?; cat errors; exit $s")
      transcript += Self.masked(outcome.output, folder: assay.folder)
      if outcome.status != 0 { transcript += "? \(outcome.status)\n" }
    }
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      try transcript.write(to: file, atomically: true, encoding: .utf8)
    }
    let (lines, expected) = (
      transcript.components(separatedBy: "\n"), golden.components(separatedBy: "\n")
    )
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
  }

  @Test("run every command of the manual")
  func everyCommandIsRun() throws {
    let commands = try Self.names.flatMap { name in
      try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        .components(separatedBy: "\n").filter { $0.hasPrefix("$ ") }
    }
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Package.folder.appending(path: "Sources/Manual/commands").path()
    )
    let groups = ["assay", "import", "new"]
    for page in pages where page.hasSuffix(".md") && !groups.contains(String(page.dropLast(3))) {
      let command = "assay-\(page.dropLast(3))-"
      #expect(
        commands.contains { "\($0) ".replacing(" ", with: "-").contains(command) },
        "no session runs \(command)"
      )
    }
  }

  /// Documents of each kind that the program reads.
  private func writeInputs(_ assay: Assay) throws {
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    try assay.write(Quarry.release, to: "release.txt")
    try assay.write(Foundry.release, to: "foundry.txt")
    try DataSetFolder.write("set", in: assay)
    try XBRLFolder.write("xbrl", in: assay)
    try assay.write(XBRLFolder.json(), to: "report.json")
    try assay.write(SubmissionFile.text, to: "submission.txt")
    for (name, path) in [
      ("Events", "Events"),
      ("format-2.assay", "Tests/EventStoreTests/Fixtures/format-2.assay"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(assay.folder)/\(name)",
        withDestinationPath: Package.folder.path() + path
      )
    }
  }

  /// The text without what differs from run to run: when something was recorded, hashes that cover
  /// that time, keys, the folder.
  private static func masked(_ text: String, folder: String) -> String {
    text.replacing(folder, with: "<folder>").components(separatedBy: "\n").map { line in
      var masked = line.replacing(/20[2-9]\d-\d\d-\d\dT[\d:.]+Z/, with: "<recorded>")
        .replacing(/[0-9a-f]{64}/, with: "<hash>")
        .replacing(/assay\/[0-9a-f]{16}/, with: "<origin>")
        .replacing(/[A-Za-z0-9+\/]{43}=/, with: "<hash>")
        .replacing(/\d[\d,.]* (MB\/s|[kM]?\/s|ms|µs|s)\b/, with: "<measured>")
      if masked != line {
        masked = masked.replacing(/\x20{2,}/, with: "  ").replacing(/-{4,}/, with: "----")
      }
      return masked
    }.joined(separator: "\n")
  }
}
