import ArgumentParser
import Intake

/// The command `assay import xbrl-json`.
struct XBRLJSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xbrl-json",
    abstract: "Import xBRL-JSON reports of the Open Information Model.",
    discussion: """
      Facts with a unit or with decimals become claims, exact, with their dimensions, lines and \
      columns; texts are counted and left out, and so are pure numbers without decimals, which only a \
      taxonomy tells from texts. Periods end at midnights: 2010-10-01T00:00:00 is the end of September \
      30. Duplicates are treated as by assay import xbrl.

      The filing's identifier is the name of the file's folder, if that is an accession number; else \
      give --filing. When it became public, say with --published, unless the ledger holds the filing.
      """
  )

  @Argument(help: "The reports, one filing each.")
  var files: [String]

  @OptionGroup var particulars: FilingOptions
  @OptionGroup var destination: ImportOptions

  func validate() throws { try particulars.check(documentCount: files.count) }

  func run() throws {
    try destination.take(files) { file, known, emit in
      let summary = try XBRLJSONImporter().read(
        Input.pieces(of: file),
        file: file,
        particulars.particulars,
        known: known,
        room: .any,
        emit
      )
      Console.note("\(summary)")
    }
  }
}
