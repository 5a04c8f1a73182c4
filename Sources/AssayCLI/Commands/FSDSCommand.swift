import ArgumentParser
import Intake

/// The command `assay import fsds`.
struct FSDSCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import fsds")

  @Argument(help: ArgumentHelp("The folders, one set each.", valueName: "dir"))
  var folders: [String]

  @OptionGroup var destination: ImportOptions

  func run() throws {
    try destination.take(folders) { path, known, emit in
      Console.note("\(try FSDSImporter().read(SourceFolder(reading: path), known: known, emit))")
    }
  }
}
