import ArgumentParser
import Intake

/// The command `assay import xbrl-json`.
struct XBRLJSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import xbrl-json")

  @Argument(help: "The reports, one filing each.")
  var files: [String]

  @OptionGroup var particulars: FilingOptions
  @OptionGroup var destination: ImportOptions

  func validate() throws { try particulars.check(documentCount: files.count) }

  func run() throws {
    try destination.take(files) { file, known, emit in
      let importer = XBRLJSONImporter(particulars.particulars)
      Console.note("\(try importer.read(SourceFile(reading: file), known: known, emit))")
    }
  }
}
