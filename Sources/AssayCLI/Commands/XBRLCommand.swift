import ArgumentParser
import Facts
import Intake
import Platform

/// The command `assay import xbrl`.
struct XBRLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import xbrl")

  @Argument(
    help: ArgumentHelp("Folders, archives, pages or instances, one filing each.", valueName: "dir")
  )
  var folders: [String]

  @Option(
    help: ArgumentHelp(
      "The instance, if it lies outside the folder; for one folder.",
      valueName: "file"
    )
  )
  var instance: String?

  @Flag(help: .instanceOnly)
  var instanceOnly = false

  @OptionGroup var particulars: FilingOptions
  @OptionGroup var destination: ImportOptions

  func validate() throws {
    try particulars.check(documentCount: folders.count)
    guard folders.count > 1, instance != nil else { return }
    throw ValidationError("--instance is of one filing: import it alone")
  }

  func run() throws {
    try destination.take(folders) { path, known, emit in
      guard !FileSystem.isFile(path) else {
        let importer = DocumentImporter(particulars.particulars, isPartial: instanceOnly)
        let document = try SourceDocument(reading: path)
        return Console.note("\(try importer.read(document, known: known, emit))")
      }
      let importer = XBRLImporter(
        particulars.particulars,
        documentNames: instance.map { [$0.split(separator: "/").last.map(String.init) ?? $0] },
        isPartial: instanceOnly
      )
      let folder = try SourceFolder(reading: path, adding: instance)
      Console.note("\(try importer.read(folder, known: known, emit))")
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
