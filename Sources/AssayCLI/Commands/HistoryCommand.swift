import ArgumentParser
import Ledger
import Reports

/// The command `assay history`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "history")

  @Argument(help: "Words that name the fact.")
  var fact: [String]

  @OptionGroup var options: FactOptions

  func run() throws {
    try options.output.write(HistoryReport(options.ledger.open().history(options.request(fact))))
  }
}
