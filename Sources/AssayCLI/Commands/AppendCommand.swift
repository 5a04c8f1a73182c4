import ArgumentParser
import Facts
import Intake
import Ledger
import Platform
import Reports

/// The command `assay append`.
struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "append")

  @Argument(help: ArgumentHelp("Files of events or claims, or folders; - is standard input."))
  var paths: [String]

  @Option(
    help: ArgumentHelp("Refuse unless the root is then this, in hexadecimal.", valueName: "hash")
  )
  var expectRoot: String?

  @OptionGroup var recording: RecordingOptions

  func validate() throws {
    guard let expectRoot else { return }
    guard expectRoot.utf8.count == 64, expectRoot.allSatisfy(\.isHexDigit) else {
      throw ValidationError("--expect-root is \"\(expectRoot)\": give 64 hexadecimal digits")
    }
  }

  func run() throws {
    let drafts = try read()
    guard drafts.count > 0 else {
      throw FileFailure(
        path: paths.joined(separator: ", "),
        message: "no events were read",
        remedy: "name files of events, or tables with values"
      )
    }
    try recording.record(drafts, expectedRoot: expectRoot?.lowercased())
  }

  /// The ledger is closed again when this returns.
  private func read() throws -> SpooledDrafts {
    let ledger = try recording.ledger.openIfThere()
    let importer = AppendedFilesImporter { try ledger?.read { try $0.entityNames() } ?? [] }
    let known = KnownDefinitions(of: ledger, addingElements: true)
    let spool = DraftSpool()
    let line = ProgressLine("read", "events")
    defer { line?.clear() }
    let tables = try importer.read(paths, known: known) { draft in
      try spool.append(draft)
      if let line, spool.count & 255 == 0 { line.show(spool.count, of: nil) }
    }
    let drafts = spool.finish()
    for (path, skipped) in tables {
      let report = try FilledTableReport(skipped, drafts, in: ledger)
      for line in report.lines { Console.note(line) }
      for reason in skipped.descriptions { Console.note("\(path): \(reason)") }
    }
    return drafts
  }
}
