import ArgumentParser
import Facts
import Intake
import Ledger

/// The command `assay import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn documents into events, and record them or write them for review.",
    subcommands: [
      ReleaseCommand.self, CompanyFactsCommand.self, XBRLCommand.self, XBRLJSONCommand.self,
      FSDSCommand.self,
    ]
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

  @OptionGroup var destination: ImportOptions

  func run() throws {
    try destination.take(files) { file, known, emit in
      try CompanyFactsImporter().read(
        Input.pieces(of: file),
        file: file,
        known: known,
        room: .any,
        progress: Console.isErrorTerminal
          ? { Console.progress("\(file): \($0) facts") } : nil,
        emit
      )
      if Console.isErrorTerminal { Console.progress("") }
    }
  }
}
