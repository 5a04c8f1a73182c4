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
    let histories = try options.ask { try $0.history(options.request(fact)) }
    try options.output.write(HistoryReport(histories))
  }
}
