import ArgumentParser
import Facts
import Ledger
import Platform

/// The command `assay checkpoint`.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "checkpoint")

  @OptionGroup var signing: SigningOptions

  @Option(
    help: ArgumentHelp(
      "What the ledger had recorded then: a number of events, a day or a time. Default: everything.",
      valueName: "sequence-or-time"
    )
  )
  var recordedAt: RecordedArgument?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write to this file.", valueName: "file")
  )
  var path: String?

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let checkpoint = try signing.checkpoint(of: ledger.open(), recordedAt: recordedAt?.recorded)
    let output = try Output(path: path)
    try output.write(Array(checkpoint.text.utf8))
    try output.finish()
  }
}
