import ArgumentParser
import EventStore
import Ledger

/// The command `assay export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every event as its canonical line.",
    discussion: """
      The bytes of a line are what is hashed: printf '\\0%s' "$line" | sha256sum is its leaf hash. \
      Appending an export to an empty ledger makes the same ledger again.
      """
  )

  @Option(help: ArgumentHelp("Only the first so many events.", valueName: "n"))
  var to: UInt64?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write to this file.", valueName: "file")
  )
  var path: String?

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let ledger = try ledger.open()
    let head = try ledger.read { $0.head }
    guard to.map({ 1...max(head, 1) ~= $0 }) ?? true else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "the ledger holds \(head) events",
        remedy: "give --to from 1 to \(max(head, 1)), or leave it out"
      )
    }
    let output = try Output(path: path)
    let count = try ledger.export(to: to) { try output.write($0) }
    guard count > 0 else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "the ledger is empty",
        remedy: "append events first: assay append Events"
      )
    }
    try output.finish()
  }
}
