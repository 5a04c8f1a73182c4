import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "export")

  @Option(help: ArgumentHelp("Only the first so many events.", valueName: "n"))
  var to: UInt64?

  @Option(help: ArgumentHelp("Only the lines of this event and later ones.", valueName: "n"))
  var from: UInt64?

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

  @Option(
    help: ArgumentHelp(
      "Write a SQLite database to this file; the lines only where -o says.",
      valueName: "file"
    )
  )
  var sqlite: String?

  @Option(
    help: ArgumentHelp(
      "With --sqlite: what the world could know then. Default: everything.",
      valueName: "date-or-time"
    )
  )
  var knownAt: PublishedTime?

  @OptionGroup var signing: SigningOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard tiles != nil || (signing.key == nil && signing.origin == nil) else {
      throw ValidationError("--key and --origin are of the checkpoint: give --tiles with them")
    }
    guard from == nil || (tiles == nil && sqlite == nil) else {
      throw ValidationError("--from is of lines: leave out --tiles and --sqlite")
    }
    guard sqlite != nil || knownAt == nil else {
      throw ValidationError("--known-at is of the claims in a database: give --sqlite with it")
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
    guard from.map({ 0..<(to ?? head) ~= $0 }) ?? true else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "there is no event \(from ?? 0) before event \(to ?? head)",
        remedy: "give --from from 0 to \((to ?? head) - 1), or leave it out"
      )
    }
    // Lines and tree are of the same events, whatever is appended meanwhile.
    let end = to ?? head
    if path != nil || (tiles == nil && sqlite == nil) {
      let output = try Output(path: path)
      try ledger.export(from: from ?? 0, to: end) { try output.write($0) }
      try output.finish()
    }
    if let sqlite {
      let output = try Output(path: sqlite)
      let times = Times(knownAt: knownAt, recordedAt: .head(end))
      try ledger.read(at: times) { try LedgerDatabase.write($0, to: output.write) }
      try output.finish()
    }
    if let tiles {
      let folder = TileFolder(path: tiles)
      let checkpoint = try signing.checkpoint(of: ledger, recordedAt: .head(end))
      try folder.write(ledger, checkpoint: checkpoint, reading: NoteFile.checkpoint)
    }
  }
}
