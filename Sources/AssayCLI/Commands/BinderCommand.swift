import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay binder`.
struct BinderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "binder")

  @OptionGroup var subject: SubjectOptions

  @Option(help: ArgumentHelp("The reporting date, or a period such as 2004Q3.", valueName: "date"))
  var asOf: AsOfArgument

  @OptionGroup var times: TimeOptions
  @OptionGroup var signing: SigningOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write to this folder, which is new or empty.", valueName: "folder")
  )
  var folder: String

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    if FileSystem.exists(folder), try !isEmpty {
      throw FileFailure(
        path: folder,
        message: "something is there",
        remedy: "name a new folder, or empty this one; a binder is compared with diff -r"
      )
    }
    let key = try signing.key.map { try NoteFile.read($0, SigningKey.init(text:)) }
    let files = try ledger.open().read(at: times.times) { view in
      let question = Binder.Question(
        entity: try view.entity(matching: subject.entity).entity,
        asOf: try asOf.date(of: subject.entity, in: view),
        knownAt: times.knownAt
      )
      var binder = Binder(question) { receipt in
        guard let key else { return receipt }
        var receipt = receipt
        receipt.signature = try key.signature(of: receipt.signedText)
        return receipt
      }
      let checkpoint = try view.checkpoint(origin: signing.origin, signedWith: key)
      return try binder.made(from: view, checkpoint: checkpoint)
    }
    for file in files { try write(file) }
    let pages = files.count { $0.path.hasSuffix(".html") }
    Console.note(
      "\(folder): \(files.count) files, \(pages) of them pages; open \(folder)/index.html"
    )
  }

  private var isEmpty: Bool {
    get throws { try FileSystem.isFolder(folder) && FileSystem.pathsBelow(folder).isEmpty }
  }

  private func write(_ file: Binder.File) throws {
    let path = "\(folder)/\(file.path)"
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    try FileSystem.createFolder(parts.dropLast().joined(separator: "/"))
    let output = try Output(path: path)
    try output.write(file.bytes)
    try output.finish()
  }
}
