import ArgumentParser
import Facts
import Intake
import Platform

/// The command `assay import document`, which is meant where no kind of document is named.
struct DocumentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import document")

  @Argument(help: "The documents, of any kind; - is standard input.")
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "A profile, for the releases in submissions: its name, or a file or folder that holds one.",
      valueName: "profile"
    )
  )
  var profile: String?

  @Flag(help: .instanceOnly)
  var instanceOnly = false

  @OptionGroup var particulars: FilingOptions
  @OptionGroup var destination: ImportOptions

  func validate() throws {
    try particulars.check(documentCount: files.count)
    let formats = ImportCommand.configuration.subcommands.compactMap { format in
      format.configuration.commandName
    }
    for file in files {
      guard nearest(to: file, among: formats) != nil, !FileSystem.exists(file) else { continue }
      throw ValidationError("there is neither a format nor a file \"\(file)\"")
    }
  }

  func run() throws {
    let source = try releaseSource()
    let importer = DocumentImporter(
      particulars.particulars,
      profile: source?.profile,
      isPartial: instanceOnly
    )
    try destination.take(files) { file, known, emit in
      let summary = try importer.read(SourceDocument(reading: file), known: known, emit)
      for definition in destination.path == nil ? source?.definitions ?? [] : [] {
        try emit(definition)
      }
      Console.note("\(summary)")
    }
  }

  /// The profile; the ledger that it was looked for in is closed again when this returns.
  private func releaseSource() throws -> ReleaseSource? {
    guard let profile else { return nil }
    return try ReleaseSource(profile, destination.recording.ledger.openIfThere())
  }
}
