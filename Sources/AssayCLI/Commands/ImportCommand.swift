import ArgumentParser
import Facts
import Importers
import LMDB
import Ledger

/// The command `assay import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn documents into events, and record them or write them for review.",
    subcommands: [CompanyFactsCommand.self]
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

  @Flag(help: "Check everything and write nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("Refuse unless the ledger holds so many events.", valueName: "n"))
  var expectHead: UInt64?

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let ledger =
      try path == nil
      ? ledger.openToAppend(isDryRun: dryRun) : try? ledger.open()
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
    if let path { return try Self.write(drafts, to: path) }
    var options = Ledger.AppendOptions(by: "assay \(Assay.version)", time: Console.now)
    options.expectedHead = expectHead
    options.isDryRun = dryRun
    guard let ledger else { return }
    try AppendCommand.tell(ledger.append(drafts, options), isDryRun: dryRun, ledger)
  }

  private static func write(_ drafts: [Draft], to path: String) throws {
    let output = try Output(path: path == "-" ? nil : path)
    var bytes: [UInt8] = []
    for draft in drafts {
      draft.event.appendCanonicalLine(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count >= 1 << 20 {
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try output.write(bytes)
    try output.finish()
    Console.note("wrote \(drafts.count) events to \(path)")
  }
}
