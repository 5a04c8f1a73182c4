import ArgumentParser
import Intake

/// The command `assay import fsds`.
struct FSDSCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsds",
    abstract: "Import the SEC's Financial Statement Data Sets: the tables sub, num, tag and pre.",
    discussion: """
      A folder holds one set, as .txt or .tsv; tag and pre may be missing. Every line of num becomes a \
      claim, every line of sub a filing. Segments and the co-registrant become dimensions. Periods end \
      with a month and last whole quarters, as the sets give them. An empty value is one that the \
      filing gives as nil. Values of four digits after the point may be rounded, and say so. Footnotes \
      are left out.
      """
  )

  @Argument(help: ArgumentHelp("The folders, one set each.", valueName: "dir"))
  var folders: [String]

  @OptionGroup var destination: ImportOptions

  func run() throws {
    try destination.take(folders) { path, known, emit in
      Console.note("\(try FSDSImporter().read(Input.folder(path), known: known, emit))")
    }
  }
}
