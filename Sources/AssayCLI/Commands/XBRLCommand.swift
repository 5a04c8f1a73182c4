import ArgumentParser
import Facts
import Intake

/// The command `assay import xbrl`.
struct XBRLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xbrl",
    abstract: "Import a filing's XBRL 2.1 instance with its calculation linkbase.",
    discussion: """
      A folder holds one filing as filed: the instance, its schema and its linkbases. Every figure \
      becomes a claim, exact, with its decimals, dimensions and line; texts are counted and left out. \
      Every sum of the calculation linkbase becomes a check, which assay check runs over all \
      dimensions and periods. A figure stated twice alike is recorded once; stated at several \
      precisions, the most precise speaks; one that contradicts itself is recorded as a conflict and \
      named. Nothing outside the folder is read.

      The filing's identifier comes from the folder's name, if that is an accession number, or from a \
      file metadata.json with accession_no and filing_date, as download tools write it; else give \
      --filing and --published. A filing that the ledger holds already keeps what is recorded of it.
      """
  )

  @Argument(help: ArgumentHelp("The folders, one filing each.", valueName: "dir"))
  var folders: [String]

  @OptionGroup var particulars: FilingOptions
  @OptionGroup var destination: ImportOptions

  func validate() throws { try particulars.check(documentCount: folders.count) }

  func run() throws {
    try destination.take(folders) { path, known, emit in
      let summary = try XBRLImporter().read(
        Input.folder(path),
        particulars.particulars,
        known: known,
        room: .any,
        emit
      )
      Console.note("\(summary)")
    }
  }
}

/// What a filing is, where its documents do not tell.
struct FilingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The filing's accession number.", valueName: "id"))
  var filing: String?

  @Option(
    help: ArgumentHelp("When it became public: a day or a time.", valueName: "date-or-time")
  )
  var published: PublishedTime?

  var particulars: FilingParticulars { FilingParticulars(filing: filing, published: published) }

  func check(documentCount: Int) throws {
    guard documentCount > 1, filing != nil || published != nil else { return }
    throw ValidationError("--filing and --published are about one filing: import it alone")
  }
}
