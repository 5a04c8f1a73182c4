import ArgumentParser
import Ledger
import Reports

/// The command `assay history`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "history")

  @Argument(help: "Words that name the fact.")
  var fact: [String]

  @Flag(help: "A row for each period, a column for each filing that reports it.")
  var triangle = false

  @OptionGroup var options: FactOptions

  func run() throws {
    let histories = try options.ask { try $0.history(options.request(fact)) }
    guard !triangle else { return try options.output.write(TriangleReport(histories)) }
    try options.output.write(HistoryReport(histories))
  }
}
