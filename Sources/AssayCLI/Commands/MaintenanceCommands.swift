import ArgumentParser
import Facts
import Ledger
import Platform

/// The command `assay rebuild`.
struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "rebuild")

  @Option(
    help: ArgumentHelp("A checkpoint that the log must agree with.", valueName: "file")
  )
  var checkpoint: String?

  @Flag(help: .noWait)
  var noWait = false

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let checkpoint = try checkpoint.map { try NoteFile.checkpoint($0).treeHead }
    let tree = try ledger.open(.readWrite).rebuild(checkpoint: checkpoint, waits: !noWait)
    let text = "rebuilt the tables of \(tree.size) events\nroot \(tree.root)\n"
    try Console.print(text)
  }
}

/// The command `assay backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "backup")

  @Argument(help: "The file to make.")
  var file: String

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let copy = try LedgerCopy(to: file)
    try ledger.open().copy(to: copy.temporaryPath)
    try copy.finish("backed up", file)
  }
}

/// The command `assay restore`.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "restore")

  @Argument(help: "The backup.")
  var file: String

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let copy = try LedgerCopy(to: ledger.resolvedPath)
    try VerificationProcess.requireSound(file)
    try Ledger(path: file, access: .readOnly).copy(to: copy.temporaryPath)
    try copy.finish("restored", ledger.resolvedPath)
  }
}

extension LedgerCopy {
  /// Gives the copy its name, and writes what was done.
  fileprivate func finish(_ verb: String, _ path: String) throws {
    let tree = try finish { try VerificationProcess.requireSound($0) }
    let text = "\(verb) \(tree.size) events to \(path)\nroot \(tree.root)\n"
    try Console.print(text)
  }
}
