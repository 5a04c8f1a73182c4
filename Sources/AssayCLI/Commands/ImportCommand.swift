import ArgumentParser
import Facts
import Importers
import Ledger

/// The command `assay import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn documents into events, and record them or write them for review.",
    subcommands: [CompanyFactsCommand.self, ReleaseCommand.self]
  )
}

/// The command `assay import companyfacts`.
struct CompanyFactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "companyfacts",
    abstract: "Import the SEC's companyfacts files: all that a company reported in XBRL.",
    discussion: """
      One filing event an accession, one claim a fact, the concepts that the ledger lacks as \
      definitions. Importing a file again adds nothing; importing a newer download adds what is new. \
      A damaged file writes nothing.
      """
  )

  @Argument(help: "The files, as downloaded.")
  var files: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write the events to this .jsonl file and record nothing.",
      valueName: "file"
    )
  )
  var path: String?

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    let drafts = try drafts()
    if let path { return try EventLines.write(drafts, to: path) }
    try recording.record(drafts)
  }

  /// The events of all files; definitions that the ledger has are left out.
  private func drafts() throws -> [Draft] {
    let ledger = try recording.ledger.exists ? recording.ledger.open() : nil
    var known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) }
    )
    var drafts: [Draft] = []
    for file in files {
      let bytes = try Input.bytes(of: file)
      let imported = try CompanyFactsImporter().drafts(
        from: bytes,
        file: file,
        known: known,
        progress: Console.isErrorTerminal
          ? { Console.progress("\(file): \($0) facts") } : nil
      )
      known = known.adding(imported)
      drafts += imported
    }
    if Console.isErrorTerminal { Console.progress("") }
    return drafts
  }
}
