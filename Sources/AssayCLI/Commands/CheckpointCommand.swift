import ArgumentParser
import Facts
import Ledger
import Platform

/// The command `assay checkpoint`.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "checkpoint")

  @OptionGroup var signing: SigningOptions

  @Option(help: .recordedAt)
  var recordedAt: RecordedArgument?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: .outputFile
  )
  var path: String?

  @OptionGroup var overwriting: ForceOption
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let ledger = try ledger.open()
    let checkpoint = try signing.checkpoint(of: ledger, recordedAt: recordedAt?.recorded)
    try Output.write(
      Array(checkpoint.text.utf8),
      to: path,
      replacing: overwriting.replacement(of: path, by: checkpoint, in: ledger)
    )
  }
}
