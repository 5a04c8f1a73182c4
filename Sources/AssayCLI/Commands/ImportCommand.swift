import ArgumentParser
import Facts
import Intake
import Ledger

/// The command `assay import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "import",
    subcommands: [
      ReleaseCommand.self, CompanyFactsCommand.self, XBRLCommand.self, XBRLJSONCommand.self,
      FSDSCommand.self, DocumentCommand.self,
    ],
    defaultSubcommand: DocumentCommand.self
  )
}

/// The command `assay import companyfacts`.
struct CompanyFactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import companyfacts")

  @Argument(help: "The files, as downloaded.")
  var files: [String]

  @OptionGroup var destination: ImportOptions

  func run() throws {
    try destination.take(files) { file, known, emit in
      try CompanyFactsImporter().read(SourceFile(reading: file), known: known, emit)
    }
  }
}
