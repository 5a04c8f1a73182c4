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

  @Flag(help: "Fail at once if another process is writing.")
  var noWait = false

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let checkpoint = try checkpoint.map { try NoteFile.checkpoint($0).treeHead }
    let tree = try ledger.open(.readWrite).rebuild(checkpoint: checkpoint, waits: !noWait)
    let text = "rebuilt the tables of \(tree.size) events\nroot \(tree.root)\n"
    try Output(path: nil).write(Array(text.utf8))
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
    try copy.finish("backed up")
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
    try copy.finish("restored")
  }
}

/// A ledger file under way: it gets its name when it is whole, verified and durable.
private final class LedgerCopy {
  private let path: String
  let temporaryPath: String

  init(to path: String) throws {
    self.path = path
    temporaryPath = path + ".tmp\(ThisProcess.identifier)"
    guard !FileSystem.exists(path) else { throw Self.exists(path) }
    FatalSignals.setLeftover(temporaryPath)
  }

  /// Verifies the copy and gives it its name, if nothing has it by now.
  func finish(_ verb: String) throws {
    let tree = try VerificationProcess.requireSound(temporaryPath).treeHead
    do {
      try FileSystem.addName(path, to: temporaryPath)
    } catch {
      guard error.code != ErrorNumber.fileExists else { throw Self.exists(path) }
      throw FileFailure(error, remedy: "name a file that can be made")
    }
    do {
      try FileSystem.synchronizeName(of: path)
    } catch {
      throw FileFailure(error, path: path, remedy: "the file is there: check the disk")
    }
    let text = "\(verb) \(tree.size) events to \(path)\nroot \(tree.root)\n"
    try Output(path: nil).write(Array(text.utf8))
  }

  private static func exists(_ path: String) -> FileFailure {
    FileFailure(
      path: path,
      message: "something is there, and is not overwritten",
      remedy: "name another file, or give that one another name"
    )
  }

  deinit {
    for leftover in [temporaryPath, temporaryPath + "-lock"] { FileSystem.remove(leftover) }
    FatalSignals.setLeftover(nil)
  }
}
