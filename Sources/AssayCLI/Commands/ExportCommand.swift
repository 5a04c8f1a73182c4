import ArgumentParser
import Facts
import Ledger
import Platform

/// The command `assay export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "export")

  @Option(help: ArgumentHelp("Only the first so many events.", valueName: "n"))
  var to: UInt64?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the lines to this file.", valueName: "file")
  )
  var path: String?

  @Option(
    help: ArgumentHelp(
      "Write the tree to this folder; the lines only where -o says.",
      valueName: "folder"
    )
  )
  var tiles: String?

  @OptionGroup var signing: SigningOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard tiles != nil || (signing.key == nil && signing.origin == nil) else {
      throw ValidationError("--key and --origin are of the checkpoint: give --tiles with them")
    }
  }

  func run() throws {
    let ledger = try ledger.open()
    let head = try ledger.read { $0.head }
    guard head > 0 else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "the ledger is empty",
        remedy: LedgerError.Remedy.appendEvents.commandWords
      )
    }
    guard to.map({ 1...head ~= $0 }) ?? true else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "the ledger holds \(head) events",
        remedy: "give --to from 1 to \(head), or leave it out"
      )
    }
    // Lines and tree are of the same events, whatever is appended meanwhile.
    let end = to ?? head
    if path != nil || tiles == nil {
      let output = try Output(path: path)
      try ledger.export(to: end) { try output.write($0) }
      try output.finish()
    }
    if let tiles {
      let folder = TileFolder(path: tiles)
      let checkpoint = try signing.checkpoint(of: ledger, recordedAt: .head(end))
      try folder.write(ledger, checkpoint: checkpoint, reading: NoteFile.checkpoint)
    }
  }
}
